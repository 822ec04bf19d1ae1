// JSON against the JSON Schemas of resources/schemas. Internal to content; json_schema.h is for others.
#pragma once

#include "content/json_shapes.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::content {

/// One thing that is wrong in a JSON text.
struct Fault {
    std::string path; ///< JSON pointer, "" = the whole
    std::string what; ///< "must be a string"
};

/// "/contract/grain: is missing"
std::string faultLine(const Fault &fault);
/// `key` appended to the JSON pointer `path`.
std::string pointerTo(const std::string &path, std::string_view key);

/// Schemas are compiled when first used; one thread at a time.
class SchemaCheck {
public:
    SchemaCheck();
    ~SchemaCheck();

    /// What is wrong with `json` by the schema `name` ("hints", "pack_problem"); empty = nothing. The schema exists.
    std::vector<Fault> faults(const std::string &name, const Json &json);

private:
    struct Compiled;
    Compiled &compiled(const std::string &name);

    std::vector<std::pair<std::string, std::unique_ptr<Compiled>>> m_compiled;
};

/// Parses a text written by people: a name given twice in one object is a fault too, and so is nesting beyond 64.
/// Null and one fault or more when it is not JSON.
Json parseStrictly(std::string_view text, std::vector<Fault> &faults);

} // namespace sqlgym::content
