#include "widgets/row_delegate.h"

#include "widgets/theme.h"

namespace sqlgym::widgets {

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width() + space::m, std::max(size.height(), option.fontMetrics.height() + space::s + 2)};
}

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
}

} // namespace sqlgym::widgets
