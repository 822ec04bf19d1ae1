#include "screens/table_page.h"

#include "models/labels.h"
#include "screens/export_dialog.h"
#include "session/let_go.h"
#include "widgets/elided_label.h"
#include "widgets/empty_words.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedLayout>

#include <algorithm>

namespace sqlgym::screens {

namespace {

constexpr int kNarrowInspector = 240, kWideInspector = 520;
constexpr int kBesideFrom = 560; ///< width of the page; in a narrower one the inspector lies below the rows
constexpr int kRowsAboveIt = 3;

} // namespace

TablePage::TablePage(const QString &accessibleName, const QString &empty, QWidget *parent)
    : QWidget(parent), m_model(new models::ResultTableModel(this)), m_name(accessibleName),
      m_caption(new widgets::ElidedLabel(this)), m_words(new QLabel(empty, this)), m_head(new QWidget(this)),
      m_stack(new QStackedLayout)
{
    using namespace widgets;
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setMargin(space::l);
    m_words->setBackgroundRole(QPalette::Base);
    m_words->setAutoFillBackground(true);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // fills the page; asking its height is dear
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(space::m, space::xs, space::m, space::xs);
    head->setSpacing(space::s);
    head->addWidget(m_caption, 1);
    m_head->setVisible(false);
    m_stack->addWidget(m_words);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(m_stack, 1);
}

TablePage::~TablePage() { replaceTable({}); }

session::WorkerThread &TablePage::worker()
{
    if (!m_worker)
        m_worker = std::make_unique<session::WorkerThread>(QStringLiteral("rows"));
    return *m_worker;
}

widgets::ResultGrid *TablePage::grid()
{
    if (m_grid)
        return m_grid;
    m_grid = new widgets::ResultGrid(this);
    m_grid->setAccessibleName(m_name);
    m_grid->setFrameShape(QFrame::NoFrame);
    m_grid->setItemDelegate(new widgets::CellDelegate(models::ResultTableModel::NullRole, 0, m_grid));
    m_grid->setModel(m_model);
    m_empty = new widgets::EmptyWords(m_grid);
    m_beside = new QSplitter(Qt::Horizontal, this);
    m_beside->setChildrenCollapsible(false);
    m_beside->addWidget(m_grid);
    m_stack->addWidget(m_beside);
    m_grid->setInspectable(true);
    connect(m_grid, &widgets::ResultGrid::inspectRequested, this,
            [this](bool column) { inspect(column ? Inspector::Column : Inspector::Cell); });
    connect(m_grid, &widgets::ResultGrid::exportRequested, this, &TablePage::exportRows);
    connect(m_grid, &widgets::ResultGrid::cancelRequested, this, [this] {
        if (m_inspector && m_inspector->isVisible())
            m_inspector->hide();
        else
            emit cancelRequested();
    });
    connect(m_grid, &widgets::ResultGrid::sortRequested, this, &TablePage::sortBy);
    m_grid->setSortable(m_filter != nullptr);
    return m_grid;
}

void TablePage::setTable(models::TablePtr table, const QString &caption)
{
    if (m_filter) {
        const QSignalBlocker quiet(m_filter);
        m_filter->clear();
    }
    replaceTable(std::move(table));
    m_captionText = caption;
    grid()->setAccessibleDescription(caption);
    showOrder();
    m_head->setVisible(true);
    m_stack->setCurrentWidget(m_beside);
}

void TablePage::inspect(Inspector::Page page)
{
    if (!m_grid || m_stack->currentWidget() != m_beside)
        return;
    if (!m_inspector) {
        m_inspector = new Inspector(m_grid, m_model, m_beside);
        m_beside->addWidget(m_inspector);
        placeInspector();
        connect(m_inspector, &Inspector::closed, this, [this] {
            m_inspector->hide();
            m_grid->setFocus(Qt::OtherFocusReason);
        });
    }
    m_inspector->setFilterWords(filterWords());
    m_inspector->open(page);
}

void TablePage::placeInspector()
{
    const bool below = width() < kBesideFrom;
    m_beside->setOrientation(below ? Qt::Vertical : Qt::Horizontal);
    m_beside->setStretchFactor(0, below ? 0 : 1);
    m_beside->setStretchFactor(1, below ? 1 : 0);
    const int room = below ? m_beside->height() : width();
    const int rows =
        m_grid->horizontalHeader()->sizeHint().height() + m_grid->horizontalScrollBar()->sizeHint().height();
    const int wanted =
        below ? room - rows -
                    std::clamp(m_model->rowCount(), 1, kRowsAboveIt) * m_grid->verticalHeader()->defaultSectionSize()
              : std::clamp(room * 2 / 5, kNarrowInspector, kWideInspector);
    m_beside->setSizes({std::max(1, room - wanted), std::max(wanted, room / 3)});
    QTimer::singleShot(0, m_grid, [this] { m_grid->scrollTo(m_grid->currentIndex()); });
}

void TablePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_inspector && (m_beside->orientation() == Qt::Vertical) != (width() < kBesideFrom))
        placeInspector();
}

