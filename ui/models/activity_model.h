// A year of days: a column a week, a row a weekday.
#pragma once

#include "session/progress_work.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDate>

namespace sqlgym::models {

class ActivityModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        LevelRole = Qt::UserRole, ///< 0 nothing ... 4 a lot; -1 = a day to come
        RestedRole,
        TodayRole,
    };
    static constexpr int kWeeks = 53;

    using QAbstractTableModel::QAbstractTableModel;

    void setDays(std::map<progress::LocalDay, session::DayFigures> days, progress::LocalDay today);
    QDate date(const QModelIndex &index) const;
    QModelIndex indexOf(const QDate &date) const;
    QModelIndex today() const { return indexOf(m_today); }
    int activeDays() const;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 7; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : kWeeks; }
    /// AccessibleTextRole and ToolTipRole: the day in words.
    QVariant data(const QModelIndex &index, int role) const override;
    /// Across: the month that begins in that week, in short. Down: the weekday.
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::map<progress::LocalDay, session::DayFigures> m_days;
    QDate m_today;
    QDate m_first; ///< of the first week
};

} // namespace sqlgym::models
