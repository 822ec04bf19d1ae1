// A caption over a result grid: what it shows, how many rows, how long it took; sorted and filtered in place.
#pragma once

#include "models/result_table_model.h"
#include "models/row_order.h"
#include "screens/inspector.h"
#include "session/worker_thread.h"

#include <QtWidgets/QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QSplitter;
class QStackedLayout;

namespace sqlgym::widgets {
class ElidedLabel;
class EmptyWords;
class ResultGrid;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class TablePage : public QWidget {
    Q_OBJECT
public:
    /// `empty` is shown until there is a table.
    TablePage(const QString &accessibleName, const QString &empty, QWidget *parent = nullptr);
    ~TablePage() override;

    void setTable(models::TablePtr table, const QString &caption);
    const models::TablePtr &table() const { return m_model->table(); }
    /// Words instead of a table.
    void setWords(const QString &words);
    /// Made when first needed: an empty page costs next to nothing.
    widgets::ResultGrid *grid();
    /// A field for a filter at the right, and sorting by a click on a header.
    void setOrderable();
    /// The current cell in full, or what its column holds, beside the table.
    void inspect(Inspector::Page page);
    /// Asks for a file, then writes what is shown to it.
    void exportRows();
    /// A place right of the caption, for a choice of what is shown: there without a table too.
    void addToCaption(QWidget *widget);
    /// The same for what is done with the table.
    void addTableAction(QWidget *widget);
    /// Something is being sorted or filtered.
    bool busy() const { return m_working > 0; }

signals:
    void cancelRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeInspector();
    void sortBy(int column);
    void order();
    void showOrder();
    QString filterWords() const;
    void replaceTable(models::TablePtr table);
    /// A million rows take longer than a frame.
    session::WorkerThread &worker();

    models::ResultTableModel *m_model;
    widgets::ResultGrid *m_grid = nullptr;
    QSplitter *m_beside = nullptr; ///< the grid, and the inspector where it was asked for
    Inspector *m_inspector = nullptr;
    widgets::EmptyWords *m_empty = nullptr;
    QString m_name;
    widgets::ElidedLabel *m_caption;
    QString m_captionText;
    QLineEdit *m_filter = nullptr;
    models::RowOrder m_order;
    std::unique_ptr<session::WorkerThread> m_worker;
    std::shared_ptr<base::CancelToken> m_ordering; ///< of the order that was asked for last
    int m_working = 0;
    QLabel *m_words;
    QWidget *m_head;
    bool m_headStays = false; ///< without a table
    QStackedLayout *m_stack;
};

} // namespace sqlgym::screens
