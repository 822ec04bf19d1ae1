// The hints, opened one at a time.
#pragma once

#include "session/values.h"

#include <QtWidgets/QScrollArea>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sqlgym::screens {

class HintsView : public QScrollArea {
    Q_OBJECT
public:
    explicit HintsView(QWidget *parent = nullptr);

    void setProblem(const session::OpenedProblem &opened);
    /// Opens the next hint, if one is left.
    void openNext();

signals:
    void hintOpened(int level);

private:
    void rebuild();

    session::ProblemPtr m_problem;
    int m_opened = 0;
    QVBoxLayout *m_column;
    QLabel *m_intro;
    QPushButton *m_next;
    QList<QWidget *> m_cards;
};

} // namespace sqlgym::screens
