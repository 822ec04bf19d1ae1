// A post in the feed: who and when, its first words, what others thought of it.
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace sqlgym::widgets {

class PostDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sqlgym::widgets
