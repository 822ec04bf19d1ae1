#include "assist/scope.h"

#include "assist/statement_words.h"
#include "catalogue/catalogue.h"
#include "sql/parse.h"

#include <algorithm>

namespace sqlgym::assist {

namespace {

using std::string;
using std::string_view;

constexpr std::size_t kMostKept = 256;
constexpr int kDeepest = 40; ///< subqueries in each other

constexpr string_view kQueryStarts[] = {"select", "with", "values"};
constexpr string_view kSetOperations[] = {"union", "intersect", "except"};
constexpr string_view kFromEnds[] = {"where", "group",     "having", "order",     "limit", "offset", "fetch", "window",
                                     "union", "intersect", "except", "returning", "set",   "values", "for"};
constexpr string_view kNoAlias[] = {"set", "values", "overriding", "do"};

} // namespace

/// One pass over a statement's words.
class StatementReader : StatementWords {
public:
    StatementReader(ScopeFinder &finder, string_view text, const Scan &scan, base::SourceSpan statement,
                    std::size_t byte)
        : StatementWords(text, scan, statement, byte), m_finder(finder)
    {
    }

    Scope run()
    {
        readQuery(0, m_words.size(), {}, 0);
        return std::move(m_scope);
    }

private:
    struct With {
        Relation relation;
        string sql; ///< "name AS (...)", as it is written
    };
    using Environment = std::vector<With>;

    // ---- the query that the place is in

    void readQuery(std::size_t begin, std::size_t end, Environment with, int depth)
    {
        if (depth > kDeepest)
            return;
        if (is(begin, "with")) {
            const std::size_t inside = readWith(begin, end, with);
            if (inside < end) {
                const auto &items = with;
                readQuery(inside + 1, std::min(closing(inside), end), items, depth + 1);
                return;
            }
        }
        std::size_t armBegin = begin, armEnd = end;
        for (std::size_t i = begin; i < end; ++i) {
            if (is(i, "("))
                i = std::min(closing(i), end);
            else if (isAny(i, kSetOperations) && isBefore(i))
                armBegin = i + 1;
            else if (isAny(i, kSetOperations)) {
                armEnd = i;
                break;
            }
        }
        std::vector<Relation> relations;
        readFrom(armBegin, armEnd, with, relations);
        const std::size_t inner = queryAround(armBegin, armEnd);
        if (inner < armEnd) {
            const bool derived = inner > armBegin && inFrom(armBegin, inner) && !is(inner - 1, "lateral");
            if (!derived)
                m_outer.insert(m_outer.begin(), std::move(relations));
            readQuery(inner + 1, std::min(closing(inner), armEnd), std::move(with), depth + 1);
            return;
        }
        m_scope.outputs = writtenColumns(armBegin, armEnd, relations);
        m_scope.levels.push_back(std::move(relations));
        for (auto &level : m_outer)
            m_scope.levels.push_back(std::move(level));
        for (auto &item : with)
            m_scope.with.push_back(std::move(item.relation));
        readClause(armBegin, armEnd);
    }

    /// Reads WITH items into `with`. Returns the parenthesis of the item that the place is in (then `with` is what that
    /// item sees), else `end`.
    std::size_t readWith(std::size_t begin, std::size_t end, Environment &with)
    {
        const bool recursive = is(begin + 1, "recursive");
        std::size_t i = begin + (recursive ? 2 : 1);
        while (i < end) {
            With item;
            item.relation.alias = item.relation.table = m_words[i].text;
            item.relation.fromWith = true;
            const std::size_t start = i++;
            std::vector<string> names;
            if (is(i, "(") && !is(i - 1, "as"))
                i = readNames(i, end, names);
            while (i < end && !is(i, "("))
                ++i;
            if (i >= end)
                break;
            const std::size_t close = std::min(closing(i), end);
            item.sql = sqlOf(start, std::min(close + 1, end));
            if (holdsPlace(i)) {
                if (recursive) {
                    item.relation.columns = writtenQueryColumns(i + 1, close, with);
                    rename(item.relation.columns, names);
                    with.push_back(std::move(item));
                }
                return i;
            }
            item.relation.columns = queryColumns(i + 1, close, with, recursive ? &item : nullptr);
            rename(item.relation.columns, names);
            with.push_back(std::move(item));
            i = close + 1;
            if (!is(i, ","))
                break;
            ++i;
        }
        return end;
    }

