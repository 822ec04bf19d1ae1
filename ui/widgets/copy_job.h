// Copies many cells, or writes them to a file, without stopping the window: what is done so far stands below the grid,
// Esc stops it.
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
    /// The same to a file.
    void write(models::CellSource source, const models::CellRange &cells, models::CopyFormat format,
               const QString &path);
    bool isRunning() const { return m_progress != nullptr; }
    void cancel();

signals:
    void finished();

private:
    void tell(const QString &words, bool last);
    void begin(bool toFile);
    void onCopied(const QString &text, qint64 cells);
    void onWritten(const QString &trouble, const QString &path);

    QAbstractScrollArea *m_view;
    std::unique_ptr<session::WorkerThread> m_worker;
    std::shared_ptr<models::CopyProgress> m_progress; ///< of the one that runs
    bool m_toFile = false;
    QTimer m_tick;
    QTimer m_leave;
};

} // namespace sqlgym::widgets
