// Types, operators, functions and aggregates: the catalogue's rows, and whether the runtime's registries know them.
#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "runtime/function.h"
#include "runtime/io.h"
#include "sections.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace sqlgym::dialect {

namespace {

namespace type = catalogue::type;
using catalogue::FunctionRow;
using catalogue::TypeRow;
using value::Oid;
using Names = std::set<std::string>;

constexpr std::array<const char *, 8> kTopics{
    "Numbers", "Text",           "Dates and times",         "Booleans and enums",
    "Arrays",  "json and jsonb", "Bytes, UUIDs and others", "Any type"};
constexpr int kNumbers = 0, kText = 1, kMoments = 2, kBooleans = 3, kArrays = 4, kJson = 5, kOthers = 6, kAnyType = 7;

bool isEnding(std::string_view name, std::string_view end) { return name.ends_with(end); }

/// Of the server, its files and its own columns: nothing a query says.
bool isInternal(const TypeRow &row)
{
    static const std::set<std::string_view> kInternal{
        "unknown", "cstring", "char",    "int2vector", "oidvector", "tid",          "xid",
        "xid8",    "cid",     "aclitem", "gtsvector",  "refcursor", "txid_snapshot"};
    return row.name.starts_with("pg_") || kInternal.count(row.name) > 0 ||
           (row.name.starts_with("reg") && row.name != "regtype" && row.name != "regclass");
}

bool isKnown(Oid oid)
{
    static const std::set<Oid> kPseudo{
        type::kAny,           type::kAnyarray, type::kAnyelement,         type::kAnynonarray,          type::kAnyenum,
        type::kAnycompatible, type::kRecord,   type::kAnycompatiblearray, type::kAnycompatiblenonarray};
    return kPseudo.count(oid) > 0 || (oid != type::kCstring && oid != type::kUnknown && runtime::hasTextForm(oid));
}

/// -1: nobody's.
int topicOf(Oid oid)
{
    switch (oid) {
    case type::kJson:
    case type::kJsonb:
        return kJson;
    case type::kAny:
    case type::kAnyelement:
    case type::kAnynonarray:
    case type::kAnycompatible:
    case type::kAnycompatiblenonarray:
    case type::kRecord:
        return kAnyType;
    case type::kAnyenum:
        return kBooleans;
    case type::kAnyarray:
    case type::kAnycompatiblearray:
        return kArrays;
    default:
        break;
    }
    const auto *row = catalogue::findType(oid);
    if (row == nullptr || !isKnown(oid))
        return -1;
    switch (row->category) {
    case 'N':
        return kNumbers;
    case 'S':
        return kText;
    case 'D':
    case 'T':
        return kMoments;
    case 'B':
        return kBooleans;
    case 'A':
        return kArrays;
    default:
        return kOthers;
    }
}

/// What is most special among the arguments: json over arrays over moments over text over numbers.
int topicOf(const std::vector<Oid> &arguments)
{
    constexpr std::array kRanks{2, 3, 5, 0, 6, 7, 4, 1};
    int best = -1;
    for (const Oid oid : arguments) {
        const int topic = topicOf(oid);
        if (topic < 0)
            return -1;
        if (best < 0 || kRanks[static_cast<std::size_t>(topic)] > kRanks[static_cast<std::size_t>(best)])
            best = topic;
    }
    return best;
}

std::string joined(const Names &names, const char *quote = "`")
{
    std::string text;
    for (const auto &name : names)
        text += (text.empty() ? "" : ", ") + (quote + name + quote);
    return text;
}

struct Lists {
    Names supported;
    Names declined;
};

std::string byTopic(const char *title, std::map<int, Lists> lists)
{
    std::string text = std::string("## ") + title + "\n\n";
    for (std::size_t topic = 0; topic < kTopics.size(); ++topic) {
        auto &list = lists[static_cast<int>(topic)];
        for (const auto &name : list.supported)
            list.declined.erase(name);
        if (!list.supported.empty())
            text += std::string("- **") + kTopics[topic] + "**: " + joined(list.supported) + "\n";
        if (!list.declined.empty())
            text += "  - declined, as not written yet: " + joined(list.declined) + "\n";
    }
    return text;
}

/// Names under which operators, casts and types keep their machinery.
bool isMachinery(const FunctionRow &row)
{
    static const std::set<Oid> kBehind = [] {
        std::set<Oid> found;
        for (const auto &each : catalogue::operators())
            found.insert(each.function);
        for (const auto &each : catalogue::casts())
            found.insert(each.function);
        return found;
    }();
    static const std::set<std::string_view> kHidden{"acldefault",
                                                    "booland_statefunc",
                                                    "boolor_statefunc",
                                                    "col_description",
                                                    "current_schemas",
                                                    "current_setting",
                                                    "dexp",
                                                    "dlog1",
                                                    "dlog10",
                                                    "dround",
                                                    "dtrunc",
                                                    "format_type",
                                                    "int4inc",
                                                    "int8dec",
                                                    "int8dec_any",
                                                    "int8inc",
                                                    "int8inc_any",
                                                    "int8inc_float8_float8",
                                                    "like",
                                                    "loread",
                                                    "lowrite",
                                                    "makeaclitem",
                                                    "nameconcatoid",
                                                    "notlike",
                                                    "numeric_div_trunc",
                                                    "numeric_exp",
                                                    "numeric_inc",
                                                    "numeric_ln",
                                                    "numeric_log",
                                                    "numeric_sqrt",
                                                    "obj_description",
                                                    "row_security_active",
                                                    "satisfies_hash_partition",
                                                    "set_config",
                                                    "setseed",
                                                    "shobj_description",
                                                    "similar_escape",
                                                    "similar_to_escape",
                                                    "textlen",
                                                    "like_escape"};
    if (kHidden.count(row.name) > 0)
        return true;
    static const std::set<std::string_view> kOwnName{"abs", "array_append", "array_prepend", "array_cat",
                                                     "starts_with"};
    if (kBehind.count(row.oid) > 0 && kOwnName.count(row.name) == 0)
        return true;
    static constexpr std::array kEnds{"in",         "out",          "recv",       "send",    "_accum",   "_combine",
                                      "_serialize", "_deserialize", "_support",   "_final",  "_transfn", "_finalfn",
                                      "larger",     "smaller",      "sel",        "_cmp",    "cmp",      "hash",
                                      "extended",   "_inv",         "_avg",       "_sum",    "typmodin", "typmodout",
                                      "_eq",        "_ne",          "_not_image", "_trans",  "_image",   "_subdiff",
                                      "validator",  "validate",     "tsvector",   "tsquery", "xml",      "xmlschema"};
    static const std::set<std::string_view> kReally{"min_scale", "join", "asin", "sin", "begin", "trim"};
    if (kReally.count(row.name) == 0 &&
        std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return isEnding(row.name, end); }))
        return true;
    static constexpr std::array kStarts{"pg_",
                                        "hash",
                                        "btree",
                                        "bt",
                                        "ts",
                                        "in_range",
                                        "gin",
                                        "gist",
                                        "spg",
                                        "brin",
                                        "lo_",
                                        "has_",
                                        "binary_upgrade",
                                        "txid",
                                        "inet",
                                        "RI_",
                                        "unique",
                                        "text_pattern",
                                        "bpchar_pattern",
                                        "xml",
                                        "query_to",
                                        "cursor_to",
                                        "table_to",
                                        "schema_to",
                                        "to_reg",
                                        "float8_",
                                        "date_cmp",
                                        "timestamp_cmp",
                                        "timestamptz_cmp"};
    if (row.name != "pg_typeof" && std::any_of(kStarts.begin(), kStarts.end(),
                                               [&](std::string_view start) { return row.name.starts_with(start); }))
        return true;
    return catalogue::findType(row.name) != nullptr;
}

