#include "assist/format.h"

#include "assist/layout.h"
#include "assist/scan.h"
#include "sql/nodes_equal.h"
#include "sql/parse.h"

#include <pg_query/pg_query.pb-c.h>

#include <vector>

namespace sqlgym::assist {

namespace {

constexpr std::size_t kMostFormatted = 1u << 20; ///< bytes

std::vector<std::string_view> tokenTexts(std::string_view text)
{
    std::vector<std::string_view> texts;
    for (const Token &token : scanSql(text).tokens) {
        std::string_view piece = textOf(text, token.span);
        while (token.kind == TokenKind::Comment && !piece.empty() && (piece.back() == ' ' || piece.back() == '\r'))
            piece.remove_suffix(1); // blanks at the end of a line
        texts.push_back(piece);
    }
    return texts;
}

bool sameTree(const sql::ParsedScript &a, const sql::ParsedScript &b)
{
    if (a.statements().size() != b.statements().size())
        return false;
    for (std::size_t i = 0; i < a.statements().size(); ++i) {
        const auto *one = a.statements()[i].raw->stmt;
        const auto *other = b.statements()[i].raw->stmt;
        if (!sql::nodesEqual(one ? &one->base : nullptr, other ? &other->base : nullptr))
            return false;
    }
    return true;
}

} // namespace

Formatted format(std::string_view text)
{
    const std::string given(text);
    if (text.size() > kMostFormatted)
        return {given, "The text is too long to be laid out."};
    const auto before = sql::parse(text);
    if (before.error)
        return {given, "It cannot be laid out before it is correct: " + before.error->message + "."};
    if (!before.script)
        return {given, "It cannot be laid out: " + before.declined + "."};
    std::string laidOut = layOut(text);
    const auto after = sql::parse(laidOut);
    if (!after.script || !sameTree(*before.script, *after.script) || tokenTexts(text) != tokenTexts(laidOut))
        return {given, "It was left as it is: the result could not be proven to mean the same."};
    return {std::move(laidOut), {}};
}

} // namespace sqlgym::assist
