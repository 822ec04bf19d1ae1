#include "screens/editor_strip.h"

#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace sqlgym::screens {

using namespace widgets;

EditorStrip::EditorStrip(QWidget *parent) : QWidget(parent), m_words(new QLabel(this)), m_place(new QLabel(this))
{
    m_words->setAccessibleName(tr("Diagnostics"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_place->setAccessibleName(tr("Cursor"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, 2, space::m, 2);
    row->setSpacing(space::m);
    row->addWidget(m_words, 1);
    row->addWidget(m_place);
    connect(&Theme::instance(), &Theme::changed, this, &EditorStrip::takeTheme);
    m_words->installEventFilter(this);
    takeTheme();
    showPlace(1, 1);
}

void EditorStrip::takeTheme()
{
    for (QLabel *label : {m_words, m_place})
        label->setFont(textFont(TypeSize::Small));
    layText();
}

void EditorStrip::showProblem(const QString &message, const QString &plain)
{
    m_isProblem = !message.isEmpty();
    m_text = plain.isEmpty() ? message : message + QStringLiteral("  \u2013  ") + plain;
    m_words->setToolTip(plain.isEmpty() ? message : message + QStringLiteral("\n\n") + plain);
    m_words->setAccessibleDescription(m_text);
    layText();
}

void EditorStrip::showNote(const QString &note)
{
    m_isProblem = false;
    m_text = note;
    m_words->setToolTip(note);
    m_words->setAccessibleDescription(note);
    layText();
}

void EditorStrip::showPlace(int line, int column) { m_place->setText(tr("Ln %1, Col %2").arg(line).arg(column)); }

void EditorStrip::layText()
{
    QPalette inks = palette();
    inks.setColor(QPalette::WindowText, m_isProblem ? colors().danger : colors().muted);
    m_words->setPalette(inks);
    const QString sign = m_isProblem ? QStringLiteral("\u26A0 ") : QString();
    m_words->setText(m_words->fontMetrics().elidedText(sign + m_text, Qt::ElideRight, m_words->width()));
}

/// The words give way to the place beside them too.
bool EditorStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_words && event->type() == QEvent::Resize)
        layText();
    return QWidget::eventFilter(watched, event);
}

} // namespace sqlgym::screens
