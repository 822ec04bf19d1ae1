// Colours SQL in the editor, by PostgreSQL's own scanner.
#pragma once

#include "assist/scan.h"

#include <Qsci/qscilexercustom.h>

namespace sqlgym::widgets {

/// The theme's colour for a kind of token.
QColor sqlInk(assist::TokenKind kind);

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
