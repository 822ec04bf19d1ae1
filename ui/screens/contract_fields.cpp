#include "screens/contract_fields.h"

#include "screens/field_box.h"
#include "widgets/header.h"
#include "widgets/theme.h"

#include <QtCore/QJsonArray>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kColumnsHeight = 170, kLongestLine = 400;
constexpr const char *kOrders[] = {"ignored", "strict", "by_columns"};
constexpr const char *kColumnMembers[] = {"name", "type", "meaning"};

QStringList listOf(const QString &text)
{
    QStringList all;
    for (const QString &each : text.split(u',', Qt::SkipEmptyParts)) {
        if (const QString word = each.trimmed(); !word.isEmpty())
            all << word;
    }
    return all;
}

QString textOf(const QJsonValue &list)
{
    QStringList all;
    for (const auto &each : list.toArray())
        all << each.toString();
    return all.join(QStringLiteral(", "));
}

void putText(QJsonObject &object, const char *member, const QString &text)
{
    if (text.trimmed().isEmpty())
        object.remove(QLatin1String(member));
    else
        object.insert(QLatin1String(member), text.trimmed());
}

} // namespace

QString orderText(const QJsonArray &keys)
{
    QStringList all;
    for (const auto &each : keys) {
        QString key = each[QStringLiteral("column")].toString();
        const bool descending = each[QStringLiteral("descending")].toBool();
        if (descending)
            key += QStringLiteral(" desc");
        const auto nulls = each[QStringLiteral("nulls_first")];
        if (nulls.isBool() && nulls.toBool() != descending)
            key += nulls.toBool() ? QStringLiteral(" nulls first") : QStringLiteral(" nulls last");
        all << key;
    }
    return all.join(QStringLiteral(", "));
}

QJsonArray orderKeys(const QString &text)
{
    QJsonArray keys;
    for (QString each : listOf(text)) {
        QJsonObject key;
        const auto ends = [&each](const char *word) {
            const QLatin1String ending(word);
            if (!each.endsWith(ending, Qt::CaseInsensitive))
                return false;
            each = each.chopped(ending.size()).trimmed();
            return true;
        };
        if (ends(" nulls first"))
            key.insert(QStringLiteral("nulls_first"), true);
        else if (ends(" nulls last"))
            key.insert(QStringLiteral("nulls_first"), false);
        if (ends(" desc"))
            key.insert(QStringLiteral("descending"), true);
        else
            ends(" asc");
        key.insert(QStringLiteral("column"), each);
        keys.append(key);
    }
    return keys;
}

