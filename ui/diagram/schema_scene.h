// The diagram itself: tables, their columns, and the lines between them with their cardinalities.
#pragma once

#include "diagram/diagram_layout.h"

#include <QtWidgets/QGraphicsScene>

namespace sqlgym::diagram {

class LinkItem;
class TableItem;

/// Draws in the theme's colours, asked for at each painting: after a change of theme update() is enough; after one of
/// the font boxes() are others, and setGraph() is due.
class SchemaScene : public QGraphicsScene {
    Q_OBJECT
public:
    using QGraphicsScene::QGraphicsScene;

    /// The sizes that the tables need in the present font.
    static std::vector<TableBox> boxes(const models::SchemaGraph &graph);

    void setGraph(const models::SchemaGraph &graph, const std::vector<TableBox> &boxes, const DiagramLayout &layout);
    /// The same tables at other places.
    void setLayout(const DiagramLayout &layout);

    /// The table, and its column or -1, that the keyboard stands on; -1 = none.
    void setCurrent(int table, int column, bool focused);
    /// Drawn strongly, all other lines faintly; none lit: all alike.
    void setLit(const std::vector<int> &links);

    QRectF tableRect(int table) const;
    /// The table at a point and the column (-1 = its header); {-1, -1} where there is none.
    std::pair<int, int> tableAt(const QPointF &point) const;
    /// The link near a point, -1 = none.
    int linkAt(const QPointF &point) const;

private:
    std::vector<TableItem *> m_tables;
    std::vector<LinkItem *> m_links;
};

} // namespace sqlgym::diagram
