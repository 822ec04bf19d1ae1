#include "screens/query_list.h"

#include "widgets/icons.h"
#include "widgets/row_delegate.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtCore/QJsonObject>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kListHeight = 130, kSqlHeight = 120, kLongestLine = 400;

} // namespace

QueryList::QueryList(const QString &sqlMember, const QString &lineMember, const QString &name, const QString &lineName,
                     QWidget *parent)
    : QWidget(parent), m_sqlMember(sqlMember), m_lineMember(lineMember), m_list(new QListWidget), m_line(new QLineEdit),
      m_sql(new SqlEditor), m_remove(new QPushButton(tr("Remove")))
{
    setAccessibleName(name);
    m_list->setAccessibleName(name);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFixedHeight(kListHeight);
    m_line->setAccessibleName(tr("%1: %2").arg(name, lineName));
    m_line->setPlaceholderText(lineName);
    m_line->setMaxLength(kLongestLine);
    m_sql->setAccessibleName(tr("%1: SQL").arg(name));
    m_sql->setMinimumHeight(kSqlHeight);
    auto *add = new QPushButton(tr("Add"));
    add->setAccessibleName(tr("Add to %1").arg(name));
    m_remove->setAccessibleName(tr("Remove from %1").arg(name));
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *top = new QHBoxLayout;
    top->setSpacing(space::s);
    top->addWidget(m_list, 1);
    top->addLayout(buttons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addLayout(top);
    column->addWidget(m_line);
    column->addWidget(m_sql, 1);
    setFocusProxy(m_list);
    connect(add, &QPushButton::clicked, this, &QueryList::addQuery);
    connect(m_remove, &QPushButton::clicked, this, &QueryList::removeQuery);
    connect(m_list, &QListWidget::currentRowChanged, this, &QueryList::showCurrent);
    connect(m_line, &QLineEdit::textEdited, this, &QueryList::takeCurrent);
    connect(m_sql, &SqlEditor::edited, this, &QueryList::takeCurrent);
    showCurrent();
}

void QueryList::setQueries(const QJsonArray &queries)
{
    m_queries = queries;
    fillList();
}

void QueryList::choose(int row) { m_list->setCurrentRow(row); }

void QueryList::fillList()
{
    m_filling = true;
    m_list->clear();
    for (const auto &each : std::as_const(m_queries)) {
        const QString line = each[m_lineMember].toString();
        m_list->addItem(line.isEmpty() ? tr("(nothing said of it)") : line);
    }
    m_list->setCurrentRow(m_queries.isEmpty() ? -1 : 0);
    m_filling = false;
    showCurrent();
}

void QueryList::showCurrent()
{
    if (m_filling)
        return;
    const int row = m_list->currentRow();
    const QJsonObject query = m_queries.at(row).toObject();
    m_filling = true;
    m_line->setText(row < 0 ? QString() : query.value(m_lineMember).toString());
    m_sql->openDocument(QString::number(++m_documents), row < 0 ? QString() : query.value(m_sqlMember).toString());
    m_filling = false;
    m_line->setEnabled(row >= 0);
    m_sql->setEnabled(row >= 0);
    m_remove->setEnabled(row >= 0);
}

void QueryList::takeCurrent()
{
    const int row = m_list->currentRow();
    if (m_filling || row < 0)
        return;
    QJsonObject query = m_queries.at(row).toObject();
    query.insert(m_lineMember, m_line->text());
    query.insert(m_sqlMember, QString::fromUtf8(m_sql->utf8()));
    m_queries.replace(row, query);
    m_list->item(row)->setText(m_line->text().isEmpty() ? tr("(nothing said of it)") : m_line->text());
    emit edited();
}

void QueryList::addQuery()
{
    m_queries.append(QJsonObject{{m_sqlMember, QString()}, {m_lineMember, QString()}});
    m_list->addItem(tr("(nothing said of it)"));
    m_list->setCurrentRow(m_list->count() - 1);
    m_line->setFocus();
    emit edited();
}

void QueryList::removeQuery()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_queries.removeAt(row);
    m_filling = true;
    delete m_list->takeItem(row);
    m_filling = false;
    showCurrent();
    emit edited();
}

} // namespace sqlgym::screens
