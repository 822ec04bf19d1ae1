// Sharing a query of one's own that was right, with a sentence of explanation; or mending one that is shared.
#pragma once

#include "session/solutions_work.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QComboBox;
class QLabel;
class QPushButton;

namespace sqlgym::widgets {
class SendEdit;
class SqlText;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class SolutionForm : public QFrame {
    Q_OBJECT
public:
    explicit SolutionForm(QWidget *parent = nullptr);

    /// `draft`: what was begun earlier.
    void share(const QStringList &rightQueries, const QString &draft);
    void mend(const session::SolutionEntry &entry, const QStringList &rightQueries);
    /// Of a new one that is being written; empty otherwise.
    QString draft() const;
    /// Puts it away; a draft is kept by draftChanged() already.
    void leave();

signals:
    void written(const QString &id, const QString &explanation, const QString &sql);
    /// Not with every key: half a second after the first.
    void draftChanged(const QString &explanation);
    void left();

private:
    void setQueries(const QStringList &queries, const QString &chosen);
    void send();
    void flush();

    QString m_id; ///< of what is mended
    QString m_kept;
    QLabel *m_words;
    QComboBox *m_choice;
    widgets::SqlText *m_sql;
    widgets::SendEdit *m_explanation;
    QLabel *m_problem;
    QPushButton *m_send;
    QTimer m_timer;
};

} // namespace sqlgym::screens
