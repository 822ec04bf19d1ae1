// Sequences: what they are, and where they stand.
#pragma once

#include "sql/schema.h"
#include "value/context.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace sqlgym::exec {

/// Where a sequence stands. Shared by all versions of a database: what has been given out stays given out, whatever is
/// taken back.
struct SequenceState {
    std::int64_t last = 0;
    bool called = false; ///< `last` has been given out
};

struct Sequence {
    std::shared_ptr<const sql::SequenceDefinition> definition;
    std::shared_ptr<SequenceState> state;
};

/// What one session has been given: not taken back, either.
struct SequenceSession {
    std::map<std::uint64_t, std::int64_t> given; ///< by SequenceDefinition::order
    std::uint64_t last = 0;                      ///< order of the one that gave last
};

using SequenceMap = std::map<std::string, Sequence, std::less<>>;

/// A new one, which stands at its start.
Sequence makeSequence(sql::SequenceDefinition definition);
/// The same one at its start, and as if the other had never given anything out.
Sequence restarted(const Sequence &sequence);
/// The next number; NULL: the run has been stopped.
value::Datum nextNumber(const Sequence &sequence, value::Context &cx);

} // namespace sqlgym::exec
