#include "screens/field_box.h"

#include "models/findings.h"
#include "widgets/theme.h"
#include "widgets/theme_label.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr qsizetype kMostLines = 6;

} // namespace

FieldBox::FieldBox(const QString &name, QWidget *field, const QStringList &pointers, bool stretches, QWidget *parent)
    : QWidget(parent), m_field(field), m_pointers(pointers),
      m_note(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted)), m_findings(new QLabel)
{
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(name);
    m_findings->setTextFormat(Qt::PlainText);
    m_findings->setWordWrap(true);
    m_findings->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_findings->setAccessibleName(tr("Found at %1").arg(name));
    m_findings->setAutoFillBackground(true);
    m_findings->setContentsMargins(space::s, space::xs, space::s, space::xs);
    m_findings->hide();
    m_note->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    if (!name.isEmpty()) {
        auto *label = new QLabel(name);
        label->setBuddy(field);
        column->addWidget(label);
    }
    column->addWidget(m_note);
    column->addWidget(field, stretches ? 1 : 0);
    column->addWidget(m_findings);
    setFocusProxy(field);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &FieldBox::takeTheme);
}

qsizetype FieldBox::covers(const QString &pointer) const
{
    qsizetype most = -1;
    for (const QString &each : m_pointers) {
        if (models::isWithin(pointer, each))
            most = std::max(most, each.size());
    }
    return most;
}

void FieldBox::setFindings(const QStringList &lines, bool serious)
{
    m_lines = lines;
    m_serious = serious;
    QStringList shown = lines.first(std::min(kMostLines, lines.size()));
    if (lines.size() > kMostLines)
        shown << tr("and %1 more").arg(lines.size() - kMostLines);
    m_findings->setText(shown.join(u'\n'));
    m_findings->setVisible(!lines.isEmpty());
    takeTheme();
}

void FieldBox::setNote(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void FieldBox::takeTheme()
{
    QPalette palette = m_findings->palette();
    palette.setColor(QPalette::Window, m_serious ? colors().dangerFill : colors().infoFill);
    palette.setColor(QPalette::WindowText, m_serious ? colors().danger : colors().text);
    m_findings->setPalette(palette);
}

} // namespace sqlgym::screens
