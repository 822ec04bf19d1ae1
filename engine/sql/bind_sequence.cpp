// The options of sequences, in PostgreSQL's order and words (init_params).
#include "sql/definition_binder.h"

#include "catalogue/type_oids.h"

#include <limits>
#include <set>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

template <typename T> std::pair<std::int64_t, std::int64_t> limitsOf()
{
    return {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

std::pair<std::int64_t, std::int64_t> rangeOf(Oid oid)
{
    return oid == type::kInt2   ? limitsOf<std::int16_t>()
           : oid == type::kInt4 ? limitsOf<std::int32_t>()
                                : limitsOf<std::int64_t>();
}

} // namespace

/// A whole number, as an option gives it.
std::int64_t DefinitionBinder::sequenceNumber(const PgQuery__DefElem &option)
{
    std::string text;
    if (!option.arg)
        decline("this option of a sequence");
    switch (option.arg->node_case) {
    case PG_QUERY__NODE__NODE_INTEGER:
        return option.arg->integer->ival;
    case PG_QUERY__NODE__NODE_FLOAT:
        text = option.arg->float_->fval;
        break;
    default:
        decline("this option of a sequence");
    }
    return literalInput(type::kInt8, text, -1, -1).int64;
}

void DefinitionBinder::applySequenceOptions(Node *const *options, std::size_t count, SequenceDefinition &sequence)
{
    std::set<std::string> seen;
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    for (std::size_t i = 0; i < count; ++i) {
        const auto &option = *options[i]->def_elem;
        const std::string name = option.defname;
        if (!seen.insert(name).second)
            fail("42601", "conflicting or redundant options", option.location);
        if (name == "start")
            start = sequenceNumber(option);
        else if (name == "increment")
            sequence.increment = sequenceNumber(option);
        else if (name == "minvalue" && option.arg)
            least = sequenceNumber(option);
        else if (name == "maxvalue" && option.arg)
            most = sequenceNumber(option);
        else if (name == "cycle")
            sequence.cycle = option.arg && option.arg->boolean->boolval;
        else if (name == "cache" && sequenceNumber(option) == 1)
            continue;
        else if (name != "minvalue" && name != "maxvalue")
            decline("the option " + name + " of a sequence");
    }
    if (sequence.increment == 0)
        fail("22023", "INCREMENT must not be zero");
    const auto [low, high] = rangeOf(sequence.type);
    sequence.most = most.value_or(sequence.increment > 0 ? high : -1);
    sequence.least = least.value_or(sequence.increment > 0 ? 1 : low);
    sequence.start = start.value_or(sequence.increment > 0 ? sequence.least : sequence.most);
}

void DefinitionBinder::checkSequence(const SequenceDefinition &sequence) const
{
    const auto [low, high] = rangeOf(sequence.type);
    const auto number = [](std::int64_t value) { return "(" + std::to_string(value) + ")"; };
    const std::string ofType = " is out of range for sequence data type " + typeText(sequence.type);
    if (sequence.most < low || sequence.most > high)
        fail("22023", "MAXVALUE " + number(sequence.most) + ofType);
    if (sequence.least < low || sequence.least > high)
        fail("22023", "MINVALUE " + number(sequence.least) + ofType);
    if (sequence.least >= sequence.most)
        fail("22023", "MINVALUE " + number(sequence.least) + " must be less than MAXVALUE " + number(sequence.most));
    if (sequence.start < sequence.least)
        fail("22023",
             "START value " + number(sequence.start) + " cannot be less than MINVALUE " + number(sequence.least));
    if (sequence.start > sequence.most)
        fail("22023",
             "START value " + number(sequence.start) + " cannot be greater than MAXVALUE " + number(sequence.most));
}

} // namespace sqlgym::sql
