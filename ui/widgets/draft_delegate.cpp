#include "widgets/draft_delegate.h"

#include "models/problem_list_model.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>

namespace sqlgym::widgets {

QSize DraftDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, QFontMetrics(option.font).height() + QFontMetrics(textFont(TypeSize::Small)).height() + 2 * space::s};
}

void DraftDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintGround(painter, option);
    const Colors &c = colors();
    const QRect area = option.rect.adjusted(space::m, space::s, -space::m, -space::s);
    painter->setFont(option.font);
    painter->setPen(c.text);
    const QFontMetrics metrics(option.font);
    painter->drawText(area, static_cast<int>(Qt::AlignLeft | Qt::AlignTop),
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    const QFont small = textFont(TypeSize::Small);
    painter->setFont(small);
    painter->setPen(option.state & QStyle::State_Selected ? c.text : c.muted);
    painter->drawText(area, static_cast<int>(Qt::AlignLeft | Qt::AlignBottom),
                      QFontMetrics(small).elidedText(index.data(models::ProblemListModel::StateRole).toString(),
                                                     Qt::ElideRight, area.width()));
    paintFocusRing(painter, option);
    painter->restore();
}

} // namespace sqlgym::widgets
