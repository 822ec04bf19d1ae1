// A problem's tables: columns with types and keys above, sample rows below.
#pragma once

#include "session/values.h"

#include <QtWidgets/QWidget>

class QLabel;
class QTreeView;

namespace sqlgym::models {
class ResultTableModel;
class SchemaModel;
} // namespace sqlgym::models

namespace sqlgym::widgets {
class ResultGrid;
}

namespace sqlgym::screens {

class SchemaView : public QWidget {
    Q_OBJECT
public:
    explicit SchemaView(QWidget *parent = nullptr);

    void setProblem(const session::ProblemPtr &problem);

signals:
    /// A table or column was double-clicked (or Enter pressed on it): its name, quoted where SQL needs it.
    void nameChosen(const QString &name);

private:
    void showRows(const QModelIndex &index);

    models::SchemaModel *m_model;
    models::ResultTableModel *m_rows;
    QTreeView *m_tree;
    QLabel *m_caption;
    widgets::ResultGrid *m_grid;
    const content::Table *m_shown = nullptr;
};

/// The name as it must be written in SQL.
QString sqlName(const QString &name);

} // namespace sqlgym::screens
