#include "diagram/diagram_layout.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

#include <algorithm>
#include <cmath>

namespace sqlgym::diagram {

using models::GraphLink;
using models::SchemaGraph;

namespace {

constexpr double kGap = 72;
constexpr double kBend = 48;

const TableBox &boxOf(const std::vector<TableBox> &boxes, int table) { return boxes[static_cast<std::size_t>(table)]; }

// A curve that leaves and reaches the boxes sideways, on the sides that face each other.
QPainterPath curve(const GraphLink &link, const DiagramLayout &layout, const std::vector<TableBox> &boxes)
{
    const auto left = [&](int table) { return layout.tables[static_cast<std::size_t>(table)].x(); };
    const auto right = [&](int table) { return left(table) + boxOf(boxes, table).width; };
    const auto middle = [&](int table, int row) {
        return layout.tables[static_cast<std::size_t>(table)].y() + boxOf(boxes, table).rowMiddle(row);
    };
    const double parentY = middle(link.parent, link.parentColumns.front());
    const double childY = middle(link.child, link.childColumns.front());
    const bool childIsRight = left(link.child) > right(link.parent);
    const bool childIsLeft = right(link.child) < left(link.parent);
    // One above the other: both on the right.
    const double parentX = childIsLeft ? left(link.parent) : right(link.parent);
    const double childX = childIsRight ? left(link.child) : right(link.child);
    QPainterPath path(QPointF(parentX, parentY));
    path.cubicTo(parentX + (childIsLeft ? -kBend : kBend), parentY, childX + (childIsRight ? -kBend : kBend), childY,
                 childX, childY);
    return path;
}

QByteArray cell(double width, double height, const QByteArray &port)
{
    return "<TR><TD" + port + " FIXEDSIZE=\"TRUE\" WIDTH=\"" + QByteArray::number(std::ceil(width)) + "\" HEIGHT=\"" +
           QByteArray::number(std::ceil(height)) + "\"></TD></TR>";
}

// "x,y"; Graphviz counts upwards from the bottom.
std::optional<QPointF> point(QStringView text, double height)
{
    const auto comma = text.indexOf(u',');
    if (comma < 0)
        return std::nullopt;
    bool xIsNumber = false, yIsNumber = false;
    const QPointF at(text.first(comma).toDouble(&xIsNumber), height - text.sliced(comma + 1).toDouble(&yIsNumber));
    if (!xIsNumber || !yIsNumber)
        return std::nullopt;
    return at;
}

// A start, then three points for each Bezier piece.
std::optional<QPainterPath> spline(const QString &text, double height)
{
    std::vector<QPointF> points;
    for (const QStringView word : QStringView(text).split(u' ', Qt::SkipEmptyParts)) {
        const auto at = point(word, height);
        if (!at)
            return std::nullopt;
        points.push_back(*at);
    }
    if (points.size() < 4 || points.size() % 3 != 1)
        return std::nullopt;
    QPainterPath path(points.front());
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(points[i], points[i + 1], points[i + 2]);
    return path;
}

} // namespace

DiagramLayout gridLayout(const SchemaGraph &graph, const std::vector<TableBox> &boxes)
{
    DiagramLayout layout;
    const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(boxes.size()))));
    std::vector<double> widths(columns, 0);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        widths[i % columns] = std::max(widths[i % columns], boxes[i].width);
    double x = 0, y = 0, tallest = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (i % columns == 0 && i > 0) {
            x = 0;
            y += tallest + kGap;
            tallest = 0;
        }
        layout.tables.emplace_back(x, y);
        x += widths[i % columns] + kGap;
        tallest = std::max(tallest, boxes[i].height());
    }
    for (const GraphLink &link : graph.links)
        layout.links.push_back(curve(link, layout, boxes));
    return layout;
}

QByteArray dotText(const SchemaGraph &graph, const std::vector<TableBox> &boxes)
{
    QByteArray text = "digraph schema {\n"
                      "graph [rankdir=LR, nodesep=0.45, ranksep=0.75];\nnode [shape=plain];\nedge [dir=none];\n";
    for (std::size_t table = 0; table < boxes.size(); ++table) {
        const TableBox &box = boxes[table];
        text += 't' + QByteArray::number(static_cast<qulonglong>(table)) +
                " [label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">" +
                cell(box.width, box.headerHeight, {});
        for (int row = 0; row < box.rows; ++row)
            text += cell(box.width, box.rowHeight, " PORT=\"c" + QByteArray::number(row) + '"');
        text += "</TABLE>>];\n";
    }
    const auto end = [](int table, int column) {
        return 't' + QByteArray::number(table) + ":c" + QByteArray::number(column);
    };
    for (std::size_t at = 0; at < graph.links.size(); ++at) {
        const GraphLink &link = graph.links[at];
        text += end(link.parent, link.parentColumns.front()) + " -> " + end(link.child, link.childColumns.front()) +
                " [id=\"" + QByteArray::number(static_cast<qulonglong>(at)) + "\"];\n";
    }
    return text + "}\n";
}

std::optional<DiagramLayout> readDotJson(const QByteArray &json, const SchemaGraph &graph,
                                         const std::vector<TableBox> &boxes)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const QStringList bounds = root.value(QStringLiteral("bb")).toString().split(u',');
    const QJsonArray objects = root.value(QStringLiteral("objects")).toArray();
    const QJsonArray edges = root.value(QStringLiteral("edges")).toArray();
    if (bounds.size() != 4 || objects.size() != static_cast<qsizetype>(boxes.size()) ||
        edges.size() != static_cast<qsizetype>(graph.links.size()))
        return std::nullopt;
    const double height = bounds[3].toDouble();
    DiagramLayout layout;
    for (std::size_t table = 0; table < boxes.size(); ++table) {
        const QJsonObject object = objects[static_cast<qsizetype>(table)].toObject();
        const auto center = point(object.value(QStringLiteral("pos")).toString(), height);
        if (!center || object.value(QStringLiteral("name")).toString() != QStringLiteral("t%1").arg(table))
            return std::nullopt;
        layout.tables.push_back(*center - QPointF(boxes[table].width / 2, boxes[table].height() / 2));
    }
    // Nodes come in the order of dotText(), edges by their tables.
    layout.links.resize(graph.links.size());
    for (const auto &value : edges) {
        const QJsonObject edge = value.toObject();
        bool isNumber = false;
        const auto at = edge.value(QStringLiteral("id")).toString().toULongLong(&isNumber);
        if (!isNumber || at >= graph.links.size())
            return std::nullopt;
        const GraphLink &link = graph.links[at];
        const auto path = spline(edge.value(QStringLiteral("pos")).toString(), height);
        if (!path)
            return std::nullopt;
        // dot lets a loop end somewhere inside its table.
        layout.links[at] = link.child == link.parent ? curve(link, layout, boxes) : *path;
    }
    return layout;
}

} // namespace sqlgym::diagram
