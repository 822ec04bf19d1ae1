#include "models/tests_model.h"

#include "models/labels.h"

namespace sqlgym::models {

void TestsModel::setVerdict(std::shared_ptr<const grading::Verdict> verdict)
{
    beginResetModel();
    m_verdict = std::move(verdict);
    endResetModel();
}

int TestsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_verdict ? 0 : static_cast<int>(m_verdict->tests.size());
}

int TestsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant TestsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_verdict)
        return {};
    const auto &test = m_verdict->tests[static_cast<std::size_t>(index.row())];
    if (role == OutcomeRole)
        return static_cast<int>(test.outcome);
    if (role == HiddenRole)
        return test.hidden;
    if (role == Qt::AccessibleTextRole && index.column() == Name && test.hidden)
        return tr("%1, hidden").arg(fromUtf8(test.testName));
    if (role == Qt::ToolTipRole && index.column() == Name)
        return test.hidden ? tr("%1: hidden until the problem is solved or given up").arg(fromUtf8(test.testName))
                           : fromUtf8(test.testName);
    if (role == Qt::ToolTipRole && index.column() != Sentence)
        return tr("%1: judged by %2, in %3")
            .arg(outcomeLabel(test.outcome), engineLabel(test.by), durationLabel(test.elapsedUs));
    if (role == Qt::ToolTipRole)
        return beginningOf(test.sentence);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return fromUtf8(test.testName);
    case OutcomeColumn:
        return outcomeLabel(test.outcome);
    case Sentence:
        return beginningOf(test.sentence);
    case Time:
        return durationLabel(test.elapsedUs);
    default:
        return {};
    }
}

QVariant TestsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Test");
    case OutcomeColumn:
        return tr("Result");
    case Sentence:
        return tr("Found");
    case Time:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace sqlgym::models
