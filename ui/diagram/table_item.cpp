#include "diagram/table_item.h"

#include "widgets/theme.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace sqlgym::diagram {

using models::GraphColumn;
using widgets::colors;
namespace space = widgets::space;

namespace {

QFont headerFont() { return widgets::textFont(widgets::TypeSize::Body, true); }
QFont nameFont(const GraphColumn &column) { return widgets::textFont(widgets::TypeSize::Body, column.inPrimaryKey); }
QFont markFont() { return widgets::textFont(widgets::TypeSize::Small, true); }
QFont typeFont() { return widgets::textFont(widgets::TypeSize::Small); }

// Both, where a column is part of both keys: the primary key says more.
QString mark(const GraphColumn &column)
{
    if (column.inPrimaryKey)
        return QStringLiteral("PK");
    return column.inForeignKey ? QStringLiteral("FK") : QString();
}

// What may be NULL says so, as most columns may not.
QString typeText(const GraphColumn &column) { return column.notNull ? column.type : column.type + QStringLiteral("?"); }

double markWidth() { return QFontMetricsF(markFont()).horizontalAdvance(QStringLiteral("PK")) + space::s; }

} // namespace

TableItem::TableItem(models::GraphTable table, const TableBox &box) : m_table(std::move(table)), m_box(box)
{
    setZValue(1);
}

TableBox TableItem::boxFor(const models::GraphTable &table)
{
    TableBox box;
    box.rows = static_cast<int>(table.columns.size());
    box.headerHeight = std::ceil(QFontMetricsF(headerFont()).height()) + space::s;
    box.rowHeight = std::ceil(QFontMetricsF(widgets::textFont(widgets::TypeSize::Body)).height()) + space::xs;
    double widest = QFontMetricsF(headerFont()).horizontalAdvance(table.name);
    for (const GraphColumn &column : table.columns)
        widest = std::max(widest, markWidth() + QFontMetricsF(nameFont(column)).horizontalAdvance(column.name) +
                                      space::l + QFontMetricsF(typeFont()).horizontalAdvance(typeText(column)));
    box.width = std::ceil(widest) + 2 * space::s;
    return box;
}

void TableItem::setCurrent(bool current, int column, bool focused)
{
    m_current = current;
    m_column = column;
    m_focused = focused;
    update();
}

void TableItem::setLitColumns(std::set<int> columns)
{
    if (columns == m_lit)
        return;
    m_lit = std::move(columns);
    update();
}

int TableItem::columnAt(const QPointF &point) const
{
    const double below = point.y() - m_box.headerHeight;
    return below < 0 ? -1 : std::clamp(static_cast<int>(below / m_box.rowHeight), 0, std::max(0, m_box.rows - 1));
}

QRectF TableItem::boundingRect() const { return QRectF(0, 0, m_box.width, m_box.height()).adjusted(-3, -3, 3, 3); }

void TableItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const auto &c = colors();
    const QRectF frame(0, 0, m_box.width, m_box.height());
    QPainterPath outline;
    outline.addRoundedRect(frame, space::radius, space::radius);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(outline, c.base);
    painter->save();
    painter->setClipPath(outline);
    painter->fillRect(QRectF(0, 0, m_box.width, m_box.headerHeight), m_current ? c.selection : c.raised);
    for (int row = 0; row < m_box.rows; ++row)
        paintRow(*painter, row);
    painter->restore();
    painter->setFont(headerFont());
    painter->setPen(c.text);
    painter->drawText(QRectF(space::s, 0, m_box.width - 2 * space::s, m_box.headerHeight),
                      Qt::AlignVCenter | Qt::AlignLeft, m_table.name);
    painter->setPen(QPen(c.border, 1));
    painter->drawLine(QPointF(0, m_box.headerHeight), QPointF(m_box.width, m_box.headerHeight));
    const bool ring = m_current && m_focused && m_column < 0;
    painter->setPen(QPen(m_current ? c.accent : c.strongBorder, ring ? 2.5 : m_current ? 1.5 : 1));
    painter->drawPath(outline);
}

void TableItem::paintRow(QPainter &painter, int row) const
{
    const auto &c = colors();
    const GraphColumn &column = m_table.columns[static_cast<std::size_t>(row)];
    const QRectF place(0, m_box.headerHeight + row * m_box.rowHeight, m_box.width, m_box.rowHeight);
    if (m_lit.contains(row))
        painter.fillRect(place, c.infoFill);
    const QRectF inner = place.adjusted(space::s, 0, -space::s, 0);
    painter.setFont(markFont());
    painter.setPen(c.accentText);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, mark(column));
    painter.setFont(nameFont(column));
    painter.setPen(c.text);
    painter.drawText(inner.adjusted(markWidth(), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, column.name);
    painter.setFont(typeFont());
    painter.setPen(c.muted);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignRight, typeText(column));
    if (m_current && m_focused && m_column == row) {
        painter.setPen(QPen(c.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(2, 1, -2, -1));
    }
}

} // namespace sqlgym::diagram
