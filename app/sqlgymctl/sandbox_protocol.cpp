#include "sandbox_protocol.h"

#include "json_text.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::json;
using sandbox::Outcome;
using sandbox::Status;

const char *statusName(Status status)
{
    switch (status) {
    case Status::Ok:
        return "ok";
    case Status::Unsupported:
        return "unsupported";
    case Status::Timeout:
        return "timeout";
    case Status::MemoryLimit:
        return "memory_limit";
    case Status::Failed: // a sandbox that broke says nothing about the statement
        return "unsupported";
    case Status::Error:
    case Status::Cancelled:
        break;
    }
    return "error";
}

Outcome badLine(std::string message)
{
    Outcome outcome;
    outcome.status = Status::Error;
    outcome.diagnostic = {"08P01", std::move(message), {}, {}, 0};
    return outcome;
}

void appendOptional(std::string &out, const char *key, const std::string &text)
{
    out += ",\"";
    out += key;
    out += "\":";
    if (text.empty())
        out += "null";
    else
        appendJsonString(out, text);
}

void appendError(std::string &out, const base::Diagnostic &diagnostic)
{
    out += ",\"error\":{\"sqlstate\":";
    appendJsonString(out, diagnostic.sqlstate.empty() ? "58000" : diagnostic.sqlstate);
    out += ",\"message\":";
    appendJsonString(out, diagnostic.message);
    appendOptional(out, "detail", diagnostic.detail);
    appendOptional(out, "hint", diagnostic.hint);
    out += ",\"position\":" + (diagnostic.position > 0 ? std::to_string(diagnostic.position) : "null") + "}";
}

/// What can be written and read while somebody waits; escapes make a text up to six times as long.
constexpr std::size_t kLongestAnswer = 64u << 20;

/// False for rows that are longer than an answer may be.
bool appendRows(std::string &out, const sandbox::ResultTable &table)
{
    out += ",\"columns\":[";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        out += i == 0 ? "{\"name\":" : ",{\"name\":";
        appendJsonString(out, table.columns[i].name);
        out += ",\"type\":";
        appendJsonString(out, table.columns[i].type);
        out += '}';
    }
    out += "],\"rows\":[";
    out.reserve(out.size() + std::min(kLongestAnswer, table.flatBytes().size() + table.flatEnds().size() * 6));
    for (std::size_t row = 0; row < table.rowCount() && out.size() <= kLongestAnswer; ++row) {
        out += row == 0 ? "[" : ",[";
        for (std::size_t column = 0; column < table.columnCount(); ++column) {
            if (column > 0)
                out += ',';
            if (const auto cell = table.cell(row, column))
                appendJsonString(out, *cell);
            else
                out += "null";
        }
        out += ']';
    }
    out += ']';
    return out.size() <= kLongestAnswer;
}

/// The members that follow the line's name ("id" or "dataset").
void appendOutcome(std::string &out, const Outcome &outcome, bool withRows, bool namesEngine)
{
    const std::size_t begin = out.size();
    out += ",\"status\":\"";
    out += statusName(outcome.status);
    out += '"';
    if (outcome.status == Status::Ok && withRows) {
        if (!appendRows(out, outcome.table)) {
            out.resize(begin);
            out += ",\"status\":\"memory_limit\"";
        }
    } else if (outcome.status == Status::Unsupported || outcome.status == Status::Failed) {
        out += ",\"unsupported\":{\"feature\":";
        appendJsonString(out, outcome.status == Status::Failed ? outcome.diagnostic.message : outcome.feature);
        out += '}';
    } else if (outcome.status == Status::Error)
        appendError(out, outcome.diagnostic);
    else if (outcome.status == Status::Cancelled)
        appendError(out, {"57014", "canceling statement due to user request", {}, {}, 0});
    if (outcome.dependsOnOrder)
        out += ",\"depends_on_order\":true";
    if (namesEngine)
        out += outcome.by == sandbox::Engine::Postgres ? ",\"by\":\"postgres\"" : ",\"by\":\"embedded\"";
    out += ",\"elapsed_us\":" + std::to_string(outcome.elapsedUs) + "}";
}

/// A text member; nullopt when it is there and no text.
std::optional<std::string> textOf(const Json &line, const char *key)
{
    const auto found = line.find(key);
    if (found == line.end())
        return std::string();
    if (!found->is_string())
        return std::nullopt;
    return found->get<std::string>();
}

/// A limit: `fallback` when absent; nullopt when it is no whole number from 1.
std::optional<int> limitOf(const Json &line, const char *key, int fallback)
{
    const auto found = line.find(key);
    if (found == line.end() || found->is_null())
        return fallback;
    if (!found->is_number_integer())
        return std::nullopt;
    const auto value = found->get<std::int64_t>();
    if (value < 1 || value > std::numeric_limits<int>::max())
        return std::nullopt;
    return static_cast<int>(value);
}

} // namespace

std::string SandboxProtocol::answer(const std::string &text)
{
    const Json line = Json::parse(text, nullptr, false);
    std::string out;
    const auto reply = [&](const char *key, const Json &name, const Outcome &outcome, bool withRows) {
        out = std::string("{\"") + key + "\":" + name.dump(-1, ' ', false, Json::error_handler_t::replace);
        appendOutcome(out, outcome, withRows, m_namesEngine);
        return out;
    };
    if (line.is_discarded())
        return reply("id", nullptr, badLine("this line is not JSON"), false);
    if (!line.is_object())
        return reply("id", nullptr, badLine("this line is not a JSON object"), false);

    const Json id = line.contains("id") ? line["id"] : Json(nullptr);
    const auto dataset = textOf(line, "dataset");
    const bool isCase = line.contains("query") || line.contains("id");
    if (!isCase) {
        const auto setup = textOf(line, "setup");
        const Json name = line.contains("dataset") ? line["dataset"] : Json(nullptr);
        if (!line.contains("setup") || !line.contains("dataset"))
            return reply(name.is_null() ? "id" : "dataset", name,
                         badLine("a line needs \"dataset\" and \"setup\", or \"id\" and \"query\""), false);
        if (!dataset || !setup)
            return reply("dataset", name, badLine("\"dataset\" and \"setup\" must be strings"), false);
        return reply("dataset", name, m_sandbox.load(*dataset, *setup), false);
    }

    const auto query = textOf(line, "query");
    const auto timeoutMs = limitOf(line, "timeout_ms", sandbox::Request{}.timeoutMs);
    const auto memoryMb = limitOf(line, "memory_mb", sandbox::Request{}.memoryMb);
    if (!line.contains("query") || !query || !dataset)
        return reply("id", id, badLine("a case needs \"query\", a string; its \"dataset\" is a string"), false);
    if (!timeoutMs || !memoryMb)
        return reply("id", id, badLine("\"timeout_ms\" and \"memory_mb\" must be whole numbers from 1"), false);
    sandbox::Request request;
    request.dataset = *dataset;
    request.query = *query;
    request.timeoutMs = *timeoutMs;
    request.memoryMb = *memoryMb;
    base::CancelToken never;
    return reply("id", id, m_sandbox.run(request, never), true);
}

} // namespace sqlgym::ctl
