// Others' solutions of the open problem: between that page, the profile, the server and the editor.
#pragma once

#include "session/server_link.h"
#include "session/solutions_work.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace sqlgym::screens {

class LearnerSolutions;
class PracticeScreen;

/// The profile is read at once; what the server has besides is asked for while the page is looked at.
class SolutionsDesk : public QObject {
    Q_OBJECT
public:
    /// All outlive it.
    SolutionsDesk(session::Store &store, session::ServerLink &link, PracticeScreen &practice);

    /// The profile or the server may hold others.
    void renew();

signals:
    void accountAsked();

private:
    void take(LearnerSolutions *page);
    void tellProblem();
    void read();
    void askServer();
    void onTold(const QString &problemId, const base::Result<sync::ToldSolutions> &told);
    void showState();
    template <typename Work> void write(Work work, const QString &done = {});
    void share(const QString &id, const QString &explanation, const QString &sql);
    void run(const QString &sql);

    session::Store &m_store;
    session::ServerLink &m_link;
    PracticeScreen &m_practice;
    QPointer<LearnerSolutions> m_page;
    QString m_problemId;
    QTimer m_fetch;
    QString m_trouble;    ///< why the server did not answer
    bool m_there = false; ///< the server can be asked
    bool m_asking = false;
    bool m_again = false; ///< something changed while it was being asked
    int m_writing = 0;    ///< clicks that the profile has not taken in yet
};

} // namespace sqlgym::screens