bool isClaimed(const FunctionRow &row)
{
    return row.returnsSet ? runtime::findSet(row.symbol) != nullptr : runtime::findScalar(row.symbol) != nullptr;
}

std::string categoryName(const TypeRow &row)
{
    if (row.kind == 'r' || row.kind == 'm')
        return "ranges";
    switch (row.category) {
    case 'G':
        return "points, lines and shapes";
    case 'I':
        return "network addresses";
    case 'V':
        return "bit strings";
    case 'N':
        return "other numbers";
    default:
        break;
    }
    if (row.name.starts_with("ts"))
        return "text search";
    if (row.name.starts_with("macaddr"))
        return "network addresses";
    return row.name == "xml" ? "XML" : "others";
}

} // namespace

std::string typesSection()
{
    std::map<int, Names> supported;
    std::map<std::string, Names> declined;
    for (const auto &row : catalogue::types()) {
        const bool plain = (row.kind == 'b' || row.kind == 'r' || row.kind == 'm') && !row.isTrueArray;
        if (!plain || isInternal(row))
            continue;
        const std::string name = row.name == "bpchar" ? "character" : catalogue::formatType(row.oid);
        if (const int topic = topicOf(row.oid); topic >= 0)
            supported[topic].insert(name);
        else
            declined[categoryName(row)].insert(name);
    }
    std::string text = "## Types\n\n";
    for (const auto &[topic, names] : supported)
        text += std::string("- **") + kTopics[static_cast<std::size_t>(topic)] + "**: " + joined(names) + "\n";
    text += "- arrays of all these; enums and domains that a script defines; rows (`ROW(1, 'a')`)\n";
    for (const auto &[category, names] : declined)
        text += "- declined, as not written yet: " + category + " (" + joined(names) + ")\n";
    return text;
}

