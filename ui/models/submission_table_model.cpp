#include "models/submission_table_model.h"

#include "models/labels.h"
#include "models/result_table_model.h"
#include "models/tests_model.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QLocale>

#include <algorithm>

namespace sqlgym::models {

namespace {

QString words(const char *text) { return QCoreApplication::translate("submissions", text); }

QDateTime momentOf(const std::string &utc)
{
    QDateTime moment =
        QDateTime::fromString(QString::fromStdString(utc).left(19), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    moment.setTimeSpec(Qt::UTC);
    return moment.toLocalTime();
}

} // namespace

QString momentLabel(const std::string &utc)
{
    const QDateTime moment = momentOf(utc);
    return moment.isValid() ? momentLabel(moment) : QString();
}

QString verdictLabel(const std::optional<bool> &correct, const std::string &status)
{
    if (correct && *correct)
        return words("Right");
    if (status == "pending")
        return words("Waiting");
    if (status == "failed")
        return correct ? words("Error") : words("Not judged");
    return words("Not yet");
}

grading::Outcome verdictOutcome(const std::optional<bool> &correct, const std::string &status)
{
    using grading::Outcome;
    if (!correct)
        return status == "pending" ? Outcome::Cancelled : Outcome::Unsupported;
    return *correct ? Outcome::Match : status == "failed" ? Outcome::Error : Outcome::WrongRows;
}

QString neutralised(const QString &text)
{
    static const QString kFormulas = QStringLiteral("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");
    // Blanks before it do not keep a spreadsheet from calculating.
    const auto first = std::ranges::find_if(text, [](QChar c) { return c != u' ' && c != QChar(0xA0); });
    return first != text.end() && kFormulas.contains(*first) ? u'\'' + text : text;
}

CellSource exportSource(std::vector<client::SubmissionRow> rows, CopyFormat format)
{
    CellSource source;
    source.columns = {{QStringLiteral("id"), {}},
                      {QStringLiteral("learner"), {}},
                      {QStringLiteral("problem"), {}},
                      {QStringLiteral("verdict"), {}},
                      {QStringLiteral("status"), {}},
                      {QStringLiteral("submitted_at_utc"), {}},
                      {QStringLiteral("milliseconds"), QStringLiteral("int4")},
                      {QStringLiteral("rows"), QStringLiteral("int4")},
                      {QStringLiteral("error"), {}},
                      {QStringLiteral("query"), {}}};
    source.cell = [all = std::make_shared<const std::vector<client::SubmissionRow>>(std::move(rows)),
                   safe = format == CopyFormat::Csv || format == CopyFormat::Tsv ||
                          format == CopyFormat::TsvWithHeaders](int row, int column) -> CellSource::Cell {
        const auto &each = (*all)[static_cast<std::size_t>(row)];
        const auto number = [](const std::optional<int> &value) {
            return CellSource::Cell{value ? QString::number(*value) : QString(), !value};
        };
        const auto text = [safe](const std::string &value) {
            return CellSource::Cell{safe ? neutralised(fromUtf8(value)) : fromUtf8(value), value.empty()};
        };
        switch (column) {
        case 0:
            return text(each.id);
        case 1:
            return text(each.learner);
        case 2:
            return text(each.problem);
        case 3:
            return {each.correct ? *each.correct ? QStringLiteral("right") : QStringLiteral("wrong") : QString(),
                    !each.correct};
        case 4:
            return text(each.status);
        case 5:
            return text(each.at);
        case 6:
            return number(each.elapsedMs);
        case 7:
            return number(each.rows);
        case 8:
            return text(each.error);
        default:
            return text(each.beginning);
        }
    };
    return source;
}

void SubmissionTableModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_next = {};
    m_more = false;
    m_asking = false;
    endResetModel();
}

void SubmissionTableModel::addPage(const client::SubmissionPage &page)
{
    m_asking = false;
    m_more = page.more;
    m_next = page.next;
    if (page.rows.empty())
        return;
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(page.rows.size()) - 1);
    m_rows.insert(m_rows.end(), page.rows.begin(), page.rows.end());
    endInsertRows();
}

int SubmissionTableModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_rows, id.toStdString(), &client::SubmissionRow::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int SubmissionTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SubmissionTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant SubmissionTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &each = row(index.row());
    if (role == IdRole)
        return fromUtf8(each.id);
    if (role == TestsModel::OutcomeRole)
        return static_cast<int>(verdictOutcome(each.correct, each.status));
    if (role == Qt::TextAlignmentRole && index.column() == Time)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case VerdictColumn:
            return plainTip(beginningOf(each.error));
        case At:
            return tr("%1 UTC").arg(fromUtf8(each.at));
        case Query:
            return plainTip(beginningOf(each.beginning));
        default:
            return plainTip(data(index, Qt::DisplayRole).toString());
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case VerdictColumn:
        return verdictLabel(each.correct, each.status);
    case Learner:
        return fromUtf8(each.learner);
    case Problem:
        return each.problem.empty() ? fromUtf8(each.problemId) : fromUtf8(each.problem);
    case At:
        return momentLabel(each.at);
    case Time:
        return each.elapsedMs ? durationLabel(qint64(*each.elapsedMs) * 1000) : QString();
    case Query:
        return shownText(each.beginning).simplified();
    default:
        return {};
    }
}

QVariant SubmissionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Time)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case VerdictColumn:
        return tr("Verdict");
    case Learner:
        return tr("Learner");
    case Problem:
        return tr("Problem");
    case At:
        return tr("Handed in");
    case Time:
        return tr("Time");
    case Query:
        return tr("Query");
    default:
        return {};
    }
}

bool SubmissionTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_more && !m_asking;
}

void SubmissionTableModel::fetchMore(const QModelIndex &)
{
    if (!m_more || m_asking)
        return;
    m_asking = true;
    emit pageWanted();
}

} // namespace sqlgym::models
