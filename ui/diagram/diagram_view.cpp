#include "diagram/diagram_view.h"

#include "diagram/dot_program.h"
#include "diagram/schema_scene.h"
#include "widgets/theme.h"

#include <QtCore/QSaveFile>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtSvg/QSvgGenerator>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cmath>

namespace sqlgym::diagram {

using models::GraphLink;

namespace {

constexpr double kLeastFit = 0.7; // smaller is not readable: the view scrolls instead
constexpr double kLeast = 0.2, kMost = 4;
constexpr double kStep = 1.2;
constexpr double kPngScale = 2;

} // namespace

DiagramView::DiagramView(const QString &dot, QWidget *parent)
    : QGraphicsView(parent), m_scene(new SchemaScene(this)), m_dot(new DotProgram(dot, this))
{
    setScene(m_scene);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Schema diagram"));
    setMouseTracking(true);
    setDragMode(QGraphicsView::ScrollHandDrag);
    viewport()->setCursor(Qt::ArrowCursor);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setBackgroundBrush(widgets::colors().window);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] {
        setBackgroundBrush(widgets::colors().window);
        rebuild();
    });
}

void DiagramView::setProblem(const session::ProblemPtr &problem)
{
    m_graph = problem ? models::schemaGraph(*problem) : models::SchemaGraph();
    m_table = m_graph.tables.empty() ? -1 : 0;
    m_column = m_start = m_overTable = m_overLink = -1;
    m_fitted = true;
    rebuild();
}

void DiagramView::rebuild()
{
    const auto boxes = SchemaScene::boxes(m_graph);
    m_scene->setGraph(m_graph, boxes, gridLayout(m_graph, boxes));
    showState();
    if (m_fitted)
        fit(kLeastFit);
    if (m_graph.tables.size() < 2)
        return;
    m_dot->disconnect(this);
    connect(m_dot, &DotProgram::laidOut, this, [this, boxes](const QByteArray &json) {
        const auto layout = readDotJson(json, m_graph, boxes);
        if (!layout)
            return;
        m_scene->setLayout(*layout);
        if (m_fitted)
            fit(kLeastFit);
    });
    m_dot->layOut(dotText(m_graph, boxes));
}

void DiagramView::fit(double least)
{
    m_fitted = true;
    const QRectF all = m_scene->sceneRect();
    if (all.isEmpty() || viewport()->width() < 2)
        return;
    const double wanted = std::min(viewport()->width() / all.width(), viewport()->height() / all.height());
    resetTransform();
    const double factor = std::clamp(wanted, least, 1.0);
    scale(factor, factor);
    if (wanted < least) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->minimum());
        verticalScrollBar()->setValue(verticalScrollBar()->minimum());
    }
}

void DiagramView::zoom(double factor)
{
    const double now = transform().m11();
    const double next = std::clamp(now * factor, kLeast, kMost);
    scale(next / now, next / now);
    m_fitted = false;
}

QString DiagramView::nameAt(int table, int column) const
{
    if (table < 0)
        return {};
    const auto &found = m_graph.tables[static_cast<std::size_t>(table)];
    return models::sqlName(column < 0 ? found.name : found.columns[static_cast<std::size_t>(column)].name);
}

void DiagramView::setCurrent(int table, int column)
{
    if (table < 0)
        return;
    const bool other = table != m_table;
    m_table = table;
    m_column = column;
    showState();
    if (other)
        emit tableChosen(table);
    ensureVisible(m_scene->tableRect(table), widgets::space::s, widgets::space::s);
}

void DiagramView::light(const std::vector<int> &links, int from, const QString &words)
{
    m_lit = links;
    m_join = from < 0 || links.empty() ? QString() : models::fromClause(m_graph, from, links);
    m_scene->setLit(links);
    if (words == m_words)
        return;
    m_words = words;
    setAccessibleDescription(words);
    emit described(words);
}

void DiagramView::showState()
{
    m_scene->setCurrent(m_table, m_column, hasFocus());
    if (m_overLink >= 0) {
        const GraphLink &link = m_graph.links[static_cast<std::size_t>(m_overLink)];
        light({m_overLink}, link.child,
              models::joinCondition(m_graph, link) + QStringLiteral(" \u00B7 ") + models::linkInWords(m_graph, link));
        return;
    }
    const int table = m_overTable >= 0 ? m_overTable : hasFocus() ? m_table : -1;
    if (table < 0) {
        light({}, -1, {});
        return;
    }
    if (m_start >= 0 && table != m_start) {
        const auto path = models::joinPath(m_graph, m_start, table);
        light(path, m_start,
              path.empty() ? tr("No references lead from %1 to %2").arg(nameAt(m_start, -1), nameAt(table, -1))
                           : models::fromClause(m_graph, m_start, path).replace(u'\n', u' '));
        return;
    }
    std::vector<int> own;
    QStringList conditions;
    for (std::size_t at = 0; at < m_graph.links.size(); ++at) {
        const GraphLink &link = m_graph.links[at];
        if (link.child != table && link.parent != table)
            continue;
        own.push_back(static_cast<int>(at));
        conditions << models::joinCondition(m_graph, link);
    }
    light(own, -1,
          conditions.isEmpty() ? tr("No reference joins %1 with another table here").arg(nameAt(table, -1))
                               : conditions.join(QStringLiteral(" \u00B7 ")));
}

