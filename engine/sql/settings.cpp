#include "sql/settings.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sqlgym::sql {

namespace {

/// Which values a setting accepts.
enum class Accepts {
    Anything,
    Initial, ///< the value it starts with, in one of its spellings
    Switch,
    Messages,
    FloatDigits,
    SearchPath
};

struct Known {
    Setting setting;
    Accepts accepts;
    std::string_view spellings = {}; ///< Initial: further spellings, separated by |
};

constexpr auto kKnown = std::to_array<Known>({
    {{"application_name", ""}, Accepts::Anything},
    {{"bytea_output", "hex"}, Accepts::Initial},
    {{"check_function_bodies", "on"}, Accepts::Switch},
    {{"client_encoding", "UTF8"}, Accepts::Initial, "utf-8|unicode"},
    {{"client_min_messages", "notice"}, Accepts::Messages},
    {{"DateStyle", "ISO, MDY"}, Accepts::Initial, "iso|mdy|iso,mdy|mdy, iso|us"},
    {{"default_table_access_method", "heap"}, Accepts::Initial},
    {{"default_tablespace", ""}, Accepts::Initial},
    {{"enable_hashagg", "on"}, Accepts::Switch},
    {{"enable_hashjoin", "on"}, Accepts::Switch},
    {{"enable_indexscan", "on"}, Accepts::Switch},
    {{"enable_material", "on"}, Accepts::Switch},
    {{"enable_mergejoin", "on"}, Accepts::Switch},
    {{"enable_nestloop", "on"}, Accepts::Switch},
    {{"enable_seqscan", "on"}, Accepts::Switch},
    {{"enable_sort", "on"}, Accepts::Switch},
    {{"escape_string_warning", "on"}, Accepts::Switch},
    {{"extra_float_digits", "1"}, Accepts::FloatDigits},
    {{"idle_in_transaction_session_timeout", "0"}, Accepts::Initial},
    {{"IntervalStyle", "postgres"}, Accepts::Initial},
    {{"lock_timeout", "0"}, Accepts::Initial},
    {{"row_security", "on"}, Accepts::Switch},
    {{"search_path", "\"$user\", public"}, Accepts::SearchPath},
    {{"standard_conforming_strings", "on"}, Accepts::Initial, "true|yes|1"},
    {{"statement_timeout", "0"}, Accepts::Initial},
    {{"TimeZone", "UTC"}, Accepts::Initial},
    {{"xmloption", "content"}, Accepts::Switch, "content|document"},
});

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool among(std::string_view list, std::string_view word)
{
    while (!list.empty()) {
        const auto end = std::min(list.find('|'), list.size());
        if (list.substr(0, end) == word)
            return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

std::string joined(const std::vector<std::string> &values)
{
    std::string out;
    for (const auto &value : values)
        out += (out.empty() ? "" : ", ") + value;
    return out;
}

/// Only paths on which unqualified names mean what they mean at the start.
std::optional<std::string> searchPath(const std::vector<std::string> &values)
{
    std::string out;
    bool isPublic = false;
    for (const auto &value : values) {
        if (value != "public" && value != "$user")
            return std::nullopt;
        isPublic = isPublic || value == "public";
        out += (out.empty() ? "" : ", ") + (value == "$user" ? "\"$user\"" : value);
    }
    return isPublic ? std::optional(out) : std::nullopt;
}

} // namespace

const Setting *findSetting(std::string_view name)
{
    const std::string wanted = lowered(name);
    const auto found = std::ranges::find_if(kKnown, [&](const Known &k) { return lowered(k.setting.name) == wanted; });
    return found == kKnown.end() ? nullptr : &found->setting;
}

std::optional<std::string> acceptedValue(const Setting &setting, const std::vector<std::string> &values)
{
    const auto &known = *std::ranges::find(kKnown, setting.name, [](const Known &k) { return k.setting.name; });
    if (known.accepts == Accepts::SearchPath)
        return searchPath(values);
    const std::string given = joined(values);
    const std::string word = lowered(given);
    switch (known.accepts) {
    case Accepts::Anything:
        // Longer names are cut, and others than printable ASCII are replaced.
        if (given.size() < 64 && std::ranges::all_of(given, [](char c) { return c >= ' ' && c <= '~'; }))
            return given;
        return std::nullopt;
    case Accepts::Initial:
        if (word == lowered(setting.initial) || among(known.spellings, word))
            return std::string(setting.initial);
        return std::nullopt;
    case Accepts::Switch:
        if (!known.spellings.empty())
            return among(known.spellings, word) ? std::optional(word) : std::nullopt;
        if (among("on|true|yes|1", word))
            return "on";
        return among("off|false|no|0", word) ? std::optional<std::string>("off") : std::nullopt;
    case Accepts::Messages:
        if (among("debug5|debug4|debug3|debug2|debug1|log|notice|warning|error", word))
            return word;
        return std::nullopt;
    case Accepts::FloatDigits:
        // From 1 on, floats print in the shortest form that reads back the same.
        return among("1|2|3", word) ? std::optional(word) : std::nullopt;
    case Accepts::SearchPath:
        break;
    }
    return std::nullopt;
}

} // namespace sqlgym::sql
