// Tokens and statements of SQL text as it is being typed, by PostgreSQL's own scanner.
#pragma once

#include "base/source_span.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

enum class TokenKind : std::uint8_t {
    Plain,
    Keyword, ///< to be coloured as one
    Function,
    String,
    Number,
    Comment,
    QuotedName,
    Operator,
    Parameter
};

/// PostgreSQL's classes of words (manual, appendix C); None: an identifier, or no word.
enum class WordClass : std::uint8_t { None, Unreserved, ColumnName, TypeOrFunction, Reserved };

struct Token {
    base::SourceSpan span;
    TokenKind kind = TokenKind::Plain;
    WordClass word = WordClass::None;
    bool isName = false; ///< an identifier, quoted or not; never a keyword
};

/// Never fails: what is not closed reaches to the end, as it does while it is being typed, and what PostgreSQL refuses
/// (1abc) is one plain token.
struct Scan {
    std::vector<Token> tokens; ///< in order, blanks left out, comments included
    /// Without the semicolon; blank and comment-only pieces are not statements.
    std::vector<base::SourceSpan> statements;
};

/// Cost: about 0.1 ms and 300 kB of short-lived memory a kilobyte; callers bound the size. Any bytes are taken.
Scan scanSql(std::string_view text);

/// The statement that the cursor is in, or else the last one that begins before it, or the first. Null: none at all.
const base::SourceSpan *statementAt(const Scan &scan, std::size_t cursorByte);

inline std::string_view textOf(std::string_view text, base::SourceSpan span)
{
    return text.substr(span.byteBegin, span.byteEnd - span.byteBegin);
}

/// ASCII letters small, as PostgreSQL folds names in UTF-8 databases.
std::string lowered(std::string_view text);
/// The name an identifier token means: folded, or without its quotes.
std::string nameOf(std::string_view token);
/// `name` in quotes.
std::string quoted(const std::string &name);
/// `name` as it must be written: in quotes only where it needs them.
std::string quotedIfNeeded(const std::string &name);

} // namespace sqlgym::assist
