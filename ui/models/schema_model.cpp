#include "models/schema_model.h"

#include "models/labels.h"

#include <algorithm>

namespace sqlgym::models {

// internalId 0 is a table; n + 1 is a column of table n.

QString referenceOf(const content::Table &table, const std::string &column)
{
    for (const auto &key : table.foreignKeys) {
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            if (key.columns[i] == column)
                return fromUtf8(key.table) + u'.' + fromUtf8(i < key.referenced.size() ? key.referenced[i] : column);
        }
    }
    return {};
}

void SchemaModel::setProblem(session::ProblemPtr problem)
{
    beginResetModel();
    m_problem = std::move(problem);
    endResetModel();
}

const content::Table *SchemaModel::table(const QModelIndex &index) const
{
    if (!index.isValid() || !m_problem)
        return nullptr;
    const auto at = index.internalId() == 0 ? static_cast<std::size_t>(index.row()) : index.internalId() - 1;
    return &m_problem->tables[at];
}

QModelIndex SchemaModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row() + 1) : quintptr{0});
}

QModelIndex SchemaModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0});
}

int SchemaModel::rowCount(const QModelIndex &parent) const
{
    if (!m_problem)
        return 0;
    if (!parent.isValid())
        return static_cast<int>(m_problem->tables.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_problem->tables[static_cast<std::size_t>(parent.row())].columns.size());
}

int SchemaModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant SchemaModel::data(const QModelIndex &index, int role) const
{
    const auto *owner = table(index);
    if (!owner)
        return {};
    const bool isTable = index.internalId() == 0;
    if (role == IsTableRole)
        return isTable;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (isTable) {
        switch (index.column()) {
        case Name:
            return fromUtf8(owner->name);
        case Type:
            return rowCountLabel(owner->rows.size());
        case Notes:
            return fromUtf8(owner->description);
        default:
            return {};
        }
    }
    const auto &column = owner->columns[static_cast<std::size_t>(index.row())];
    const auto &primary = owner->primaryKey;
    switch (index.column()) {
    case Name:
        return fromUtf8(column.name);
    case Type: {
        QStringList keys{fromUtf8(column.type)};
        if (std::ranges::find(primary, column.name) != primary.end())
            keys << (primary.size() > 1 ? tr("primary key, part") : tr("primary key"));
        if (const QString reference = referenceOf(*owner, column.name); !reference.isEmpty())
            keys << tr("\u2192 %1").arg(reference);
        for (const auto &unique : owner->unique) {
            if (std::ranges::find(unique, column.name) != unique.end())
                keys << (unique.size() > 1 ? tr("unique, part") : tr("unique"));
        }
        if (!column.notNull)
            keys << tr("may be NULL");
        return keys.join(QStringLiteral(", "));
    }
    case Notes:
        return fromUtf8(column.description);
    default:
        return {};
    }
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Type:
        return tr("Type");
    case Notes:
        return tr("Notes");
    default:
        return {};
    }
}

} // namespace sqlgym::models
