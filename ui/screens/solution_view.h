// The explained solution and how others solved it, locked until the problem is solved or given up.
#pragma once

#include "session/values.h"

#include <QtWidgets/QStackedWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace sqlgym::widgets {
class MarkdownView;
}

namespace sqlgym::screens {

class LearnerSolutions;

class SolutionView : public QStackedWidget {
    Q_OBJECT
public:
    explicit SolutionView(QWidget *parent = nullptr);

    void setProblem(const session::OpenedProblem &opened);
    LearnerSolutions *learners() const { return m_learners; }

signals:
    /// Asked for twice, once to say what it means and once to do it.
    void giveUpChosen();
    void openInEditor(const QString &sql);

private:
    void showLocked();
    void showSolution(bool gaveUp);
    void makeOpenPage();
    void fitText();

    session::ProblemPtr m_problem;
    QWidget *m_lockedPage;
    QLabel *m_words;
    QPushButton *m_giveUp;
    QPushButton *m_sure;
    QPushButton *m_keepTrying;
    LearnerSolutions *m_learners;
    QScrollArea *m_openPage = nullptr;
    widgets::MarkdownView *m_text = nullptr;
};

} // namespace sqlgym::screens
