#include "assist/explain.h"

#include "assist/function_list.h"
#include "catalogue/catalogue.h"
#include "sql/name_distance.h"

#include <algorithm>
#include <array>

namespace sqlgym::assist {

namespace {

using std::string;
using std::string_view;

struct Said {
    string_view part, sentence;
};

// By a part of PostgreSQL's message.
constexpr auto kByMessage = std::to_array<Said>({
    {"must appear in the GROUP BY clause", "Each group gives one row, and this column can have many values in it. Add "
                                           "it to GROUP BY, or take one value of the "
                                           "group with an aggregate such as max()."},
    {"must be used in an aggregate function",
     "Each group gives one row. Take one value of the group with an aggregate such as max(), or group by this column."},
    {"aggregate functions are not allowed in WHERE",
     "WHERE chooses rows before they are grouped. A condition on a total goes into HAVING, after GROUP BY."},
    {"aggregate functions are not allowed in GROUP BY",
     "GROUP BY makes the groups that aggregates are computed over: name only plain columns and expressions there."},
    {"aggregate function calls cannot be nested",
     "Compute the inner aggregate in a subquery, and the outer one over its result."},
    {"window functions are not allowed in",
     "Window functions are computed after WHERE, GROUP BY and HAVING. Compute it in a subquery and filter outside it."},
    {"is ambiguous", "More than one table here has a column of that name. Say which one you mean: table.column."},
    {"subquery in FROM must have an alias", "Give the subquery a name: FROM ( ... ) AS name."},
    {"VALUES in FROM must have an alias", "Give it a name: FROM (VALUES ...) AS name(column, ...)."},
    {"LIMIT #,# syntax", "Write LIMIT for how many rows and OFFSET for how many to skip: LIMIT 10 OFFSET 5."},
    {"unterminated quoted string",
     "A text begins here with ' and does not end. A quote inside a text is written twice: "
     "'it''s'."},
    {"unterminated quoted identifier", "A name begins here with \" and does not end."},
    {"unterminated /* comment", "A comment begins here with /* and does not end with */."},
    {"subquery must return only one column", "Here the subquery stands for a single value: select one column in it."},
    {"subquery has too many columns", "The subquery gives more columns than there are on the other side."},
    {"subquery has too few columns", "The subquery gives fewer columns than there are on the other side."},
    {"query must have the same number of columns",
     "Both sides are put one below the other: select equally many columns in each."},
    {"types integer and text cannot be matched", "All values here must be of one type: cast one of them."},
    {"cannot be matched", "The values that meet here must be of one type. Cast one of them, for example with ::text."},
    {"must be type boolean", "A condition belongs here, such as a comparison."},
    {"for SELECT DISTINCT, ORDER BY expressions",
     "After DISTINCT only what is in the SELECT list can be sorted by: add it there."},
    {"is not in select list", "ORDER BY 2 means the second column of the SELECT list. There are not as many."},
    {"more expressions than target columns", "There are more values than columns to put them into."},
    {"more target columns than expressions", "There are fewer values than columns to put them into."},
    {"invalid input syntax for type integer",
     "This text is to become a whole number, and is none. Is the other side of "
     "the comparison what you meant?"},
    {"invalid input syntax for type date", "A date is written as 'YYYY-MM-DD'."},
    {"date/time field value out of range", "There is no such day or time. A date is written as 'YYYY-MM-DD'."},
    {"table name", "The same name is used twice in FROM: give one of them an alias, such as loan AS earlier."},
});

// What other systems call it.
constexpr auto kForeignFunctions = std::to_array<Said>({
    {"charindex", "strpos(text, part)"},
    {"curdate", "current_date"},
    {"dateadd", "date + interval '1 day'"},
    {"date_add", "date + interval '1 day'"},
    {"date_format", "to_char(date, 'YYYY-MM')"},
    {"datediff", "a subtraction: date - date gives days"},
    {"day", "extract(day FROM date)"},
    {"getdate", "now()"},
    {"group_concat", "string_agg(text, ',')"},
    {"iif", "CASE WHEN condition THEN a ELSE b END"},
    {"ifnull", "coalesce(value, instead)"},
    {"instr", "strpos(text, part)"},
    {"isnull", "value IS NULL, or coalesce(value, instead)"},
    {"lcase", "lower(text)"},
    {"len", "length(text)"},
    {"listagg", "string_agg(text, ',')"},
    {"locate", "strpos(text, part)"},
    {"mid", "substring(text FROM 2 FOR 3)"},
    {"month", "extract(month FROM date)"},
    {"nvl", "coalesce(value, instead)"},
    {"rand", "random()"},
    {"str_to_date", "to_date(text, 'YYYY-MM-DD')"},
    {"strftime", "to_char(date, 'YYYY-MM')"},
    {"sysdate", "now()"},
    {"truncate", "trunc(number, digits)"},
    {"ucase", "upper(text)"},
    {"year", "extract(year FROM date)"},
});

constexpr auto kClauses =
    std::to_array<string_view>({"select", "from", "where", "group", "having", "window", "order", "limit"});
constexpr auto kMisspelt =
    std::to_array<string_view>({"select", "from", "where", "group", "having", "order", "limit", "join", "insert",
                                "update", "delete", "values", "distinct", "between", "union", "inner", "left"});

string upper(string_view text)
{
    string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

/// The statement's words around the error, comments left out.
class Words {
public:
    Words(const ErrorPlace &place, const base::Diagnostic &error) : m_place(place)
    {
        for (std::size_t i = 0; i < place.scan.tokens.size(); ++i) {
            const Token &token = place.scan.tokens[i];
            if (token.kind == TokenKind::Comment || token.span.byteBegin < place.statement.byteBegin ||
                token.span.byteEnd > place.statement.byteEnd)
                continue;
            if (i <= place.token)
                m_at = m_tokens.size();
            m_tokens.push_back(token);
        }
        m_atEnd = error.message.find("at end of input") != string::npos;
        if (m_atEnd)
            m_at = m_tokens.size();
    }

    bool atEnd() const { return m_atEnd; }
    std::size_t at() const { return m_at; }
    std::size_t size() const { return m_tokens.size(); }
    const Token *token(std::size_t i) const { return i < m_tokens.size() ? &m_tokens[i] : nullptr; }
    string_view raw(std::size_t i) const { return i < m_tokens.size() ? textOf(m_place.text, m_tokens[i].span) : ""; }
    string word(std::size_t i) const { return lowered(raw(i)); }
    string here() const { return word(m_at); }
    string before(std::size_t back = 1) const { return m_at >= back ? word(m_at - back) : string(); }
    std::size_t count(string_view wanted, std::size_t end) const
    {
        std::size_t found = 0;
        for (std::size_t i = 0; i < std::min(end, size()); ++i)
            found += word(i) == wanted ? 1 : 0;
        return found;
    }

private:
    const ErrorPlace &m_place;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    bool m_atEnd = false;
};

bool isClause(const string &word)
{
    return std::ranges::find(kClauses, string_view(word)) != kClauses.end() || word == "union";
}

/// "FORM" -> "from"; empty when no keyword is near.
string meantKeyword(const string &word)
{
    for (const string_view keyword : kMisspelt) {
        string sorted(word), other(keyword);
        std::ranges::sort(sorted);
        std::ranges::sort(other);
        const bool swapped = sorted == other && word != keyword;
        if (word != keyword && word.size() > 2 && (swapped || sql::editDistance(word, keyword, 2) <= 1))
            return string(keyword);
    }
    return {};
}

string misspelt(const Words &words)
{
    const std::size_t first = words.at() >= 2 ? words.at() - 2 : 0;
    for (std::size_t i = first; i <= words.at(); ++i) {
        const Token *token = words.token(i);
        if (!token || !token->isName)
            continue;
        if (const string keyword = meantKeyword(words.word(i)); !keyword.empty())
            return "Did you mean " + upper(keyword) + " instead of " + string(words.raw(i)) + "?";
    }
    return {};
}

string clauseOrder(const Words &words)
{
    const string here = words.here();
    const auto own = std::ranges::find(kClauses, string_view(here));
    if (own == kClauses.end())
        return {};
    int depth = 0;
    for (std::size_t i = words.at(); i-- > 0;) {
        const string word = words.word(i);
        depth += word == ")" ? 1 : word == "(" ? -1 : 0;
        if (depth < 0)
            break;
        const auto earlier = std::ranges::find(kClauses, string_view(word));
        if (depth == 0 && earlier != kClauses.end() && earlier > own)
            return upper(here) + " stands before " + upper(*earlier) +
                   ": the order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.";
        if (depth == 0 && word == "select")
            break;
    }
    return {};
}

string unbalanced(const Words &words)
{
    const auto open = words.count("(", words.at()), closed = words.count(")", words.at());
    if (words.here() == ")" && closed >= open)
        return "This parenthesis closes nothing: there is no ( before it that is still open.";
    if (words.atEnd() && open > closed)
        return "A parenthesis is opened and not closed: ) is missing.";
    return {};
}

string syntaxError(const Words &words)
{
    const string here = words.here(), before = words.before();
    if (before == "," && (isClause(here) || here == ")" || words.atEnd()))
        return "There is a comma too many before this: after the last item of a list stands none.";
    if (here == "`" || before == "`")
        return "Names are put into double quotes where they need any, not into backquotes.";
    if (here == "[" && (before == "select" || before == "from" || before == ","))
        return "Names are put into double quotes where they need any, not into brackets.";
    if (before == "top")
        return "PostgreSQL has no TOP: write LIMIT and the number at the end of the query.";
    if (here == "=>")
        return "\"Greater or equal\" is written >=.";
    for (const string &sentence : {unbalanced(words), clauseOrder(words), misspelt(words)}) {
        if (!sentence.empty())
            return sentence;
    }
    if (words.count("case", words.at()) > words.count("end", words.at()) && (isClause(here) || words.atEnd()))
        return "A CASE is not finished: it ends with END.";
    if ((isClause(here) || words.atEnd()) && words.count("join", words.at()) > 0 &&
        words.count("on", words.at()) == 0 && words.count("using", words.at()) == 0)
        return "A JOIN says how its rows belong together: JOIN table ON condition.";
    if (words.atEnd() && words.size() > 0)
        return "The statement stops here; something has to follow " + upper(words.word(words.size() - 1)) + ".";
    const Token *token = words.token(words.at());
    const Token *previous = words.at() > 0 ? words.token(words.at() - 1) : nullptr;
    const auto isValue = [](const Token *t) {
        return t && (t->isName || t->kind == TokenKind::Number || t->kind == TokenKind::String);
    };
    if (isValue(token) && isValue(previous))
        return "Two values stand side by side here. Is a comma or an operator missing between them?";
    if (isClause(here) && isClause(before))
        return "Something is missing between " + upper(before) + " and " + upper(here) + ".";
    return {};
}

string tablesWithColumn(const Tables &tables, const string &column)
{
    string list;
    for (const auto &[name, table] : tables.all()) {
        const bool has = std::ranges::any_of(table->columns, [&](const auto &c) { return c.name == column; });
        if (has)
            list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

/// The names that AS gives in this statement.
bool isOutputName(const Words &words, const string &name)
{
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words.word(i - 1) == "as" && nameOf(words.raw(i)) == name && i != words.at())
            return true;
    }
    return false;
}

string unknownColumn(const Words &words, const Tables &tables)
{
    const string_view raw = words.raw(words.at());
    if (raw.size() > 1 && raw.front() == '"')
        return "Double quotes make a name. A text stands in single quotes: '" + nameOf(raw) + "'.";
    const bool qualified = words.word(words.at() + 1) == ".";
    const string name = nameOf(qualified ? words.raw(words.at() + 2) : raw);
    if (!qualified && isOutputName(words, name))
        return "That name is given in the SELECT list, which is computed later. Write the expression itself here, or "
               "put "
               "the query into a subquery.";
    if (const string where = tablesWithColumn(tables, name); !where.empty())
        return "A column of that name is in: " + where + ". Is that table in FROM, under that name?";
    string nearest;
    int distance = 3;
    for (const auto &[table, definition] : tables.all()) {
        for (const auto &column : definition->columns) {
            const int found = sql::editDistance(name, column.name, 3);
            if (found < distance && found * 2 <= static_cast<int>(name.size())) {
                distance = found;
                nearest = table + "." + column.name;
            }
        }
    }
    return nearest.empty() ? string() : "Did you mean " + nearest + "?";
}

string unknownTable(const Words &words, const Tables &tables)
{
    const string name = nameOf(words.raw(words.at()));
    string nearest, all;
    int distance = 4;
    for (const auto &[table, definition] : tables.all()) {
        all += (all.empty() ? "" : ", ") + table;
        const bool plural = name == table + "s" || name + "s" == table;
        const int found = plural ? 0 : sql::editDistance(name, table, 4);
        if (found < distance && found * 2 <= static_cast<int>(name.size())) {
            distance = found;
            nearest = table;
        }
    }
    if (!nearest.empty())
        return "Did you mean the table " + nearest + "?";
    return all.empty() ? string() : "The tables here are: " + all + ".";
}

string missingFrom(const Words &words, const Tables &tables)
{
    const string name = nameOf(words.raw(words.at()));
    if (tables.all().contains(name))
        return "The table " + name + " is not in FROM under that name: add it with JOIN, or use its alias.";
    return "Nothing in FROM has that name. An alias is given there: FROM loan AS l.";
}

string unknownFunction(const Words &words, const base::Diagnostic &error)
{
    const string name = nameOf(words.raw(words.at()));
    for (const auto &foreign : kForeignFunctions) {
        if (foreign.part == name)
            return "PostgreSQL's way to write this is: " + string(foreign.sentence) + ".";
    }
    if (name == "round" && error.message.find("double precision, integer") != string::npos)
        return "Digits can be given for numeric only: round(value::numeric, 2).";
    if ((name == "sum" || name == "avg") &&
        (error.message.find("(text)") != string::npos || error.message.find("(character") != string::npos))
        return "This column holds texts. If they are numbers, cast them first, for example with ::numeric.";
    if (!catalogue::functionsNamed(name).empty())
        return "There is a function of that name, but none for these types of arguments.";
    string nearest, letters(name);
    std::ranges::sort(letters);
    int distance = 3;
    for (const FunctionHelp &row : functionList()) {
        string others(row.name);
        std::ranges::sort(others);
        const int found = letters == others ? 0 : sql::editDistance(name, row.name, 2);
        if (found < distance && found * 2 < static_cast<int>(name.size())) {
            distance = found;
            nearest = row.name;
        }
    }
    return nearest.empty() ? string() : "Did you mean " + nearest + "()?";
}

string unknownOperator(const base::Diagnostic &error)
{
    const string &message = error.message;
    const auto has = [&](string_view part) { return message.find(part) != string::npos; };
    if (has(" == "))
        return "Equality is written with one =.";
    if (has(" =< "))
        return "\"Less or equal\" is written <=.";
    if (has(" && ") || has("boolean || boolean"))
        return "Conditions are joined with AND and OR.";
    if (has("text + ") || has("+ text") || has("unknown + unknown") || has("character varying + "))
        return "Texts are joined with ||. To add numbers that are kept as text, cast them first.";
    if ((has("text") || has("character")) && (has("integer") || has("numeric") || has("bigint")))
        return "A text is compared with a number here. Put the number into single quotes, or cast the text.";
    if (has("date") && has("text"))
        return "A date meets a text here: cast the text with ::date.";
    return "There is no such operation for these two types. Is one of the sides not what you meant?";
}

} // namespace

string explain(const base::Diagnostic &error, const ErrorPlace &place, const Tables &tables)
{
    for (const auto &said : kByMessage) {
        if (said.part == "table name" ? error.sqlstate == "42712" : error.message.find(said.part) != string::npos)
            return string(said.sentence);
    }
    const Words words(place, error);
    if (error.sqlstate == "42601")
        return syntaxError(words);
    if (error.sqlstate == "42703")
        return error.hint.empty() ? unknownColumn(words, tables) : string();
    if (error.sqlstate == "42P01")
        return error.message.find("missing FROM-clause") != string::npos ? missingFrom(words, tables)
                                                                         : unknownTable(words, tables);
    if (error.sqlstate == "42883")
        return error.message.find("operator does not exist") != string::npos ? unknownOperator(error)
                                                                             : unknownFunction(words, error);
    return {};
}

} // namespace sqlgym::assist
