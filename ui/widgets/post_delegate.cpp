#include "widgets/post_delegate.h"

#include "models/feed_model.h"
#include "models/labels.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>

namespace sqlgym::widgets {

namespace {

constexpr int kLines = 2; ///< of its words

QString aboutOf(const session::PostEntry &post)
{
    QStringList parts;
    if (post.waiting)
        parts << PostDelegate::tr("not sent yet");
    if (post.code)
        parts << PostDelegate::tr("SQL");
    if (!post.problemTitle.isEmpty())
        parts << post.problemTitle;
    return parts.join(QStringLiteral(" \u00b7 "));
}

/// Returns where the next one goes.
int paintCount(QPainter *painter, const QRect &line, int x, const char *symbol, const QColor &ink, int count)
{
    const int side = line.height();
    painter->drawPixmap(x, line.top(), iconPixmap(symbol, side, ink, painter->device()->devicePixelRatioF()));
    const QString words = QLocale().toString(count);
    const int width = painter->fontMetrics().horizontalAdvance(words);
    painter->drawText(QRect(x + side + space::xs, line.top(), width, side), Qt::AlignVCenter, words);
    return x + side + space::xs + width + space::m;
}

} // namespace

void PostDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    const Colors &c = colors();
    const auto post = index.data(models::FeedModel::PostRole).value<session::PostEntry>();
    paintGround(painter, option);
    const QRect area = option.rect.adjusted(space::m, space::s, -space::m, -space::s);
    const QFont body = option.font;
    const QFont bold = textFont(TypeSize::Body, true);
    const QFont small = textFont(TypeSize::Small);
    const int high = QFontMetrics(body).height();
    const int smallHigh = QFontMetrics(small).height();
    const bool selected = option.state & QStyle::State_Selected;
    const QColor quiet = selected ? c.text : c.muted;

    const QString moment = models::momentLabel(post.written);
    const int momentWidth = QFontMetrics(small).horizontalAdvance(moment);
    painter->setFont(small);
    painter->setPen(quiet);
    painter->drawText(QRect(area.left(), area.top(), area.width(), high),
                      static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), moment);
    painter->setFont(bold);
    painter->setPen(c.text);
    const int authorWidth = area.width() - momentWidth - space::s;
    painter->drawText(QRect(area.left(), area.top(), authorWidth, high),
                      static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                      QFontMetrics(bold).elidedText(post.author, Qt::ElideRight, authorWidth));

    painter->setFont(body);
    painter->drawText(QRect(area.left(), area.top() + high + space::xs, area.width(), kLines * high),
                      static_cast<int>(Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere),
                      elidedToLines(post.words, body, area.width(), kLines));

    painter->setFont(small);
    painter->setPen(quiet);
    const QRect line(area.left(), area.bottom() - smallHigh + 1, area.width(), smallHigh);
    int x = paintCount(painter, line, line.left(), post.liked ? "liked" : "like", post.liked ? c.accentText : quiet,
                       post.likes);
    x = paintCount(painter, line, x, "comment", quiet, post.comments);
    const int left = line.right() - x;
    painter->drawText(QRect(x, line.top(), left, smallHigh), static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                      QFontMetrics(small).elidedText(aboutOf(post), Qt::ElideRight, left));
    if (!selected) {
        painter->setPen(c.grid);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
    paintFocusRing(painter, option);
    painter->restore();
}

QSize PostDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {120, (1 + kLines) * QFontMetrics(option.font).height() + QFontMetrics(textFont(TypeSize::Small)).height() +
                     2 * space::s + 2 * space::xs};
}

} // namespace sqlgym::widgets