    /// The outermost parenthesis in [begin, end) that holds a query and the place.
    std::size_t queryAround(std::size_t begin, std::size_t end) const
    {
        for (std::size_t i = begin; i < end; ++i) {
            if (!is(i, "("))
                continue;
            if (!holdsPlace(i))
                i = std::min(closing(i), end);
            else if (isAny(i + 1, kQueryStarts) && m_words[i + 1].token.span.byteEnd <= m_byte)
                return i;
        }
        return end;
    }

    bool inFrom(std::size_t begin, std::size_t at) const
    {
        bool from = false;
        for (std::size_t i = begin; i < at; ++i) {
            if (is(i, "(") && closing(i) < at)
                i = closing(i);
            else if (is(i, "from") || is(i, "join"))
                from = true;
            else if (isAny(i, kFromEnds) || is(i, "on"))
                from = false;
        }
        return from;
    }

    // ---- FROM

    void readFrom(std::size_t begin, std::size_t end, const Environment &with, std::vector<Relation> &relations)
    {
        bool from = false;
        for (std::size_t i = begin; i < end; ++i) {
            const bool starts = is(i, "from") || is(i, "join") || is(i, "update") || is(i, "into") ||
                                (is(i, "using") && !is(i + 1, "("));
            if (starts || (from && is(i, ","))) {
                from = true;
                m_inInto = is(i, "into");
                i = readRelation(i + 1, end, with, relations) - 1;
                m_inInto = false;
            } else if (is(i, "(")) {
                i = std::min(closing(i), end);
            } else if (isAny(i, kFromEnds)) {
                from = false;
            }
        }
    }

    /// Reads one item of FROM; returns the index behind it.
    std::size_t readRelation(std::size_t i, std::size_t end, const Environment &with, std::vector<Relation> &relations)
    {
        while (is(i, "lateral") || is(i, "only"))
            ++i;
        if (i >= end)
            return end;
        Relation relation;
        bool called = false;
        if (is(i, "(")) {
            const std::size_t close = std::min(closing(i), end);
            if (!isAny(i + 1, kQueryStarts)) { // a join in parentheses
                std::size_t next = readRelation(i + 1, close, with, relations);
                readFrom(next, close, with, relations);
                return close + 1;
            }
            if (!holdsPlace(i))
                relation.columns = queryColumns(i + 1, close, with, nullptr);
            i = close + 1;
        } else if (m_words[i].token.isName || m_words[i].token.word == WordClass::Unreserved) {
            const bool qualified = is(i + 1, ".") && i + 2 < end;
            i += qualified ? 2 : 0;
            relation.table = relation.alias = m_words[i].text;
            ++i;
            if (is(i, "(") && !m_inInto) {
                relation.columns = {{relation.table}};
                relation.table.clear();
                called = true;
                i = std::min(closing(i), end) + 1;
                if (is(i, "with") && is(i + 1, "ordinality")) {
                    relation.columns.push_back({"ordinality"});
                    i += 2;
                }
            } else {
                fillTable(relation, with);
            }
        } else {
            return i;
        }
        i = readAlias(std::min(i, end), end, relation, called);
        relations.push_back(std::move(relation));
        return i;
    }

    std::size_t readAlias(std::size_t i, std::size_t end, Relation &relation, bool called)
    {
        const bool as = i < end && is(i, "as");
        i += as ? 1 : 0;
        const bool canBe = i < end && (m_words[i].token.isName || ((m_words[i].token.word == WordClass::Unreserved ||
                                                                    m_words[i].token.word == WordClass::ColumnName) &&
                                                                   !isAny(i, kNoAlias)));
        const bool beingWritten = i < end && m_words[i].token.span.byteBegin == m_byte;
        if (!canBe || (beingWritten && !as))
            return i;
        if (called && relation.columns.size() == 1)
            relation.columns.front().name = m_words[i].text; // a function's only column is named after its alias
        relation.alias = m_words[i++].text;
        if (i < end && is(i, "(")) {
            std::vector<string> names;
            i = readNames(i, end, names);
            rename(relation.columns, names);
        }
        return i;
    }

