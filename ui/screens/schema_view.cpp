#include "screens/schema_view.h"

#include "diagram/diagram_view.h"
#include "diagram/dot_program.h"
#include "models/labels.h"
#include "models/result_table_model.h"
#include "models/schema_graph.h"
#include "models/schema_model.h"
#include "widgets/elided_label.h"
#include "widgets/header.h"
#include "widgets/icons.h"
#include "widgets/result_grid.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

#include <algorithm>
#include <functional>

namespace sqlgym::screens {

using models::SchemaModel;

namespace {

constexpr int kDescribedLines = 2; ///< below the diagram, whatever is said there

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

models::TablePtr tableOf(const content::Table &table, const std::vector<content::Row> &from)
{
    auto rows = std::make_shared<sandbox::ResultTable>();
    for (const auto &column : table.columns)
        rows->columns.push_back({column.name, typname(column.type)});
    for (const auto &row : from) {
        for (const auto &cell : row)
            rows->append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);
    }
    return rows;
}

/// A test gives rows to some tables; the others keep theirs.
const std::vector<content::Row> &rowsOf(const content::Table &table, const content::TestCase *test)
{
    if (test) {
        const auto own = std::ranges::find(test->input, table.name, &content::TableOverlay::table);
        if (own != test->input.end())
            return own->rows;
    }
    return table.rows;
}

} // namespace

SchemaView::SchemaView(QWidget *parent)
    : QWidget(parent), m_forms(new QTabBar(this)), m_tools(new QWidget(this)), m_upper(new QStackedWidget(this)),
      m_model(new SchemaModel(this)), m_rows(new models::ResultTableModel(this)), m_tree(new QTreeView(this)),
      m_data(new QComboBox(this)), m_caption(new QLabel(this)), m_grid(new widgets::ResultGrid(this))
{
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Tables and columns"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(widgets::space::l);
    m_tree->setItemDelegate(new widgets::RowDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    widgets::dressHeader(m_tree->header());
    m_tree->setToolTip(tr("Double-click a name to write it into the editor"));
    m_grid->setModel(m_rows);
    m_grid->setItemDelegate(new widgets::CellDelegate(models::ResultTableModel::NullRole, 0, m_grid));
    m_grid->setAccessibleName(tr("Sample rows"));
    m_grid->setFrameShape(QFrame::NoFrame);
    m_caption->setTextFormat(Qt::RichText);
    m_caption->setWordWrap(true);
    m_caption->setContentsMargins(widgets::space::m, widgets::space::s, widgets::space::m, widgets::space::s);
    m_upper->addWidget(m_tree);
    m_data->setAccessibleName(tr("Rows of"));
    m_data->setToolTip(tr("Whose rows are shown here, and what Run runs on"));
    m_data->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto *dataRow = new QHBoxLayout;
    dataRow->setContentsMargins(widgets::space::m, widgets::space::s, widgets::space::m, 0);
    dataRow->addWidget(m_data, 1);

    auto *upper = new QWidget(this);
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(0);
    upperColumn->addWidget(makeBar());
    upperColumn->addWidget(m_upper, 1);
    auto *lower = new QWidget(this);
    auto *column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(dataRow);
    column->addWidget(m_caption);
    column->addWidget(m_grid, 1);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) { showRowsOf(m_model->table(index)); });
    connect(m_data, &QComboBox::currentIndexChanged, this, [this] {
        showRowsOf(std::exchange(m_shown, nullptr));
        emit dataChosen(m_data->currentData().toString());
    });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        emit textChosen(models::sqlName(index.siblingAtColumn(SchemaModel::Name).data().toString()));
    });
}

QWidget *SchemaView::makeBar()
{
    m_forms->setAccessibleName(tr("Show the tables as"));
    m_forms->setDrawBase(false);
    m_forms->setExpanding(false);
    m_forms->setUsesScrollButtons(false);
    m_forms->addTab(tr("Columns"));
    m_forms->addTab(tr("Diagram"));
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(0);
    const auto add = [&](const QString &sign, const QString &name, const std::function<void()> &act) -> QToolButton * {
        auto *button = new QToolButton(m_tools);
        button->setText(sign);
        button->setAutoRaise(true);
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QToolButton::clicked, this, act);
        tools->addWidget(button);
        return button;
    };
    constexpr double kStep = 1.2;
    add(QStringLiteral("\u2212"), tr("Smaller"), [this] { m_diagram->zoom(1 / kStep); });
    add(QStringLiteral("+"), tr("Larger"), [this] { m_diagram->zoom(kStep); });
    add(tr("Fit"), tr("Fit the diagram into the window"), [this] { m_diagram->fitAll(); });
    add({}, tr("Save the diagram as a picture"), [this] { savePicture(); })->setIcon(widgets::icon("save"));
    m_tools->setVisible(false);
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, widgets::space::s, 0);
    row->addWidget(m_forms);
    row->addStretch(1);
    row->addWidget(m_tools);
    connect(m_forms, &QTabBar::currentChanged, this, [this](int form) {
        if (form == Diagram)
            makeDiagram();
        m_upper->setCurrentIndex(form);
        m_tools->setVisible(form == Diagram);
    });
    return bar;
}

