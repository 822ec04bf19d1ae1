// What instructors read of everybody's submissions. Rows are those that the server's policies show: to anybody else
// these answer with one's own, or are refused.
#pragma once

#include "client/gateway.h"

namespace sqlgym::client {

/// Errors: SignedOut; Refused  the account is no instructor's (any more).
base::Result<void> requireInstructor(Gateway &gateway);

/// None: it waits to be judged.
enum class VerdictFilter : std::uint8_t { Any, Right, Wrong, None };

/// What is empty does not count.
struct SubmissionFilter {
    std::vector<std::string> problemIds; ///< one of these
    std::string learner;                 ///< user name, or how it begins, in any case
    std::string learnerId;               ///< exactly this one; goes before `learner`
    VerdictFilter verdict = VerdictFilter::Any;
    std::string status;       ///< "pending", "completed", "failed"
    std::string since, until; ///< timestamps' texts, UTC: from (inclusive), to (exclusive)

    bool operator==(const SubmissionFilter &) const = default;
};

/// The last row of a page; empty: before the first.
struct SubmissionCursor {
    std::string at;
    std::string id;
};

struct SubmissionRow {
    std::string id;
    std::string userId;
    std::string learner;
    std::string problemId;
    std::string problem; ///< its title
    std::string status;
    std::optional<bool> correct; ///< none: not judged
    std::optional<int> elapsedMs;
    std::optional<int> rows;
    std::string at;        ///< what it is ordered by: a timestamp's text, UTC
    std::string beginning; ///< of the query, 200 characters
    std::string error;     ///< of it, 200 characters

    bool operator==(const SubmissionRow &) const = default;
};

struct SubmissionPage {
    std::vector<SubmissionRow> rows;
    bool more = false;
    SubmissionCursor next;
};

/// The newest first: by when it came to the server, or by when it was written where a verdict is asked for (the same
/// but for what was written offline). `limit` 1 to 1000. Learners who are meant by a name's beginning: the first fifty.
/// `whole`: `beginning` and `error` are all of the texts.
base::Result<SubmissionPage> submissionPage(Gateway &gateway, const SubmissionFilter &filter,
                                            const SubmissionCursor &after, int limit, bool whole = false);
/// The statement that submissionPage() makes, for measuring. `values` belong to `filter` and `after`.
std::string submissionPageSql(const SubmissionFilter &filter, const SubmissionCursor &after, int limit, Values &values,
                              bool whole = false);

struct TestDetail {
    std::string name;
    bool hidden = false;
    bool correct = false;
    std::string status;
    std::optional<int> elapsedMs;
    std::optional<double> memoryMb;
    std::optional<int> rows;
    std::string outcome;  ///< grading::outcomeWord()
    std::string sentence; ///< or the error's message
    std::string sqlstate; ///< of an error
};

struct SubmissionComment {
    std::string id;
    std::string author;
    std::string text;
    std::string at; ///< timestamptz's text
};

struct SubmissionDetail {
    SubmissionRow row;
    std::string query;
    std::string error; ///< all of it
    std::vector<TestDetail> tests;
    std::vector<SubmissionComment> comments;
};

/// Errors: Refused  there is none that one may see.
base::Result<SubmissionDetail> submissionDetail(Gateway &gateway, const std::string &id);

/// The oldest first. Of another's submission that one may not see: none.
base::Result<std::vector<SubmissionComment>> submissionComments(Gateway &gateway, const std::string &submissionId);
/// As kept for when there is no server. What cannot be read is no comment.
std::string commentsJson(const std::vector<SubmissionComment> &comments);
std::vector<SubmissionComment> commentsOf(const std::string &json);
/// `id`: a UUID of the client's making; the same again is the same comment. Errors: Refused, RateLimited.
base::Result<void> commentSubmission(Gateway &gateway, const std::string &id, const std::string &submissionId,
                                     const std::string &text);

struct CatalogueEntry {
    std::string id;
    std::string title;
    std::string topic; ///< its name; empty = none
};
/// Problems in their topics' order, then by title.
base::Result<std::vector<CatalogueEntry>> catalogueEntries(Gateway &gateway);

struct FailureCount {
    std::string name; ///< SQLSTATE or test
    std::string words;
    bool hidden = false;
    int submissions = 0;
    int learners = 0;
};
struct ProblemReport {
    int learners = 0;
    int solvers = 0;
    int submissions = 0;
    std::optional<int> attempts;   ///< median until solved
    std::optional<double> minutes; ///< median time spent
    int recent = 0;                ///< submissions that `errors` and `tests` are of
    std::vector<FailureCount> errors;
    std::vector<FailureCount> tests;
};
/// Errors: Refused  not an instructor.
base::Result<ProblemReport> problemReport(Gateway &gateway, const std::string &problemId);

/// A submission with its whole text, as comparing many needs it.
struct SubmissionText {
    std::string id;
    std::string learner;
    std::optional<bool> correct;
    std::string at;
    std::string query;
    std::vector<std::string> failing; ///< tests' names
    std::string status;
};
/// Newest first, at most `limit` (up to 1000).
base::Result<std::vector<SubmissionText>> submissionTexts(Gateway &gateway, const std::string &problemId,
                                                          const std::string &learnerId, int limit);

} // namespace sqlgym::client
