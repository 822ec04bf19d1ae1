#include "json_log.h"

#include "base/clock.h"
#include "base/timestamp.h"

#include <string_view>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace sqlgym::judged {

namespace {

const char *levelOf(std::string_view event)
{
    if (event == "started" || event == "stopped" || event == "judged" || event == "housekeeping" || event == "awarded")
        return "info";
    return event == "failed" ? "error" : "warning";
}

} // namespace

void log(const char *event, const judge::Facts &facts)
{
    nlohmann::ordered_json line = {
        {"time", base::timestampTzText(base::Clock().now())}, {"level", levelOf(event)}, {"event", event}};
    for (const auto &[name, value] : facts)
        line[name] = value;
    const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

} // namespace sqlgym::judged
