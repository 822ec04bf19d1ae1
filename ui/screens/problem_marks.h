// Below a problem's statement: bookmark it, read what others say, and say whether it is a good one.
#pragma once

#include "session/marks_work.h"

#include <QtWidgets/QWidget>

class QToolButton;

namespace sqlgym::widgets {
class ElidedLabel;
}

namespace sqlgym::screens {

class ProblemMarks : public QWidget {
    Q_OBJECT
public:
    explicit ProblemMarks(QWidget *parent = nullptr);

    /// Of no problem: nothing can be chosen.
    void setMarks(const session::Marks &marks);
    const session::Marks &marks() const { return m_marks; }
    void toggleBookmark();

signals:
    void wanted(const sqlgym::session::Marks &marks);
    void discussionWanted();

private:
    QToolButton *button(const QString &name);
    void takeTheme();

    session::Marks m_marks;
    QToolButton *m_bookmark;
    QToolButton *m_discussion;
    QToolButton *m_up;
    QToolButton *m_down;
    widgets::ElidedLabel *m_words;
};

} // namespace sqlgym::screens
