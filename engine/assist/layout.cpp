#include "assist/layout.h"

#include "assist/scan.h"
#include "base/text_position.h"

#include <algorithm>
#include <vector>

namespace sqlgym::assist {

namespace {

using std::string;
using std::string_view;

constexpr std::size_t kStep = 4;

constexpr string_view kStatementWords[] = {"select", "with", "values", "insert", "update", "delete", "merge", "table"};
constexpr string_view kClauses[] = {"select", "from",   "where",     "group", "having", "window",
                                    "order",  "limit",  "offset",    "fetch", "union",  "intersect",
                                    "except", "values", "returning", "set",   "for"};
constexpr string_view kJoinWords[] = {"join", "left", "right", "inner", "full", "cross", "natural"};
constexpr string_view kSpacedCalls[] = {"values", "over", "filter", "using", "exists", "as",
                                        "in",     "on",   "and",    "or",    "not",    "materialized",
                                        "group",  "then", "else",   "when",  "sets"};

template <std::size_t N> bool isOneOf(string_view word, const string_view (&list)[N])
{
    return std::ranges::find(list, word) != std::end(list);
}

struct Word {
    Token token;
    string_view text;
    string small;
    int breaksBefore = 0; ///< line breaks between it and the word before
};

class Layout {
public:
    explicit Layout(string_view sql)
    {
        std::size_t end = 0;
        for (const Token &token : scanSql(sql).tokens) {
            const auto gap = sql.substr(end, token.span.byteBegin - end);
            const string_view text = trimmed(token, textOf(sql, token.span));
            m_words.push_back({token, text, token.isName ? string(text) : lowered(text),
                               static_cast<int>(std::ranges::count(gap, '\n'))});
            end = token.span.byteEnd;
        }
        matchParentheses();
    }

    string run()
    {
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= m_words.size(); ++i) {
            if (i < m_words.size() && !is(i, ";"))
                continue;
            const std::size_t end = std::min(i + 1, m_words.size());
            if (begin < end) {
                if (begin > 0) {
                    const bool sameLineComment =
                        m_words[begin].token.kind == TokenKind::Comment && m_words[begin].breaksBefore == 0;
                    if (!sameLineComment)
                        breakLine(0, m_words[begin].breaksBefore > 1);
                }
                printQuery(begin, end, 0);
            }
            begin = end;
        }
        if (!m_out.empty() && m_out.back() != '\n')
            m_out += '\n';
        return std::move(m_out);
    }

private:
    static string_view trimmed(const Token &token, string_view text)
    {
        while (token.kind == TokenKind::Comment && !text.empty() && (text.back() == ' ' || text.back() == '\r'))
            text.remove_suffix(1);
        return text;
    }
    bool is(std::size_t i, string_view small) const
    {
        return i < m_words.size() && !m_words[i].token.isName && m_words[i].small == small;
    }
    template <std::size_t N> bool isAny(std::size_t i, const string_view (&list)[N]) const
    {
        return i < m_words.size() && !m_words[i].token.isName && m_words[i].token.word != WordClass::None &&
               isOneOf(m_words[i].small, list);
    }
    bool isComment(std::size_t i) const { return m_words[i].token.kind == TokenKind::Comment; }
    bool isLineComment(std::size_t i) const { return isComment(i) && m_words[i].text.substr(0, 2) == "--"; }

    void matchParentheses()
    {
        m_match.resize(m_words.size());
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            m_match[i] = i;
            if (is(i, "(") || is(i, "case"))
                open.push_back(i);
            if ((is(i, ")") || is(i, "end")) && !open.empty()) {
                m_match[open.back()] = i;
                open.pop_back();
            }
        }
    }
    /// Behind the parenthesis or CASE that opens at i, else i + 1.
    std::size_t skip(std::size_t i) const { return std::max(m_match[i], i) + 1; }

    // ---- writing

    void breakLine(std::size_t indent, bool blankLine = false)
    {
        while (!m_out.empty() && m_out.back() == ' ')
            m_out.pop_back();
        if (!m_out.empty() && m_out.back() != '\n')
            m_out += '\n';
        if (blankLine)
            m_out += '\n';
        m_out.append(indent, ' ');
        m_mustBreak = false;
        m_fresh = true;
    }

    void put(std::size_t i, std::size_t indent)
    {
        const Word &word = m_words[i];
        const bool ownLine = isComment(i) && word.breaksBefore > 0 && !m_out.empty();
        if (m_mustBreak || (ownLine && !m_fresh))
            breakLine(indent);
        if (!m_fresh && !m_out.empty() && needsBlank(i))
            m_out += ' ';
        m_out += word.text;
        m_fresh = false;
        const bool breaksAfter = i + 1 < m_words.size() && m_words[i + 1].breaksBefore > 0;
        m_mustBreak = isLineComment(i) || (isComment(i) && breaksAfter);
    }

