#include "widgets/sql_lexer.h"

#include <algorithm>
#include <array>
#include <string>

namespace sqlgym::widgets {

namespace {

// Words with a meaning of their own in SELECT, data changes and table definitions; sorted.
constexpr auto kKeywords = std::to_array<std::string_view>({"add",
                                                            "all",
                                                            "alter",
                                                            "analyse",
                                                            "analyze",
                                                            "and",
                                                            "any",
                                                            "array",
                                                            "as",
                                                            "asc",
                                                            "asymmetric",
                                                            "authorization",
                                                            "begin",
                                                            "between",
                                                            "bigint",
                                                            "binary",
                                                            "bit",
                                                            "boolean",
                                                            "both",
                                                            "by",
                                                            "case",
                                                            "cast",
                                                            "char",
                                                            "character",
                                                            "check",
                                                            "coalesce",
                                                            "collate",
                                                            "collation",
                                                            "column",
                                                            "commit",
                                                            "concurrently",
                                                            "conflict",
                                                            "constraint",
                                                            "create",
                                                            "cross",
                                                            "cube",
                                                            "current",
                                                            "current_catalog",
                                                            "current_date",
                                                            "current_role",
                                                            "current_schema",
                                                            "current_time",
                                                            "current_timestamp",
                                                            "current_user",
                                                            "cursor",
                                                            "date",
                                                            "day",
                                                            "dec",
                                                            "decimal",
                                                            "default",
                                                            "deferrable",
                                                            "delete",
                                                            "desc",
                                                            "distinct",
                                                            "do",
                                                            "drop",
                                                            "else",
                                                            "end",
                                                            "escape",
                                                            "except",
                                                            "exclude",
                                                            "exists",
                                                            "explain",
                                                            "extract",
                                                            "false",
                                                            "fetch",
                                                            "filter",
                                                            "first",
                                                            "float",
                                                            "following",
                                                            "for",
                                                            "foreign",
                                                            "freeze",
                                                            "from",
                                                            "full",
                                                            "function",
                                                            "grant",
                                                            "greatest",
                                                            "group",
                                                            "grouping",
                                                            "groups",
                                                            "having",
                                                            "hour",
                                                            "if",
                                                            "ilike",
                                                            "in",
                                                            "index",
                                                            "initially",
                                                            "inner",
                                                            "insert",
                                                            "int",
                                                            "integer",
                                                            "intersect",
                                                            "interval",
                                                            "into",
                                                            "is",
                                                            "isnull",
                                                            "join",
                                                            "key",
                                                            "language",
                                                            "last",
                                                            "lateral",
                                                            "leading",
                                                            "least",
                                                            "left",
                                                            "like",
                                                            "limit",
                                                            "localtime",
                                                            "localtimestamp",
                                                            "matched",
                                                            "materialized",
                                                            "merge",
                                                            "minute",
                                                            "month",
                                                            "natural",
                                                            "next",
                                                            "no",
                                                            "not",
                                                            "nothing",
                                                            "notnull",
                                                            "null",
                                                            "nullif",
                                                            "nulls",
                                                            "numeric",
                                                            "of",
                                                            "offset",
                                                            "on",
                                                            "only",
                                                            "or",
                                                            "order",
                                                            "ordinality",
                                                            "others",
                                                            "outer",
                                                            "over",
                                                            "overlaps",
                                                            "overlay",
                                                            "partition",
                                                            "placing",
                                                            "position",
                                                            "preceding",
                                                            "precision",
                                                            "primary",
                                                            "range",
                                                            "real",
                                                            "recursive",
                                                            "references",
                                                            "replace",
                                                            "returning",
                                                            "returns",
                                                            "right",
                                                            "rollback",
                                                            "rollup",
                                                            "row",
                                                            "rows",
                                                            "schema",
                                                            "second",
                                                            "select",
                                                            "sequence",
                                                            "session_user",
                                                            "set",
                                                            "setof",
                                                            "sets",
                                                            "similar",
                                                            "smallint",
                                                            "some",
                                                            "substring",
                                                            "symmetric",
                                                            "table",
                                                            "tablesample",
                                                            "temp",
                                                            "temporary",
                                                            "text",
                                                            "then",
                                                            "ties",
                                                            "time",
                                                            "timestamp",
                                                            "to",
                                                            "trailing",
                                                            "treat",
                                                            "trim",
                                                            "true",
                                                            "truncate",
                                                            "unbounded",
                                                            "union",
                                                            "unique",
                                                            "unknown",
                                                            "update",
                                                            "user",
                                                            "using",
                                                            "values",
                                                            "varchar",
                                                            "variadic",
                                                            "varying",
                                                            "verbose",
                                                            "view",
                                                            "when",
                                                            "where",
                                                            "window",
                                                            "with",
                                                            "within",
                                                            "without",
                                                            "xmltable",
                                                            "year",
                                                            "zone"});
static_assert(std::ranges::is_sorted(kKeywords));

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isOperator(char c) { return std::string_view("+-*/<>=~!@#%^&|`?:").find(c) != std::string_view::npos; }

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    SqlScan run()
    {
        while (m_at < m_text.size()) {
            if (isBlank(peek())) {
                ++m_at;
                continue;
            }
            const std::size_t begin = m_at;
            const TokenKind kind = token();
            m_scan.tokens.push_back({span(begin, m_at), kind});
            if (kind == TokenKind::Comment)
                continue;
            if (m_text[begin] == ';')
                endStatement();
            else
                extendStatement(begin);
        }
        endStatement();
        markFunctions();
        return std::move(m_scan);
    }

private:
    static base::SourceSpan span(std::size_t begin, std::size_t end)
    {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }

