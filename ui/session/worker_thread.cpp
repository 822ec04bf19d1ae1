#include "session/worker_thread.h"

namespace sqlgym::session {

WorkerThread::WorkerThread(const QString &name, unsigned stackBytes, QObject *parent)
    : QObject(parent), m_there(new QObject)
{
    m_thread.setObjectName(name);
    m_thread.setStackSize(stackBytes);
    m_there->moveToThread(&m_thread);
}

WorkerThread::~WorkerThread()
{
    if (m_thread.isRunning()) {
        QMetaObject::invokeMethod(
            m_there, [this] { m_thread.quit(); }, Qt::QueuedConnection);
        m_thread.wait();
    }
    delete m_there;
}

void WorkerThread::start()
{
    if (!m_thread.isRunning())
        m_thread.start();
}

} // namespace sqlgym::session
