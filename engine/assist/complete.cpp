#include "assist/complete.h"

#include "assist/function_list.h"
#include "catalogue/catalogue.h"

#include <algorithm>
#include <map>

namespace sqlgym::assist {

namespace {

using std::string;
using std::string_view;

constexpr std::size_t kMostProposals = 300;

constexpr string_view kStart[] = {"SELECT",      "WITH",   "INSERT INTO",  "UPDATE",
                                  "DELETE FROM", "VALUES", "CREATE TABLE", "EXPLAIN"};
constexpr string_view kAfterRelation[] = {"JOIN",  "LEFT JOIN", "INNER JOIN", "FULL JOIN", "CROSS JOIN", "RIGHT JOIN",
                                          "ON",    "USING",     "WHERE",      "GROUP BY",  "HAVING",     "ORDER BY",
                                          "LIMIT", "UNION",     "UNION ALL",  "INTERSECT", "EXCEPT",     "AS",
                                          "SET",   "VALUES",    "LATERAL",    "WINDOW",    "RETURNING"};
constexpr string_view kInSelect[] = {"DISTINCT", "CASE",    "FROM",         "AS",       "NULL",
                                     "COUNT(*)", "OVER (",  "PARTITION BY", "ORDER BY", "FILTER (WHERE",
                                     "CAST",     "EXTRACT", "DATE",         "INTERVAL", "EXISTS"};
constexpr string_view kInCondition[] = {"AND",
                                        "OR",
                                        "NOT",
                                        "IN",
                                        "EXISTS",
                                        "IS NULL",
                                        "IS NOT NULL",
                                        "LIKE",
                                        "ILIKE",
                                        "BETWEEN",
                                        "IS DISTINCT FROM",
                                        "CASE",
                                        "ANY",
                                        "ALL",
                                        "NULL",
                                        "TRUE",
                                        "FALSE",
                                        "DATE",
                                        "INTERVAL",
                                        "GROUP BY",
                                        "HAVING",
                                        "ORDER BY",
                                        "LIMIT",
                                        "WHERE",
                                        "JOIN",
                                        "LEFT JOIN",
                                        "UNION"};
constexpr string_view kInOrder[] = {"ASC",    "DESC",     "NULLS FIRST", "NULLS LAST", "LIMIT",        "OFFSET",
                                    "HAVING", "ORDER BY", "ROLLUP",      "CUBE",       "GROUPING SETS"};
constexpr string_view kInCase[] = {"WHEN", "THEN", "ELSE", "END"};

string typeText(const Column &column)
{
    return column.type == 0 ? string() : catalogue::formatType(column.type, column.typmod);
}

/// 0 best; -1: does not match.
int rank(string_view wordSmall, const string &label)
{
    if (wordSmall.empty())
        return 0;
    const string small = lowered(label);
    const auto dot = small.find('.');
    const string_view tail = dot == string::npos ? string_view(small) : string_view(small).substr(dot + 1);
    if (string_view(small).substr(0, wordSmall.size()) == wordSmall || tail.substr(0, wordSmall.size()) == wordSmall)
        return 0;
    if (small.find("_" + string(wordSmall)) != string::npos)
        return 1;
    std::size_t at = 0;
    for (const char c : wordSmall) {
        at = small.find(c, at);
        if (at == string::npos)
            return -1;
        ++at;
    }
    return wordSmall.size() >= 2 && small.front() == wordSmall.front() ? 2 : -1;
}

class Completer {
public:
    Completer(string_view text, std::size_t cursor, ScopeFinder &finder)
        : m_text(text), m_cursor(std::min(cursor, text.size())), m_finder(finder), m_scan(scanSql(text))
    {
    }

    Completion run()
    {
        if (!findWord())
            return {};
        const base::SourceSpan statement = ownStatement();
        m_scope = m_finder.scopeAt(m_text, m_scan, statement, m_qualified ? m_qualifierBegin : m_begin);
        if (m_qualified)
            addQualified();
        else if (!m_scope.namesSomething)
            addAll();
        Completion completion{m_begin, {}};
        std::ranges::stable_sort(m_ranked, {}, &Ranked::rank);
        for (auto &each : m_ranked) {
            if (completion.proposals.size() < kMostProposals)
                completion.proposals.push_back(std::move(each.proposal));
        }
        return completion;
    }

private:
    struct Ranked {
        int rank;
        Proposal proposal;
    };

