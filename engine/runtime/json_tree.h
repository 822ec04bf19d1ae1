// JSON as a tree, read with PostgreSQL's errors.
#pragma once

#include "value/context.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sqlgym::runtime {

struct JsonNode {
    enum class Kind : std::uint8_t { Null, String, Number, True, False, Array, Object };

    Kind kind = Kind::Null;
    std::string text;        ///< a string without its escapes; a number as it is written
    std::string_view source; ///< where it stands in the text that was read
    std::vector<JsonNode> items;
    std::vector<std::pair<std::string, JsonNode>> fields; ///< in the order of the text, duplicates included

    // Written out in the .cpp: Clang 14 looks into the vectors before the type is whole.
    JsonNode();
    ~JsonNode();
    JsonNode(const JsonNode &other);
    JsonNode(JsonNode &&other) noexcept;
    JsonNode &operator=(const JsonNode &other);
    JsonNode &operator=(JsonNode &&other) noexcept;

    bool isContainer() const { return kind == Kind::Array || kind == Kind::Object; }
    /// The last field of that name, or nullptr.
    const JsonNode *find(std::string_view name) const;
};

/// False on bad text: 22P02 "invalid input syntax for type json" with PostgreSQL's detail.
bool parseJson(std::string_view text, JsonNode &out, value::Context &cx);

/// jsonb's text form: keys by length and bytes, the last of equal ones, numbers as numeric shows them.
/// False when a number is too large (22003), or raised by `cx`.
bool appendJsonb(const JsonNode &node, std::string &out, value::Context &cx);
/// Quoted and escaped.
void appendJsonString(std::string_view text, std::string &out);

/// jsonb's default order.
int compareJson(const JsonNode &a, const JsonNode &b, value::Context &cx);

/// A shorter key comes first.
inline bool keyBefore(std::string_view a, std::string_view b)
{
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

} // namespace sqlgym::runtime
