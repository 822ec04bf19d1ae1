// Handing a query in, and what the judge says.
#pragma once

#include "base/cancel_token.h"
#include "client/gateway.h"

namespace sqlgym::client {

/// Hands in under a UUID of the client's making: the same again is the same submission, however often it is sent.
/// `writtenAt` is a timestamptz's text, empty = now.
/// Errors: Refused  no such problem, no query, too long, or the id stands for something else.
base::Result<void> submit(Gateway &gateway, const std::string &id, const std::string &problemId,
                          const std::string &query, const std::string &writtenAt = {});

struct TestJudgement {
    std::string name;
    bool hidden = false;
    std::string outcome;  ///< grading::outcomeWord()
    std::string sentence; ///< of a hidden test what its outcome is, and nothing about its rows
};

struct Judgement {
    std::string id;
    std::string status;  ///< "pending", "completed", "failed"
    bool judged = false; ///< there is a verdict; what failed without one could not be judged
    bool correct = false;
    std::string sentence; ///< "Passes all 4 tests."; of a failed one the reason
    std::vector<TestJudgement> tests;
    std::optional<int> elapsedMs;
    bool decided() const { return status != "pending"; }
};

/// As it stands. Errors: Refused  one has no such submission; SignedOut.
base::Result<Judgement> judgement(Gateway &gateway, const std::string &id);

/// Asks again and again, ever more slowly, until it is decided; a server that goes away is waited for. With timeoutMs
/// over, what is known then (still pending), or the error that kept it from knowing.
/// Errors: those that no waiting mends; Cancelled.
base::Result<Judgement> awaitJudgement(Gateway &gateway, const std::string &id, int timeoutMs,
                                       const base::CancelToken &cancel);

} // namespace sqlgym::client