    /// The word that ends at the cursor, and what stands before its dot. False: nothing can be completed here.
    bool findWord()
    {
        m_begin = m_cursor;
        const Token *before = nullptr, *dot = nullptr, *qualifier = nullptr;
        for (std::size_t i = 0; i < m_scan.tokens.size(); ++i) {
            const Token &token = m_scan.tokens[i];
            const bool line = token.kind == TokenKind::Comment && m_text.substr(token.span.byteBegin, 2) == "--";
            if (token.span.byteBegin >= m_cursor)
                break;
            const bool inside = token.span.byteEnd > m_cursor || (token.span.byteEnd == m_cursor && line) ||
                                (token.span.byteEnd == m_cursor && token.span.byteEnd == m_text.size());
            if (inside && (token.kind == TokenKind::String || token.kind == TokenKind::Comment))
                return token.span.byteEnd == m_cursor && isClosed(token);
            if (token.kind == TokenKind::Number && token.span.byteEnd >= m_cursor)
                return false;
            if (token.kind == TokenKind::Comment)
                continue;
            qualifier = dot;
            dot = before;
            before = &token;
        }
        if (!before)
            return true;
        const bool isWord = before->isName || before->word != WordClass::None || before->kind == TokenKind::QuotedName;
        if (isWord && before->span.byteEnd >= m_cursor) {
            m_begin = before->span.byteBegin;
            m_word = nameOf(m_text.substr(m_begin, m_cursor - m_begin));
            if (dot && textOf(m_text, dot->span) == "." && qualifier)
                setQualifier(*qualifier);
        } else if (textOf(m_text, before->span) == "." && dot) {
            setQualifier(*dot);
        }
        return true;
    }
    bool isClosed(const Token &token) const
    {
        const string_view text = textOf(m_text, token.span);
        return text.size() > 1 && (text.back() == '\'' || (text.size() > 3 && text.substr(text.size() - 2) == "*/"));
    }
    void setQualifier(const Token &token)
    {
        m_qualified = true;
        m_qualifier = nameOf(textOf(m_text, token.span));
        m_qualifierBegin = token.span.byteBegin;
    }

    /// The statement that the cursor is in or behind, without what a semicolon ends before the cursor.
    base::SourceSpan ownStatement() const
    {
        const auto *found = statementAt(m_scan, m_cursor);
        const base::SourceSpan none{static_cast<std::uint32_t>(m_cursor), static_cast<std::uint32_t>(m_cursor)};
        if (!found || found->byteBegin > m_cursor)
            return none;
        for (const Token &token : m_scan.tokens) {
            const bool between = token.span.byteBegin >= found->byteEnd && token.span.byteEnd <= m_cursor;
            if (between && textOf(m_text, token.span) == ";")
                return none;
        }
        return *found;
    }

    void add(ProposalKind kind, int group, const string &label, const string &insert, const string &detail)
    {
        const int match = rank(m_word, label);
        if (match >= 0)
            m_ranked.push_back({match * 100 + group, {kind, label, insert, detail}});
    }
    bool matches(const string &label) const { return rank(m_word, label) >= 0; }

    void addQualified()
    {
        for (const auto &level : m_scope.levels) {
            for (const Relation &relation : level) {
                if (relation.alias != m_qualifier)
                    continue;
                for (const Column &column : relation.columns) {
                    if (matches(column.name))
                        add(ProposalKind::Column, 0, column.name, quotedIfNeeded(column.name), typeText(column));
                }
                add(ProposalKind::Keyword, 9, "*", "*", "all columns");
                return;
            }
        }
        if (m_qualifier == "public")
            addTables();
    }

    void addTables()
    {
        for (const Relation &item : m_scope.with)
            add(ProposalKind::Table, 0, item.table, quotedIfNeeded(item.table), "WITH");
        for (const auto &[name, table] : m_finder.tables().all())
            add(ProposalKind::Table, isLinked(*table) ? 1 : 2, name, quotedIfNeeded(name), table->kindName());
    }

    /// Whether a foreign key leads between the table and one that is in FROM already.
    bool isLinked(const sql::TableDefinition &table) const
    {
        for (const Relation &relation : ownRelations()) {
            const auto other = m_finder.tables().findTable({}, relation.table);
            const auto leads = [](const sql::TableDefinition &from, const string &to) {
                return std::ranges::any_of(from.foreignKeys, [&](const auto &key) { return key.table == to; });
            };
            if (other && (leads(table, other->name) || leads(*other, table.name)))
                return true;
        }
        return false;
    }

    const std::vector<Relation> &ownRelations() const
    {
        static const std::vector<Relation> none;
        return m_scope.levels.empty() ? none : m_scope.levels.front();
    }

    void addAll()
    {
        const Clause clause = m_scope.clause;
        if (clause == Clause::Start) {
            addKeywords(kStart, 0);
            return;
        }
        if (m_scope.wantsRelation) {
            addTables();
            addKeywords(kAfterRelation, 8);
            return;
        }
        if (clause == Clause::Using || clause == Clause::IntoColumns) {
            addColumns();
            return;
        }
        if (clause == Clause::From || clause == Clause::Other) {
            addKeywords(kAfterRelation, 1);
            return;
        }
        if (clause == Clause::On && m_scope.last == "on")
            addConditions();
        if (clause == Clause::OrderBy || clause == Clause::GroupBy)
            addOutputs();
        addColumns();
        addAliases();
        addFunctions();
        if (clause == Clause::Select || clause == Clause::Set || clause == Clause::Values)
            addKeywords(kInSelect, 6);
        if (clause == Clause::On || clause == Clause::Where || clause == Clause::Having || clause == Clause::Select)
            addKeywords(kInCondition, 7);
        if (clause == Clause::OrderBy || clause == Clause::GroupBy)
            addKeywords(kInOrder, 6);
        addKeywords(kInCase, 8);
    }

