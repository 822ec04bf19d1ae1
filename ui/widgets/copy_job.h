// Copies many cells without stopping the window: what is done so far stands below the grid, Esc stops it.
#pragma once

#include "models/copy_format.h"
#include "session/worker_thread.h"

#include <QtCore/QTimer>
#include <QtWidgets/QLabel>

#include <memory>

class QAbstractScrollArea;

namespace sqlgym::widgets {

class CopyJob : public QLabel {
    Q_OBJECT
public:
    explicit CopyJob(QAbstractScrollArea *view);
    ~CopyJob() override;

    /// Takes the place of one that runs.
    void start(models::CellSource source, std::vector<models::CellRange> cells, models::CopyFormat format);
    bool isRunning() const { return m_progress != nullptr; }
    void cancel();

signals:
    void finished();

private:
    void tell(const QString &words, bool last);
    void onCopied(const QString &text, qint64 cells);

    QAbstractScrollArea *m_view;
    std::unique_ptr<session::WorkerThread> m_worker;
    std::shared_ptr<models::CopyProgress> m_progress; ///< of the one that runs
    QTimer m_tick;
    QTimer m_leave;
};

} // namespace sqlgym::widgets
