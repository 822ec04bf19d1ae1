// Colours SQL in the editor and finds the statement at the cursor.
#pragma once

#include "base/source_span.h"

#include <Qsci/qscilexercustom.h>

#include <string_view>
#include <vector>

namespace sqlgym::widgets {

enum class TokenKind : std::uint8_t {
    Plain,
    Keyword,
    Function,
    String,
    Number,
    Comment,
    QuotedName,
    Operator,
    Parameter
};

struct SqlToken {
    base::SourceSpan span;
    TokenKind kind = TokenKind::Plain;
};

/// Tokens (blanks left out) and statements of UTF-8 text by PostgreSQL's lexical rules: nested comments, E'' and $tag$
/// strings, quoted names. Never fails: what is not closed reaches to the end, as it does while it is being typed.
struct SqlScan {
    std::vector<SqlToken> tokens;
    /// Without the semicolon; blank and comment-only pieces are not statements.
    std::vector<base::SourceSpan> statements;
};
SqlScan scanSql(std::string_view text);

/// The statement that the cursor is in, or else the last one that begins before it, or the first. Null: none at all.
const base::SourceSpan *statementAt(const SqlScan &scan, std::size_t cursorByte);

/// QScintilla's way of asking for colours.
class SqlLexer : public QsciLexerCustom {
    Q_OBJECT
public:
    explicit SqlLexer(QObject *parent);

    const char *language() const override { return "PostgreSQL"; }
    QString description(int style) const override;
    void styleText(int start, int end) override;
    const char *blockStart(int *style = nullptr) const override;
    const char *blockEnd(int *style = nullptr) const override;

    /// Colours and fonts of the theme, anew.
    void takeTheme();
};

} // namespace sqlgym::widgets