    bool needsBlank(std::size_t i) const
    {
        if (i == 0)
            return false;
        const Word &word = m_words[i], &before = m_words[i - 1];
        const bool adjacent = before.token.span.byteEnd == word.token.span.byteBegin;
        if (isComment(i) || isComment(i - 1))
            return true;
        if (is(i, ",") || is(i, ";") || is(i, ")") || is(i, "]") || is(i, ".") || is(i, "::") || is(i - 1, "(") ||
            is(i - 1, "[") || is(i - 1, ".") || is(i - 1, "::"))
            return false;
        if (is(i, "["))
            return !adjacent;
        if (is(i, "("))
            return isAny(i - 1, kSpacedCalls) || before.token.word == WordClass::Reserved || !adjacent;
        if (is(i, ":") || is(i - 1, ":"))
            return !adjacent;
        if (before.token.kind == TokenKind::Operator && isPrefix(i - 1))
            return !adjacent;
        return true;
    }
    bool isPrefix(std::size_t i) const
    {
        if (i == 0)
            return true;
        const Word &before = m_words[i - 1];
        return before.token.kind == TokenKind::Operator || is(i - 1, "(") || is(i - 1, ",") || is(i - 1, "[") ||
               (before.token.word != WordClass::None && before.token.kind == TokenKind::Keyword && !is(i - 1, "end"));
    }

    std::size_t column() const
    {
        const auto lineBegin = m_out.rfind('\n');
        const string_view line = string_view(m_out).substr(lineBegin == string::npos ? 0 : lineBegin + 1);
        return base::characterCount(line);
    }
    bool fits(std::size_t begin, std::size_t end, std::size_t from) const
    {
        std::size_t width = from;
        for (std::size_t i = begin; i < end && width <= kLineWidth; ++i) {
            if (isLineComment(i) || (isComment(i) && (m_words[i].breaksBefore > 0 || i + 1 == end)) ||
                m_words[i].text.find('\n') != string_view::npos)
                return false;
            width += base::characterCount(m_words[i].text) + (needsBlank(i) ? 1 : 0);
        }
        return width <= kLineWidth;
    }
    void putFlat(std::size_t begin, std::size_t end, std::size_t indent)
    {
        for (std::size_t i = begin; i < end; ++i)
            put(i, indent);
    }

    // ---- structure

    void printQuery(std::size_t begin, std::size_t end, std::size_t indent)
    {
        std::size_t i = begin;
        while (i < end) {
            const std::size_t clauseEnd = nextClause(i, end);
            if (i > begin && !(i == begin + 1 && isComment(begin)))
                breakLine(indent);
            printClause(i, clauseEnd, indent);
            i = clauseEnd;
        }
    }

    /// Where the next clause of the same query begins. Comments on lines of their own go with what follows them.
    std::size_t nextClause(std::size_t i, std::size_t end) const
    {
        while (i < end && isComment(i))
            ++i;
        const bool insert = is(i, "insert") || is(i, "delete") || is(i, "update") || is(i, "merge");
        const bool create = is(i, "create");
        for (i = i < end ? skip(i) : end; i < end; i = skip(i)) {
            const bool distinctFrom = is(i, "from") && is(i - 1, "distinct");
            const bool deleteFrom = insert && is(i, "from") && is(i - 1, "delete");
            const bool other = is(i, "values")
                                   ? create
                                   : (is(i, "group") && is(i - 1, "within")) || (is(i, "for") && !is(i + 1, "update"));
            const bool mainSelect = is(i, "select") && is(i - 1, "all");
            const bool conflict = is(i, "set") && is(i - 1, "update");
            if (isAny(i, kClauses) && !distinctFrom && !deleteFrom && !other && !conflict && !mainSelect) {
                std::size_t start = i;
                while (start > 0 && isComment(start - 1) && m_words[start - 1].breaksBefore > 0)
                    --start;
                return start;
            }
        }
        return end;
    }

    void printClause(std::size_t begin, std::size_t end, std::size_t indent)
    {
        while (begin < end && isComment(begin))
            put(begin++, indent);
        if (begin >= end)
            return;
        if (m_mustBreak)
            breakLine(indent);
        if (fits(begin, end, column())) {
            putFlat(begin, end, indent);
            return;
        }
        const std::size_t body = headEnd(begin, end);
        putFlat(begin, body, indent);
        const string &head = m_words[begin].small;
        if (head == "from")
            printBroken(body, end, indent + kStep, Breaks::Joins);
        else if (head == "where" || head == "having")
            printBroken(body, end, indent + kStep, Breaks::Conditions);
        else if (head == "with")
            printWith(body, end, indent);
        else
            printList(body, end, indent);
    }

    /// Behind the words that open a clause: SELECT DISTINCT, GROUP BY, WITH RECURSIVE, ...
    std::size_t headEnd(std::size_t begin, std::size_t end) const
    {
        std::size_t i = begin + 1;
        while (i < end && (is(i, "distinct") || is(i, "all") || is(i, "by") || is(i, "recursive")))
            ++i;
        if (i < end && is(i - 1, "distinct") && is(i, "on") && is(i + 1, "("))
            i = skip(i + 1);
        return std::min(i, end);
    }

