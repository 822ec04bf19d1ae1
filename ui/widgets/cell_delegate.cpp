#include "widgets/result_grid.h"

#include "grading/verdict.h"
#include "models/difference_model.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

namespace sqlgym::widgets {

using grading::RowMark;

namespace {

QColor fillOf(RowMark mark)
{
    const Colors &c = colors();
    switch (mark) {
    case RowMark::Missing:
        return c.dangerFill;
    case RowMark::Extra:
    case RowMark::Duplicated:
        return c.warningFill;
    case RowMark::Moved:
        return c.infoFill;
    case RowMark::Same:
    case RowMark::Changed:
        return {};
    }
    return {};
}

} // namespace

CellDelegate::CellDelegate(int nullRole, int markRole, QObject *parent)
    : QStyledItemDelegate(parent), m_nullRole(nullRole), m_markRole(markRole)
{
}

QString CellDelegate::shownText(const QModelIndex &index) const
{
    return index.data(m_nullRole).toBool() ? Theme::instance().nullText() : index.data(Qt::DisplayRole).toString();
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &c = colors();
    const bool selected = option.state & QStyle::State_Selected;
    const auto mark = m_markRole ? static_cast<RowMark>(index.data(m_markRole).toInt()) : RowMark::Same;
    const bool wrong = m_markRole && index.data(models::DifferenceModel::WrongCellRole).toBool();
    const bool yours = wrong && index.data(models::DifferenceModel::IsYoursRole).toBool();
    const bool isMark = m_markRole && index.column() == 0;
    const bool isNull = index.data(m_nullRole).toBool();

    QColor fill = wrong ? (yours ? c.warningFill : c.dangerFill) : fillOf(mark);
    if (selected)
        fill = c.selection;
    if (fill.isValid())
        painter->fillRect(option.rect, fill);

    QFont font = option.font;
    QColor ink = c.text;
    if (isMark) {
        font = textFont(TypeSize::Small, mark != RowMark::Same);
        ink = mark == RowMark::Same ? c.muted : c.text;
    } else if (isNull) {
        font.setPointSizeF(font.pointSizeF() * 0.85);
        font.setItalic(true);
        ink = selected ? c.text : c.muted;
    } else if (m_markRole && mark == RowMark::Same) {
        ink = selected ? c.text : c.muted;
    }
    font.setBold(font.bold() || wrong);

    const QRect area = option.rect.adjusted(space::s, 0, -space::s, 0);
    painter->save();
    painter->setFont(font);
    painter->setPen(ink);
    QRect textArea = area;
    if (wrong) {
        // A sign beside the cell, so that it stands out without colour too.
        const QString sign = QStringLiteral("\u2260");
        const int width = QFontMetrics(font).horizontalAdvance(sign) + space::xs;
        painter->drawText(area, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), sign);
        textArea.setLeft(textArea.left() + width);
    }
    const auto alignment = index.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? alignment.toInt() : static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    const QString text = QFontMetrics(font).elidedText(shownText(index), Qt::ElideRight, textArea.width());
    painter->drawText(textArea, flags | Qt::TextSingleLine, text);

    paintFocusRing(painter, option);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics metrics(option.font);
    const int sign = m_markRole ? metrics.horizontalAdvance(QStringLiteral("\u2260 ")) : 0;
    const QString text = shownText(index);
    return {metrics.horizontalAdvance(text) + sign + 2 * space::s + 2, metrics.height() + space::s};
}

} // namespace sqlgym::widgets
