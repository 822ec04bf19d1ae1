#include "screens/table_page.h"

#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedLayout>

namespace sqlgym::screens {

TablePage::TablePage(const QString &accessibleName, const QString &empty, QWidget *parent)
    : QWidget(parent), m_model(new models::ResultTableModel(this)), m_name(accessibleName), m_caption(new QLabel(this)),
      m_words(new QLabel(empty, this)), m_head(new QWidget(this)), m_stack(new QStackedLayout)
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

widgets::ResultGrid *TablePage::grid()
{
    if (m_grid)
        return m_grid;
    m_grid = new widgets::ResultGrid(this);
    m_grid->setAccessibleName(m_name);
    m_grid->setFrameShape(QFrame::NoFrame);
    m_grid->setItemDelegate(new widgets::CellDelegate(models::ResultTableModel::NullRole, 0, m_grid));
    m_grid->setModel(m_model);
    m_stack->addWidget(m_grid);
    connect(m_grid, &widgets::ResultGrid::cancelRequested, this, &TablePage::cancelRequested);
    return m_grid;
}

void TablePage::setTable(models::TablePtr table, const QString &caption)
{
    m_model->setTable(std::move(table));
    m_caption->setText(caption);
    m_head->setVisible(true);
    grid()->setAccessibleDescription(caption);
    m_stack->setCurrentWidget(grid());
}

void TablePage::setWords(const QString &words)
{
    m_model->setTable({});
    m_caption->clear();
    m_head->setVisible(m_head->layout()->count() > 1);
    m_words->setText(words);
    m_stack->setCurrentWidget(m_words);
}

void TablePage::addToCaption(QWidget *widget)
{
    m_head->layout()->addWidget(widget);
    m_head->setVisible(true);
}

} // namespace sqlgym::screens
