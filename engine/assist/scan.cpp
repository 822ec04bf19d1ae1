#include "assist/scan.h"

#include "base/text_position.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <array>

namespace sqlgym::assist {

namespace {

constexpr int kMostRefusals = 64; ///< places that the scanner refuses; what follows is one plain token

// Words that PostgreSQL does not reserve but that give a statement its shape; sorted. The others (name, day, type, ...)
// are columns more often than keywords.
constexpr auto kShapingWords = std::to_array<std::string_view>(
    {"add",       "alter",     "at",      "begin",       "by",        "cascade",   "commit",      "conflict",
     "cube",      "current",   "cycle",   "deallocate",  "delete",    "do",        "drop",        "escape",
     "exclude",   "excluding", "execute", "explain",     "filter",    "first",     "following",   "groups",
     "if",        "increment", "index",   "insert",      "key",       "last",      "matched",     "materialized",
     "merge",     "next",      "no",      "nothing",     "nulls",     "of",        "over",        "overriding",
     "partition", "preceding", "prepare", "range",       "recursive", "replace",   "restrict",    "returns",
     "rollback",  "rollup",    "rows",    "schema",      "sequence",  "set",       "sets",        "start",
     "temp",      "temporary", "ties",    "transaction", "truncate",  "unbounded", "uncommitted", "unlogged",
     "update",    "view",      "within",  "without",     "zone"});
static_assert(std::ranges::is_sorted(kShapingWords));

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

WordClass wordClassOf(PgQuery__KeywordKind kind)
{
    switch (kind) {
    case PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD:
        return WordClass::Unreserved;
    case PG_QUERY__KEYWORD_KIND__COL_NAME_KEYWORD:
        return WordClass::ColumnName;
    case PG_QUERY__KEYWORD_KIND__TYPE_FUNC_NAME_KEYWORD:
        return WordClass::TypeOrFunction;
    case PG_QUERY__KEYWORD_KIND__RESERVED_KEYWORD:
        return WordClass::Reserved;
    default:
        return WordClass::None;
    }
}

TokenKind kindOf(PgQuery__Token token)
{
    switch (token) {
    case PG_QUERY__TOKEN__SCONST:
    case PG_QUERY__TOKEN__USCONST:
    case PG_QUERY__TOKEN__BCONST:
    case PG_QUERY__TOKEN__XCONST:
        return TokenKind::String;
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__ICONST:
        return TokenKind::Number;
    case PG_QUERY__TOKEN__PARAM:
        return TokenKind::Parameter;
    case PG_QUERY__TOKEN__SQL_COMMENT:
    case PG_QUERY__TOKEN__C_COMMENT:
        return TokenKind::Comment;
    case PG_QUERY__TOKEN__Op:
    case PG_QUERY__TOKEN__TYPECAST:
    case PG_QUERY__TOKEN__DOT_DOT:
    case PG_QUERY__TOKEN__COLON_EQUALS:
    case PG_QUERY__TOKEN__EQUALS_GREATER:
    case PG_QUERY__TOKEN__LESS_EQUALS:
    case PG_QUERY__TOKEN__GREATER_EQUALS:
    case PG_QUERY__TOKEN__NOT_EQUALS:
        return TokenKind::Operator;
    default:
        break;
    }
    if (token > 0 && token < 128 && std::string_view("+-*/<>=^%:").find(static_cast<char>(token)) < 10)
        return TokenKind::Operator;
    return TokenKind::Plain;
}

/// Behind the quoted thing that begins at `begin`, or the end of the text.
std::size_t closeOf(std::string_view text, std::size_t begin)
{
    const std::size_t open = text.find_first_of("'\"", begin);
    if (open == text.npos)
        return text.size();
    const char quote = text[open];
    const bool escapes = open == begin + 1 && (text[begin] == 'e' || text[begin] == 'E');
    for (std::size_t at = open + 1; at < text.size(); ++at) {
        const bool isQuote = text[at] == quote;
        const bool isDoubled = isQuote && at + 1 < text.size() && text[at + 1] == quote;
        if (isDoubled || (escapes && text[at] == '\\'))
            ++at;
        else if (isQuote)
            return at + 1;
    }
    return text.size();
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    Scan run()
    {
        std::size_t at = 0;
        while (at < m_text.size()) {
            const std::size_t zero = std::min(m_text.find('\0', at), m_text.size());
            scanPiece(at, zero);
            if (zero < m_text.size())
                add(zero, zero + 1, TokenKind::Plain);
            at = zero + 1;
        }
        finishTokens();
        findStatements();
        return std::move(m_scan);
    }

private:
    void add(std::size_t begin, std::size_t end, TokenKind kind, WordClass word = WordClass::None)
    {
        const std::size_t last = m_scan.tokens.empty() ? 0 : m_scan.tokens.back().span.byteEnd;
        if (begin < last || end <= begin || end > m_text.size())
            return;
        m_scan.tokens.push_back(
            {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, kind, word, false});
    }

    /// Text without NUL characters. Where PostgreSQL stops, the refused token is taken as a whole, and it goes on.
    void scanPiece(std::size_t begin, std::size_t end)
    {
        for (int refusals = 0; begin < end; ++refusals) {
            std::size_t refused = 0;
            if (scanAccepted(begin, end, refused))
                return;
            refused = std::clamp(begin + refused, begin, end);
            std::size_t unused = 0;
            if (refusals >= kMostRefusals || !scanAccepted(begin, refused, unused)) {
                add(begin, end, TokenKind::Plain);
                return;
            }
            begin = takeRefused(refused, end);
        }
    }

    /// False: the scanner refuses the byte at `refused`, counted from `begin`.
    bool scanAccepted(std::size_t begin, std::size_t end, std::size_t &refused)
    {
        const std::string piece(m_text.substr(begin, end - begin));
        PgQueryScanResult result = pg_query_scan(piece.c_str());
        if (result.error) {
            refused = result.error->cursorpos > 0 ? base::byteOffset(piece, result.error->cursorpos) : 0;
            pg_query_free_scan_result(result);
            return false;
        }
        PgQuery__ScanResult *list = pg_query__scan_result__unpack(
            nullptr, result.pbuf.len, reinterpret_cast<const std::uint8_t *>(result.pbuf.data));
        for (std::size_t i = 0; list && i < list->n_tokens; ++i) {
            const PgQuery__ScanToken &token = *list->tokens[i];
            const std::size_t from = begin + static_cast<std::size_t>(token.start);
            std::size_t to = begin + static_cast<std::size_t>(token.end);
            if (to <= from) // U&'...': the scanner has moved its marks
                to = closeOf(m_text.substr(0, end), from);
            const WordClass word = wordClassOf(token.keyword_kind);
            add(from, to, kindOf(token.token), word);
            if (!m_scan.tokens.empty() && token.token == PG_QUERY__TOKEN__IDENT)
                m_scan.tokens.back().isName = true;
        }
        if (list)
            pg_query__scan_result__free_unpacked(list, nullptr);
        pg_query_free_scan_result(result);
        return true;
    }

    /// The token at `begin` that PostgreSQL refuses; returns where to go on.
    std::size_t takeRefused(std::size_t begin, std::size_t end)
    {
        while (begin < end && isBlank(m_text[begin]))
            ++begin;
        if (begin == end)
            return end;
        const std::string_view rest = m_text.substr(begin, end - begin);
        std::size_t length = 1;
        TokenKind kind = TokenKind::Plain;
        const std::size_t quote = rest.substr(0, 3).find('\'');
        if (rest.substr(0, 2) == "/*") {
            kind = TokenKind::Comment;
            length = rest.size();
        } else if (rest.front() == '$') {
            kind = TokenKind::String;
            length = rest.size();
        } else if (rest.front() == '"' || rest.substr(0, 3) == "U&\"" || rest.substr(0, 3) == "u&\"") {
            kind = TokenKind::QuotedName;
            length = closeOf(rest, 0);
        } else if (quote == 0 || (quote != rest.npos && isLetter(rest.front()))) {
            kind = TokenKind::String;
            length = closeOf(rest, 0);
        } else {
            kind = isDigit(rest.front()) ? TokenKind::Number : TokenKind::Plain;
            while (length < rest.size() && (isLetter(rest[length]) || isDigit(rest[length])))
                ++length;
        }
        add(begin, begin + length, kind);
        return begin + length;
    }

    void finishTokens()
    {
        auto &tokens = m_scan.tokens;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            Token &token = tokens[i];
            const std::string_view text = textOf(m_text, token.span);
            const bool afterDot = i > 0 && tokens[i - 1].span.byteEnd == token.span.byteBegin &&
                                  textOf(m_text, tokens[i - 1].span) == ".";
            const bool beforeCall = i + 1 < tokens.size() && tokens[i + 1].span.byteBegin == token.span.byteEnd &&
                                    m_text[token.span.byteEnd] == '(';
            if (token.word != WordClass::None && afterDot) {
                token.word = WordClass::None; // any word may follow a dot
                token.isName = true;
            } else if (token.word != WordClass::None) {
                const bool colours = token.word != WordClass::Unreserved ||
                                     std::ranges::binary_search(kShapingWords, std::string_view(lowered(text)));
                token.kind = colours ? TokenKind::Keyword : TokenKind::Plain;
            }
            if (token.isName && text.front() != '"' && text.substr(1, 2) != "&\"" && beforeCall)
                token.kind = TokenKind::Function;
            else if (token.isName && text.back() == '"')
                token.kind = TokenKind::QuotedName;
        }
    }

