#include "assist/function_at.h"

#include "assist/scan.h"

#include <algorithm>
#include <iterator>

namespace sqlgym::assist {

namespace {

/// Of "round(numeric, integer) → numeric": 2.
int argumentsOf(std::string_view signature)
{
    const auto open = signature.find('('), close = signature.find(')');
    if (open == signature.npos || close == signature.npos || close == open + 1)
        return 0;
    return 1 + static_cast<int>(std::count(signature.begin() + static_cast<std::ptrdiff_t>(open),
                                           signature.begin() + static_cast<std::ptrdiff_t>(close), ','));
}

bool takesAnyNumber(std::string_view signature) { return signature.find("VARIADIC") != signature.npos; }

} // namespace

FunctionAt functionAt(std::string_view text, std::size_t cursorByte)
{
    const Scan scan = scanSql(text);
    // LEFT and its like are coloured as keywords, and called as functions all the same.
    const auto helpOf = [&](const Token &token) {
        const bool word = token.kind == TokenKind::Function || token.kind == TokenKind::Keyword;
        return word ? findFunctionHelp(nameOf(textOf(text, token.span))) : nullptr;
    };
    const auto isCalled = [&](std::vector<Token>::const_reverse_iterator token) {
        return token != scan.tokens.crbegin() && textOf(text, std::prev(token)->span) == "(";
    };
    int depth = 0, commas = 0;
    for (auto token = scan.tokens.crbegin(); token != scan.tokens.crend(); ++token) {
        if (token->span.byteBegin >= cursorByte)
            continue;
        if (token->span.byteEnd >= cursorByte) {
            if (const auto *help = isCalled(token) ? helpOf(*token) : nullptr)
                return {help, -1};
            if (token->span.byteEnd > cursorByte)
                continue; // in the middle of it
        }
        const std::string_view word = textOf(text, token->span);
        if (word == ")") {
            ++depth;
        } else if (word == "(" && depth > 0) {
            --depth;
        } else if (word == "(") {
            const auto before = std::next(token);
            if (const auto *help = before == scan.tokens.crend() ? nullptr : helpOf(*before))
                return {help, commas};
            commas = 0; // of the call outside these brackets nothing has been seen yet
        } else if (word == "," && depth == 0) {
            ++commas;
        } else if (word == ";" && depth == 0) {
            break;
        }
    }
    return {};
}

std::string describe(const FunctionAt &at)
{
    if (!at.help)
        return {};
    const auto &signatures = at.help->signatures;
    const auto fits = std::ranges::find_if(signatures, [&](const std::string &signature) {
        return argumentsOf(signature) > at.argument || takesAnyNumber(signature);
    });
    std::string words = fits != signatures.end() ? *fits : signatures.front();
    if (const auto more = signatures.size() - 1; more > 0)
        words += more == 1 ? ", 1 more form" : ", " + std::to_string(more) + " more forms";
    if (!at.help->about.empty())
        words += "  \u2013  " + std::string(at.help->about);
    return words;
}

} // namespace sqlgym::assist