    std::size_t readNames(std::size_t open, std::size_t end, std::vector<string> &names) const
    {
        const std::size_t close = std::min(closing(open), end);
        for (std::size_t i = open + 1; i < close; ++i) {
            if (is(i - 1, "(") || is(i - 1, ","))
                names.push_back(m_words[i].text);
        }
        return std::min(close + 1, end);
    }

    static void rename(std::vector<Column> &columns, const std::vector<string> &names)
    {
        columns.resize(std::max(columns.size(), names.size()));
        for (std::size_t i = 0; i < names.size(); ++i)
            columns[i].name = names[i];
    }

    void fillTable(Relation &relation, const Environment &with) const
    {
        for (auto item = with.rbegin(); item != with.rend(); ++item) {
            if (item->relation.table == relation.table) {
                relation.columns = item->relation.columns;
                relation.fromWith = true;
                return;
            }
        }
        if (const auto table = m_finder.m_tables.findTable({}, relation.table)) {
            for (const auto &column : table->columns)
                relation.columns.push_back({column.name, column.type, column.typmod});
        }
    }

    // ---- what a query gives

    /// `self`: the recursive WITH item whose body this is.
    std::vector<Column> queryColumns(std::size_t begin, std::size_t end, const Environment &with, const With *self)
    {
        string sql;
        for (const With &item : with) {
            if (isNamed(item.relation.table, begin, end))
                sql += (sql.empty() ? "WITH RECURSIVE " : ", ") + standIn(item.relation);
        }
        if (self)
            sql += (sql.empty() ? "WITH RECURSIVE " : ", ") + self->sql + " SELECT * FROM " +
                   quotedIfNeeded(self->relation.table);
        else
            sql += " SELECT * FROM (" + sqlOf(begin, end) + ") AS q";
        if (const auto *bound = m_finder.boundColumns(sql))
            return *bound;
        return writtenQueryColumns(begin, end, with);
    }

    /// A WITH item of the same columns, quick to bind however long the real one is.
    static string standIn(const Relation &relation)
    {
        string sql = quoted(relation.table) + " AS (SELECT ";
        for (const Column &column : relation.columns) {
            const string type = column.type == 0 ? "text" : catalogue::formatType(column.type, column.typmod);
            sql += (&column == relation.columns.data() ? "NULL::" : ", NULL::") + type + " AS " + quoted(column.name);
        }
        return sql + ")";
    }

    std::vector<Column> writtenQueryColumns(std::size_t begin, std::size_t end, Environment with)
    {
        if (is(begin, "with")) {
            readWith(begin, end, with);
            while (begin < end && !is(begin, "select"))
                begin = is(begin, "(") ? std::min(closing(begin), end) : begin + 1;
        }
        std::vector<Relation> relations;
        std::size_t stop = begin;
        while (stop < end && !isAny(stop, kSetOperations))
            stop = is(stop, "(") ? std::min(closing(stop), end - 1) + 1 : stop + 1;
        readFrom(begin, stop, with, relations);
        return writtenColumns(begin, stop, relations);
    }

    /// By its words: aliases, last names, stars.
    std::vector<Column> writtenColumns(std::size_t begin, std::size_t end, const std::vector<Relation> &relations) const
    {
        std::vector<Column> columns;
        std::size_t i = begin;
        while (i < end && !is(i, "select"))
            ++i;
        std::size_t itemBegin = ++i;
        for (; i <= end; ++i) {
            if (i < end && is(i, "(")) {
                i = std::min(closing(i), end - 1);
                continue;
            }
            const bool stops = i >= end || is(i, "from") || isAny(i, kFromEnds);
            if (!stops && !is(i, ","))
                continue;
            addItem(itemBegin, std::min(i, end), relations, columns);
            itemBegin = i + 1;
            if (stops)
                break;
        }
        return columns;
    }

