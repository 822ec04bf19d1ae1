// Everybody's submissions as an instructor reads them: pages that come one after the other.
#pragma once

#include "models/copy_format.h"
#include "session/instructor_desk.h"

#include <QtCore/QAbstractTableModel>

namespace sqlgym::models {

/// "2026-01-01 00:29:00.25", UTC, in the reader's time and words.
QString momentLabel(const std::string &utc);
/// As many rows as there are; for files. CSV cells that a spreadsheet would take for a formula begin with an
/// apostrophe.
CellSource exportSource(std::vector<client::SubmissionRow> rows, CopyFormat format);
/// A text that no spreadsheet calculates.
QString neutralised(const QString &text);

class SubmissionTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { VerdictColumn, Learner, Problem, At, Time, Query, ColumnCount };
    static constexpr int IdRole = Qt::UserRole + 20;

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void addPage(const client::SubmissionPage &page);
    const client::SubmissionRow &row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(const QString &id) const; ///< -1: not here
    const client::SubmissionCursor &next() const { return m_next; }
    bool hasMore() const { return m_more; }
    /// The page that was asked for did not come: it is asked for again when it is wanted.
    void pageFailed() { m_asking = false; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    void pageWanted();

private:
    std::vector<client::SubmissionRow> m_rows;
    client::SubmissionCursor m_next;
    bool m_more = false;
    bool m_asking = false;
};

/// "Right", "Not yet", "Error", "Waiting" and what symbol goes with it.
QString verdictLabel(const std::optional<bool> &correct, const std::string &status);
grading::Outcome verdictOutcome(const std::optional<bool> &correct, const std::string &status);

} // namespace sqlgym::models
