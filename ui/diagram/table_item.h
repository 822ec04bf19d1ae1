// One table of the diagram.
#pragma once

#include "diagram/diagram_layout.h"

#include <QtWidgets/QGraphicsItem>

#include <set>

namespace sqlgym::diagram {

class TableItem : public QGraphicsItem {
public:
    TableItem(models::GraphTable table, const TableBox &box);

    static TableBox boxFor(const models::GraphTable &table);

    /// `column` -1 = the header.
    void setCurrent(bool current, int column, bool focused);
    void setLitColumns(std::set<int> columns);
    /// The column at a point of the item, -1 = the header.
    int columnAt(const QPointF &point) const;

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void paintRow(QPainter &painter, int row) const;

    models::GraphTable m_table;
    TableBox m_box;
    std::set<int> m_lit;
    int m_column = -1;
    bool m_current = false;
    bool m_focused = false;
};

} // namespace sqlgym::diagram
