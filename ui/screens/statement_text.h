// A problem as the page a learner reads: question, then the contract that the grader holds them to.
#pragma once

#include "session/values.h"

namespace sqlgym::screens {

/// Markdown. Everything the grader checks is said: grain, columns and types, order, ties, NULLs, rounding, names.
QString statementMarkdown(const session::OpenedProblem &opened);

/// The contract alone.
QString contractMarkdown(const content::Problem &problem);

/// Text with what Markdown would read as markup made harmless.
QString markdownEscaped(const QString &text);

} // namespace sqlgym::screens
