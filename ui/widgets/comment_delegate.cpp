#include "widgets/comment_delegate.h"

#include "models/comment_model.h"
#include "models/labels.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

#include <algorithm>

namespace sqlgym::widgets {

namespace {

constexpr int kMostDepth = 6;
constexpr int kMostLines = 400;
constexpr int kFlags = static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWrapAnywhere | Qt::TextWordWrap;

int indentOf(const session::CommentEntry &comment) { return space::m + space::l * std::min(comment.depth, kMostDepth); }

QString wordsOf(const session::CommentEntry &comment)
{
    return comment.deleted ? CommentDelegate::tr("This comment was deleted.") : comment.text;
}

int textWidth(const QStyleOptionViewItem &option, const session::CommentEntry &comment)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    return std::max(width - indentOf(comment) - space::m, 60);
}

} // namespace

void CommentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    const Colors &c = colors();
    const auto comment = index.data(models::CommentModel::CommentRole).value<session::CommentEntry>();
    const bool selected = option.state & QStyle::State_Selected;
    paintGround(painter, option);
    for (int level = 1; level <= std::min(comment.depth, kMostDepth); ++level) {
        const int x = option.rect.left() + space::m + space::l * (level - 1) + space::xs;
        painter->fillRect(x, option.rect.top(), 1, option.rect.height(), c.border);
    }
    const int left = option.rect.left() + indentOf(comment);
    const int width = textWidth(option, comment);
    const QFont bold = textFont(TypeSize::Small, true);
    const QFont small = textFont(TypeSize::Small);
    const int high = QFontMetrics(bold).height();
    QString moment = models::momentLabel(comment.written);
    if (comment.waiting)
        moment += tr(" \u00b7 not sent yet");
    const int momentWidth = QFontMetrics(small).horizontalAdvance(moment);
    const QString author =
        QFontMetrics(bold).elidedText(comment.author, Qt::ElideRight, std::max(width - momentWidth - space::s, 40));
    const int top = option.rect.top() + space::xs;
    painter->setFont(bold);
    painter->setPen(c.text);
    painter->drawText(QRect(left, top, width, high), static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), author);
    painter->setFont(small);
    painter->setPen(selected ? c.text : c.muted);
    const int authorWidth = QFontMetrics(bold).horizontalAdvance(author) + space::s;
    painter->drawText(QRect(left + authorWidth, top, width - authorWidth, high),
                      static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), moment);
    painter->setFont(option.font);
    painter->setPen(comment.deleted && !selected ? c.muted : c.text);
    painter->drawText(QRect(left, top + high, width, option.rect.height() - high - 2 * space::xs), kFlags,
                      wordsOf(comment));
    paintFocusRing(painter, option);
    painter->restore();
}

QSize CommentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto comment = index.data(models::CommentModel::CommentRole).value<session::CommentEntry>();
    const QFontMetrics metrics(option.font);
    const QRect words =
        metrics.boundingRect(0, 0, textWidth(option, comment), kMostLines * metrics.height(), kFlags, wordsOf(comment));
    return {120, std::min(words.height(), kMostLines * metrics.height()) +
                     QFontMetrics(textFont(TypeSize::Small, true)).height() + 3 * space::xs};
}

} // namespace sqlgym::widgets
