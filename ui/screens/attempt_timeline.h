// A learner's attempts at one problem, the oldest first, gone through one by one and run again on this computer.
#pragma once

#include "session/engine_room.h"
#include "session/instructor_desk.h"

#include <QtWidgets/QWidget>

class QListWidget;
class QPushButton;
class QSplitter;

namespace sqlgym::screens {

class TablePage;

class AttemptTimeline : public QWidget {
    Q_OBJECT
public:
    explicit AttemptTimeline(QWidget *parent = nullptr);

    /// Newest first, as they come.
    void setAttempts(const std::vector<client::SubmissionText> &texts, const QString &chosenId);
    void setWords(const QString &words);
    void showOutcome(const session::OutcomePtr &outcome);
    void showRunning();
    /// Why it cannot be run here.
    void showNoRun(const QString &words);

signals:
    /// `before` is null for the first.
    void attemptShown(const QString &text, const QString &before, const QString &caption);
    void runWanted(const QByteArray &sql);

private:
    void step(int by);
    void onChosen(int row);
    void run();

    std::vector<client::SubmissionText> m_texts; ///< oldest first
    QListWidget *m_list;
    QPushButton *m_previous;
    QPushButton *m_next;
    QPushButton *m_run;
    TablePage *m_result;
    bool m_filling = false;
};

} // namespace sqlgym::screens