void SchemaView::makeDiagram()
{
    if (m_diagram)
        return;
    auto *page = new QWidget(this);
    m_diagram = new diagram::DiagramView(diagram::DotProgram::find(), page);
    m_diagram->setToolTip(
        tr("Point at a table or a line to see its joins. Click a table, then point at another, to see "
           "the way between them. Double-click writes a name into the editor."));
    m_words = new QLabel(page);
    m_words->setContentsMargins(widgets::space::m, widgets::space::xs, widgets::space::m, widgets::space::xs);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_diagram, 1);
    column->addWidget(m_words);
    m_upper->addWidget(page);
    page->setFocusProxy(m_diagram);
    connect(m_diagram, &diagram::DiagramView::textChosen, this, &SchemaView::textChosen);
    connect(m_diagram, &diagram::DiagramView::saveRequested, this, &SchemaView::savePicture);
    connect(m_diagram, &diagram::DiagramView::described, this, &SchemaView::describe);
    connect(m_diagram, &diagram::DiagramView::tableChosen, this,
            [this](int table) { showRowsOf(&m_problem->tables[static_cast<std::size_t>(table)]); });
    describe({});
    m_diagram->setProblem(m_problem);
}

SchemaView::Form SchemaView::form() const { return static_cast<Form>(m_forms->currentIndex()); }

void SchemaView::showForm(Form form) { m_forms->setCurrentIndex(form); }

void SchemaView::focusForm() const { m_upper->currentWidget()->setFocus(); }

void SchemaView::describe(const QString &words)
{
    m_described = words.isEmpty() ? tr("PK primary key, FK foreign key, ? may be NULL") : words;
    const QMargins margins = m_words->contentsMargins();
    m_words->setText(widgets::elidedToLines(m_described, m_words->font(), width() - margins.left() - margins.right(),
                                            kDescribedLines));
    m_words->setFixedHeight(kDescribedLines * (m_words->fontMetrics().lineSpacing() + 1) + margins.top() +
                            margins.bottom());
    m_words->setToolTip(m_described);
}

void SchemaView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_words)
        describe(m_diagram->accessibleDescription());
}

void SchemaView::savePicture()
{
    const QString name = m_problem ? models::fromUtf8(m_problem->slug) : QStringLiteral("schema");
    auto *dialog = new QFileDialog(this, tr("Save the diagram"),
                                   QDir(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation))
                                       .filePath(name + QStringLiteral(".svg")),
                                   tr("SVG (*.svg);;PNG (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString &chosen) {
        const bool png = chosen.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive) ||
                         (QFileInfo(chosen).suffix().isEmpty() && dialog->selectedNameFilter().contains(u"png"));
        const QString path =
            QFileInfo(chosen).suffix().isEmpty() ? chosen + QLatin1String(png ? ".png" : ".svg") : chosen;
        const QString trouble = png ? m_diagram->savePng(path) : m_diagram->saveSvg(path);
        describe(trouble.isEmpty() ? tr("Saved as %1").arg(path)
                                   : tr("%1 could not be written: %2").arg(path, trouble));
    });
    dialog->open();
}

void SchemaView::setProblem(const session::ProblemPtr &problem)
{
    m_shown = nullptr;
    m_problem = problem;
    m_model->setProblem(problem);
    fillData();
    m_tree->expandAll();
    for (int column = 0; column < SchemaModel::ColumnCount - 1; ++column)
        m_tree->resizeColumnToContents(column);
    m_tree->setCurrentIndex(m_model->index(0, 0));
    if (m_diagram)
        m_diagram->setProblem(problem);
}

void SchemaView::setUnlocked(bool unlocked)
{
    if (unlocked == m_unlocked)
        return;
    m_unlocked = unlocked;
    fillData();
}

void SchemaView::fillData()
{
    const QString chosen = m_data->currentData().toString();
    const QSignalBlocker quiet(m_data);
    m_data->clear();
    m_data->addItem(tr("Sample data"), QString());
    if (!m_problem)
        return;
    for (const auto &test : m_problem->tests) {
        if (!test.input.empty() && (m_unlocked || !test.hidden))
            m_data->addItem(tr("Test \u201C%1\u201D").arg(models::fromUtf8(test.name)), models::fromUtf8(test.id));
    }
    m_data->setCurrentIndex(std::max(0, m_data->findData(chosen)));
    m_data->setVisible(m_data->count() > 1);
}

void SchemaView::chooseData(const QString &testId) { m_data->setCurrentIndex(std::max(0, m_data->findData(testId))); }

const content::TestCase *SchemaView::chosenTest() const
{
    const std::string id = m_data->currentData().toString().toStdString();
    const auto found = std::ranges::find(m_problem->tests, id, &content::TestCase::id);
    return id.empty() || found == m_problem->tests.end() ? nullptr : &*found;
}

void SchemaView::showRowsOf(const content::Table *table)
{
    if (!table || table == m_shown)
        return;
    m_shown = table;
    const auto *test = chosenTest();
    const auto &rows = rowsOf(*table, test);
    m_rows->setTable(tableOf(*table, rows));
    const QString description = models::fromUtf8(table->description);
    m_caption->setText(
        QStringLiteral("<b>%1</b> \u00B7 %2%3")
            .arg(models::fromUtf8(table->name).toHtmlEscaped(),
                 (test ? tr("%1 in this test") : tr("%1 of sample data")).arg(models::rowCountLabel(rows.size())),
                 description.isEmpty() ? QString() : QStringLiteral("<br>") + description.toHtmlEscaped()));
}

} // namespace sqlgym::screens
