// Rows with air around their text, and a focus ring one can see: for lists and trees without a look of their own.
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace sqlgym::widgets {

class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Where rows are chosen, the ring goes round the row.
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace sqlgym::widgets
