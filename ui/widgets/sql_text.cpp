#include "widgets/sql_text.h"

#include "base/text_position.h"
#include "widgets/sql_lexer.h"
#include "widgets/theme.h"

#include <QtGui/QWheelEvent>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace sqlgym::widgets {

namespace {

constexpr qsizetype kMostColoured = 8 << 10; ///< bytes; longer texts stay plain

} // namespace

SqlText::SqlText(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(&Theme::instance(), &Theme::changed, this, &SqlText::takeTheme);
}

void SqlText::showSql(const QString &sql, int mostLines)
{
    m_mostLines = mostLines;
    if (sql != toPlainText())
        setPlainText(sql);
    takeTheme();
}

void SqlText::takeTheme()
{
    document()->setDefaultFont(monospaceFont());
    setFont(monospaceFont());
    const QByteArray utf8 = toPlainText().toUtf8();
    QList<QTextEdit::ExtraSelection> coloured;
    if (utf8.size() <= kMostColoured) {
        const std::string_view text(utf8.constData(), static_cast<std::size_t>(utf8.size()));
        std::size_t byte = 0;
        std::size_t unit = 0;
        const auto unitOf = [&](std::size_t to) {
            unit += base::utf16Length(text.substr(byte), to - byte);
            byte = to;
            return static_cast<int>(unit);
        };
        for (const auto &token : assist::scanSql(text).tokens) {
            QTextEdit::ExtraSelection part;
            part.format.setForeground(sqlInk(token.kind));
            part.cursor = QTextCursor(document());
            part.cursor.setPosition(unitOf(token.span.byteBegin));
            part.cursor.setPosition(unitOf(token.span.byteEnd), QTextCursor::KeepAnchor);
            coloured << part;
        }
    }
    setExtraSelections(coloured);
    fit();
}

void SqlText::wheelEvent(QWheelEvent *event)
{
    if (blockCount() <= m_mostLines && event->angleDelta().x() == 0)
        event->ignore();
    else
        QPlainTextEdit::wheelEvent(event);
}

void SqlText::fit()
{
    const int lines = std::clamp(blockCount(), 1, m_mostLines);
    setVerticalScrollBarPolicy(blockCount() > m_mostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setFixedHeight(lines * fontMetrics().lineSpacing() + 2 * static_cast<int>(document()->documentMargin()) +
                   2 * frameWidth() + horizontalScrollBar()->sizeHint().height());
}

} // namespace sqlgym::widgets
