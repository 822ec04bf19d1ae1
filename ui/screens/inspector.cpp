#include "screens/inspector.h"

#include "models/labels.h"
#include "models/statistics_model.h"
#include "widgets/cell_view.h"
#include "widgets/icons.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

using models::ResultTableModel;
using namespace widgets;

namespace {

QToolButton *iconButton(const char *name, const QString &words)
{
    auto *button = new QToolButton;
    button->setIcon(icon(name));
    button->setAutoRaise(true);
    button->setAccessibleName(words);
    button->setToolTip(words);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setFixedSize(space::xl, space::xl); // within the height of the tabs beside it
    return button;
}

} // namespace

Inspector::Inspector(ResultGrid *grid, const ResultTableModel *model, QWidget *parent)
    : QWidget(parent), m_grid(grid), m_model(model), m_tabs(new QTabWidget(this)), m_cell(new CellView),
      m_copy(iconButton("copy", tr("Copy the value"))), m_about(new QLabel), m_cancel(new QPushButton(tr("Cancel"))),
      m_lines(new ResultGrid), m_statistics(new models::StatisticsModel(this))
{
    setAccessibleName(tr("Inspector"));
    m_tabs->setAccessibleName(tr("Inspector pages"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_cell, tr("Cell"));
    m_tabs->addTab(columnPage(), tr("Column"));
    auto *close = iconButton("close", tr("Close the inspector"));
    close->setToolTip(tr("Close (Esc)"));
    auto *corner = new QWidget;
    auto *buttons = new QHBoxLayout(corner);
    buttons->setContentsMargins(0, 0, space::xs, 0);
    buttons->setSpacing(space::xs);
    buttons->addWidget(m_copy);
    buttons->addWidget(close);
    m_tabs->setCornerWidget(corner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_tabs);
    connect(close, &QToolButton::clicked, this, &Inspector::closed);
    connect(m_copy, &QToolButton::clicked, this, &Inspector::copy);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        stopCounting();
        m_about->setText(tr("Cancelled. Choose a column to count it."));
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &Inspector::follow);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this, &Inspector::follow);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_counted = -1;
        follow();
    });
}

Inspector::~Inspector() { stopCounting(); }

QWidget *Inspector::columnPage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::xs, space::m, space::xs);
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setAccessibleName(tr("What is counted"));
    m_cancel->hide();
    head->addWidget(m_about, 1);
    head->addWidget(m_cancel);
    m_lines->setAccessibleName(tr("Column statistics"));
    m_lines->setFrameShape(QFrame::NoFrame);
    m_lines->setItemDelegate(new CellDelegate(ResultTableModel::NullRole, 0, m_lines));
    m_lines->setModel(m_statistics);
    m_lines->verticalHeader()->hide();
    m_lines->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    connect(m_lines, &ResultGrid::cancelRequested, this, &Inspector::closed);
    column->addLayout(head);
    column->addWidget(m_lines, 1);
    page->setFocusProxy(m_lines);
    return page;
}

void Inspector::open(Page page)
{
    m_tabs->setCurrentIndex(page);
    show();
    if (!m_grid->currentIndex().isValid() && m_model->rowCount() > 0)
        m_grid->setCurrentIndex(m_model->index(0, 0));
    follow();
    if (page == Cell)
        m_cell->focusText();
    else
        m_lines->setFocus(Qt::OtherFocusReason);
}

void Inspector::setFilterWords(const QString &words) { m_filterWords = words; }

void Inspector::follow()
{
    if (isHidden())
        return;
    if (m_tabs->currentIndex() == Cell)
        showCell();
    else
        count();
    m_copy->setVisible(m_tabs->currentIndex() == Cell);
    m_copy->setEnabled(m_cell->canCopy());
}

void Inspector::showCell()
{
    const QModelIndex at = m_grid->currentIndex();
    if (!at.isValid() || !m_model->table()) {
        m_cell->clear();
        return;
    }
    const auto &column = m_model->table()->columns[static_cast<std::size_t>(at.column())];
    m_cell->setCell(models::fromUtf8(column.name), models::fromUtf8(column.type), m_model->cellAt(at));
}

void Inspector::count()
{
    const QModelIndex at = m_grid->currentIndex();
    if (!at.isValid() || !m_model->table()) {
        stopCounting();
        m_statistics->setStatistics(std::nullopt);
        m_about->setText(tr("Choose a cell to see what its column holds."));
        return;
    }
    if (at.column() == m_counted)
        return;
    stopCounting();
    m_counted = at.column();
    const auto column = static_cast<std::size_t>(at.column());
    const QString name = m_model->headerData(at.column(), Qt::Horizontal, Qt::ToolTipRole).toString();
    const QString rows = models::rowCountLabel(static_cast<quint64>(m_model->rowCount()));
    const bool one = m_model->rowCount() == 1;
    const QString scope = !m_filterWords.isEmpty() ? tr("%1. Only the %2 %3.").arg(name, rows, m_filterWords)
                          : one                    ? tr("%1. The only row.").arg(name)
                                                   : tr("%1. All %2.").arg(name, rows);
    m_statistics->setStatistics(std::nullopt);
    m_about->setText(tr("%1 Counting\u2026").arg(scope));
    m_cancel->show();
    if (!m_worker)
        m_worker = std::make_unique<session::WorkerThread>(QStringLiteral("statistics"));
    m_counting = std::make_shared<base::CancelToken>();
    m_worker->ask([table = m_model->table(), shown = m_model->rows(), column,
                   cancel = m_counting] { return session::columnStatistics(*table, shown.get(), column, *cancel); },
                  this,
                  [this, scope, cancel = m_counting](const std::optional<session::ColumnStatistics> &found) {
                      if (cancel->cancelled())
                          return;
                      m_counting.reset();
                      m_cancel->hide();
                      m_about->setText(scope);
                      m_statistics->setStatistics(found);
                  });
}

void Inspector::stopCounting()
{
    if (m_counting)
        m_counting->cancel();
    m_counting.reset();
    m_counted = -1;
    m_cancel->hide();
}

void Inspector::copy() { m_cell->copy(); }

void Inspector::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

void Inspector::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (isHidden()) // not only the page it stands on
        stopCounting();
}

} // namespace sqlgym::screens
