// What an instructor looks for: problem or topic, learner, verdict, time.
#pragma once

#include "session/instructor_desk.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace sqlgym::screens {

class SubmissionFilters : public QWidget {
    Q_OBJECT
public:
    explicit SubmissionFilters(QWidget *parent = nullptr);

    void setCatalogue(const std::vector<client::CatalogueEntry> &entries);
    client::SubmissionFilter filter() const;
    /// Of the one problem that is chosen; empty: none, or several.
    QString problemId() const;
    bool isEmpty() const { return filter() == client::SubmissionFilter(); }
    void clear();
    void focusLearner();

signals:
    void changed();

private:
    void tell();

    QComboBox *m_problem;
    QComboBox *m_verdict;
    QComboBox *m_time;
    QLineEdit *m_learner;
    QPushButton *m_clear;
    QTimer m_pause; ///< while a name is typed
    client::SubmissionFilter m_told;
};

} // namespace sqlgym::screens
