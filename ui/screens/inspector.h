// Beside a table of results: the current cell in full, and what its column holds.
#pragma once

#include "models/result_table_model.h"
#include "session/column_statistics.h"
#include "session/worker_thread.h"

#include <QtWidgets/QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace sqlgym::models {
class StatisticsModel;
}
namespace sqlgym::widgets {
class CellView;
class ResultGrid;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

/// Follows the grid's current cell while it is visible. Columns are counted off the GUI thread, in the rows that the
/// grid shows.
class Inspector : public QWidget {
    Q_OBJECT
public:
    enum Page { Cell, Column };

    Inspector(widgets::ResultGrid *grid, const models::ResultTableModel *model, QWidget *parent);
    ~Inspector() override;

    void open(Page page);
    /// What limits the rows that are shown, in words; empty: nothing.
    void setFilterWords(const QString &words);
    /// A column is being counted.
    bool counting() const { return m_counting != nullptr; }

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *columnPage();
    void follow();
    void showCell();
    void count();
    void stopCounting();
    void copy();

    widgets::ResultGrid *m_grid;
    const models::ResultTableModel *m_model;
    QTabWidget *m_tabs;
    widgets::CellView *m_cell;
    QToolButton *m_copy;
    QLabel *m_about;
    QPushButton *m_cancel;
    widgets::ResultGrid *m_lines;
    models::StatisticsModel *m_statistics;
    QString m_filterWords;
    int m_counted = -1; ///< the column whose numbers are shown or on their way
    std::shared_ptr<base::CancelToken> m_counting;
    std::unique_ptr<session::WorkerThread> m_worker;
};

} // namespace sqlgym::screens
