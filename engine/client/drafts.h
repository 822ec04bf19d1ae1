// Problems as instructors write them: drafts on the server, their proofs, and publishing. To anybody else the server
// answers these with nothing, or refuses.
#pragma once

#include "client/gateway.h"

namespace sqlgym::client {

/// A problem that can be edited.
struct EditableProblem {
    std::string id;
    std::string title;
    std::string author;  ///< who saved the draft last; empty: no draft, or gone
    std::string savedAt; ///< timestamptz's text; empty: no draft
    bool draft = false;  ///< there is one that is not published as it is
    bool published = false;
    bool operator==(const EditableProblem &) const = default;
};

/// Drafts, the newest first, then what is published by title.
base::Result<std::vector<EditableProblem>> editableProblems(Gateway &gateway);

struct TopicEntry {
    std::string id;
    std::string name;
    std::string description;
    std::string level; ///< "BEGINNER" ... "EXPERT"
};
base::Result<std::vector<TopicEntry>> topicEntries(Gateway &gateway);

struct Proof {
    enum class State : std::uint8_t { None, Waiting, Running, Good, Bad };
    State state = State::None;
    bool current = false; ///< it is of the draft as it is on the server
    int runs = 0;         ///< queries run so far
    std::string report;   ///< verify::reportJson(); empty: none yet
    bool open() const { return state == State::Waiting || state == State::Running; }
};

struct ServerProblem {
    std::string definition; ///< definition.schema.json; a draft may lack members
    bool draft = false;     ///< the server keeps a draft of it; else it was made of what is published
    bool published = false; ///< exactly this
    Proof proof;
};

/// Errors: Refused  there is no such problem.
base::Result<ServerProblem> serverProblem(Gateway &gateway, const std::string &id);

/// Keeps `definition` as the draft of `id`. `before`: what it was when it was opened or saved; empty: whatever it was.
/// False: somebody has saved something else since, and nothing was done.
base::Result<bool> saveDraft(Gateway &gateway, const std::string &id, const std::string &definition,
                             const std::string &before);

/// Asks the judges for a proof of the draft.
base::Result<void> verifyDraft(Gateway &gateway, const std::string &id);
base::Result<void> cancelVerification(Gateway &gateway, const std::string &id);
base::Result<Proof> proofOf(Gateway &gateway, const std::string &id);

/// Errors: Refused  it is not proven, or the draft is not `definition`.
base::Result<void> publishDraft(Gateway &gateway, const std::string &id, const std::string &definition);

} // namespace sqlgym::client