    void findStatements()
    {
        bool open = false;
        for (const Token &token : m_scan.tokens) {
            if (token.kind == TokenKind::Comment)
                continue;
            if (textOf(m_text, token.span) == ";") {
                open = false;
                continue;
            }
            if (!open)
                m_scan.statements.push_back(token.span);
            open = true;
            m_scan.statements.back().byteEnd = token.span.byteEnd;
        }
    }

    std::string_view m_text;
    Scan m_scan;
};

} // namespace

Scan scanSql(std::string_view text) { return Scanner(text).run(); }

const base::SourceSpan *statementAt(const Scan &scan, std::size_t cursorByte)
{
    const base::SourceSpan *found = nullptr;
    for (const auto &statement : scan.statements) {
        if (found && statement.byteBegin > cursorByte)
            break;
        found = &statement;
    }
    return found;
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::string nameOf(std::string_view token)
{
    if (token.size() < 2 || token.front() != '"')
        return lowered(token);
    std::string name;
    for (std::size_t i = 1; i < token.size(); ++i) {
        if (token[i] == '"' && (i + 1 >= token.size() || token[i + 1] != '"'))
            break;
        name += token[i];
        i += token[i] == '"' ? 1 : 0;
    }
    return name;
}

std::string quotedIfNeeded(const std::string &name)
{
    bool plain = !name.empty() && !isDigit(name.front());
    for (const char c : name)
        plain = plain && ((c >= 'a' && c <= 'z') || isDigit(c) || c == '_');
    if (plain) {
        const Scan scan = scanSql(name);
        const WordClass word = scan.tokens.empty() ? WordClass::None : scan.tokens.front().word;
        if (word == WordClass::None || word == WordClass::Unreserved)
            return name;
    }
    return quoted(name);
}

std::string quoted(const std::string &name)
{
    std::string text = "\"";
    for (const char c : name)
        text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

} // namespace sqlgym::assist
