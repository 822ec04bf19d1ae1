// The time spent on a problem: told to the store, without the time in which nothing was done.
#pragma once

#include "progress/work_time.h"
#include "session/store.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

#include <memory>

namespace sqlgym::shell {

/// Watches keys, clicks and wheels within `screen` while it is seen.
class TimeKeeper : public QObject {
    Q_OBJECT
public:
    TimeKeeper(session::Store &store, QWidget *screen, QObject *parent,
               std::shared_ptr<const base::Clock> clock = std::make_shared<base::Clock>());

    /// Tells the store what is worth telling.
    void flush();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tell(int leastSeconds);

    session::Store &m_store;
    QPointer<QWidget> m_screen;
    QString m_problemId;
    progress::WorkTime m_time;
    std::shared_ptr<const base::Clock> m_clock;
};

} // namespace sqlgym::shell