std::string operatorsSection()
{
    // For indexes and comparisons byte by byte; LIKE's own spellings.
    static const std::set<std::string_view> kHidden{"~<~", "~<=~", "~>~", "~>=~", "*=",  "*<>", "*<",
                                                    "*<=", "*>",   "*>=", "~~",   "!~~", "~~*", "!~~*"};
    std::map<int, Lists> lists;
    for (const auto &row : catalogue::operators()) {
        std::vector<Oid> arguments{row.right};
        if (row.left != 0)
            arguments.push_back(row.left);
        const int topic = topicOf(arguments);
        const auto *function = catalogue::findFunction(row.function);
        if (topic < 0 || kHidden.count(row.name) > 0 || function == nullptr)
            continue;
        auto &list = lists[topic];
        (isClaimed(*function) ? list.supported : list.declined).insert(std::string(row.name));
    }
    return byTopic("Operators", std::move(lists));
}

std::string functionsSection()
{
    std::map<int, Lists> lists;
    for (const auto &row : catalogue::functions()) {
        if (row.kind != 'f' || isMachinery(row) || row.result == type::kTrigger || row.result == type::kInternal)
            continue;
        const std::vector<Oid> arguments(row.arguments.begin(), row.arguments.end());
        const int topic = arguments.empty() ? (isClaimed(row) ? topicOf(row.result) : -1) : topicOf(arguments);
        if (topic < 0)
            continue;
        auto &list = lists[topic];
        (isClaimed(row) ? list.supported : list.declined).insert(std::string(row.name));
    }
    return byTopic("Functions", std::move(lists));
}

std::string aggregatesSection(sandbox::Sandbox &engine)
{
    const auto sample = [](Oid oid, bool direct) -> std::string {
        if (oid == type::kFloat8)
            return direct ? "0.5" : "n";
        if (oid == type::kFloat8Array)
            return "'{0.5}'";
        if (oid == type::kInt4)
            return "1";
        return oid == type::kInterval ? "interval '1 day'" : "a";
    };
    Lists aggregates, ordered, windows;
    for (const auto &row : catalogue::functions()) {
        const std::vector<Oid> arguments(row.arguments.begin(), row.arguments.end());
        if (!std::all_of(arguments.begin(), arguments.end(), isKnown))
            continue;
        const std::string name(row.name);
        const auto *aggregate = row.kind == 'a' ? catalogue::findAggregate(row.oid) : nullptr;
        if (aggregate != nullptr && aggregate->kind == 'n') {
            (runtime::findAggregate(aggregate->key) ? aggregates.supported : aggregates.declined).insert(name);
        } else if (aggregate != nullptr) {
            const bool hypothetical = aggregate->kind == 'h';
            std::string call = name + "(";
            for (std::size_t i = 0; !hypothetical && i < aggregate->directArguments; ++i)
                call += (i ? ", " : "") + sample(arguments[i], true);
            call += (hypothetical ? "1" : "") + std::string(") WITHIN GROUP (ORDER BY ") +
                    (hypothetical ? "a" : sample(arguments.back(), false)) + ")";
            (declinedBy(engine, "SELECT " + call + " FROM t").empty() ? ordered.supported : ordered.declined)
                .insert(name);
        } else if (row.kind == 'w') {
            std::string call = name + "(";
            for (std::size_t i = 0; i < arguments.size(); ++i)
                call += (i ? ", " : "") + (i == 0 && arguments[i] != type::kInt4 ? "a" : std::string("1"));
            call += ") OVER (ORDER BY id)";
            (declinedBy(engine, "SELECT " + call + " FROM t").empty() ? windows.supported : windows.declined)
                .insert(name);
        }
    }
    const auto section = [](const char *title, Lists &lists) {
        for (const auto &name : lists.supported)
            lists.declined.erase(name);
        std::string text = std::string("- **") + title + "**: " + joined(lists.supported) + "\n";
        return lists.declined.empty() ? text
                                      : text + "  - declined, as not written yet: " + joined(lists.declined) + "\n";
    };
    return "## Aggregates and window functions\n\n" +
           section("Aggregates, which are window functions too", aggregates) +
           section("WITHIN GROUP (ORDER BY ...)", ordered) + section("Window functions", windows);
}

} // namespace sqlgym::dialect
