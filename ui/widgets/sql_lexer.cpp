#include "widgets/sql_lexer.h"

#include "widgets/theme.h"

#include <Qsci/qsciscintilla.h>

namespace sqlgym::widgets {

using assist::TokenKind;

namespace {

constexpr int kMostColoured = 128 << 10; ///< bytes; longer texts stay plain, so that typing stays quick
constexpr int kKinds = static_cast<int>(TokenKind::Parameter) + 1;

} // namespace

QColor sqlInk(TokenKind kind)
{
    const Colors &c = colors();
    switch (kind) {
    case TokenKind::Keyword:
        return c.keyword;
    case TokenKind::Function:
        return c.function;
    case TokenKind::String:
        return c.string;
    case TokenKind::Number:
    case TokenKind::Parameter:
        return c.number;
    case TokenKind::Comment:
        return c.comment;
    case TokenKind::QuotedName:
        return c.quotedName;
    case TokenKind::Plain:
    case TokenKind::Operator:
        break;
    }
    return c.text;
}

SqlLexer::SqlLexer(QObject *parent) : QsciLexerCustom(parent) {}

QString SqlLexer::description(int style) const
{
    switch (static_cast<TokenKind>(style)) {
    case TokenKind::Plain:
        return tr("Text");
    case TokenKind::Keyword:
        return tr("Keyword");
    case TokenKind::Function:
        return tr("Function");
    case TokenKind::String:
        return tr("String");
    case TokenKind::Number:
        return tr("Number");
    case TokenKind::Comment:
        return tr("Comment");
    case TokenKind::QuotedName:
        return tr("Quoted name");
    case TokenKind::Operator:
        return tr("Operator");
    case TokenKind::Parameter:
        return tr("Parameter");
    }
    return {};
}

void SqlLexer::styleText(int, int end)
{
    if (!editor())
        return;
    const int length = static_cast<int>(editor()->SendScintilla(QsciScintillaBase::SCI_GETLENGTH));
    if (length > kMostColoured) {
        startStyling(end); // fresh text is TokenKind::Plain, which is 0, already
        return;
    }
    // Strings and comments may reach over lines: all of it is scanned.
    QByteArray text(length + 1, '\0');
    editor()->SendScintilla(QsciScintillaBase::SCI_GETTEXT, static_cast<unsigned long>(length) + 1, text.data());
    const assist::Scan scan = assist::scanSql({text.constData(), static_cast<std::size_t>(length)});
    startStyling(0);
    int at = 0;
    for (const auto &token : scan.tokens) {
        const int begin = static_cast<int>(token.span.byteBegin);
        const int stop = static_cast<int>(token.span.byteEnd);
        if (begin > at)
            setStyling(begin - at, static_cast<int>(TokenKind::Plain));
        setStyling(stop - begin, static_cast<int>(token.kind));
        at = stop;
    }
    if (length > at)
        setStyling(length - at, static_cast<int>(TokenKind::Plain));
}

const char *SqlLexer::blockStart(int *) const { return "("; }
const char *SqlLexer::blockEnd(int *) const { return ")"; }

void SqlLexer::takeTheme()
{
    const QFont font = monospaceFont();
    setDefaultColor(colors().text);
    setDefaultPaper(colors().base);
    setDefaultFont(font);
    for (int style = 0; style < kKinds; ++style) {
        const auto kind = static_cast<TokenKind>(style);
        QFont styled = font;
        styled.setBold(kind == TokenKind::Keyword);
        styled.setItalic(kind == TokenKind::Comment);
        setColor(sqlInk(kind), style);
        setPaper(colors().base, style);
        setFont(styled, style);
    }
}

} // namespace sqlgym::widgets
