#include "client/reports.h"

#include <nlohmann/json.hpp>

namespace sqlgym::client {

namespace {

using Json = nlohmann::json;

std::string line(const std::optional<std::string> &cell) { return plainText(cell.value_or("")); }
std::string lines(const std::optional<std::string> &cell) { return plainText(cell.value_or(""), true); }

std::vector<Report> reportsOf(const std::string &json)
{
    std::vector<Report> reports;
    const Json list = Json::parse(json, nullptr, false);
    if (!list.is_array())
        return reports;
    const auto text = [](const Json &from, const char *name) {
        const auto found = from.find(name);
        return found != from.end() && found->is_string() ? plainText(found->get<std::string>()) : std::string();
    };
    for (const Json &each : list) {
        if (!each.is_object())
            continue;
        const auto at = each.find("at");
        reports.push_back({text(each, "reporter"), text(each, "reason"),
                           at != each.end() && at->is_number_integer() ? at->get<std::int64_t>() : 0,
                           each.value("open", Json(false)) == true});
    }
    return reports;
}

} // namespace

base::Result<std::vector<ReportedThing>> reportQueue(Gateway &gateway, bool closed)
{
    auto rows =
        gateway.call("SELECT kind, target_id, author, content, code, problem, written_at, hidden, hidden_reason, "
                     "reports FROM api.report_queue($1::boolean)",
                     {closed ? "t" : "f"});
    if (!rows)
        return rows.error();
    std::vector<ReportedThing> things;
    for (const Row &row : *rows)
        things.push_back({line(row[0]), line(row[1]), line(row[2]), lines(row[3]), lines(row[4]), line(row[5]),
                          line(row[6]), row[7] == "t", line(row[8]), reportsOf(row[9].value_or("[]"))});
    return things;
}

base::Result<void> moderate(Gateway &gateway, const std::string &id, const ReportedThing &thing, bool hidden,
                            const std::string &reason)
{
    auto done =
        gateway.call("SELECT api.moderate($1, $2, $3, $4::boolean, $5)",
                     {id.c_str(), thing.kind.c_str(), thing.targetId.c_str(), hidden ? "t" : "f", reason.c_str()});
    return done ? base::Result<void>() : done.error();
}

base::Result<void> dismissReports(Gateway &gateway, const ReportedThing &thing)
{
    auto done = gateway.call("SELECT api.dismiss_reports($1, $2)", {thing.kind.c_str(), thing.targetId.c_str()});
    return done ? base::Result<void>() : done.error();
}

} // namespace sqlgym::client
