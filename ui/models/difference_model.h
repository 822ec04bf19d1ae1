// Expected against actual, line by line, readable without colour.
#pragma once

#include "grading/verdict.h"
#include "models/copy_format.h"

#include <QtCore/QAbstractTableModel>

#include <memory>
#include <vector>

namespace sqlgym::models {

/// What the two sides are called.
enum class DifferenceWording { ExpectedAndYours, PinnedAndNew };

/// Column 0 says what is wrong with the line; the others are the expected columns. A changed row takes two lines: what
/// is expected, and below it what the query gave.
class DifferenceModel : public QAbstractTableModel, public CopySource {
    Q_OBJECT
public:
    enum Role {
        NullRole = Qt::UserRole + 1, ///< as ResultTableModel::NullRole
        FullTextRole,                ///< as ResultTableModel::FullTextRole
        MarkRole,                    ///< int of grading::RowMark
        IsYoursRole,                 ///< the line shows the query's row, not the expected one
        WrongCellRole,               ///< the cell differs from the other line's
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setWording(DifferenceWording wording) { m_wording = wording; }
    void setTest(std::shared_ptr<const grading::TestVerdict> test);
    /// Leaves out the rows that are right.
    void setOnlyDifferences(bool only);
    bool onlyDifferences() const { return m_only; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    CellSource cellSource() const override;

private:
    struct Line {
        std::size_t diff;
        bool yours;
    };
    void rebuild();
    static QString pinnedMarkText(const grading::TestVerdict &test, const Line &line);
    static QString markText(const grading::TestVerdict &test, const Line &line, DifferenceWording wording);
    QString markTip(const Line &line) const;
    static sandbox::ResultTable::Cell cell(const grading::TestVerdict &test, const Line &line, int column);
    bool wrongCell(const Line &line, int column) const;

    std::shared_ptr<const grading::TestVerdict> m_test;
    std::vector<Line> m_lines;
    bool m_only = false;
    DifferenceWording m_wording = DifferenceWording::ExpectedAndYours;
};

} // namespace sqlgym::models
