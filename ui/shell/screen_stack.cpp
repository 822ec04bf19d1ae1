#include "shell/screen_stack.h"

#include "shell/rail.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QStackedWidget>

namespace sqlgym::shell {

ScreenStack::ScreenStack(QWidget *parent) : QWidget(parent), m_rail(new Rail), m_pages(new QStackedWidget)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_pages, 1);
    connect(m_rail, &Rail::chosen, this, &ScreenStack::showScreen);
}

void ScreenStack::add(int id, Entry entry)
{
    m_rail->addEntry(id, entry.icon, entry.name, entry.tip);
    m_screens[id].entry = std::move(entry);
}

void ScreenStack::setOffered(int id, bool offered)
{
    const auto screen = m_screens.find(id);
    if (screen == m_screens.end() || screen->offered == offered)
        return;
    screen->offered = offered;
    m_rail->setOffered(id, offered);
    if (!offered && m_current == id)
        showScreen(m_screens.firstKey());
}

bool ScreenStack::isOffered(int id) const { return m_screens.value(id).offered; }

void ScreenStack::showScreen(int id)
{
    const auto screen = m_screens.find(id);
    if (screen == m_screens.end() || !screen->offered)
        return;
    if (!screen->page) {
        screen->page = screen->entry.make();
        m_pages->addWidget(screen->page);
    }
    m_pages->setCurrentWidget(screen->page);
    m_rail->setCurrent(id);
    if (m_current != id) {
        m_current = id;
        emit currentChanged(id);
    }
    screen->entry.shown();
}

} // namespace sqlgym::shell
