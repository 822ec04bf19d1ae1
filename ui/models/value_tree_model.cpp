#include "models/value_tree_model.h"

#include "models/labels.h"
#include "models/result_table_model.h"

#include <algorithm>

namespace sqlgym::models {

using Kind = ValueTree::Kind;

void ValueTreeModel::setTree(ValueTree tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    endResetModel();
}

bool ValueTreeModel::isNested() const
{
    return std::ranges::any_of(m_tree.nodes, [](const auto &node) { return node.parent != 0; });
}

QModelIndex ValueTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto &children = m_tree.nodes[parent.isValid() ? parent.internalId() : 0].children;
    return createIndex(row, column, quintptr{children[static_cast<std::size_t>(row)]});
}

QModelIndex ValueTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || node(child).parent == 0)
        return {};
    const std::uint32_t above = node(child).parent;
    return createIndex(static_cast<int>(m_tree.nodes[above].row), 0, quintptr{above});
}

int ValueTreeModel::rowCount(const QModelIndex &parent) const
{
    if (m_tree.nodes.empty() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_tree.nodes[parent.isValid() ? parent.internalId() : 0].children.size());
}

int ValueTreeModel::columnCount(const QModelIndex &) const { return 2; }

QString ValueTreeModel::valueText(const ValueTree::Node &node) const
{
    const auto count = static_cast<int>(node.children.size());
    if (node.kind == Kind::Object)
        return count == 1 ? tr("{1 member}") : tr("{%1 members}").arg(count);
    if (node.kind == Kind::Array)
        return count == 1 ? tr("[1 element]") : tr("[%1 elements]").arg(count);
    return node.kind == Kind::Null && node.text.empty() ? QStringLiteral("NULL") : shownText(node.text);
}

QVariant ValueTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &at = node(index);
    const QString name = fromUtf8(at.name);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? shownText(at.name) : valueText(at);
    case Qt::ToolTipRole:
        return at.text.size() > 40 ? QVariant(shownText(at.text, 2000)) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == Name                     ? name
               : at.text.empty() && at.kind == Kind::Text ? tr("empty text")
                                                          : valueText(at);
    case ResultTableModel::NullRole:
        return index.column() == Value && at.kind == Kind::Null;
    case ResultTableModel::FullTextRole:
        return index.column() == Name ? name : fromUtf8(at.text);
    default:
        return {};
    }
}

QVariant ValueTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Part") : tr("Value");
}

} // namespace sqlgym::models
