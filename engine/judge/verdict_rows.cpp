#include "judge/verdict_rows.h"

#include "base/timestamp.h"
#include "progress/rows_json.h"

#include <nlohmann/json.hpp>

namespace sqlgym::judge {

namespace {

using Json = nlohmann::json;

template <typename Value> Json orNull(const std::optional<Value> &value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json momentOrNull(const std::optional<base::UnixMicros> &at)
{
    return at ? Json(base::timestampTzText(*at)) : Json(nullptr);
}

std::string text(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// `object`, and JSON texts as members more: they are ours and whole, so nobody parses them. An empty one is NULL.
std::string withTexts(const Json &object, std::initializer_list<std::pair<const char *, const std::string *>> members)
{
    std::string all = text(object);
    all.pop_back();
    for (const auto &[name, member] : members)
        all += std::string(",\"") + name + "\":" + (member->empty() ? "null" : *member);
    return all + "}";
}

std::string result(const progress::ExecutionResultRow &row)
{
    const std::string none;
    return withTexts({{"id", row.id},
                      {"test_case_id", row.testCaseId},
                      {"status", row.status},
                      {"execution_time_ms", row.executionTimeMs},
                      {"memory_used_mb", row.memoryUsedMb},
                      {"rows_affected", orNull(row.rowsAffected)},
                      {"error_message", orNull(row.errorMessage)},
                      {"is_correct", row.isCorrect}},
                     {{"query_result", row.queryResultJson ? &*row.queryResultJson : &none},
                      {"validation_details", &row.validationDetailsJson}});
}

Json session(const progress::ProblemSessionRow &row)
{
    return {{"id", row.id},
            {"first_query_at", momentOrNull(row.firstQueryAt)},
            {"completed_at", momentOrNull(row.completedAt)},
            {"total_time_spent_seconds", row.totalTimeSpentSeconds},
            {"created_at", base::timestampTzText(row.createdAt)},
            {"updated_at", base::timestampTzText(row.updatedAt)}};
}

} // namespace

std::string resultRows(const std::vector<progress::ExecutionResultRow> &results)
{
    std::string rows = "[";
    for (const progress::ExecutionResultRow &row : results)
        rows += (rows.size() > 1 ? "," : "") + result(row);
    return rows + "]";
}

std::string verdictRows(const progress::Judgement &judgement, const std::string &results, const std::string &sandbox)
{
    Json rows;
    rows["submission"] = {{"is_correct", judgement.submission.isCorrect},
                          {"execution_time", orNull(judgement.submission.executionTime)},
                          {"submitted_at", base::timestampText(judgement.submission.submittedAt)}};
    rows["session"] = session(judgement.session);
    // A problem without a topic adds to no topic's progress.
    if (!judgement.userProgress.topicId.empty())
        rows["progress"] = progress::userProgressJson(judgement.userProgress);
    rows["badges"] = Json::array();
    for (const progress::UserBadgeRow &row : judgement.userBadges)
        rows["badges"].push_back(progress::userBadgeJson(row));
    rows["sandbox"] = sandbox;
    const progress::ProblemSubmissionRow &told = judgement.problemSubmission;
    const std::string submission = withTexts({{"status", told.status},
                                              {"rows_returned", orNull(told.rowsReturned)},
                                              {"execution_time_ms", orNull(told.executionTimeMs)},
                                              {"error_message", orNull(told.errorMessage)}},
                                             {{"result_data", &told.resultDataJson}});
    return withTexts(rows, {{"problem_submission", &submission}, {"results", &results}});
}

} // namespace sqlgym::judge