    void addColumns()
    {
        std::map<string, int> seen;
        int group = 1;
        for (const auto &level : m_scope.levels) {
            std::map<string, int> here;
            for (const Relation &relation : level) {
                for (const Column &column : relation.columns)
                    ++here[column.name];
            }
            for (const Relation &relation : level) {
                for (const Column &column : relation.columns) {
                    const bool qualify = (here[column.name] > 1 || seen.contains(column.name)) &&
                                         m_scope.clause != Clause::Using && !relation.alias.empty();
                    if (!matches(column.name) && !(qualify && matches(relation.alias)))
                        continue;
                    const string prefix = qualify ? relation.alias + "." : string();
                    const string written = qualify ? quotedIfNeeded(relation.alias) + "." : string();
                    add(ProposalKind::Column, group, prefix + column.name, written + quotedIfNeeded(column.name),
                        detailOf(column, relation));
                }
            }
            seen.insert(here.begin(), here.end());
            group = 3;
        }
    }
    static string detailOf(const Column &column, const Relation &relation)
    {
        const string type = typeText(column);
        return type.empty() || relation.alias.empty() ? type + relation.alias : type + " \u00B7 " + relation.alias;
    }

    void addOutputs()
    {
        for (const Column &column : m_scope.outputs) {
            if (column.name != "?column?")
                add(ProposalKind::Column, 0, column.name, quotedIfNeeded(column.name), "in the SELECT list");
        }
    }

    void addAliases()
    {
        for (const auto &level : m_scope.levels) {
            for (const Relation &relation : level) {
                if (!relation.alias.empty())
                    add(ProposalKind::Alias, 4, relation.alias, quotedIfNeeded(relation.alias) + ".",
                        relation.table == relation.alias ? "table" : relation.table);
            }
        }
    }

    /// a.x = b.y along the foreign keys between the last item of FROM and the others.
    void addConditions()
    {
        const auto &relations = ownRelations();
        for (std::size_t i = relations.size(); i-- > 0;) {
            for (std::size_t j = 0; j < relations.size(); ++j) {
                if (i != j)
                    addConditionsBetween(relations[i], relations[j]);
            }
        }
    }
    void addConditionsBetween(const Relation &from, const Relation &to)
    {
        const auto table = m_finder.tables().findTable({}, from.table);
        const auto other = m_finder.tables().findTable({}, to.table);
        if (!table || !other || from.fromWith || to.fromWith)
            return;
        for (const auto &key : table->foreignKeys) {
            if (key.table != other->name)
                continue;
            string condition;
            for (std::size_t k = 0; k < key.columns.size() && k < key.referenced.size(); ++k) {
                const auto &own = table->columns[static_cast<std::size_t>(key.columns[k])].name;
                const auto &theirs = other->columns[static_cast<std::size_t>(key.referenced[k])].name;
                condition += (k == 0 ? "" : " AND ") + quotedIfNeeded(to.alias) + "." + quotedIfNeeded(theirs) + " = " +
                             quotedIfNeeded(from.alias) + "." + quotedIfNeeded(own);
            }
            add(ProposalKind::Condition, 0, condition, condition, "foreign key");
        }
    }

    void addFunctions()
    {
        if (m_word.empty())
            return;
        for (const FunctionHelp &function : functionList()) {
            if (rank(m_word, function.name) != 0)
                continue;
            string detail = function.signatures.front();
            if (const auto more = function.signatures.size() - 1; more > 0)
                detail += more == 1 ? ", 1 more form" : ", " + std::to_string(more) + " more forms";
            add(ProposalKind::Function, function.about.empty() ? 9 : 5, function.name, function.name + "(", detail);
        }
    }

    template <std::size_t N> void addKeywords(const string_view (&words)[N], int group)
    {
        const bool small = writesSmall();
        for (const string_view word : words) {
            const string text = small ? lowered(word) : string(word);
            if (rank(m_word, text) == 0)
                add(ProposalKind::Keyword, group, text, text, {});
        }
    }

    /// Keywords come as they are being written: by the word itself, else by the last keyword before it.
    bool writesSmall() const
    {
        if (m_cursor > m_begin)
            return m_text[m_begin] >= 'a' && m_text[m_begin] <= 'z';
        for (auto token = m_scan.tokens.rbegin(); token != m_scan.tokens.rend(); ++token) {
            if (token->span.byteEnd <= m_cursor && token->word == WordClass::Reserved)
                return m_text[token->span.byteBegin] >= 'a';
        }
        return false;
    }

    string_view m_text;
    std::size_t m_cursor;
    ScopeFinder &m_finder;
    Scan m_scan;
    Scope m_scope;
    std::size_t m_begin = 0;
    std::size_t m_qualifierBegin = 0;
    string m_word;
    string m_qualifier;
    bool m_qualified = false;
    std::vector<Ranked> m_ranked;
};

} // namespace

Completion complete(std::string_view text, std::size_t cursorByte, ScopeFinder &finder)
{
    if (text.size() > kMostCompleted)
        return {};
    return Completer(text, cursorByte, finder).run();
}

} // namespace sqlgym::assist
