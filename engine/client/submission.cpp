#include "client/submission.h"

#include "client/account.h"
#include "client/retry.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace sqlgym::client {

namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

std::string text(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? plainText(found->get<std::string>(), true) : std::string();
}

bool flag(const Json &object, const char *name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

/// What a hidden test's own words could give away is not shown, should the server have sent it.
std::string hiddenSentence(const std::string &outcome)
{
    if (outcome == "match")
        return "right";
    if (outcome == "error")
        return "your query ends in an error here";
    if (outcome == "timeout")
        return "your query takes too long here";
    if (outcome == "memory_limit")
        return "your query needs too much memory here";
    if (outcome == "depends_on_order")
        return "your query leaves its answer to chance here";
    return "your query answers otherwise than expected here";
}

void readTests(const Json &result, Judgement &judgement)
{
    const auto tests = result.find("tests");
    if (tests == result.end() || !tests->is_array())
        return;
    for (const Json &each : *tests) {
        if (!each.is_object())
            continue;
        TestJudgement test{text(each, "name"), flag(each, "hidden"), text(each, "outcome"), text(each, "sentence")};
        if (test.hidden)
            test.sentence = hiddenSentence(test.outcome);
        judgement.tests.push_back(std::move(test));
    }
}

std::optional<int> number(const std::optional<std::string> &cell)
{
    int value = 0;
    if (!cell || std::from_chars(cell->data(), cell->data() + cell->size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

} // namespace

base::Result<void> submit(Gateway &gateway, const std::string &id, const std::string &problemId,
                          const std::string &query, const std::string &writtenAt)
{
    if (query.find('\0') != std::string::npos)
        return makeError(Trouble::Refused, "The query holds a NUL character, which SQL cannot. Remove it.");
    auto done =
        gateway.call("SELECT api.submit($1, $2, $3, COALESCE($4::timestamptz, now()))",
                     {id.c_str(), problemId.c_str(), query.c_str(), writtenAt.empty() ? nullptr : writtenAt.c_str()});
    return done ? base::Result<void>() : done.error();
}

base::Result<Judgement> judgement(Gateway &gateway, const std::string &id)
{
    auto rows = gateway.call("SELECT p.status, p.error_message, p.result_data, p.execution_time_ms, s.is_correct "
                             "FROM public.problem_submissions p LEFT JOIN public.submissions s ON s.id = p.id "
                             "WHERE p.id = $1",
                             {id.c_str()});
    if (!rows)
        return rows.error();
    if (rows->empty()) {
        // To a session that has ended nothing is there.
        if (const auto account = myAccount(gateway); !account)
            return account.error();
        return makeError(Trouble::Refused, "You have no submission " + plainText(id) + " on this server.");
    }
    const Row &row = (*rows)[0];
    Judgement judgement;
    judgement.id = id;
    judgement.status = plainText(row[0].value_or("pending"));
    judgement.judged = row[4].has_value();
    judgement.correct = row[4].value_or("") == "t";
    judgement.elapsedMs = number(row[3]);
    const Json result = Json::parse(row[2].value_or("null"), nullptr, false);
    if (result.is_object()) {
        judgement.sentence = text(result, "sentence");
        readTests(result, judgement);
    }
    if (judgement.sentence.empty())
        judgement.sentence = plainText(row[1].value_or(""), true);
    return judgement;
}

base::Result<Judgement> awaitJudgement(Gateway &gateway, const std::string &id, int timeoutMs,
                                       const base::CancelToken &cancel)
{
    constexpr int kFirstMs = 100;
    constexpr int kMostMs = 2'000;
    constexpr int kToldMs = 5'000; // a notice may have gone astray
    const auto until = Clock::now() + std::chrono::milliseconds(timeoutMs);
    const auto left = [&] {
        return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count());
    };
    int waitMs = kFirstMs;
    for (int failures = 0;;) {
        auto known = judgement(gateway, id);
        if (known ? known->decided() : !known.error().transient)
            return known;
        failures = known ? 0 : failures + 1;
        if (left() <= 0)
            return known;
        const auto notice =
            known ? gateway.awaitNotice(std::min(left(), kToldMs)) : Gateway::Notice::Never; // of any change of ours
        const bool told = notice != Gateway::Notice::Never;
        if (told ? cancel.cancelled() : !pauseFor(std::min(left(), known ? waitMs : pauseMs(failures)), cancel))
            return makeError(Trouble::Cancelled, "Cancelled. The submission waits at the server all the same.");
        waitMs = std::min(kMostMs, waitMs * 3 / 2);
    }
}

} // namespace sqlgym::client
