#include "assist/function_list.h"

#include "catalogue/catalogue.h"

#include <algorithm>
#include <array>
#include <set>

namespace sqlgym::assist {

namespace {

using catalogue::FunctionRow;

struct About {
    std::string_view name, text;
};

constexpr auto kAbout = std::to_array<About>({
    {"abs", "without its sign"},
    {"age", "years, months and days between two times"},
    {"array_agg", "all values as one array"},
    {"array_length", "how many elements a dimension has"},
    {"avg", "the mean of the values that are not NULL"},
    {"bool_and", "true when all are"},
    {"bool_or", "true when one is"},
    {"ceil", "the next whole number, upwards"},
    {"char_length", "how many characters"},
    {"concat", "texts put together; NULLs are left out"},
    {"concat_ws", "texts put together with a separator between them"},
    {"count", "how many rows, or how many values that are not NULL"},
    {"cume_dist", "the share of rows up to this one"},
    {"date_part", "one field of a time, as a number"},
    {"date_trunc", "a time cut down to its hour, day, month, ..."},
    {"dense_rank", "rank without gaps after ties"},
    {"every", "true when all are"},
    {"first_value", "the value in the frame's first row"},
    {"floor", "the next whole number, downwards"},
    {"format", "a text with %s and %I filled in"},
    {"generate_series", "a row for each number or time from start to stop"},
    {"greatest", "the largest of its arguments"},
    {"initcap", "each word with a capital"},
    {"json_agg", "all values as one JSON array"},
    {"jsonb_agg", "all values as one JSON array"},
    {"lag", "the value some rows before this one"},
    {"last_value", "the value in the frame's last row"},
    {"lead", "the value some rows after this one"},
    {"left", "the first characters"},
    {"length", "how many characters"},
    {"lower", "in small letters"},
    {"lpad", "filled up on the left to a length"},
    {"ltrim", "without the blanks on the left"},
    {"make_date", "a date of year, month and day"},
    {"max", "the largest value"},
    {"md5", "the MD5 hash, in hexadecimal"},
    {"min", "the smallest value"},
    {"mod", "what remains of a division"},
    {"mode", "the most frequent value: WITHIN GROUP (ORDER BY x)"},
    {"now", "date and time when the transaction began"},
    {"nth_value", "the value in the n-th row of the frame"},
    {"ntile", "rows dealt into n groups of equal size"},
    {"percent_rank", "rank between 0 and 1"},
    {"percentile_cont", "a percentile, between two values if need be: WITHIN GROUP (ORDER BY x)"},
    {"percentile_disc", "a percentile that occurs: WITHIN GROUP (ORDER BY x)"},
    {"power", "a to the power of b"},
    {"random", "a number from 0 up to, but not including, 1"},
    {"rank", "rank with gaps after ties"},
    {"regexp_match", "what a pattern's parts matched first, as an array"},
    {"regexp_matches", "the same for every match, a row each"},
    {"regexp_replace", "what matches a pattern, replaced"},
    {"repeat", "a text so many times"},
    {"replace", "each occurrence of a text replaced by another"},
    {"reverse", "the characters from last to first"},
    {"right", "the last characters"},
    {"round", "rounded to whole numbers, or to so many digits (numeric)"},
    {"row_number", "1, 2, 3, ... in the window's order"},
    {"rpad", "filled up on the right to a length"},
    {"rtrim", "without the blanks on the right"},
    {"sign", "-1, 0 or 1"},
    {"split_part", "the n-th piece of a text between separators"},
    {"sqrt", "the square root"},
    {"stddev", "standard deviation of a sample"},
    {"string_agg", "texts put together with a separator; ORDER BY inside says in which order"},
    {"strpos", "where a text first occurs in another, from 1; 0: nowhere"},
    {"substr", "a part of a text, from a place, so long"},
    {"substring", "a part of a text, by place or by pattern"},
    {"sum", "the sum of the values that are not NULL"},
    {"to_char", "a time or number as text, by a template"},
    {"to_date", "a text as date, by a template"},
    {"to_number", "a text as number, by a template"},
    {"to_timestamp", "a text as time, by a template"},
    {"trunc", "cut to whole numbers, or to so many digits"},
    {"unnest", "a row for each element of an array"},
    {"upper", "in capitals"},
    {"variance", "variance of a sample"},
});
static_assert(std::ranges::is_sorted(kAbout, {}, &About::name));

constexpr auto kHiddenTypes = std::to_array<std::string_view>({"internal",
                                                               "cstring",
                                                               "trigger",
                                                               "event_trigger",
                                                               "language_handler",
                                                               "fdw_handler",
                                                               "index_am_handler",
                                                               "tsm_handler",
                                                               "table_am_handler",
                                                               "pg_node_tree",
                                                               "oid",
                                                               "regclass",
                                                               "xid",
                                                               "cid",
                                                               "tid",
                                                               "aclitem",
                                                               "name",
                                                               "\"char\"",
                                                               "pg_lsn",
                                                               "void",
                                                               "refcursor",
                                                               "txid_snapshot",
                                                               "pg_snapshot",
                                                               "xid8"});

bool isHidden(catalogue::Oid type)
{
    const auto *row = catalogue::findType(type);
    return !row || std::ranges::find(kHiddenTypes, row->name) != kHiddenTypes.end();
}

std::string signature(const FunctionRow &row)
{
    std::string text(row.name);
    text += '(';
    for (std::size_t i = 0; i < row.arguments.size(); ++i) {
        const bool optional = i + row.defaultCount >= row.arguments.size();
        text += i == 0 ? "" : ", ";
        text += optional ? "[" : "";
        text += row.variadic != 0 && i + 1 == row.arguments.size() ? "VARIADIC " : "";
        if (i < row.argumentNames.size() && !row.argumentNames[i].empty())
            text += std::string(row.argumentNames[i]) + " ";
        text += catalogue::formatType(row.arguments[i]);
        text += optional ? "]" : "";
    }
    text += row.kind == 'a' && row.arguments.empty() ? "*)" : ")";
    return text + " \u2192 " + (row.returnsSet ? "setof " : "") + catalogue::formatType(row.result);
}

bool isForLearners(const FunctionRow &row, const std::set<catalogue::Oid> &behindOperators)
{
    const auto starts = [&](std::string_view with) { return row.name.substr(0, with.size()) == with; };
    if (starts("pg_") || starts("_pg") || starts("binary_upgrade") || starts("bt") || starts("hash") ||
        starts("gin_") || starts("gist_") || starts("spg_") || starts("brin_") || starts("lo_") || starts("RI_FKey") ||
        starts("ts_") || starts("txid_") || starts("has_") || catalogue::findType(row.name))
        return false;
    if (behindOperators.contains(row.oid) || isHidden(row.result))
        return false;
    return std::ranges::none_of(row.arguments, isHidden);
}

std::vector<FunctionHelp> make()
{
    std::set<catalogue::Oid> behindOperators;
    for (const auto &op : catalogue::operators())
        behindOperators.insert(op.function);
    std::vector<const FunctionRow *> rows;
    for (const auto &row : catalogue::functions()) {
        const bool known = std::ranges::binary_search(kAbout, row.name, {}, &About::name);
        if (isForLearners(row, behindOperators) || (known && !isHidden(row.result)))
            rows.push_back(&row);
    }
    std::ranges::stable_sort(rows, {}, [](const FunctionRow *row) { return row->name; });
    std::vector<FunctionHelp> list;
    for (const FunctionRow *row : rows) {
        if (list.empty() || list.back().name != row->name) {
            const auto about = std::ranges::lower_bound(kAbout, row->name, {}, &About::name);
            const bool known = about != kAbout.end() && about->name == row->name;
            list.push_back({std::string(row->name), {}, known ? about->text : std::string_view(), row->kind});
        }
        list.back().signatures.push_back(signature(*row));
    }
    return list;
}

} // namespace

const std::vector<FunctionHelp> &functionList()
{
    static const std::vector<FunctionHelp> list = make();
    return list;
}

const FunctionHelp *findFunctionHelp(std::string_view name)
{
    const auto &list = functionList();
    const auto found = std::ranges::lower_bound(list, name, {}, &FunctionHelp::name);
    return found != list.end() && found->name == name ? &*found : nullptr;
}

} // namespace sqlgym::assist
