#include "widgets/row_paint.h"

#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleOptionViewItem>

namespace sqlgym::widgets {

void paintGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors().selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colors().raised);
}

void paintFocusRing(QPainter *painter, const QStyleOptionViewItem &option)
{
    if (!(option.state & QStyle::State_HasFocus))
        return;
    painter->setPen(QPen(colors().accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
}

} // namespace sqlgym::widgets
