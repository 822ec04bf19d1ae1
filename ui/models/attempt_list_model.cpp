#include "models/attempt_list_model.h"

#include "models/labels.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>

#include <algorithm>

namespace sqlgym::models {

namespace {

using session::AttemptEntry;
using Verdict = AttemptListModel::Verdict;

QString tr(const char *text) { return QCoreApplication::translate("attempts", text); }

struct Word {
    const char *word; ///< cache::Attempt::outcome
    const char *label;
    Verdict verdict;
};

constexpr Word kWords[] = {
    {"ok", QT_TRANSLATE_NOOP("attempts", "Ran"), Verdict::Ran},
    {"match", QT_TRANSLATE_NOOP("attempts", "Right"), Verdict::Right},
    {"wrong", QT_TRANSLATE_NOOP("attempts", "Not yet"), Verdict::Wrong},
    {"wrong_columns", QT_TRANSLATE_NOOP("attempts", "Wrong columns"), Verdict::Wrong},
    {"wrong_rows", QT_TRANSLATE_NOOP("attempts", "Wrong rows"), Verdict::Wrong},
    {"wrong_order", QT_TRANSLATE_NOOP("attempts", "Wrong order"), Verdict::Wrong},
    {"wrong_form", QT_TRANSLATE_NOOP("attempts", "Wrong form"), Verdict::Wrong},
    {"error", QT_TRANSLATE_NOOP("attempts", "Error"), Verdict::Wrong},
    {"timeout", QT_TRANSLATE_NOOP("attempts", "Too slow"), Verdict::Wrong},
    {"memory_limit", QT_TRANSLATE_NOOP("attempts", "Too much memory"), Verdict::Wrong},
    {"depends_on_order", QT_TRANSLATE_NOOP("attempts", "Depends on row order"), Verdict::Warning},
    {"unsupported", QT_TRANSLATE_NOOP("attempts", "Declined"), Verdict::Warning},
    {"contradicted", QT_TRANSLATE_NOOP("attempts", "PostgreSQL disagreed"), Verdict::Warning},
    {"cancelled", QT_TRANSLATE_NOOP("attempts", "Cancelled"), Verdict::Warning},
    {"failed", QT_TRANSLATE_NOOP("attempts", "Not run"), Verdict::Warning},
};

const Word &wordOf(const AttemptEntry &entry)
{
    const auto *found =
        std::ranges::find_if(kWords, [&](const Word &each) { return entry.outcome == QLatin1String(each.word); });
    return found != std::end(kWords) ? *found : kWords[std::size(kWords) - 1];
}

QString kindLabel(cache::AttemptKind kind)
{
    switch (kind) {
    case cache::AttemptKind::Run:
        return tr("run");
    case cache::AttemptKind::Check:
        return tr("check");
    case cache::AttemptKind::Submit:
        return tr("submission");
    }
    return {};
}

QString momentLabel(base::UnixMicros at) { return models::momentLabel(QDateTime::fromMSecsSinceEpoch(at / 1000)); }

QString detailLabel(const AttemptEntry &entry)
{
    QStringList parts{kindLabel(entry.kind)};
    if (entry.elapsedUs > 0)
        parts << durationLabel(entry.elapsedUs);
    if (entry.rows)
        parts << rowCountLabel(static_cast<quint64>(*entry.rows));
    return parts.join(QStringLiteral(" \u00B7 "));
}

} // namespace

void AttemptListModel::setEntries(QList<AttemptEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int AttemptListModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_entries, id, &AttemptEntry::id);
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int AttemptListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant AttemptListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const AttemptEntry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return tr(wordOf(entry).label);
    case IdRole:
        return entry.id;
    case MomentRole:
        return momentLabel(entry.startedAt);
    case DetailRole:
        return detailLabel(entry);
    case VerdictRole:
        return static_cast<int>(wordOf(entry).verdict);
    case SubmissionRole:
        return entry.kind == cache::AttemptKind::Submit;
    case Qt::ToolTipRole:
        return entry.beginning;
    case Qt::AccessibleTextRole:
        return QStringList{tr(wordOf(entry).label), momentLabel(entry.startedAt), detailLabel(entry), entry.beginning}
            .join(QStringLiteral(", "));
    default:
        return {};
    }
}

} // namespace sqlgym::models
