#include "probes.h"
#include "sections.h"

#include <string_view>
#include <vector>

namespace sqlgym::dialect {

namespace {

struct Topic {
    std::string_view name;
    std::string supported;
    std::vector<std::string> declined;
};

std::vector<Topic> topics(sandbox::Sandbox &engine)
{
    std::vector<Topic> found;
    for (const Probe &probe : probes()) {
        if (found.empty() || found.back().name != probe.topic)
            found.push_back({probe.topic, {}, {}});
        Topic &topic = found.back();
        if (declinedBy(engine, probe.sample).empty()) {
            topic.supported += (topic.supported.empty() ? "" : "; ") + std::string(probe.name);
            continue;
        }
        topic.declined.push_back(std::string(probe.name) + (probe.why ? std::string(" (") + probe.why + ")" : ""));
    }
    return found;
}

} // namespace

std::string declinedBy(sandbox::Sandbox &engine, const std::string &sql)
{
    base::CancelToken cancel;
    const auto outcome = engine.run({.dataset = kSampleDataset, .query = sql}, cancel);
    return outcome.status == sandbox::Status::Unsupported ? outcome.feature : std::string();
}

std::string syntaxSections(sandbox::Sandbox &engine)
{
    std::string text = "## Statements, clauses, expressions\n";
    for (const Topic &topic : topics(engine)) {
        text += "\n**" + std::string(topic.name) + "**\n\n- " + topic.supported + "\n";
        for (const auto &declined : topic.declined)
            text += "- declined: " + declined + "\n";
    }
    return text;
}

} // namespace sqlgym::dialect