ContractFields::ContractFields(QWidget *parent)
    : QWidget(parent), m_columns(new QTableWidget(0, 3)), m_order(new QComboBox), m_names(new QCheckBox),
      m_anyOrder(new QCheckBox)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    m_grain = line(tr("What one row is"), QStringLiteral("/contract/grain"), tr("one row per overdue loan"), false);
    m_columns->setHorizontalHeaderLabels({tr("Column"), tr("Type"), tr("Meaning")});
    m_columns->setAccessibleName(tr("Columns of the answer"));
    m_columns->setTabKeyNavigation(false);
    m_columns->verticalHeader()->hide();
    dressHeader(m_columns->horizontalHeader());
    m_columns->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_columns->setColumnWidth(0, 160);
    m_columns->setFixedHeight(kColumnsHeight);
    auto *table = new QWidget;
    auto *row = new QHBoxLayout(table);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    row->addWidget(m_columns, 1);
    auto *buttons = new QVBoxLayout;
    auto *add = new QPushButton(tr("Add"));
    add->setAccessibleName(tr("Add a column to the answer"));
    auto *remove = new QPushButton(tr("Remove"));
    remove->setAccessibleName(tr("Remove the column from the answer"));
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch();
    row->addLayout(buttons);
    table->setFocusProxy(m_columns);
    FieldBox *columns = box(tr("Columns"), table, {QStringLiteral("/contract"), QStringLiteral("/contract/columns")});
    columns->setNote(
        tr("Types as PostgreSQL's catalogue spells them: int4, int8, numeric, text, bool, date, timestamp."));
    m_order->addItems({tr("Rows in any order"), tr("Exactly this order"), tr("Sorted by columns, ties in any order")});
    FieldBox *order = box(tr("Order of the rows"), m_order, {QStringLiteral("/contract/row_order")});
    m_sorted = line(tr("Sorted by"), QStringLiteral("/contract/order_by"), tr("days_late desc, loan_id"), false);
    m_ties = line(tr("Ties, in words"), QStringLiteral("/contract/ties"), tr("equally late loans by loan_id"), false);
    m_nulls = line(tr("NULLs, in words"), QStringLiteral("/contract/nulls"), {}, false);
    m_rounding = line(tr("Rounding, in words"), QStringLiteral("/contract/rounding"), {}, false);
    m_names->setText(tr("Names of columns count"));
    m_anyOrder->setText(tr("Columns may come in any order"));
    auto *checks = new QWidget;
    auto *line1 = new QHBoxLayout(checks);
    line1->setContentsMargins(0, 0, 0, 0);
    line1->addWidget(m_names);
    line1->addWidget(m_anyOrder);
    line1->addStretch();
    checks->setFocusProxy(m_names);
    FieldBox *comparison = box(tr("Comparison"), checks, {QStringLiteral("/rules")});
    m_tolerance = line(tr("Numbers may differ by"), QStringLiteral("/rules/tolerance"), tr("nothing"), true);
    m_mustUse = line(tr("Must use"), QStringLiteral("/rules/must_use"), tr("LEFT JOIN, function:coalesce"), true);
    m_mustNotUse = line(tr("Must not use"), QStringLiteral("/rules/must_not_use"), {}, true);
    m_query = line(tr("For a problem that changes data: the SELECT that looks at the tables afterwards"),
                   QStringLiteral("/rules/result_query"), {}, true);
    m_query->setMaxLength(2'000);
    const auto pair = [](FieldBox *one, FieldBox *other) {
        auto *both = new QHBoxLayout;
        both->setSpacing(space::m);
        both->addWidget(one, 1, Qt::AlignTop);
        both->addWidget(other, 1, Qt::AlignTop);
        return both;
    };
    const auto boxOf = [this](QWidget *field) {
        return *std::ranges::find_if(m_boxes, [field](FieldBox *each) { return each->field() == field; });
    };
    column->addWidget(boxOf(m_grain));
    column->addWidget(columns);
    column->addLayout(pair(order, boxOf(m_sorted)));
    column->addLayout(pair(boxOf(m_ties), boxOf(m_nulls)));
    column->addLayout(pair(boxOf(m_rounding), boxOf(m_tolerance)));
    column->addWidget(comparison);
    column->addLayout(pair(boxOf(m_mustUse), boxOf(m_mustNotUse)));
    column->addWidget(boxOf(m_query));
    column->addStretch();
    connect(add, &QPushButton::clicked, this, &ContractFields::addColumn);
    connect(remove, &QPushButton::clicked, this, &ContractFields::removeColumn);
    connect(m_columns, &QTableWidget::cellChanged, this, [this] {
        if (!m_filling)
            emit contractEdited();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] {
        fitSorted();
        if (!m_filling)
            emit contractEdited();
    });
    connect(m_names, &QCheckBox::clicked, this, &ContractFields::rulesEdited);
    connect(m_anyOrder, &QCheckBox::clicked, this, &ContractFields::rulesEdited);
}

FieldBox *ContractFields::box(const QString &name, QWidget *field, const QStringList &pointers)
{
    m_boxes << new FieldBox(name, field, pointers);
    return m_boxes.last();
}

QLineEdit *ContractFields::line(const QString &name, const QString &pointer, const QString &hint, bool rule)
{
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(hint);
    edit->setMaxLength(kLongestLine);
    connect(edit, &QLineEdit::textEdited, this, rule ? &ContractFields::rulesEdited : &ContractFields::contractEdited);
    box(name, edit, {pointer});
    return edit;
}

