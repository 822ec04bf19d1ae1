#include "screens/schema_view.h"

#include "models/labels.h"
#include "models/result_table_model.h"
#include "models/schema_model.h"
#include "widgets/result_grid.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeView>

namespace sqlgym::screens {

using models::SchemaModel;

namespace {

/// "numeric(8,2)" -> "numeric", "integer" -> "int4": enough for the grid to align by.
std::string typname(const std::string &ddl)
{
    const std::string word = ddl.substr(0, ddl.find_first_of("( "));
    if (word == "integer" || word == "int" || word == "serial")
        return "int4";
    if (word == "bigint" || word == "bigserial")
        return "int8";
    if (word == "smallint")
        return "int2";
    if (word == "double" || word == "float")
        return "float8";
    if (word == "real")
        return "float4";
    return word == "decimal" ? "numeric" : word;
}

models::TablePtr sampleRows(const content::Table &table)
{
    auto rows = std::make_shared<sandbox::ResultTable>();
    for (const auto &column : table.columns)
        rows->columns.push_back({column.name, typname(column.type)});
    for (const auto &row : table.rows) {
        for (const auto &cell : row)
            rows->append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);
    }
    return rows;
}

} // namespace

QString sqlName(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z0-9_$]*$"));
    if (plain.match(name).hasMatch())
        return name;
    return u'"' + QString(name).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

SchemaView::SchemaView(QWidget *parent)
    : QWidget(parent), m_model(new SchemaModel(this)), m_rows(new models::ResultTableModel(this)),
      m_tree(new QTreeView(this)), m_caption(new QLabel(this)), m_grid(new widgets::ResultGrid(this))
{
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Tables and columns"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(widgets::space::l);
    m_tree->setItemDelegate(new widgets::RowDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setToolTip(tr("Double-click a name to write it into the editor"));
    m_grid->setModel(m_rows);
    m_grid->setItemDelegate(new widgets::CellDelegate(models::ResultTableModel::NullRole, 0, m_grid));
    m_grid->setAccessibleName(tr("Sample rows"));
    m_grid->setFrameShape(QFrame::NoFrame);
    m_caption->setTextFormat(Qt::RichText);
    m_caption->setWordWrap(true);
    m_caption->setContentsMargins(widgets::space::m, widgets::space::s, widgets::space::m, widgets::space::s);

    auto *lower = new QWidget(this);
    auto *column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_caption);
    column->addWidget(m_grid, 1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_tree);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &SchemaView::showRows);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        emit nameChosen(sqlName(index.siblingAtColumn(SchemaModel::Name).data().toString()));
    });
}

void SchemaView::setProblem(const session::ProblemPtr &problem)
{
    m_shown = nullptr;
    m_model->setProblem(problem);
    m_tree->expandAll();
    for (int column = 0; column < SchemaModel::ColumnCount - 1; ++column)
        m_tree->resizeColumnToContents(column);
    m_tree->setCurrentIndex(m_model->index(0, 0));
}

void SchemaView::showRows(const QModelIndex &index)
{
    const auto *table = m_model->table(index);
    if (!table || table == m_shown)
        return;
    m_shown = table;
    m_rows->setTable(sampleRows(*table));
    const QString description = models::fromUtf8(table->description);
    m_caption->setText(
        QStringLiteral("<b>%1</b> \u00B7 %2%3")
            .arg(models::fromUtf8(table->name).toHtmlEscaped(),
                 tr("%1 of sample data").arg(models::rowCountLabel(table->rows.size())),
                 description.isEmpty() ? QString() : QStringLiteral("<br>") + description.toHtmlEscaped()));
}

} // namespace sqlgym::screens
