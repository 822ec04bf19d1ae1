// One reference of the diagram: a line with its cardinalities in crow's foot notation.
#pragma once

#include "models/schema_graph.h"

#include <QtGui/QPainterPath>
#include <QtWidgets/QGraphicsItem>

namespace sqlgym::diagram {

/// A bar stands for one, a circle for none, a crow's foot for many; the outer sign is the most, the inner one the
/// least.
class LinkItem : public QGraphicsItem {
public:
    /// The path runs from the parent to the child.
    LinkItem(models::GraphLink link, const QPainterPath &path);

    enum class Light { Ordinary, Lit, Faint };
    void setLight(Light light);
    void setPath(const QPainterPath &path);
    const models::GraphLink &link() const { return m_link; }
    bool isNear(const QPointF &point) const { return m_near.contains(point); }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    models::GraphLink m_link;
    QPainterPath m_path;
    QPainterPath m_near; ///< what counts as pointing at it
    Light m_light = Light::Ordinary;
};

} // namespace sqlgym::diagram
