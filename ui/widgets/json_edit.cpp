#include "widgets/json_edit.h"

#include "widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QSyntaxHighlighter>
#include <QtGui/QTextBlock>

namespace sqlgym::widgets {

namespace {

class JsonColors : public QSyntaxHighlighter {
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        static const QRegularExpression parts(
            QStringLiteral(R"(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b)"));
        for (auto each = parts.globalMatch(text); each.hasNext();) {
            const auto match = each.next();
            const auto paint = [&](int group, const QColor &color) {
                setFormat(static_cast<int>(match.capturedStart(group)), static_cast<int>(match.capturedLength(group)),
                          color);
            };
            if (match.hasCaptured(1))
                paint(1, match.hasCaptured(2) ? colors().quotedName : colors().string);
            else if (match.hasCaptured(3))
                paint(3, colors().number);
            else
                paint(4, colors().keyword);
        }
    }
};

} // namespace

JsonEdit::JsonEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *highlighter = new JsonColors(document());
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, [this, highlighter] {
        takeTheme();
        highlighter->rehighlight();
    });
}

void JsonEdit::takeTheme() { setFont(monospaceFont()); }

void JsonEdit::markFaults(const QList<int> &places)
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const int place : places) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(std::clamp(place, 0, document()->characterCount() - 1));
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        mark.format.setUnderlineColor(colors().danger);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setBackground(colors().dangerFill);
        marks << mark;
    }
    setExtraSelections(marks);
}

int JsonEdit::lineOf(int place) const { return document()->findBlock(place).blockNumber() + 1; }

void JsonEdit::goTo(int place)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::clamp(place, 0, document()->characterCount() - 1));
    setTextCursor(cursor);
    centerCursor();
}

} // namespace sqlgym::widgets
