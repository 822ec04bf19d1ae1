// How learners fare at one problem, and what goes wrong most.
#pragma once

#include "session/instructor_desk.h"

#include <QtWidgets/QScrollArea>

namespace sqlgym::screens {

class ProblemFigures : public QScrollArea {
    Q_OBJECT
public:
    explicit ProblemFigures(QWidget *parent = nullptr);

    void setReport(const client::ProblemReport &report);
    void setWords(const QString &words);

private:
    void rebuild();

    client::ProblemReport m_report;
    QString m_words;
};

} // namespace sqlgym::screens
