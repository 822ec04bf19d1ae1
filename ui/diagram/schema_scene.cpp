#include "diagram/schema_scene.h"

#include "diagram/link_item.h"
#include "diagram/table_item.h"

#include <algorithm>
#include <map>

namespace sqlgym::diagram {

using models::GraphLink;
using models::SchemaGraph;

namespace {

constexpr double kMargin = 24;

} // namespace

std::vector<TableBox> SchemaScene::boxes(const SchemaGraph &graph)
{
    std::vector<TableBox> boxes;
    for (const auto &table : graph.tables)
        boxes.push_back(TableItem::boxFor(table));
    return boxes;
}

void SchemaScene::setGraph(const SchemaGraph &graph, const std::vector<TableBox> &boxes, const DiagramLayout &layout)
{
    clear();
    m_tables.clear();
    m_links.clear();
    for (std::size_t link = 0; link < graph.links.size(); ++link) {
        m_links.push_back(new LinkItem(graph.links[link], layout.links[link]));
        addItem(m_links.back());
    }
    for (std::size_t table = 0; table < graph.tables.size(); ++table) {
        m_tables.push_back(new TableItem(graph.tables[table], boxes[table]));
        addItem(m_tables.back());
    }
    setLayout(layout);
}

void SchemaScene::setLayout(const DiagramLayout &layout)
{
    for (std::size_t table = 0; table < m_tables.size(); ++table)
        m_tables[table]->setPos(layout.tables[table]);
    for (std::size_t link = 0; link < m_links.size(); ++link)
        m_links[link]->setPath(layout.links[link]);
    setSceneRect(itemsBoundingRect().adjusted(-kMargin, -kMargin, kMargin, kMargin));
}

void SchemaScene::setCurrent(int table, int column, bool focused)
{
    for (std::size_t at = 0; at < m_tables.size(); ++at)
        m_tables[at]->setCurrent(static_cast<int>(at) == table, column, focused);
}

void SchemaScene::setLit(const std::vector<int> &links)
{
    std::map<int, std::set<int>> columns;
    for (std::size_t at = 0; at < m_links.size(); ++at) {
        const bool lit = std::ranges::find(links, static_cast<int>(at)) != links.end();
        m_links[at]->setLight(lit             ? LinkItem::Light::Lit
                              : links.empty() ? LinkItem::Light::Ordinary
                                              : LinkItem::Light::Faint);
        if (!lit)
            continue;
        const GraphLink &link = m_links[at]->link();
        columns[link.child].insert(link.childColumns.begin(), link.childColumns.end());
        columns[link.parent].insert(link.parentColumns.begin(), link.parentColumns.end());
    }
    for (std::size_t at = 0; at < m_tables.size(); ++at)
        m_tables[at]->setLitColumns(columns[static_cast<int>(at)]);
}

QRectF SchemaScene::tableRect(int table) const
{
    const auto *item = m_tables[static_cast<std::size_t>(table)];
    return item->mapRectToScene(item->boundingRect());
}

std::pair<int, int> SchemaScene::tableAt(const QPointF &point) const
{
    for (std::size_t at = 0; at < m_tables.size(); ++at) {
        const QPointF inside = m_tables[at]->mapFromScene(point);
        if (m_tables[at]->boundingRect().contains(inside))
            return {static_cast<int>(at), m_tables[at]->columnAt(inside)};
    }
    return {-1, -1};
}

int SchemaScene::linkAt(const QPointF &point) const
{
    for (std::size_t at = 0; at < m_links.size(); ++at) {
        if (m_links[at]->isNear(point))
            return static_cast<int>(at);
    }
    return -1;
}

} // namespace sqlgym::diagram