    TokenKind token()
    {
        const char c = peek();
        if (c == '-' && peek(1) == '-')
            return lineComment();
        if (c == '/' && peek(1) == '*')
            return blockComment();
        if (c == '\'')
            return quoted('\'', false, TokenKind::String);
        if (c == '"')
            return quoted('"', false, TokenKind::QuotedName);
        if ((c == 'E' || c == 'e') && peek(1) == '\'')
            return ++m_at, quoted('\'', true, TokenKind::String);
        if (std::string_view("bBxXnN").find(c) != std::string_view::npos && peek(1) == '\'')
            return ++m_at, quoted('\'', false, TokenKind::String);
        if (c == '$')
            return dollar();
        if (isDigit(c) || (c == '.' && isDigit(peek(1))))
            return number();
        if (isLetter(c))
            return word();
        if (isOperator(c))
            return operators();
        ++m_at;
        return TokenKind::Plain;
    }

    TokenKind lineComment()
    {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
        return TokenKind::Comment;
    }
    TokenKind blockComment()
    {
        int depth = 0;
        while (m_at < m_text.size()) {
            if (peek() == '/' && peek(1) == '*') {
                ++depth;
                m_at += 2;
            } else if (peek() == '*' && peek(1) == '/') {
                m_at += 2;
                if (--depth == 0)
                    break;
            } else {
                ++m_at;
            }
        }
        return TokenKind::Comment;
    }
    TokenKind quoted(char quote, bool escapes, TokenKind kind)
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (escapes && peek() == '\\')
                ++m_at;
            else if (peek() == quote && peek(1) == quote)
                ++m_at;
            else if (peek() == quote)
                break;
        }
        m_at = std::min(m_at + 1, m_text.size());
        return kind;
    }
    TokenKind dollar()
    {
        std::size_t end = m_at + 1;
        if (end < m_text.size() && isDigit(m_text[end])) {
            while (end < m_text.size() && isDigit(m_text[end]))
                ++end;
            m_at = end;
            return TokenKind::Parameter;
        }
        while (end < m_text.size() && (isLetter(m_text[end]) || isDigit(m_text[end])))
            ++end;
        if (end >= m_text.size() || m_text[end] != '$') {
            ++m_at;
            return TokenKind::Plain;
        }
        const std::string_view tag = m_text.substr(m_at, end + 1 - m_at);
        const std::size_t close = m_text.find(tag, end + 1);
        m_at = close == std::string_view::npos ? m_text.size() : close + tag.size();
        return TokenKind::String;
    }
    TokenKind number()
    {
        while (isDigit(peek()) || (peek() == '.' && peek(1) != '.'))
            ++m_at;
        if ((peek() == 'e' || peek() == 'E') &&
            (isDigit(peek(1)) || ((peek(1) == '+' || peek(1) == '-') && isDigit(peek(2))))) {
            m_at += 2;
            while (isDigit(peek()))
                ++m_at;
        }
        return TokenKind::Number;
    }
    TokenKind word()
    {
        const std::size_t begin = m_at;
        while (isLetter(peek()) || isDigit(peek()) || peek() == '$')
            ++m_at;
        std::string lower(m_text.substr(begin, m_at - begin));
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        const bool afterDot = begin > 0 && m_text[begin - 1] == '.';
        const bool keyword = !afterDot && std::ranges::binary_search(kKeywords, std::string_view(lower));
        return keyword ? TokenKind::Keyword : TokenKind::Plain;
    }
    TokenKind operators()
    {
        do
            ++m_at;
        while (isOperator(peek()) && !(peek() == '-' && peek(1) == '-') && !(peek() == '/' && peek(1) == '*'));
        return TokenKind::Operator;
    }

    void extendStatement(std::size_t begin)
    {
        if (!m_open)
            m_statement = span(begin, m_at);
        m_open = true;
        m_statement.byteEnd = static_cast<std::uint32_t>(m_at);
    }
    void endStatement()
    {
        if (m_open)
            m_scan.statements.push_back(m_statement);
        m_open = false;
    }
    /// A name right before "(" is a function's.
    void markFunctions()
    {
        for (std::size_t i = 0; i + 1 < m_scan.tokens.size(); ++i) {
            auto &token = m_scan.tokens[i];
            const auto next = m_scan.tokens[i + 1].span;
            if (token.kind == TokenKind::Plain && isLetter(m_text[token.span.byteBegin]) &&
                m_text[next.byteBegin] == '(' && next.byteBegin == token.span.byteEnd)
                token.kind = TokenKind::Function;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    SqlScan m_scan;
    base::SourceSpan m_statement;
    bool m_open = false;
};

} // namespace

SqlScan scanSql(std::string_view text) { return Scanner(text).run(); }

const base::SourceSpan *statementAt(const SqlScan &scan, std::size_t cursorByte)
{
    const base::SourceSpan *found = nullptr;
    for (const auto &statement : scan.statements) {
        if (found && statement.byteBegin > cursorByte)
            break;
        found = &statement;
    }
    return found;
}

} // namespace sqlgym::widgets
