#include "models/labels.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace sqlgym::models {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("labels", text); }

} // namespace

QString difficultyLabel(content::Difficulty difficulty)
{
    switch (difficulty) {
    case content::Difficulty::Beginner:
        return tr("Beginner");
    case content::Difficulty::Easy:
        return tr("Easy");
    case content::Difficulty::Medium:
        return tr("Medium");
    case content::Difficulty::Hard:
        return tr("Hard");
    case content::Difficulty::Expert:
        return tr("Expert");
    }
    return {};
}

QString statusLabel(session::ProblemStatus status)
{
    switch (status) {
    case session::ProblemStatus::New:
        return tr("New");
    case session::ProblemStatus::Tried:
        return tr("Started");
    case session::ProblemStatus::Solved:
        return tr("Solved");
    case session::ProblemStatus::GaveUp:
        return tr("Given up");
    }
    return {};
}

const char *statusIcon(session::ProblemStatus status)
{
    switch (status) {
    case session::ProblemStatus::New:
        return "status-new";
    case session::ProblemStatus::Tried:
        return "status-started";
    case session::ProblemStatus::Solved:
        return "status-solved";
    case session::ProblemStatus::GaveUp:
        return "status-given-up";
    }
    return "status-new";
}

QString engineLabel(sandbox::Engine engine)
{
    return engine == sandbox::Engine::Postgres ? tr("PostgreSQL") : tr("embedded engine");
}

QString outcomeLabel(grading::Outcome outcome)
{
    switch (outcome) {
    case grading::Outcome::Match:
        return tr("Passed");
    case grading::Outcome::WrongColumns:
        return tr("Wrong columns");
    case grading::Outcome::WrongRows:
        return tr("Wrong rows");
    case grading::Outcome::WrongOrder:
        return tr("Wrong order");
    case grading::Outcome::WrongForm:
        return tr("Wrong form");
    case grading::Outcome::Error:
        return tr("Error");
    case grading::Outcome::Timeout:
        return tr("Too slow");
    case grading::Outcome::MemoryLimit:
        return tr("Too much memory");
    case grading::Outcome::Unsupported:
        return tr("Needs PostgreSQL");
    case grading::Outcome::DependsOnOrder:
        return tr("Depends on row order");
    case grading::Outcome::Cancelled:
        return tr("Cancelled");
    case grading::Outcome::Failed:
        return tr("Not run");
    }
    return {};
}

QString durationLabel(qint64 microseconds)
{
    const QLocale locale;
    if (microseconds < 1'000'000)
        return tr("%1 ms").arg(
            locale.toString(static_cast<double>(microseconds) / 1000.0, 'f', microseconds < 100'000 ? 1 : 0));
    return tr("%1 s").arg(locale.toString(static_cast<double>(microseconds) / 1e6, 'f', 2));
}

QString rowCountLabel(quint64 rows) { return rows == 1 ? tr("1 row") : tr("%1 rows").arg(QLocale().toString(rows)); }

QString learnerCountLabel(quint64 learners)
{
    return learners == 1 ? tr("1 learner") : tr("%1 learners").arg(QLocale().toString(learners));
}

QString momentLabel(const QDateTime &local)
{
    const QString time = QLocale().toString(local.time(), QLocale::ShortFormat);
    return local.date() == QDate::currentDate() ? time
                                                : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + time;
}

QString plainTip(const QString &text)
{
    if (!text.contains(QLatin1Char('<')))
        return text;
    return QStringLiteral("<qt>") + text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
}

QString beginningOf(std::string_view utf8, qsizetype most)
{
    const auto bytes = static_cast<std::size_t>(most) * 4;
    QString text = fromUtf8(utf8.substr(0, bytes));
    if (utf8.size() <= bytes && text.size() <= most)
        return text;
    text.truncate(most);
    return text + QChar(0x2026);
}

QString diagnosticText(const base::Diagnostic &diagnostic)
{
    QString text = tr("ERROR: %1").arg(beginningOf(diagnostic.message));
    if (!diagnostic.detail.empty())
        text += QLatin1Char('\n') + tr("DETAIL: %1").arg(beginningOf(diagnostic.detail));
    if (!diagnostic.hint.empty())
        text += QLatin1Char('\n') + tr("HINT: %1").arg(beginningOf(diagnostic.hint));
    if (!diagnostic.sqlstate.empty())
        text += QLatin1Char('\n') + tr("SQLSTATE %1").arg(fromUtf8(diagnostic.sqlstate));
    return text;
}

} // namespace sqlgym::models
