#include "models/activity_model.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sqlgym::models {

namespace {

const QDate kEpoch(1970, 1, 1);

int levelOf(const session::DayFigures &day)
{
    constexpr int kSteps[] = {1, 3, 6, 10};
    return static_cast<int>(
        std::ranges::count_if(kSteps, [&](int step) { return day.submissions + 2 * day.solved >= step; }));
}

} // namespace

void ActivityModel::setDays(std::map<progress::LocalDay, session::DayFigures> days, progress::LocalDay today)
{
    beginResetModel();
    m_days = std::move(days);
    m_today = kEpoch.addDays(today);
    const int into = (m_today.dayOfWeek() - QLocale().firstDayOfWeek() + 7) % 7;
    m_first = m_today.addDays(-into - 7 * (kWeeks - 1));
    endResetModel();
}

QDate ActivityModel::date(const QModelIndex &index) const
{
    return m_first.isValid() && index.isValid() ? m_first.addDays(7 * index.column() + index.row()) : QDate();
}

QModelIndex ActivityModel::indexOf(const QDate &date) const
{
    const auto days = m_first.isValid() && date.isValid() ? m_first.daysTo(date) : -1;
    return days < 0 || days >= 7 * kWeeks ? QModelIndex()
                                          : index(static_cast<int>(days % 7), static_cast<int>(days / 7));
}

int ActivityModel::activeDays() const
{
    return static_cast<int>(std::ranges::count_if(m_days, [this](const auto &each) {
        return each.second.submissions > 0 && indexOf(kEpoch.addDays(each.first)).isValid();
    }));
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    const QDate day = date(index);
    if (!day.isValid())
        return {};
    const auto found = m_days.find(kEpoch.daysTo(day));
    const session::DayFigures figures = found == m_days.end() ? session::DayFigures() : found->second;
    const bool toCome = day > m_today;
    switch (role) {
    case LevelRole:
        return toCome ? -1 : levelOf(figures);
    case RestedRole:
        return figures.rested && !toCome;
    case TodayRole:
        return day == m_today;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        if (toCome)
            return {};
        const QLocale locale;
        const QString name = locale.toString(day, QLocale::LongFormat);
        if (figures.rested)
            return tr("%1: a freeze kept the streak.").arg(name);
        if (figures.submissions == 0)
            return tr("%1: nothing handed in.").arg(name);
        const QString solved =
            figures.solved == 1 ? tr("1 problem solved") : tr("%1 problems solved").arg(figures.solved);
        const QString handed =
            figures.submissions == 1 ? tr("1 submission") : tr("%1 submissions").arg(figures.submissions);
        return tr("%1: %2, %3, %4 XP.").arg(name, handed, solved, locale.toString(figures.experience));
    }
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || !m_first.isValid())
        return {};
    const QLocale locale;
    if (orientation == Qt::Vertical)
        return locale.standaloneDayName(m_first.addDays(section).dayOfWeek(), QLocale::ShortFormat);
    const QDate last = m_first.addDays(7 * section + 6);
    return last.day() <= 7 ? locale.standaloneMonthName(last.month(), QLocale::ShortFormat) : QString();
}

Qt::ItemFlags ActivityModel::flags(const QModelIndex &index) const
{
    return date(index) <= m_today ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                                  : Qt::NoItemFlags;
}

} // namespace sqlgym::models
