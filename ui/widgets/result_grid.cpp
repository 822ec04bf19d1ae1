#include "widgets/result_grid.h"

#include "widgets/copy_job.h"
#include "widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>

namespace sqlgym::widgets {

namespace {

constexpr int kFittedRows = 60; ///< rows looked at for the width of a column
constexpr int kWidestColumn = 360;
constexpr qint64 kCopiedAtOnce = 10'000; ///< cells: some milliseconds
constexpr int kSmallestZoom = -6;
constexpr int kLargestZoom = 18;

} // namespace

ResultGrid::ResultGrid(QWidget *parent) : QTableView(parent)
{
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setResizeContentsPrecision(kFittedRows);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    takeFont();
    connect(&Theme::instance(), &Theme::changed, this, &ResultGrid::takeFont);
}

void ResultGrid::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &ResultGrid::fitColumns);
    fitColumns();
}

void ResultGrid::takeFont()
{
    QFont font = monospaceFont();
    font.setPointSizeF(font.pointSizeF() + m_zoom);
    setFont(font);
    QFont headerFont = textFont(TypeSize::Small, true);
    headerFont.setPointSizeF(headerFont.pointSizeF() + m_zoom);
    horizontalHeader()->setFont(headerFont);
    QFont numbers = textFont(TypeSize::Small);
    numbers.setPointSizeF(numbers.pointSizeF() + m_zoom);
    verticalHeader()->setFont(numbers);
    verticalHeader()->setMinimumSectionSize(QFontMetrics(font).height() + space::xs);
    verticalHeader()->setDefaultSectionSize(QFontMetrics(font).height() + space::s);
    QPalette grid = QApplication::palette();
    setPalette(grid);
    fitColumns();
}

void ResultGrid::fitColumns()
{
    if (!model() || model()->columnCount() == 0)
        return;
    const int columns = std::min(model()->columnCount(), 200);
    for (int column = 0; column < columns; ++column) {
        const int wanted = std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column)) + space::s;
        setColumnWidth(column, std::min(wanted, kWidestColumn));
    }
}

void ResultGrid::zoom(int steps)
{
    m_zoom = steps == 0 ? 0 : std::clamp(m_zoom + steps, kSmallestZoom, kLargestZoom);
    takeFont();
}

CopyJob *ResultGrid::job()
{
    if (!m_job)
        m_job = new CopyJob(this);
    return m_job;
}

void ResultGrid::exportTo(const QString &path, models::CopyFormat format)
{
    const auto *source = dynamic_cast<const models::CopySource *>(model());
    if (source && model()->columnCount() > 0)
        job()->write(source->cellSource(), {0, 0, model()->rowCount() - 1, model()->columnCount() - 1}, format, path);
}

/// Few cells at once; many beside the window, with progress.
void ResultGrid::copySelection(models::CopyFormat format)
{
    const auto *source = dynamic_cast<const models::CopySource *>(model());
    std::vector<models::CellRange> cells;
    if (selectionModel()) {
        for (const QItemSelectionRange &range : selectionModel()->selection())
            cells.push_back({range.top(), range.left(), range.bottom(), range.right()});
    }
    if (const QModelIndex now = currentIndex(); cells.empty() && now.isValid())
        cells.push_back({now.row(), now.column(), now.row(), now.column()});
    if (!source || cells.empty())
        return;
    if (models::cellCount(cells) <= kCopiedAtOnce) {
        QApplication::clipboard()->setText(models::copied(source->cellSource(), cells, format));
        return;
    }
    job()->start(source->cellSource(), std::move(cells), format);
}

void ResultGrid::setSortable(bool sortable)
{
    m_sortable = sortable;
    horizontalHeader()->setSectionsClickable(sortable);
    if (sortable)
        connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &ResultGrid::sortRequested);
}

void ResultGrid::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection(models::CopyFormat::Tsv);
    } else if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        copySelection(models::CopyFormat::TsvWithHeaders);
    } else if (event->key() == Qt::Key_Escape && m_job && m_job->isRunning()) {
        m_job->cancel();
    } else if (event->key() == Qt::Key_Escape) {
        emit cancelRequested();
    } else if (m_inspectable && currentIndex().isValid() &&
               (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
               (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        emit inspectRequested(false);
    } else {
        QTableView::keyPressEvent(event);
    }
}

void ResultGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    if (m_inspectable && event->button() == Qt::LeftButton && indexAt(event->position().toPoint()).isValid())
        emit inspectRequested(false);
}

void ResultGrid::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() != Qt::ControlModifier) {
        QTableView::wheelEvent(event);
        return;
    }
    if (const int delta = event->angleDelta().y(); delta != 0)
        zoom(delta > 0 ? 1 : -1);
    event->accept();
}

void ResultGrid::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    using models::CopyFormat;
    const std::pair<QString, CopyFormat> formats[] = {
        {tr("Copy\tCtrl+C"), CopyFormat::Tsv},  {tr("Copy with headers\tCtrl+Shift+C"), CopyFormat::TsvWithHeaders},
        {tr("Copy as CSV"), CopyFormat::Csv},   {tr("Copy as Markdown"), CopyFormat::Markdown},
        {tr("Copy as JSON"), CopyFormat::Json}, {tr("Copy as INSERT"), CopyFormat::Insert}};
    for (const auto &[text, format] : formats)
        menu->addAction(text, this, [this, which = format] { copySelection(which); });
    menu->addSeparator();
    if (m_inspectable && currentIndex().isValid()) {
        menu->addAction(tr("Show the whole cell\tEnter"), this, [this] { emit inspectRequested(false); });
        menu->addAction(tr("Count this column"), this, [this] { emit inspectRequested(true); });
    }
    if (m_inspectable)
        menu->addAction(tr("Export all rows\u2026"), this, &ResultGrid::exportRequested);
    if (m_sortable && currentIndex().isValid())
        menu->addAction(tr("Sort by this column"), this, [this] { emit sortRequested(currentIndex().column()); });
    menu->addAction(tr("Select all\tCtrl+A"), this, &QAbstractItemView::selectAll);
    menu->popup(event->globalPos());
}

} // namespace sqlgym::widgets
