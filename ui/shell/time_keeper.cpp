#include "shell/time_keeper.h"

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>

namespace sqlgym::shell {

namespace {

constexpr int kTellSeconds = 60; ///< while working
constexpr int kWorthTelling = 15;

} // namespace

TimeKeeper::TimeKeeper(session::Store &store, QWidget *screen, QObject *parent,
                       std::shared_ptr<const base::Clock> clock)
    : QObject(parent), m_store(store), m_screen(screen), m_clock(std::move(clock))
{
    qApp->installEventFilter(this);
    connect(&store, &session::Store::problemOpened, this, [this](const session::OpenedProblem &opened) {
        const QString id = QString::fromStdString(opened.problem->id);
        if (id == m_problemId)
            return;
        flush();
        m_time.stop();
        m_problemId = id;
    });
}

void TimeKeeper::flush() { tell(kWorthTelling); }

void TimeKeeper::tell(int leastSeconds)
{
    if (!m_problemId.isEmpty() && m_time.seconds() >= leastSeconds)
        m_store.addTime(m_problemId, m_time.take());
}

bool TimeKeeper::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if ((type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::Wheel) && m_screen &&
        m_screen->isVisible()) {
        auto *widget = qobject_cast<QWidget *>(watched);
        if (widget && (widget == m_screen || m_screen->isAncestorOf(widget))) {
            m_time.act(m_clock->now());
            tell(kTellSeconds);
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace sqlgym::shell
