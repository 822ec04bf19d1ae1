#include "content/json_schema.h"

#include "content/embedded_schemas.h"
#include "content/schema_check.h"

#include <algorithm>

namespace sqlgym::content {

base::Result<void> checkColumn(std::string_view column, std::string_view json)
{
    const std::string name(column);
    if (std::ranges::find(embeddedSchemas(), column, &EmbeddedSchema::name) == embeddedSchemas().end())
        return base::Error{"content", "unknown_column", "there is no JSON Schema for " + name};
    std::vector<Fault> faults;
    const Json parsed = parseStrictly(json, faults);
    if (faults.empty()) {
        thread_local SchemaCheck check; // compiling a schema takes far longer than checking a text
        faults = check.faults(name, parsed);
    }
    std::string message;
    for (const Fault &fault : faults)
        message += (message.empty() ? "" : "\n") + name + ": " + faultLine(fault);
    if (!faults.empty())
        return base::Error{"content", "bad_column", message};
    return {};
}

} // namespace sqlgym::content
