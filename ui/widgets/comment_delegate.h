// A comment: who and when above its text, set in by how deep it answers.
#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace sqlgym::widgets {

/// Deeper answers than the sixth are set in no further, so that there is always room for words. Plain text.
class CommentDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sqlgym::widgets
