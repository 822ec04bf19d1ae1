// A table of cells as PostgreSQL prints them, with NULL unlike any text.
#pragma once

#include "models/copy_format.h"

#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>

namespace sqlgym::widgets {

/// Draws NULL as a faint small word, empty text as itself, and the marks of a DifferenceModel. The models' roles are
/// ResultTableModel's and DifferenceModel's.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `nullRole` says whether a cell is NULL; `markRole`, where not 0, what is wrong with a line.
    CellDelegate(int nullRole, int markRole, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// What stands in the cell.
    QString shownText(const QModelIndex &index) const;

private:
    int m_nullRole;
    int m_markRole;
};

class CopyJob;

/// Read-only grid in the monospace font. Ctrl+C copies the selected cells as TSV, Ctrl+Shift+C with headers, the menu
/// in other formats; Ctrl+wheel and the zoom actions change its size, apart from the editor's.
class ResultGrid : public QTableView {
    Q_OBJECT
public:
    explicit ResultGrid(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void copySelection(models::CopyFormat format);
    /// All that the model shows, in its order, beside the window.
    void exportTo(const QString &path, models::CopyFormat format);
    void setSortable(bool sortable);
    /// Offers the whole cell and the column's statistics: inspectRequested().
    void setInspectable(bool inspectable) { m_inspectable = inspectable; }
    void zoom(int steps); ///< 0 = back to normal
    int zoomSteps() const { return m_zoom; }

signals:
    void cancelRequested(); ///< Esc
    /// By a click on a header, or from the menu; only where setSortable(true).
    void sortRequested(int column);
    /// The current cell in full, or what its column holds. By Enter, a double click, or from the menu.
    void inspectRequested(bool column);
    void exportRequested(); ///< from the menu

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    CopyJob *job();
    void takeFont();
    void fitColumns();

    int m_zoom = 0;
    bool m_sortable = false;
    bool m_inspectable = false;
    CopyJob *m_job = nullptr;
};

} // namespace sqlgym::widgets
