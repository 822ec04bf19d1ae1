#include "widgets/row_delegate.h"

#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

namespace sqlgym::widgets {

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width() + space::m, std::max(size.height(), option.fontMetrics.height() + space::s + 2)};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintGround(painter, option);
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    QStyleOptionViewItem row(option);
    row.rect.adjust(space::xs, 0, -space::xs, 0);
    if (!view || view->selectionBehavior() != QAbstractItemView::SelectRows) {
        QStyledItemDelegate::paint(painter, row, index);
        return;
    }
    row.state &= ~QStyle::State_HasFocus;
    QStyledItemDelegate::paint(painter, row, index);
    const QModelIndex current = view->currentIndex();
    if (!view->hasFocus() || index.row() != current.row() || index.parent() != current.parent())
        return;
    painter->save();
    painter->setClipRect(option.rect);
    for (int column = 0; column < index.model()->columnCount(index.parent()); ++column)
        row.rect |= view->visualRect(index.siblingAtColumn(column));
    row.rect.setTop(option.rect.top());
    row.rect.setBottom(option.rect.bottom());
    row.state |= QStyle::State_HasFocus;
    paintFocusRing(painter, row);
    painter->restore();
}

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
}

} // namespace sqlgym::widgets
