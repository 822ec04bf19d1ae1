// The instructor's screen: everybody's submissions, what learners reported, problems to write.
#pragma once

#include "session/engine_room.h"
#include "session/store.h"

#include <QtWidgets/QTabWidget>

namespace sqlgym::session {
class ServerLink;
}

namespace sqlgym::screens {

class InstructorScreen;
class ProblemsPage;
class ReportsPage;

class InstructorPages : public QTabWidget {
    Q_OBJECT
public:
    InstructorPages(session::ServerLink &link, session::Store &store, session::EngineRoom &engines,
                    const QString &drafts, QWidget *parent = nullptr);

    /// It came to the front.
    void activate();

private:
    InstructorScreen *m_submissions;
    ProblemsPage *m_problems;
    ReportsPage *m_reports;
};

} // namespace sqlgym::screens
