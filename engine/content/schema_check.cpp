#include "content/schema_check.h"

#include "content/embedded_schemas.h"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <algorithm>
#include <set>

namespace sqlgym::content {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::string_view kSuffix = ".schema.json";
constexpr int kDeepest = 64;

Json schemaText(std::string_view name)
{
    const auto schemas = embeddedSchemas();
    const auto found = std::ranges::find(schemas, name, &EmbeddedSchema::name);
    return found == schemas.end() ? Json() : Json::parse(found->text);
}

// "common.schema.json#/definitions/slug" -> what it names. The schemas do not refer to each other in circles.
Json referenced(const std::string &reference)
{
    const std::size_t end = reference.find(kSuffix);
    const std::size_t hash = reference.find('#');
    const Json document = schemaText(std::string_view(reference).substr(0, end));
    return hash == std::string::npos ? document : document.at(Json::json_pointer(reference.substr(hash + 1)));
}

// Every $ref replaced by what it names: valijson resolves relative references wrongly, and messages look up nodes.
Json expanded(const Json &schema)
{
    if (schema.is_array()) {
        Json out = Json::array();
        for (const Json &item : schema)
            out.push_back(expanded(item));
        return out;
    }
    if (!schema.is_object())
        return schema;
    Json out = Json::object();
    if (schema.contains("$ref"))
        out = expanded(referenced(schema.at("$ref").get<std::string>()));
    for (const auto &[key, value] : schema.items()) {
        if (key != "$ref" && !out.contains(key))
            out[key] = expanded(value);
    }
    return out;
}

Json withoutPatterns(const Json &schema)
{
    if (!schema.is_structured())
        return schema;
    Json out = schema;
    if (out.is_object() && out.contains("pattern") && out.at("pattern").is_string())
        out.erase("pattern");
    for (Json &item : out)
        item = withoutPatterns(item);
    return out;
}

// The part of the schema that speaks about the value at `path`.
const Json *nodeFor(const Json &schema, const std::vector<std::string> &path)
{
    const Json *node = &schema;
    for (const std::string &key : path) {
        if (node->contains("properties") && node->at("properties").contains(key))
            node = &node->at("properties").at(key);
        else if (node->contains("items"))
            node = &node->at("items");
        else if (node->contains("additionalProperties") && node->at("additionalProperties").is_object())
            node = &node->at("additionalProperties");
        else
            return nullptr;
    }
    return node;
}

std::string plain(const Json &value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string joined(const Json &list, const char *separator)
{
    std::string out;
    for (const Json &item : list)
        out += (out.empty() ? "" : separator) + plain(item);
    return out;
}

std::string between(const std::string &text, char quote)
{
    const std::size_t begin = text.find(quote);
    const std::size_t end = text.rfind(quote);
    return begin == end ? std::string() : text.substr(begin + 1, end - begin - 1);
}

// valijson's words for programmers, in words for authors.
Fault reworded(const std::string &path, const std::string &said, const Json *node)
{
    const auto has = [&](const char *key) { return node && node->contains(key); };
    if (said.starts_with("Missing required property '"))
        return {pointerTo(path, between(said, '\'')), "is missing"};
    if (said.starts_with("Object contains a property that could not be validated"))
        return {pointerTo(path, said.substr(said.rfind(": '") + 3, said.size() - said.rfind(": '") - 5)),
                "is not known here"};
    if (said.starts_with("Value type not permitted") && has("type"))
        return {path, "must be of type " +
                          (node->at("type").is_array() ? joined(node->at("type"), " or ") : plain(node->at("type")))};
    if (said.starts_with("Failed to match against any enum values") && has("enum"))
        return {path, "must be one of " + joined(node->at("enum"), ", ")};
    if (said.starts_with("Failed to match expected value") && has("const"))
        return {path, "must be " + plain(node->at("const"))};
    if (said.starts_with("Failed to match regex") && has("description"))
        return {path, "is not " + plain(node->at("description"))};
    if (said.starts_with("String should be no fewer than 1 "))
        return {path, "must not be empty"};
    if (said.starts_with("Array should contain no fewer than 1 "))
        return {path, "needs at least one element"};
    return {path, said};
}

void populate(valijson::Schema &schema, const Json &text)
{
    valijson::SchemaParser parser;
    parser.populateSchema(Adapter(text), schema);
}

std::vector<Fault> validated(const valijson::Schema &schema, const Json &text, const Json &json)
{
    valijson::Validator validator;
    valijson::ValidationResults results;
    validator.validate(schema, Adapter(json), &results);
    std::vector<Fault> faults;
    for (const auto &error : results) {
        // Each fault comes again from every level around it.
        if (error.description.starts_with("Failed to validate "))
            continue;
        std::string path;
        std::vector<std::string> keys;
        for (auto piece = error.context.begin() + 1; piece < error.context.end(); ++piece) {
            keys.push_back(piece->substr(1, piece->size() - 2));
            path = pointerTo(path, keys.back());
        }
        faults.push_back(reworded(path, error.description, nodeFor(text, keys)));
    }
    return faults;
}

} // namespace

struct SchemaCheck::Compiled {
    Json text;
    valijson::Schema lengths; ///< without patterns: matched first, because std::regex recurses once a character
    valijson::Schema whole;
};

SchemaCheck::SchemaCheck() = default;
SchemaCheck::~SchemaCheck() = default;

SchemaCheck::Compiled &SchemaCheck::compiled(const std::string &name)
{
    const auto found = std::ranges::find(m_compiled, name, &std::pair<std::string, std::unique_ptr<Compiled>>::first);
    if (found != m_compiled.end())
        return *found->second;
    auto made = std::make_unique<Compiled>();
    made->text = expanded(schemaText(name));
    populate(made->lengths, withoutPatterns(made->text));
    populate(made->whole, made->text);
    m_compiled.emplace_back(name, std::move(made));
    return *m_compiled.back().second;
}

std::vector<Fault> SchemaCheck::faults(const std::string &name, const Json &json)
{
    const Compiled &schema = compiled(name);
    std::vector<Fault> faults = validated(schema.lengths, schema.text, json);
    return faults.empty() ? validated(schema.whole, schema.text, json) : faults;
}

std::string faultLine(const Fault &fault) { return fault.path.empty() ? fault.what : fault.path + ": " + fault.what; }

std::string pointerTo(const std::string &path, std::string_view key)
{
    std::string out = path + "/";
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

Json parseStrictly(std::string_view text, std::vector<Fault> &faults)
{
    std::vector<std::set<std::string>> names;
    const auto watch = [&](int depth, Json::parse_event_t event, Json &parsed) {
        if (depth > kDeepest)
            throw Json::other_error::create(501, "is nested too deeply", nullptr);
        if (event == Json::parse_event_t::object_start) {
            names.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            names.pop_back();
        } else if (event == Json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second) {
            faults.push_back({"", "\"" + parsed.get<std::string>() + "\" is given twice in one object"});
        }
        return true;
    };
    try {
        return Json::parse(text, watch);
    } catch (const Json::exception &failure) {
        faults.push_back({"", explain(failure)});
        return {};
    }
}

} // namespace sqlgym::content
