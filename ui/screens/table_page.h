// A caption over a result grid: what it shows, how many rows, how long it took.
#pragma once

#include "models/result_table_model.h"

#include <QtWidgets/QWidget>

class QLabel;
class QStackedLayout;

namespace sqlgym::widgets {
class ResultGrid;
}

namespace sqlgym::screens {

class TablePage : public QWidget {
    Q_OBJECT
public:
    /// `empty` is shown until there is a table.
    TablePage(const QString &accessibleName, const QString &empty, QWidget *parent = nullptr);

    void setTable(models::TablePtr table, const QString &caption);
    /// Words instead of a table.
    void setWords(const QString &words);
    /// Made when first needed: an empty page costs next to nothing.
    widgets::ResultGrid *grid();
    /// A place right of the caption, for a choice of what is shown.
    void addToCaption(QWidget *widget);

signals:
    void cancelRequested();

private:
    models::ResultTableModel *m_model;
    widgets::ResultGrid *m_grid = nullptr;
    QString m_name;
    QLabel *m_caption;
    QLabel *m_words;
    QWidget *m_head;
    QStackedLayout *m_stack;
};

} // namespace sqlgym::screens
