#include "client/instructor.h"

#include "client/account.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace sqlgym::client {

namespace {

using Json = nlohmann::json;

constexpr int kMostRows = 1000;

std::optional<int> number(const std::optional<std::string> &cell)
{
    int value = 0;
    if (!cell || std::from_chars(cell->data(), cell->data() + cell->size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

std::optional<double> real(const std::optional<std::string> &cell)
{
    double value = 0;
    if (!cell || std::from_chars(cell->data(), cell->data() + cell->size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

std::optional<bool> flag(const std::optional<std::string> &cell)
{
    return cell ? std::optional(*cell == "t") : std::nullopt;
}

std::string line(const std::optional<std::string> &cell) { return plainText(cell.value_or("")); }
std::string lines(const std::optional<std::string> &cell) { return plainText(cell.value_or(""), true); }

std::string text(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? plainText(found->get<std::string>(), true) : std::string();
}

int count(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<int>() : 0;
}

bool isTrue(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

/// Parameters that a statement takes one by one.
struct Parameters {
    Values &values;
    std::string add(const std::string &value)
    {
        values.push_back(value.c_str());
        return "$" + std::to_string(values.size());
    }
};

constexpr char kColumns[] = "x.id, x.user_id, u.username, x.problem_id, t.title, x.status, s.is_correct, "
                            "x.execution_time_ms, x.rows_returned, ";

SubmissionRow readRow(const Row &row)
{
    return {line(row[0]), line(row[1]),   line(row[2]),   line(row[3]), line(row[4]),   line(row[5]),
            flag(row[6]), number(row[7]), number(row[8]), line(row[9]), lines(row[10]), lines(row[11])};
}

/// Rows of submissions `v` with this verdict, or of all that was handed in; `p` is the row that tells of the handing
/// in.
struct Source {
    bool judged = false;
    std::string_view name() const { return judged ? "v." : "p."; }
    std::string_view moment() const { return judged ? "v.submitted_at" : "p.created_at"; }
    std::string_view tables() const
    {
        return judged ? "public.submissions v JOIN public.problem_submissions p ON p.id = v.id"
                      : "public.problem_submissions p";
    }
};

/// Whatever a filter says beyond whose rows, and of which problem.
std::string conditions(const SubmissionFilter &filter, const SubmissionCursor &after, const Source &source,
                       Parameters &parameters)
{
    std::string sql;
    const std::string moment(source.moment());
    if (!filter.status.empty())
        sql += " AND p.status = " + parameters.add(filter.status);
    if (filter.verdict == VerdictFilter::None)
        sql += " AND p.status = 'pending'";
    else if (source.judged)
        sql += filter.verdict == VerdictFilter::Right ? " AND v.is_correct" : " AND NOT v.is_correct";
    if (!filter.since.empty())
        sql += " AND " + moment + " >= " + parameters.add(filter.since) + "::timestamp";
    if (!filter.until.empty())
        sql += " AND " + moment + " < " + parameters.add(filter.until) + "::timestamp";
    if (!after.id.empty())
        sql += " AND (" + moment + ", " + std::string(source.name()) + "id) < (" + parameters.add(after.at) +
               "::timestamp, " + parameters.add(after.id) + ")";
    return sql;
}

} // namespace

base::Result<void> requireInstructor(Gateway &gateway)
{
    auto rows = gateway.call("SELECT api.current_user_id() IS NOT NULL, api.is_admin()");
    if (!rows)
        return rows.error();
    if ((*rows)[0][0] != "t")
        return makeError(Trouble::SignedOut, "The session has ended. Sign in again.");
    if ((*rows)[0][1] != "t")
        return makeError(Trouble::Refused,
                         "This account is not an instructor's any more. Ask whoever runs the server.");
    return {};
}

// A page is the newest of the pages of each problem or learner that is meant, so that every way goes along an index.
std::string submissionPageSql(const SubmissionFilter &filter, const SubmissionCursor &after, int limit, Values &values,
                              bool whole)
{
    Parameters parameters{values};
    const Source source{filter.verdict == VerdictFilter::Right || filter.verdict == VerdictFilter::Wrong};
    const std::string most = std::to_string(std::clamp(limit, 1, kMostRows) + 1);
    const std::string name(source.name());
    std::string from;
    std::string where = " WHERE true";
    if (!filter.learnerId.empty()) {
        where += " AND " + name + "user_id = " + parameters.add(filter.learnerId);
    } else if (!filter.learner.empty()) {
        const std::string learner = parameters.add(filter.learner);
        from = "(SELECT id FROM public.users WHERE starts_with(lower(username), lower(" + learner +
               ")) ORDER BY lower(username) = lower(" + learner + ") DESC, username LIMIT 50)";
        where += " AND " + name + "user_id = k.id";
    }
    if (!filter.problemIds.empty()) {
        std::string list;
        for (const std::string &id : filter.problemIds)
            list += (list.empty() ? "(" : ", (") + parameters.add(id) + "::varchar)";
        if (from.empty() && filter.learnerId.empty()) {
            from = "(VALUES " + list + ")";
            where += " AND " + name + "problem_id = k.id";
        } else {
            where += " AND " + name + "problem_id IN (VALUES " + list + ")";
        }
    }
    where += conditions(filter, after, source, parameters);
    const std::string moment(source.moment());
    const std::string rows = "SELECT p.*, " + moment + " AS moment FROM " + std::string(source.tables()) + where +
                             " ORDER BY " + moment + " DESC, " + name + "id DESC LIMIT " + most;
    const std::string page = from.empty() ? rows
                                          : "SELECT y.* FROM " + from + " k(id) CROSS JOIN LATERAL (" + rows +
                                                ") y ORDER BY y.moment DESC, y.id DESC LIMIT " + most;
    return std::string("SELECT ") + kColumns + "x.moment::text, " +
           (whole ? "x.sql_query, x.error_message" : "left(x.sql_query, 200), left(x.error_message, 200)") + " FROM (" +
           page +
           ") x JOIN public.users u ON u.id = x.user_id LEFT JOIN public.problems t ON t.id = x.problem_id "
           "LEFT JOIN public.submissions s ON s.id = x.id ORDER BY x.moment DESC, x.id DESC";
}

base::Result<SubmissionPage> submissionPage(Gateway &gateway, const SubmissionFilter &filter,
                                            const SubmissionCursor &after, int limit, bool whole)
{
    Values values;
    const std::string sql = submissionPageSql(filter, after, limit, values, whole);
    auto rows = gateway.call(sql, values);
    if (!rows)
        return rows.error();
    SubmissionPage page;
    page.more = static_cast<int>(rows->size()) > std::clamp(limit, 1, kMostRows);
    if (page.more)
        rows->pop_back();
    for (const Row &row : *rows)
        page.rows.push_back(readRow(row));
    if (!page.rows.empty())
        page.next = {page.rows.back().at, page.rows.back().id};
    return page;
}

base::Result<SubmissionDetail> submissionDetail(Gateway &gateway, const std::string &id)
{
    auto rows = gateway.call(
        std::string("SELECT ") + kColumns +
            "x.created_at::text, left(x.sql_query, 200), left(x.error_message, 200), x.sql_query, x.error_message "
            "FROM public.problem_submissions x JOIN public.users u ON u.id = x.user_id "
            "LEFT JOIN public.problems t ON t.id = x.problem_id "
            "LEFT JOIN public.submissions s ON s.id = x.id WHERE x.id = $1",
        {id.c_str()});
    if (!rows)
        return rows.error();
    if (rows->empty())
        return makeError(Trouble::Refused, "There is no such submission that you may see.");
    const Row &row = (*rows)[0];
    SubmissionDetail detail{readRow(row), lines(row[12]), lines(row[13]), {}, {}};
    auto tests = gateway.call("SELECT name, is_hidden, is_correct, status, execution_time_ms, memory_used_mb, "
                              "rows_affected, error_message, validation_details FROM api.test_details($1)",
                              {id.c_str()});
    if (!tests)
        return tests.error();
    for (const Row &each : *tests) {
        TestDetail test{line(each[0]),
                        flag(each[1]).value_or(false),
                        flag(each[2]).value_or(false),
                        line(each[3]),
                        number(each[4]),
                        real(each[5]),
                        number(each[6]),
                        {},
                        lines(each[7]),
                        {}};
        const Json details = Json::parse(each[8].value_or("null"), nullptr, false);
        if (details.is_object()) {
            test.outcome = text(details, "outcome");
            if (const std::string sentence = text(details, "sentence"); !sentence.empty())
                test.sentence = sentence;
            if (const auto error = details.find("error"); error != details.end() && error->is_object())
                test.sqlstate = text(*error, "sqlstate");
        }
        detail.tests.push_back(std::move(test));
    }
    auto comments = submissionComments(gateway, id);
    if (!comments)
        return comments.error();
    detail.comments = std::move(*comments);
    return detail;
}

base::Result<std::vector<SubmissionComment>> submissionComments(Gateway &gateway, const std::string &submissionId)
{
    auto rows = gateway.call("SELECT id, author, content, created_at::text FROM api.submission_comments($1)",
                             {submissionId.c_str()});
    if (!rows)
        return rows.error();
    std::vector<SubmissionComment> comments;
    for (const Row &row : *rows)
        comments.push_back({line(row[0]), line(row[1]), lines(row[2]), line(row[3])});
    return comments;
}

std::string commentsJson(const std::vector<SubmissionComment> &comments)
{
    Json json = Json::array();
    for (const SubmissionComment &each : comments)
        json.push_back({{"id", each.id}, {"author", each.author}, {"text", each.text}, {"at", each.at}});
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<SubmissionComment> commentsOf(const std::string &kept)
{
    std::vector<SubmissionComment> comments;
    for (const Json &each : Json::parse(kept, nullptr, false)) {
        if (each.is_object())
            comments.push_back({text(each, "id"), text(each, "author"), text(each, "text"), text(each, "at")});
    }
    return comments;
}

base::Result<void> commentSubmission(Gateway &gateway, const std::string &id, const std::string &submissionId,
                                     const std::string &text)
{
    if (text.find('\0') != std::string::npos)
        return makeError(Trouble::Refused, "The comment holds a NUL character. Remove it.");
    auto done =
        gateway.call("SELECT api.comment_submission($1, $2, $3)", {id.c_str(), submissionId.c_str(), text.c_str()});
    return done ? base::Result<void>() : done.error();
}

base::Result<std::vector<CatalogueEntry>> catalogueEntries(Gateway &gateway)
{
    auto rows = gateway.call("SELECT p.id, p.title, t.name FROM api.problem_titles p "
                             "LEFT JOIN public.topics t ON t.id = p.topic_id ORDER BY t.order_index, t.name, p.title");
    if (!rows)
        return rows.error();
    std::vector<CatalogueEntry> entries;
    for (const Row &row : *rows)
        entries.push_back({line(row[0]), line(row[1]), line(row[2])});
    return entries;
}

base::Result<ProblemReport> problemReport(Gateway &gateway, const std::string &problemId)
{
    auto rows = gateway.call("SELECT api.problem_report($1)", {problemId.c_str()});
    if (!rows)
        return rows.error();
    const Json json = rows->empty() ? Json() : Json::parse((*rows)[0][0].value_or("null"), nullptr, false);
    if (!json.is_object())
        return makeError(Trouble::Failed, "The server's figures cannot be read.");
    ProblemReport report;
    report.learners = count(json, "learners");
    report.solvers = count(json, "solvers");
    report.submissions = count(json, "submissions");
    report.recent = count(json, "recent");
    if (const auto attempts = json.find("attempts"); attempts != json.end() && attempts->is_number())
        report.attempts = attempts->get<int>();
    if (const auto minutes = json.find("minutes"); minutes != json.end() && minutes->is_number())
        report.minutes = minutes->get<double>();
    const auto failures = [&json](const char *list, const char *name, const char *words) {
        std::vector<FailureCount> all;
        const auto found = json.find(list);
        if (found == json.end() || !found->is_array())
            return all;
        for (const Json &each : *found) {
            if (each.is_object())
                all.push_back({text(each, name), text(each, words), isTrue(each, "hidden"), count(each, "submissions"),
                               count(each, "learners")});
        }
        return all;
    };
    report.errors = failures("errors", "state", "message");
    report.tests = failures("tests", "name", "");
    return report;
}

base::Result<std::vector<SubmissionText>> submissionTexts(Gateway &gateway, const std::string &problemId,
                                                          const std::string &learnerId, int limit)
{
    Values values{problemId.c_str()};
    if (!learnerId.empty())
        values.push_back(learnerId.c_str());
    auto rows = gateway.call(
        std::string("SELECT x.id, u.username, s.is_correct, x.created_at::text, x.sql_query, x.result_data -> 'tests', "
                    "x.status FROM (SELECT p.* FROM public.problem_submissions p WHERE p.problem_id = $1") +
            (learnerId.empty() ? "" : " AND p.user_id = $2") + " ORDER BY p.created_at DESC, p.id DESC LIMIT " +
            std::to_string(std::clamp(limit, 1, kMostRows)) +
            ") x JOIN public.users u ON u.id = x.user_id LEFT JOIN public.submissions s ON s.id = x.id "
            "ORDER BY x.created_at DESC, x.id DESC",
        values);
    if (!rows)
        return rows.error();
    std::vector<SubmissionText> texts;
    for (const Row &row : *rows) {
        SubmissionText each{line(row[0]), line(row[1]), flag(row[2]), line(row[3]), lines(row[4]), {}, line(row[6])};
        const Json tests = Json::parse(row[5].value_or("null"), nullptr, false);
        for (std::size_t i = 0; tests.is_array() && i < tests.size(); ++i) {
            if (tests[i].is_object() && text(tests[i], "outcome") != "match")
                each.failing.push_back(text(tests[i], "name"));
        }
        texts.push_back(std::move(each));
    }
    return texts;
}

} // namespace sqlgym::client
