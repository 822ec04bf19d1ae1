// Where the tables of a diagram stand and how the lines between them run.
#pragma once

#include "models/schema_graph.h"

#include <QtCore/QByteArray>
#include <QtCore/QPointF>
#include <QtGui/QPainterPath>

#include <optional>
#include <vector>

namespace sqlgym::diagram {

/// A table as drawn: a header above one row for each column. Device-independent pixels.
struct TableBox {
    double width = 0;
    double headerHeight = 0;
    double rowHeight = 0;
    int rows = 0;

    double height() const { return headerHeight + rowHeight * rows; }
    /// The middle of a column's row, from the top.
    double rowMiddle(int row) const { return headerHeight + rowHeight * (row + 0.5); }
};

struct DiagramLayout {
    std::vector<QPointF> tables;     ///< top left corners
    std::vector<QPainterPath> links; ///< from the parent's column to the child's
};

/// Tables in rows and columns, in the problem's order: where Graphviz is missing, and until it has answered.
DiagramLayout gridLayout(const models::SchemaGraph &graph, const std::vector<TableBox> &boxes);

/// The graph in Graphviz's language, for `dot`. Holds sizes and numbers, none of the problem's own text.
QByteArray dotText(const models::SchemaGraph &graph, const std::vector<TableBox> &boxes);

/// What `dot -Tjson` made of dotText(); nothing when it is not that.
std::optional<DiagramLayout> readDotJson(const QByteArray &json, const models::SchemaGraph &graph,
                                         const std::vector<TableBox> &boxes);

} // namespace sqlgym::diagram