    enum class Breaks { Joins, Conditions };

    bool breaksBefore(std::size_t i, std::size_t begin, Breaks breaks, bool &between) const
    {
        if (is(i, "between"))
            between = true;
        if (breaks == Breaks::Conditions) {
            if (is(i, "and") && between) {
                between = false;
                return false;
            }
            return i > begin && (is(i, "and") || is(i, "or"));
        }
        if (is(i - 1, ","))
            return true;
        return i > begin && isAny(i, kJoinWords) && !isAny(i - 1, kJoinWords) && !is(i - 1, "outer") && !is(i + 1, "(");
    }

    /// The first piece stays on the clause's line.
    void printBroken(std::size_t begin, std::size_t end, std::size_t indent, Breaks breaks)
    {
        bool between = false;
        std::size_t piece = begin;
        for (std::size_t i = begin; i <= end; i = i < end ? std::min(skip(i), end) : end + 1) {
            if (i < end && !breaksBefore(i, begin, breaks, between))
                continue;
            if (piece < i) {
                if (piece > begin)
                    breakLine(indent);
                printPiece(piece, i, indent);
            }
            piece = i;
        }
    }

    void printWith(std::size_t begin, std::size_t end, std::size_t indent)
    {
        for (std::size_t i = begin; i < end;) {
            if (is(i, "(")) {
                printParenthesis(i, indent);
                i = skip(i);
            } else {
                put(i, indent);
                const bool next = is(i, ",");
                ++i;
                if (next && i < end && !isComment(i))
                    breakLine(indent);
            }
        }
    }

    void printList(std::size_t begin, std::size_t end, std::size_t indent)
    {
        bool several = false;
        for (std::size_t i = begin; i < end; i = skip(i))
            several = several || is(i, ",");
        if (!several) {
            printPiece(begin, end, indent + kStep);
            return;
        }
        std::size_t item = begin;
        for (std::size_t i = begin; i <= end; i = i < end ? std::min(skip(i), end) : end + 1) {
            if (i < end && !is(i, ","))
                continue;
            std::size_t itemEnd = std::min(i + 1, end);
            while (itemEnd < end && isComment(itemEnd) && m_words[itemEnd].breaksBefore == 0)
                ++itemEnd; // a comment behind the comma speaks of what is before it
            if (item < itemEnd) {
                breakLine(indent + kStep);
                printPiece(item, itemEnd, indent + kStep);
            }
            item = itemEnd;
        }
    }

    /// Words on one line where they fit; parentheses and CASE that do not are opened up.
    void printPiece(std::size_t begin, std::size_t end, std::size_t indent)
    {
        for (std::size_t i = begin; i < end; i = skip(i)) {
            const std::size_t last = skip(i);
            if (last == i + 1)
                put(i, indent);
            else if (fits(i, last, column() + 1))
                putFlat(i, last, indent);
            else if (is(i, "("))
                printParenthesis(i, indent);
            else
                printCase(i, last, indent);
        }
    }

    void printParenthesis(std::size_t open, std::size_t indent)
    {
        const std::size_t close = m_match[open];
        if (close == open || fits(open, close + 1, column() + 1)) {
            putFlat(open, close + 1, indent);
            return;
        }
        put(open, indent);
        std::size_t first = open + 1;
        while (first < close && isComment(first))
            ++first;
        breakLine(indent + kStep);
        if (isAny(first, kStatementWords) || is(first, "("))
            printQuery(open + 1, close, indent + kStep);
        else
            printItems(open + 1, close, indent + kStep);
        breakLine(indent);
        put(close, indent);
    }

    void printItems(std::size_t begin, std::size_t end, std::size_t indent)
    {
        std::size_t item = begin;
        bool between = false;
        for (std::size_t i = begin; i <= end; i = i < end ? std::min(skip(i), end) : end + 1) {
            const bool condition = i < end && breaksBefore(i, begin, Breaks::Conditions, between);
            if (i < end && !is(i, ",") && !condition)
                continue;
            const std::size_t itemEnd = condition ? i : std::min(i + 1, end);
            if (item < itemEnd) {
                if (item > begin)
                    breakLine(indent);
                printPiece(item, itemEnd, indent);
            }
            item = itemEnd;
        }
    }

    void printCase(std::size_t begin, std::size_t end, std::size_t indent)
    {
        put(begin, indent);
        for (std::size_t i = begin + 1; i < end; i = skip(i)) {
            if (is(i, "when") || is(i, "else"))
                breakLine(indent + kStep);
            if (i + 1 == end)
                breakLine(indent);
            printPiece(i, skip(i), indent + kStep);
        }
    }

    std::vector<Word> m_words;
    std::vector<std::size_t> m_match;
    string m_out;
    bool m_mustBreak = false; ///< after a line comment
    bool m_fresh = true;      ///< nothing but the indentation is on the line
};

} // namespace

string layOut(string_view sql) { return Layout(sql).run(); }

} // namespace sqlgym::assist
