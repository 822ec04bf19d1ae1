#include "widgets/compared_text.h"

#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QTextBlock>

namespace sqlgym::widgets {

namespace {

constexpr qsizetype kMostShown = 200'000; ///< characters: beyond, laying them out would be felt

using Kind = models::ComparedLine::Kind;

QString signOf(Kind kind)
{
    switch (kind) {
    case Kind::Removed:
        return QStringLiteral("\u2212 ");
    case Kind::Added:
        return QStringLiteral("+ ");
    case Kind::Same:
        break;
    }
    return QStringLiteral("  ");
}

} // namespace

ComparedText::ComparedText(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    document()->setDocumentMargin(space::m);
    connect(&Theme::instance(), &Theme::changed, this, &ComparedText::takeTheme);
    takeTheme();
}

void ComparedText::takeTheme()
{
    setFont(monospaceFont());
    markLines();
}

void ComparedText::showText(const QString &text)
{
    m_kinds.clear();
    QString shown = text.left(kMostShown);
    if (shown.size() < text.size())
        shown += tr("\n\u2026 cut here: %1 characters in all").arg(locale().toString(text.size()));
    setPlainText(shown);
    markLines();
}

void ComparedText::showComparison(const std::vector<models::ComparedLine> &lines)
{
    m_kinds.clear();
    QString shown;
    for (const auto &line : lines) {
        if (shown.size() + line.text.size() > kMostShown) {
            shown += tr("\u2026 cut here: %1 lines in all").arg(locale().toString(lines.size()));
            break;
        }
        shown += signOf(line.kind) + line.text + u'\n';
        m_kinds.push_back(line.kind);
    }
    if (shown.endsWith(u'\n'))
        shown.chop(1);
    setPlainText(shown);
    markLines();
}

void ComparedText::markLines()
{
    QTextBlock block = document()->firstBlock();
    for (std::size_t i = 0; i < m_kinds.size() && block.isValid(); ++i, block = block.next()) {
        if (m_kinds[i] == Kind::Same)
            continue;
        QTextBlockFormat format;
        format.setBackground(m_kinds[i] == Kind::Added ? colors().successFill : colors().dangerFill);
        QTextCursor(block).setBlockFormat(format);
    }
}

} // namespace sqlgym::widgets
