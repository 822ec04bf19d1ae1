#include "assist/diagnose.h"

#include "assist/explain.h"
#include "assist/scan.h"
#include "base/text_position.h"
#include "sql/bind.h"
#include "sql/parse.h"

#include <algorithm>

namespace sqlgym::assist {

namespace {

/// Index of the token that a byte of the text lies in, or the next one, or the last of the statement.
std::size_t tokenAt(const Scan &scan, base::SourceSpan statement, std::size_t byte)
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
        const Token &token = scan.tokens[i];
        if (token.span.byteBegin >= statement.byteEnd)
            break;
        if (token.kind == TokenKind::Comment)
            continue;
        found = i;
        if (token.span.byteEnd > byte)
            break;
    }
    return found;
}

/// "t.colour" is one wrong thing, not three tokens.
base::SourceSpan wholeName(const Scan &scan, std::string_view text, std::size_t token)
{
    base::SourceSpan span = scan.tokens[token].span;
    for (std::size_t i = token; i + 2 < scan.tokens.size() && scan.tokens[i].isName; i += 2) {
        if (textOf(text, scan.tokens[i + 1].span) != "." || !scan.tokens[i + 2].isName)
            break;
        span.byteEnd = scan.tokens[i + 2].span.byteEnd;
    }
    return span;
}

} // namespace

std::vector<Finding> diagnose(std::string_view text, const Tables &given)
{
    std::vector<Finding> findings;
    if (text.size() > kMostDiagnosed)
        return findings;
    Tables tables = given;
    const Scan scan = scanSql(text);
    for (const auto &span : scan.statements) {
        const std::string_view sql = textOf(text, span);
        auto parsed = sql::parse(sql);
        auto error = std::move(parsed.error);
        for (std::size_t i = 0; parsed.script && i < parsed.script->statements().size(); ++i) {
            auto bound = sql::bind(parsed.script->statements()[i], sql, tables);
            error = std::move(bound.error);
            if (bound.statement)
                tables.apply(*bound.statement);
        }
        if (!error)
            continue;
        Finding finding;
        const bool placed = error->position > 0;
        const std::size_t at = span.byteBegin + (placed ? base::byteOffset(sql, error->position) : 0);
        finding.atEnd = placed && at >= span.byteEnd;
        const std::size_t token = tokenAt(scan, span, at);
        finding.span = placed ? wholeName(scan, text, token) : scan.tokens[token].span;
        finding.diagnostic = std::move(*error);
        if (placed)
            finding.diagnostic.position = base::characterPosition(text, at);
        finding.plain = explain(finding.diagnostic, {text, scan, span, token}, tables);
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace sqlgym::assist
