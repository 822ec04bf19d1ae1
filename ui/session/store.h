// The learner's data as the window asks for it: every question goes to the cache thread and comes back as a signal.
#pragma once

#include "session/history_work.h"
#include "session/progress_work.h"
#include "session/worker_thread.h"

#include <QtCore/QTimer>

#include <functional>

namespace sqlgym::session {

class Store : public QObject {
    Q_OBJECT
public:
    explicit Store(QObject *parent = nullptr);
    /// Drafts not yet saved are saved first.
    ~Store() override;

    /// Asks for started().
    void open(const QString &databaseFile);
    /// Asks for catalogueChanged(), if it did.
    void refreshCatalogue();
    void openProblem(const QString &slug);

    /// Keeps the text; on the disk within a second, and at once with flushDrafts().
    void keepDraft(const QString &document, const QByteArray &text, int cursorUtf16, int firstLine);
    void flushDrafts();

    void readScratch();
    void keepOpenScratch(const QStringList &documents);

    void addAttempt(cache::Attempt attempt);
    void useHint(const QString &problemId, int level);
    void giveUp(const ProblemPtr &problem);
    void submit(JobId job, const ProblemPtr &problem, const QByteArray &query,
                std::shared_ptr<const grading::Verdict> verdict);
    void readProgress();
    /// Time somebody worked on it.
    void addTime(const QString &problemId, int seconds);
    /// The newest `limit` of them.
    void readAttempts(const QString &problemId, int limit);
    void readAttemptTexts(const QStringList &ids);

    /// Another screen's own question: `work` gets the CacheSlot, on its thread; `reply` what it returned.
    template <typename Work, typename Reply> void ask(Work work, QObject *context, Reply reply)
    {
        m_thread.ask([slot = m_slot, work = std::move(work)]() mutable { return work(*slot); }, context,
                     std::move(reply));
    }

    /// From any thread, while this lives: see CachePause. Both are called on the cache thread.
    void closeWhile(std::function<void()> closed, std::function<void()> opened);

signals:
    /// There may be more that waits for a server.
    void wroteForServer();
    void started(const sqlgym::session::StartState &state);
    void catalogueChanged(const sqlgym::session::CatalogueState &state);
    void scratchRead(const QList<sqlgym::session::ScratchText> &texts);
    void problemOpened(const sqlgym::session::OpenedProblem &opened);
    void problemMissing(const QString &slug, const sqlgym::session::Notice &notice);
    void standingChanged(const QString &slug, sqlgym::session::ProblemStatus status);
    void gaveUp(const QString &slug);
    void submitted(sqlgym::session::JobId job, const QString &slug, const sqlgym::session::SubmitResult &result);
    void progressRead(const sqlgym::session::ProgressView &view);
    void attemptsRead(const sqlgym::session::AttemptPage &page);
    void attemptTextsRead(const QStringList &ids, const QStringList &texts);
    /// There is one more.
    void attemptsChanged(const QString &problemId);
    /// Something could not be kept, or (with an empty notice) can be again.
    void noticed(const sqlgym::session::Notice &notice);

private:
    void tell(const Notice &notice);
    void readStanding(const std::string &problemId);

    std::shared_ptr<CacheSlot> m_slot;
    std::string m_databaseFile; ///< set before the cache thread starts
    QTimer m_draftTimer;
    /// The text is shared until the cache thread needs it: it may be long.
    struct Unsaved {
        QByteArray text;
        int cursorUtf16 = 0;
        int firstLine = 0;
    };
    QHash<QString, Unsaved> m_unsaved; ///< by document
    bool m_draftFailed = false;
    WorkerThread m_thread; ///< the first to end
};

} // namespace sqlgym::session
