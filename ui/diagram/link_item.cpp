#include "diagram/link_item.h"

#include "widgets/theme.h"

#include <QtCore/QLineF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace sqlgym::diagram {

using models::Cardinality;
using widgets::colors;

namespace {

constexpr double kFoot = 11;  // how far the outer sign reaches from the table
constexpr double kInner = 17; // where the inner one stands
constexpr double kHalf = 6;   // half a bar, half a foot
constexpr double kDot = 3.5;  // a circle's radius
constexpr double kNear = 9;   // how close to a line the pointer must come

// At the end of a line that arrives from `from`.
void paintEnd(QPainter &painter, const QPointF &end, const QPointF &from, Cardinality cardinality, const QColor &paper)
{
    QLineF back(end, from);
    if (back.length() < 1)
        return;
    const QPointF along = (back.p2() - back.p1()) / back.length();
    const QPointF across(-along.y() * kHalf, along.x() * kHalf);
    const auto bar = [&](double distance) {
        const QPointF middle = end + along * distance;
        painter.drawLine(middle - across, middle + across);
    };
    const auto circle = [&] {
        painter.setBrush(paper);
        painter.drawEllipse(end + along * (kInner - 1), kDot, kDot);
        painter.setBrush(Qt::NoBrush);
    };
    switch (cardinality) {
    case Cardinality::ExactlyOne:
        bar(kFoot - 3);
        bar(kInner - 3);
        break;
    case Cardinality::ZeroOrOne:
        bar(kFoot - 3);
        circle();
        break;
    case Cardinality::ZeroOrMany: {
        const QPointF root = end + along * kFoot;
        painter.drawLine(root, end - across);
        painter.drawLine(root, end + across);
        circle();
        break;
    }
    }
}

} // namespace

LinkItem::LinkItem(models::GraphLink link, const QPainterPath &path) : m_link(std::move(link)) { setPath(path); }

void LinkItem::setLight(Light light)
{
    if (light == m_light)
        return;
    m_light = light;
    setZValue(light == Light::Lit ? 0.5 : 0);
    update();
}

void LinkItem::setPath(const QPainterPath &path)
{
    prepareGeometryChange();
    m_path = path;
    QPainterPathStroker stroker;
    stroker.setWidth(2 * kNear);
    m_near = stroker.createStroke(path);
    update();
}

QRectF LinkItem::boundingRect() const { return m_near.boundingRect(); }

void LinkItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const auto &c = colors();
    const bool lit = m_light == Light::Lit;
    const QColor ink = lit ? c.accent : m_light == Light::Faint ? c.strongBorder : c.muted; // 3:1 at least
    painter->setRenderHint(QPainter::Antialiasing);
    const double width = lit ? 2.5 : m_light == Light::Faint ? 1 : 1.4;
    painter->setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    const double length = m_path.length();
    if (length < 1)
        return;
    paintEnd(*painter, m_path.pointAtPercent(0), m_path.pointAtPercent(m_path.percentAtLength(qMin(kInner, length))),
             m_link.atParent, c.base);
    paintEnd(*painter, m_path.pointAtPercent(1),
             m_path.pointAtPercent(m_path.percentAtLength(qMax(0.0, length - kInner))), m_link.atChild, c.base);
}

} // namespace sqlgym::diagram
