#include "widgets/attempt_delegate.h"

#include "models/attempt_list_model.h"
#include "widgets/icons.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>

namespace sqlgym::widgets {

using models::AttemptListModel;

namespace {

struct Symbol {
    const char *icon;
    QColor ink;
};

Symbol symbolOf(AttemptListModel::Verdict verdict)
{
    const Colors &c = colors();
    switch (verdict) {
    case AttemptListModel::Verdict::Right:
        return {"verdict-right", c.success};
    case AttemptListModel::Verdict::Wrong:
        return {"verdict-wrong", c.danger};
    case AttemptListModel::Verdict::Warning:
        return {"verdict-warning", c.warning};
    case AttemptListModel::Verdict::Ran:
        break;
    }
    return {"run", c.muted};
}

} // namespace

void AttemptDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const Colors &c = colors();
    const bool selected = option.state & QStyle::State_Selected;
    paintGround(painter, option);
    const QFontMetrics metrics(option.font);
    const int side = metrics.height();
    const QRect area = option.rect.adjusted(space::m, space::xs, -space::m, -space::xs);
    const Symbol symbol =
        symbolOf(static_cast<AttemptListModel::Verdict>(index.data(AttemptListModel::VerdictRole).toInt()));
    painter->drawPixmap(area.topLeft(),
                        iconPixmap(symbol.icon, side, symbol.ink, painter->device()->devicePixelRatioF()));

    const QRect first(area.left() + side + space::s, area.top(), area.width() - side - space::s, side);
    const QFont small = textFont(TypeSize::Small);
    const QString moment = index.data(AttemptListModel::MomentRole).toString();
    const int momentWidth = QFontMetrics(small).horizontalAdvance(moment);
    painter->setFont(small);
    painter->setPen(selected ? c.text : c.muted);
    painter->drawText(first, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), moment);
    const QRect second(first.left(), area.bottom() - QFontMetrics(small).height() + 1, first.width(),
                       QFontMetrics(small).height());
    painter->drawText(second, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                      QFontMetrics(small).elidedText(index.data(AttemptListModel::DetailRole).toString(),
                                                     Qt::ElideRight, second.width()));
    painter->setFont(option.font);
    painter->setPen(c.text);
    painter->drawText(
        first, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
        metrics.elidedText(index.data().toString(), Qt::ElideRight, first.width() - momentWidth - space::s));
    paintFocusRing(painter, option);
    painter->restore();
}

QSize AttemptDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, QFontMetrics(option.font).height() + QFontMetrics(textFont(TypeSize::Small)).height() + space::s + 2};
}

} // namespace sqlgym::widgets