    void addItem(std::size_t begin, std::size_t end, const std::vector<Relation> &relations,
                 std::vector<Column> &columns) const
    {
        while (begin < end && (is(begin, "distinct") || is(begin, "all")))
            ++begin;
        if (begin >= end)
            return;
        const Word &last = m_words[end - 1];
        if (last.text == "*" && (end - begin == 1 || is(end - 2, "."))) {
            const string only = end - begin == 3 ? m_words[begin].text : string();
            for (const Relation &relation : relations) {
                if (only.empty() || relation.alias == only)
                    columns.insert(columns.end(), relation.columns.begin(), relation.columns.end());
            }
            return;
        }
        const bool named = last.token.isName || last.token.word == WordClass::Unreserved;
        const bool called = last.text == ")" && m_words[begin].token.isName && is(begin + 1, "(");
        if (named)
            columns.push_back({last.text, typeOf(begin, end, relations)});
        else if (called)
            columns.push_back({m_words[begin].text});
        else
            columns.push_back({last.text == "end" ? "case" : "?column?"});
    }

    value::Oid typeOf(std::size_t begin, std::size_t end, const std::vector<Relation> &relations) const
    {
        for (const Relation &relation : relations) {
            for (const Column &column : relation.columns) {
                if ((end - begin == 1 || (end - begin == 3 && m_words[begin].text == relation.alias)) &&
                    column.name == m_words[end - 1].text)
                    return column.type;
            }
        }
        return 0;
    }

    // ---- the clause

    void readClause(std::size_t begin, std::size_t end)
    {
        Scope &scope = m_scope;
        bool plainParenthesis = false;
        for (std::size_t i = begin; i < end && isBefore(i); ++i) {
            scope.last = m_words[i].text;
            if (is(i, "(")) {
                if (!holdsPlace(i)) {
                    i = std::min(closing(i), end - 1);
                    scope.last = ")";
                    continue;
                }
                if (i > begin && is(i - 1, "using"))
                    scope.clause = Clause::Using;
                else if (scope.clause == Clause::Other && m_intoTable)
                    scope.clause = Clause::IntoColumns;
                plainParenthesis = plainParenthesis || scope.clause != Clause::From;
                continue;
            }
            if (scope.clause == Clause::Start)
                scope.clause = Clause::Other;
            if (m_words[i].token.isName || plainParenthesis)
                continue;
            takeClause(m_words[i].text);
        }
        const string &last = scope.last;
        scope.namesSomething = last == "as";
        scope.wantsRelation =
            (scope.clause == Clause::From && (last == "from" || last == "join" || last == "," || last == "lateral" ||
                                              last == "only" || last == "update" || last == "(")) ||
            last == "into";
    }

    void takeClause(const string &word)
    {
        static constexpr std::pair<string_view, Clause> kWords[] = {
            {"select", Clause::Select}, {"from", Clause::From},       {"join", Clause::From},
            {"update", Clause::From},   {"on", Clause::On},           {"where", Clause::Where},
            {"group", Clause::GroupBy}, {"having", Clause::Having},   {"order", Clause::OrderBy},
            {"limit", Clause::Limit},   {"offset", Clause::Limit},    {"values", Clause::Values},
            {"set", Clause::Set},       {"returning", Clause::Select}};
        for (const auto &[text, clause] : kWords) {
            if (word == text)
                m_scope.clause = clause;
        }
        if (word == "into") {
            m_intoTable = true;
            m_scope.clause = Clause::Other;
        }
    }

    ScopeFinder &m_finder;
    std::vector<std::vector<Relation>> m_outer;
    Scope m_scope;
    bool m_intoTable = false;
    bool m_inInto = false; ///< INTO t (...): columns, not a function's arguments
};

const std::vector<Column> *ScopeFinder::boundColumns(const std::string &text)
{
    if (m_bound.size() > kMostKept)
        m_bound.clear();
    const auto [found, fresh] = m_bound.try_emplace(text);
    auto &[works, columns] = found->second;
    if (!fresh)
        return works ? &columns : nullptr;
    const auto parsed = sql::parse(text);
    if (!parsed.script || parsed.script->statements().size() != 1)
        return nullptr;
    const auto bound = sql::bind(parsed.script->statements().front(), text, m_tables);
    if (!bound.statement || !bound.statement->query)
        return nullptr;
    for (const auto &target : bound.statement->query->targets) {
        if (!target.junk)
            columns.push_back({target.name, target.expr->type, target.expr->typmod});
    }
    works = true;
    return &columns;
}

Scope ScopeFinder::scopeAt(std::string_view text, const Scan &scan, base::SourceSpan statement, std::size_t byte)
{
    return StatementReader(*this, text, scan, statement, byte).run();
}

} // namespace sqlgym::assist
