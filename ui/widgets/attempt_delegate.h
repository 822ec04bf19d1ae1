// An earlier attempt in two lines: verdict and when, below it mode, duration and rows.
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace sqlgym::widgets {

class AttemptDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sqlgym::widgets
