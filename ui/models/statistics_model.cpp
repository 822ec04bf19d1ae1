#include "models/statistics_model.h"

#include "models/labels.h"
#include "models/result_table_model.h"

#include <QtCore/QLocale>

namespace sqlgym::models {

namespace {

QString countText(std::uint64_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

QString shareText(std::uint64_t part, std::uint64_t whole)
{
    const double percent = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return QLocale().toString(percent, 'f', percent < 10 ? 1 : 0);
}

} // namespace

void StatisticsModel::setStatistics(const std::optional<session::ColumnStatistics> &statistics)
{
    beginResetModel();
    m_lines.clear();
    const auto add = [this](const QString &name, const QString &shown, const QString &full = {}) {
        m_lines.push_back({name, shown, full.isNull() ? shown : full});
    };
    if (statistics) {
        const auto &s = *statistics;
        add(tr("Rows"), countText(s.rows));
        add(tr("NULL"),
            s.nulls == 0 ? countText(0) : tr("%1 (%2 %)").arg(countText(s.nulls), shareText(s.nulls, s.rows)));
        add(tr("Distinct values"), countText(s.distinct));
        const std::pair<QString, const std::optional<std::string> *> values[] = {{tr("Smallest"), &s.smallest},
                                                                                 {tr("Largest"), &s.largest},
                                                                                 {tr("Sum"), &s.sum},
                                                                                 {tr("Average"), &s.average}};
        for (const auto &[name, value] : values) {
            if (*value)
                add(name, shownText(**value), fromUtf8(**value));
        }
        const bool repeated = s.distinct > 0 && s.frequent.front().rows > 1;
        if (!repeated && s.distinct > 1)
            add(tr("Most frequent"), tr("every value occurs once"));
        for (std::size_t i = 0; repeated && i < s.frequent.size(); ++i) {
            const auto &each = s.frequent[i];
            const QString value = each.value.empty() ? tr("(empty text)") : shownText(each.value, 60);
            add(i == 0 ? tr("Most frequent") : tr("%1. most frequent").arg(i + 1),
                tr("%1 \u00D7 %2 (%3 %)").arg(value, countText(each.rows), shareText(each.rows, s.rows)),
                fromUtf8(each.value));
        }
    }
    endResetModel();
}

int StatisticsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int StatisticsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : 2; }

QVariant StatisticsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const bool name = index.column() == 0;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return name ? line.name : line.shown;
    case Qt::ToolTipRole:
        return name ? QString() : line.full.left(2000);
    case ResultTableModel::FullTextRole:
        return name ? line.name : line.full;
    case ResultTableModel::NullRole:
        return false;
    default:
        return {};
    }
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return section == 0 ? tr("Measure") : tr("Value");
}

} // namespace sqlgym::models
