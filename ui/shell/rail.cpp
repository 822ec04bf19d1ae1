#include "shell/rail.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QToolButton>

namespace sqlgym::shell {

Rail::Rail(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this)), m_column(new QVBoxLayout(this))
{
    setAccessibleName(tr("Screens"));
    m_column->setContentsMargins(widgets::space::xs, widgets::space::s, widgets::space::xs + 1, widgets::space::s);
    m_column->setSpacing(widgets::space::xs);
    m_column->addStretch(1);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idClicked, this, &Rail::chosen);
}

void Rail::addEntry(int id, const char *icon, const QString &name, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setIcon(widgets::icon(icon));
    button->setIconSize({22, 22});
    button->setText(name);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const auto takeFont = [button] { button->setFont(widgets::textFont(widgets::TypeSize::Small)); };
    takeFont();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, button, takeFont);
    m_group->addButton(button, id);
    m_column->insertWidget(m_column->count() - 1, button);
}

void Rail::setOffered(int id, bool offered)
{
    if (auto *button = m_group->button(id))
        button->setVisible(offered);
}

void Rail::setCurrent(int id)
{
    if (auto *button = m_group->button(id))
        button->setChecked(true);
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::colors().window);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), widgets::colors().border);
}

} // namespace sqlgym::shell
