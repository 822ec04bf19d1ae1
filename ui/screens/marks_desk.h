// Bookmark and votes of the open problem: between their buttons, the list and the profile.
#pragma once

#include "session/marks_work.h"

#include <QtCore/QObject>

namespace sqlgym::session {
class Store;
}

namespace sqlgym::screens {

class ProblemMarks;
class ProblemPanel;

class MarksDesk : public QObject {
    Q_OBJECT
public:
    MarksDesk(session::Store &store, ProblemMarks &marks, ProblemPanel &panel, QObject *parent);

    void setProblem(const QString &id, const QString &slug);
    /// The profile may hold others.
    void renew();
    void toggleBookmark();

private:
    void take(const session::Marks &marks);

    session::Store &m_store;
    ProblemMarks &m_marks;
    ProblemPanel &m_panel;
    QString m_id;
    QString m_slug;
    int m_writing = 0; ///< clicks that the profile has not taken in yet
};

} // namespace sqlgym::screens
