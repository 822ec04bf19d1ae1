#include "targets.h"

#include "sandbox/outcome_assembly.h"

#include <algorithm>
#include <cstring>

namespace sqlgym::fuzz {

std::vector<std::string> frameSeeds()
{
    using namespace sandbox;
    Outcome outcome;
    outcome.status = Status::Error;
    outcome.diagnostic = {.sqlstate = "42703", .message = "column \"x\" does not exist", .position = 8};
    Request request{.dataset = "club", .query = "SELECT 1"};
    const std::uint64_t ends[] = {1, 3, 3};
    return {encodeHello(),
            encodeLoad(1, "club", "CREATE TABLE t (a int)"),
            encodeRun(1, request),
            encodeCancel(1),
            encodeOutcomeHead(1, outcome, false) + encodeOutcomeEnd(1, true),
            encodeOutcomeHead(1, outcome, true) + encodeEnds(ends) + encodeOutcomeEnd(1, false)};
}

void tryFrames(std::string_view bytes)
{
    sandbox::FrameInbox inbox(1u << 20);
    sandbox::OutcomeAssembly assembly(1, 1u << 20);
    bool final = false;
    for (std::size_t at = 0; at < bytes.size();) {
        // In pieces of uneven length, as a pipe gives them.
        const std::size_t piece = std::min<std::size_t>(bytes.size() - at, 1 + at % 97);
        std::memcpy(inbox.space(piece), bytes.data() + at, piece);
        inbox.feed(piece);
        at += piece;
        while (const auto frame = inbox.next()) {
            require(!inbox.broken(), "a broken stream gives no frame");
            sandbox::decodeHello(frame->payload);
            sandbox::decodeLoad(frame->payload);
            sandbox::decodeRun(frame->payload);
            sandbox::decodeCancel(frame->payload);
            sandbox::decodeOutcomeHead(frame->payload);
            sandbox::decodeOutcomeEnd(frame->payload);
            sandbox::decodeEnds(frame->payload);
            if (final)
                continue;
            using State = sandbox::OutcomeAssembly::State;
            const State state = assembly.take(*frame);
            final = state >= State::Complete;
            if (state != State::Arriving && state != State::MoreRows && state != State::Complete)
                continue;
            const auto &table = assembly.outcome().table;
            for (std::size_t row = 0; row < table.rowCount() && table.columnCount() > 0; ++row)
                for (std::size_t column = 0; column < table.columnCount(); ++column)
                    if (const auto cell = table.cell(row, column))
                        require(cell->size() <= bytes.size(), "a cell is no longer than what was sent");
        }
    }
}

} // namespace sqlgym::fuzz
