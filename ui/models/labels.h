// Words and symbols for the values that several screens show.
#pragma once

#include "grading/verdict.h"
#include "session/values.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>

namespace sqlgym::models {

QString difficultyLabel(content::Difficulty difficulty);
QString statusLabel(session::ProblemStatus status);
/// File name of the status's icon in resources/icons.
const char *statusIcon(session::ProblemStatus status);
QString engineLabel(sandbox::Engine engine);
QString outcomeLabel(grading::Outcome outcome);
/// "0.8 ms", "1.24 s".
QString durationLabel(qint64 microseconds);
/// "1 row", "1,204 rows".
QString rowCountLabel(quint64 rows);
/// "1 learner", "1,204 learners".
QString learnerCountLabel(quint64 learners);
/// The time alone for one of today, the day and the time for others.
QString momentLabel(const QDateTime &local);
/// The beginning of a text that may repeat what somebody pasted: megabytes of it stop whoever lays them out.
QString beginningOf(std::string_view utf8, qsizetype most = 1'000);
/// For a tool tip, which takes what looks like HTML for HTML.
QString plainTip(const QString &text);
/// "(22012) division by zero", with detail and hint on lines of their own.
QString diagnosticText(const base::Diagnostic &diagnostic);

inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace sqlgym::models
