#include "widgets/problem_delegate.h"

#include "models/labels.h"
#include "models/problem_tree_model.h"
#include "widgets/icons.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QWidget>

namespace sqlgym::widgets {

using models::ProblemTreeModel;
using session::ProblemStatus;

namespace {

constexpr int kWordsFrom = 230; ///< width of a row; in a narrower one the title needs the room of the difficulty's name
constexpr int kLevels = 5, kBarStep = 4, kBarWidth = 3, kLowestBar = 4, kBarRise = 2;

/// As many of five rising bars as the problem is difficult.
void paintLevel(QPainter *painter, const QRect &area, int level, const QColor &ink)
{
    const int foot = area.center().y() + (kLowestBar + (kLevels - 1) * kBarRise) / 2;
    const int left = area.right() - kLevels * kBarStep;
    for (int bar = 0; bar < kLevels; ++bar) {
        const int height = bar <= level ? kLowestBar + bar * kBarRise : 2;
        painter->fillRect(QRect(left + bar * kBarStep, foot - height, kBarWidth, height), ink);
    }
}

QColor statusInk(ProblemStatus status)
{
    switch (status) {
    case ProblemStatus::Solved:
        return colors().success;
    case ProblemStatus::Tried:
        return colors().accentText;
    case ProblemStatus::GaveUp:
        return colors().warning;
    case ProblemStatus::New:
        break;
    }
    return colors().strongBorder;
}

} // namespace

void ProblemDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const Colors &c = colors();
    const bool selected = option.state & QStyle::State_Selected;
    paintGround(painter, option);
    if (index.data(ProblemTreeModel::IsTopicRole).toBool()) {
        paintTopic(painter, option, index);
    } else {
        const auto status = static_cast<ProblemStatus>(index.data(ProblemTreeModel::StatusRole).toInt());
        const auto difficulty = static_cast<content::Difficulty>(index.data(ProblemTreeModel::DifficultyRole).toInt());
        const QRect area = option.rect.adjusted(space::xs, 0, -space::m, 0);
        const int side = QFontMetrics(option.font).height();
        const double ratio = painter->device()->devicePixelRatioF();
        const QPixmap symbol = iconPixmap(models::statusIcon(status), side, statusInk(status), ratio);
        painter->drawPixmap(area.left(), area.center().y() - side / 2 + 1, symbol);

        const QColor ink = selected ? c.text : c.muted;
        int labelWidth = kLevels * kBarStep;
        if (area.width() < kWordsFrom) {
            paintLevel(painter, area, static_cast<int>(difficulty), ink);
        } else {
            const QFont small = textFont(TypeSize::Small);
            const QString label = models::difficultyLabel(difficulty);
            labelWidth = QFontMetrics(small).horizontalAdvance(label);
            painter->setFont(small);
            painter->setPen(ink);
            painter->drawText(area, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), label);
        }

        if (index.data(ProblemTreeModel::BookmarkRole).toBool()) {
            const int mark = side * 3 / 4;
            painter->drawPixmap(area.right() - labelWidth - space::xs - mark, area.center().y() - mark / 2 + 1,
                                iconPixmap("bookmarked", mark, c.accentText, ratio));
            labelWidth += mark + space::xs;
        }
        const QRect textArea = area.adjusted(side + space::s, 0, -labelWidth - space::s, 0);
        const bool open = index.data(ProblemTreeModel::OpenRole).toBool();
        if (open)
            painter->fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), c.accent);
        QFont font = option.font;
        font.setBold(open);
        painter->setFont(font);
        painter->setPen(c.text);
        const QString title = QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, textArea.width());
        painter->drawText(textArea, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), title);
    }
    paintFocusRing(painter, option);
    painter->restore();
}

void ProblemDelegate::paintTopic(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &c = colors();
    const QRect area = option.rect.adjusted(space::xs, 0, -space::m, 0);
    const QString count = QStringLiteral("%1/%2")
                              .arg(index.data(ProblemTreeModel::SolvedRole).toInt())
                              .arg(index.data(ProblemTreeModel::TotalRole).toInt());
    const QFont small = textFont(TypeSize::Small);
    painter->setFont(small);
    painter->setPen(c.muted);
    painter->drawText(area, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), count);
    QFont bold = option.font;
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(c.text);
    const int side = QFontMetrics(option.font).height();
    const QString name = index.data(ProblemTreeModel::IconRole).toString();
    const QPixmap picture = iconPixmap(hasIcon(name) ? name.toLatin1().constData() : "topic", side, c.accentText,
                                       painter->device()->devicePixelRatioF());
    painter->drawPixmap(area.left(), area.center().y() - side / 2 + 1, picture);
    const QRect textArea =
        area.adjusted(side + space::s, 0, -QFontMetrics(small).horizontalAdvance(count) - space::s, 0);
    painter->drawText(textArea, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
                      QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideRight, textArea.width()));
}

QSize ProblemDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool topic = index.data(ProblemTreeModel::IsTopicRole).toBool();
    return {120, QFontMetrics(option.font).height() + (topic ? space::m : space::m - 2)};
}

} // namespace sqlgym::widgets
