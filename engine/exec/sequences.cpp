#include "exec/sequences.h"

namespace sqlgym::exec {

using value::Datum;

Sequence makeSequence(sql::SequenceDefinition definition)
{
    auto state = std::make_shared<SequenceState>();
    state->last = definition.start;
    return {std::make_shared<const sql::SequenceDefinition>(std::move(definition)), std::move(state)};
}

Sequence restarted(const Sequence &sequence) { return makeSequence(*sequence.definition); }

Datum nextNumber(const Sequence &sequence, value::Context &cx)
{
    const auto &definition = *sequence.definition;
    auto &state = *sequence.state;
    if (!state.called) {
        state.called = true;
        return Datum::ofInt(state.last);
    }
    const bool up = definition.increment > 0;
    const std::int64_t limit = up ? definition.most : definition.least;
    std::int64_t next = 0;
    const bool beyond = __builtin_add_overflow(state.last, definition.increment, &next) ||
                        (up ? next > definition.most : next < definition.least);
    if (beyond && !definition.cycle) {
        std::string message = up ? "nextval: reached maximum" : "nextval: reached minimum";
        message.append(" value of sequence \"").append(definition.name).append("\" (");
        message.append(std::to_string(limit)).append(")");
        return cx.fail("2200H", std::move(message));
    }
    state.last = !beyond ? next : up ? definition.least : definition.most;
    return Datum::ofInt(state.last);
}

} // namespace sqlgym::exec
