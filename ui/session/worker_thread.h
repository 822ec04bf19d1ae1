// A thread that does what it is given, in order, and answers on the thread that asked.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QThread>

#include <utility>

namespace sqlgym::session {

/// Belongs to the thread that made it. Once it runs, others may post too; replies come where it was made. Values cross,
/// nothing else: what `work` captures must be copies, or things only this thread touches.
class WorkerThread : public QObject {
    Q_OBJECT
public:
    /// `stackBytes` 0: the platform's own.
    explicit WorkerThread(const QString &name, unsigned stackBytes = 0, QObject *parent = nullptr);
    /// Everything posted is done first.
    ~WorkerThread() override;

    /// The thread starts with the first work.
    template <typename Work> void post(Work work)
    {
        start();
        QMetaObject::invokeMethod(m_there, std::move(work), Qt::QueuedConnection);
    }

    /// `reply` gets what `work` returns, here, unless `context` is gone by then.
    template <typename Work, typename Reply> void ask(Work work, QObject *context, Reply reply)
    {
        post([this, work = std::move(work), guard = QPointer<QObject>(context), reply = std::move(reply)]() mutable {
            auto value = work();
            QMetaObject::invokeMethod(
                this,
                [guard = std::move(guard), reply = std::move(reply), value = std::move(value)]() mutable {
                    if (guard)
                        reply(std::move(value));
                },
                Qt::QueuedConnection);
        });
    }

private:
    void start();

    QThread m_thread;
    QObject *m_there;
};

} // namespace sqlgym::session
