// A verdict in words: what it is, and who says so.
#pragma once

#include "grading/verdict.h"
#include "widgets/notice_bar.h"

#include <QtCore/QString>

namespace sqlgym::screens {

struct VerdictWords {
    widgets::NoticeKind kind = widgets::NoticeKind::Info;
    QString title;
    QString text;
};

VerdictWords verdictWords(const grading::Verdict &verdict, bool submitted);

/// PostgreSQL's error as psql shows it: the line of `sql` with a caret below the position; of a long line what lies
/// around the place, so that it fits into `columns` characters.
QString diagnosticWithLine(const base::Diagnostic &diagnostic, const std::string &sql, int columns);

/// What a run that gave no rows came to, for the Messages page. Empty for Status::Ok.
QString outcomeText(const sandbox::Outcome &outcome, const std::string &sql, int columns);

} // namespace sqlgym::screens
