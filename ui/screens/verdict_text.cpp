#include "screens/verdict_text.h"

#include "base/text_position.h"
#include "models/labels.h"

#include <QtCore/QCoreApplication>

namespace sqlgym::screens {

using grading::Outcome;
using grading::Trust;
using models::fromUtf8;
using widgets::NoticeKind;

namespace {

constexpr int kFewestColumns = 40;
constexpr int kMostColumns = 160;

QString tr(const char *text) { return QCoreApplication::translate("verdict", text); }

QString trustSentence(Trust trust)
{
    switch (trust) {
    case Trust::Embedded:
        return tr("Judged by the embedded engine.");
    case Trust::Provisional:
        return tr("Provisional: judged by the embedded engine, PostgreSQL's confirmation is on its way.");
    case Trust::Confirmed:
        return tr("Confirmed by PostgreSQL.");
    case Trust::Contradicted:
        return tr(
            "PostgreSQL disagreed with the embedded engine; this is PostgreSQL's verdict. The case is kept among your "
            "attempts.");
    }
    return {};
}

QString declinedText(const sandbox::Outcome &outcome)
{
    const QString what = models::beginningOf(outcome.feature);
    if (outcome.by == sandbox::Engine::Postgres)
        return tr("This is not run here, not even on PostgreSQL: %1.\nIt reaches beyond the problem's own tables.")
            .arg(what);
    QString text = tr("The embedded engine does not do this yet: %1.").arg(what);
    if (!outcome.diagnostic.message.empty())
        text += u'\n' + models::beginningOf(outcome.diagnostic.message);
    return text + u'\n' + tr("Nothing is wrong with your query because of that.");
}

} // namespace

VerdictWords verdictWords(const grading::Verdict &verdict, bool submitted)
{
    VerdictWords words;
    words.text = models::beginningOf(verdict.sentence) + u' ' + trustSentence(verdict.trust);
    if (verdict.correct) {
        words.kind = NoticeKind::Success;
        words.title = submitted ? tr("Solved") : tr("Right");
        return words;
    }
    words.kind = NoticeKind::Danger;
    words.title = tr("Not yet");
    const bool known = verdict.firstFailed >= 0 && verdict.firstFailed < static_cast<int>(verdict.tests.size());
    switch (known ? verdict.tests[static_cast<std::size_t>(verdict.firstFailed)].outcome : Outcome::Failed) {
    case Outcome::Error:
        words.title = tr("Error");
        break;
    case Outcome::Timeout:
        words.title = tr("Too slow");
        break;
    case Outcome::MemoryLimit:
        words.title = tr("Too much memory");
        break;
    case Outcome::DependsOnOrder:
        words.kind = NoticeKind::Warning;
        words.title = tr("Depends on row order");
        break;
    case Outcome::Unsupported:
        words.kind = NoticeKind::Warning;
        words.title = tr("No verdict");
        break;
    case Outcome::Cancelled:
        words.kind = NoticeKind::Info;
        words.title = tr("Cancelled");
        words.text = tr("The check was stopped before it was done.");
        break;
    case Outcome::Failed:
        words.kind = NoticeKind::Warning;
        words.title = tr("No verdict");
        break;
    default:
        break;
    }
    return words;
}

QString diagnosticWithLine(const base::Diagnostic &diagnostic, const std::string &sql, int columns)
{
    QString text = models::diagnosticText(diagnostic);
    if (diagnostic.position <= 0)
        return text;
    const std::size_t at = base::byteOffset(sql, diagnostic.position);
    const std::size_t lineBegin = at == 0 ? 0 : sql.rfind('\n', at - 1) + 1;
    const std::size_t lineEnd = std::min(sql.find('\n', at), sql.size());
    const auto lineNumber = std::count(sql.begin(), sql.begin() + static_cast<std::ptrdiff_t>(lineBegin), '\n') + 1;
    const QString head = tr("LINE %1: ").arg(lineNumber);
    // As psql does it: of a long line, what lies around the place. Cut bytes of a character show as one sign each.
    const std::string_view wholeLine = std::string_view(sql).substr(lineBegin, lineEnd - lineBegin);
    const std::size_t inLine = at - lineBegin;
    const auto room = static_cast<std::size_t>(std::clamp(columns, kFewestColumns, kMostColumns) - head.size() - 2);
    const std::size_t left = wholeLine.size() <= room ? inLine : std::min(inLine, room * 2 / 5);
    const std::size_t right = room - std::min(room, left);
    const std::size_t from = inLine - left;
    const QString before =
        (from > 0 ? QStringLiteral("\u2026") : QString()) + fromUtf8(wholeLine.substr(from, inLine - from));
    QString after = fromUtf8(wholeLine.substr(inLine, right));
    if (inLine + right < wholeLine.size())
        after += QChar(0x2026);
    const QString line = QString(before + after).replace(u'\t', u' ');
    const QString caret = QString(head.size() + before.size(), u' ') + u'^';
    const auto firstBreak = text.indexOf(u'\n');
    text.insert(firstBreak < 0 ? text.size() : firstBreak, u'\n' + head + line + u'\n' + caret);
    return text;
}

QString outcomeText(const sandbox::Outcome &outcome, const std::string &sql, int columns)
{
    using sandbox::Status;
    switch (outcome.status) {
    case Status::Ok:
        return {};
    case Status::Error:
        return diagnosticWithLine(outcome.diagnostic, sql, columns);
    case Status::Unsupported:
        return declinedText(outcome);
    case Status::Timeout:
        return tr("Stopped after %1: the time limit for one run. A join without a condition, or recursion without an "
                  "end, is the "
                  "usual reason.")
            .arg(models::durationLabel(outcome.elapsedUs));
    case Status::MemoryLimit:
        return tr("Stopped: the query needed more memory than one run may use. Look for a join that multiplies rows, "
                  "or a very "
                  "long text.");
    case Status::Cancelled:
        return tr("Cancelled after %1.").arg(models::durationLabel(outcome.elapsedUs));
    case Status::Failed:
        return tr("The query could not be run: %1\nYour text is safe; run it again.")
            .arg(models::beginningOf(outcome.diagnostic.message));
    }
    return {};
}

} // namespace sqlgym::screens
