// Ctrl+P: type a few letters, Enter opens the problem.
#pragma once

#include "session/values.h"

#include <QtWidgets/QFrame>

class QLineEdit;
class QTreeView;

namespace sqlgym::models {
class ProblemFilterModel;
class ProblemTreeModel;
} // namespace sqlgym::models

namespace sqlgym::screens {

class QuickOpen : public QFrame {
    Q_OBJECT
public:
    QuickOpen(const session::ProblemEntries &entries, QWidget *parent);

    /// Shows itself at the top middle of `area`; goes away by itself.
    void openOver(QWidget *area);

signals:
    void chosen(const QString &slug);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void selectFirst();
    void move(int step);
    void choose(const QModelIndex &index);

    models::ProblemTreeModel *m_model;
    models::ProblemFilterModel *m_filter;
    QLineEdit *m_words;
    QTreeView *m_list;
};

} // namespace sqlgym::screens