void ContractFields::setContract(const QJsonObject &contract, const QJsonObject &rules)
{
    m_filling = true;
    m_contract = contract;
    m_rules = rules;
    const auto text = [](const QJsonObject &object, const char *member) {
        return object.value(QLatin1String(member)).toString();
    };
    m_grain->setText(text(contract, "grain"));
    m_ties->setText(text(contract, "ties"));
    m_nulls->setText(text(contract, "nulls"));
    m_rounding->setText(text(contract, "rounding"));
    m_sorted->setText(orderText(contract.value(QStringLiteral("order_by")).toArray()));
    const auto order =
        std::ranges::find(kOrders, text(contract, "row_order"), [](const char *each) { return QLatin1String(each); });
    m_order->setCurrentIndex(order == std::end(kOrders) ? 0 : static_cast<int>(order - std::begin(kOrders)));
    setColumns(contract.value(QStringLiteral("columns")).toArray());
    m_names->setChecked(rules.value(QStringLiteral("names_matter")).toBool());
    m_anyOrder->setChecked(!rules.value(QStringLiteral("column_order_matters")).toBool(true));
    const QJsonValue tolerance = rules.value(QStringLiteral("tolerance"));
    m_tolerance->setText(tolerance.isDouble() ? QString::number(tolerance.toDouble()) : QString());
    m_mustUse->setText(textOf(rules.value(QStringLiteral("must_use"))));
    m_mustNotUse->setText(textOf(rules.value(QStringLiteral("must_not_use"))));
    m_query->setText(text(rules, "result_query"));
    fitSorted();
    m_filling = false;
}

void ContractFields::setColumns(const QJsonArray &columns)
{
    m_columns->setRowCount(static_cast<int>(columns.size()));
    for (int row = 0; row < m_columns->rowCount(); ++row) {
        for (int cell = 0; cell < 3; ++cell)
            m_columns->setItem(row, cell,
                               new QTableWidgetItem(columns[row][QLatin1String(kColumnMembers[cell])].toString()));
    }
}

QJsonObject ContractFields::contract() const
{
    QJsonObject contract = m_contract;
    putText(contract, "grain", m_grain->text());
    putText(contract, "ties", m_ties->text());
    putText(contract, "nulls", m_nulls->text());
    putText(contract, "rounding", m_rounding->text());
    contract.insert(QStringLiteral("row_order"), QLatin1String(kOrders[m_order->currentIndex()]));
    if (m_order->currentIndex() == 0)
        contract.remove(QStringLiteral("order_by"));
    else if (m_sorted->text() != orderText(contract.value(QStringLiteral("order_by")).toArray()))
        contract.insert(QStringLiteral("order_by"), orderKeys(m_sorted->text()));
    QJsonArray columns;
    for (int row = 0; row < m_columns->rowCount(); ++row) {
        QJsonObject column;
        for (int cell = 0; cell < 3; ++cell) {
            const auto *item = m_columns->item(row, cell);
            if (item && (cell < 2 || !item->text().trimmed().isEmpty()))
                column.insert(QLatin1String(kColumnMembers[cell]), item->text().trimmed());
        }
        columns.append(column);
    }
    contract.insert(QStringLiteral("columns"), columns);
    return contract;
}

QJsonObject ContractFields::rules() const
{
    QJsonObject rules = m_rules;
    rules.insert(QStringLiteral("names_matter"), m_names->isChecked());
    rules.insert(QStringLiteral("column_order_matters"), !m_anyOrder->isChecked());
    bool number = false;
    const double tolerance = m_tolerance->text().toDouble(&number);
    if (number)
        rules.insert(QStringLiteral("tolerance"), tolerance);
    else
        rules.remove(QStringLiteral("tolerance"));
    const auto putList = [&rules](const char *member, const QString &text) {
        if (const QStringList words = listOf(text); words.isEmpty())
            rules.remove(QLatin1String(member));
        else
            rules.insert(QLatin1String(member), QJsonArray::fromStringList(words));
    };
    putList("must_use", m_mustUse->text());
    putList("must_not_use", m_mustNotUse->text());
    putText(rules, "result_query", m_query->text());
    return rules;
}

void ContractFields::addColumn()
{
    m_filling = true;
    const int row = m_columns->rowCount();
    m_columns->insertRow(row);
    for (int cell = 0; cell < 3; ++cell)
        m_columns->setItem(row, cell, new QTableWidgetItem(cell == 1 ? QStringLiteral("text") : QString()));
    m_filling = false;
    m_columns->setCurrentCell(row, 0);
    m_columns->setFocus();
    m_columns->editItem(m_columns->item(row, 0));
    emit contractEdited();
}

void ContractFields::removeColumn()
{
    if (m_columns->currentRow() < 0)
        return;
    m_columns->removeRow(m_columns->currentRow());
    emit contractEdited();
}

void ContractFields::fitSorted() { m_sorted->setEnabled(m_order->currentIndex() != 0); }

} // namespace sqlgym::screens