void TablePage::exportRows()
{
    if (!m_grid || m_stack->currentWidget() != m_beside)
        return;
    askForExport(this, tr("result"), [this](const QString &path, models::CopyFormat format) {
        m_grid->setFocus(Qt::OtherFocusReason); // where Esc stops it
        m_grid->exportTo(path, format);
    });
}

QString TablePage::filterWords() const
{
    return m_order.filter.empty() ? QString() : tr("that contain \u201C%1\u201D").arg(models::fromUtf8(m_order.filter));
}

void TablePage::replaceTable(models::TablePtr table)
{
    m_order = {};
    if (m_ordering)
        m_ordering->cancel();
    m_ordering.reset();
    if (m_inspector)
        m_inspector->setFilterWords({});
    models::TablePtr old = m_model->table();
    m_model->setTable(std::move(table));
    session::letGo(std::move(old));
}

void TablePage::setWords(const QString &words)
{
    replaceTable({});
    m_captionText.clear();
    m_caption->setText({});
    m_head->setVisible(m_headStays);
    m_words->setText(words);
    m_stack->setCurrentWidget(m_words);
}

void TablePage::setOrderable()
{
    m_filter = new QLineEdit(m_head);
    m_filter->setPlaceholderText(tr("Filter rows"));
    m_filter->setAccessibleName(tr("Filter rows"));
    m_filter->setToolTip(tr("Shows the rows that contain this, without running again"));
    m_filter->setMaximumWidth(160);
    m_filter->setClearButtonEnabled(true);
    m_head->layout()->addWidget(m_filter);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_order.filter = text.toStdString();
        order();
    });
}

/// Up, down, and back to how they came.
void TablePage::sortBy(int column)
{
    if (m_order.column != column)
        m_order = {column, false, m_order.filter};
    else if (!m_order.descending)
        m_order.descending = true;
    else
        m_order = {-1, false, m_order.filter};
    order();
}

void TablePage::order()
{
    if (m_ordering)
        m_ordering->cancel();
    m_ordering.reset();
    if (!m_model->table())
        return;
    if (m_order.isNatural()) {
        if (m_inspector)
            m_inspector->setFilterWords({});
        m_model->setAllRows();
        showOrder();
        return;
    }
    m_ordering = std::make_shared<base::CancelToken>();
    ++m_working;
    worker().ask([table = m_model->table(), wanted = m_order,
                  cancel = m_ordering] { return models::orderedRows(*table, wanted, *cancel); },
                 this,
                 [this, cancel = m_ordering](std::vector<std::uint32_t> rows) {
                     --m_working;
                     if (cancel->cancelled())
                         return;
                     if (m_inspector)
                         m_inspector->setFilterWords(filterWords());
                     m_model->setRows(std::move(rows));
                     showOrder();
                 });
}

void TablePage::showOrder()
{
    QStringList words{m_captionText};
    if (m_model->table() && !m_order.filter.empty())
        words.prepend(tr("%1 shown of").arg(m_model->rowCount()));
    m_caption->setText(words.join(u' '));
    if (!m_grid)
        return;
    m_empty->setWords(!m_model->table() || m_model->table()->rowCount() == 0
                          ? tr("There are no rows.")
                          : tr("No row contains the filter's text."));
    auto *header = m_grid->horizontalHeader();
    header->setSortIndicatorShown(m_order.column >= 0);
    header->setSortIndicator(m_order.column, m_order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void TablePage::addTableAction(QWidget *widget) { m_head->layout()->addWidget(widget); }

void TablePage::addToCaption(QWidget *widget)
{
    m_head->layout()->addWidget(widget);
    m_headStays = true;
    m_head->setVisible(true);
}

} // namespace sqlgym::screens