int DiagramView::neighbour(int dx, int dy) const
{
    const QPointF from = m_scene->tableRect(m_table).center();
    int best = -1;
    double least = 0;
    for (int table = 0; table < static_cast<int>(m_graph.tables.size()); ++table) {
        const QPointF way = m_scene->tableRect(table).center() - from;
        const double ahead = way.x() * dx + way.y() * dy;
        const double aside = std::abs(way.x() * dy) + std::abs(way.y() * dx);
        const double cost = ahead + 2 * aside;
        if (table == m_table || ahead < 1 || (best >= 0 && cost >= least))
            continue;
        best = table;
        least = cost;
    }
    return best;
}

void DiagramView::walk(int dx, int dy)
{
    if (m_table < 0)
        return;
    m_overTable = m_overLink = -1;
    const int rows = static_cast<int>(m_graph.tables[static_cast<std::size_t>(m_table)].columns.size());
    const int row = m_column + dy;
    if (dy != 0 && row >= -1 && row < rows) {
        setCurrent(m_table, row);
        return;
    }
    if (const int next = neighbour(dx, dy); next >= 0)
        setCurrent(next, -1);
}

void DiagramView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    switch (plain ? event->key() : 0) {
    case Qt::Key_Left:
        return walk(-1, 0);
    case Qt::Key_Right:
        return walk(1, 0);
    case Qt::Key_Up:
        return walk(0, -1);
    case Qt::Key_Down:
        return walk(0, 1);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kStep);
    case Qt::Key_Minus:
        return zoom(1 / kStep);
    case Qt::Key_0:
        return fitAll();
    case Qt::Key_Space:
        m_start = m_table;
        return showState();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_table >= 0)
            emit textChosen(nameAt(m_table, m_column));
        return;
    case Qt::Key_Escape:
        if (m_start >= 0) {
            m_start = -1;
            return showState();
        }
        break;
    default:
        break;
    }
    QGraphicsView::keyPressEvent(event);
}

void DiagramView::mousePressEvent(QMouseEvent *event)
{
    const auto [table, column] = m_scene->tableAt(mapToScene(event->position().toPoint()));
    if (event->button() == Qt::LeftButton) {
        m_start = table;
        setCurrent(table, column);
        showState();
    }
    QGraphicsView::mousePressEvent(event);
}

void DiagramView::mouseMoveEvent(QMouseEvent *event)
{
    QGraphicsView::mouseMoveEvent(event);
    const QPointF point = mapToScene(event->position().toPoint());
    const int table = m_scene->tableAt(point).first;
    const int link = table < 0 ? m_scene->linkAt(point) : -1;
    if (table == m_overTable && link == m_overLink)
        return;
    m_overTable = table;
    m_overLink = link;
    viewport()->setCursor(table >= 0 || link >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    showState();
}

void DiagramView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto [table, column] = m_scene->tableAt(mapToScene(event->position().toPoint()));
    if (table >= 0)
        emit textChosen(nameAt(table, column));
    else if (!m_join.isEmpty())
        emit textChosen(m_join);
}

void DiagramView::leaveEvent(QEvent *event)
{
    m_overTable = m_overLink = -1;
    showState();
    QGraphicsView::leaveEvent(event);
}

void DiagramView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    showState();
}

void DiagramView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    showState();
}

void DiagramView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    if (m_fitted)
        fit(kLeastFit);
}

void DiagramView::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QGraphicsView::wheelEvent(event);
        return;
    }
    zoom(std::pow(kStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void DiagramView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto [table, column] = event->reason() == QContextMenuEvent::Keyboard
                                     ? std::pair(m_table, m_column)
                                     : m_scene->tableAt(mapToScene(event->pos()));
    if (const QString name = nameAt(table, column); !name.isEmpty())
        menu->addAction(tr("Write %1 into the editor").arg(name), this, [this, name] { emit textChosen(name); });
    if (const QString join = m_join; !join.isEmpty())
        menu->addAction(tr("Write this join into the editor"), this, [this, join] { emit textChosen(join); });
    if (!menu->isEmpty())
        menu->addSeparator();
    menu->addAction(tr("Fit into the window"), this, &DiagramView::fitAll);
    menu->addAction(tr("Save as a picture…"), this, &DiagramView::saveRequested);
    menu->popup(event->globalPos());
}

QString DiagramView::saveSvg(const QString &path) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    const QRectF all = m_scene->sceneRect();
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    svg.setViewBox(QRectF(QPointF(0, 0), all.size()));
    svg.setSize(all.size().toSize());
    svg.setTitle(tr("Schema diagram"));
    QPainter painter(&svg);
    painter.fillRect(QRectF(QPointF(0, 0), all.size()), backgroundBrush());
    m_scene->render(&painter, QRectF(QPointF(0, 0), all.size()), all);
    painter.end();
    return file.commit() ? QString() : file.errorString();
}

QString DiagramView::savePng(const QString &path) const
{
    const QRectF all = m_scene->sceneRect();
    QImage image((all.size() * kPngScale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return tr("the picture would be too large");
    image.fill(backgroundBrush().color());
    QPainter painter(&image);
    m_scene->render(&painter, QRectF(image.rect()), all);
    painter.end();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !image.save(&file, "PNG") || !file.commit())
        return file.errorString();
    return {};
}

} // namespace sqlgym::diagram
