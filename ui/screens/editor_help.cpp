#include "screens/editor_help.h"

#include "models/labels.h"
#include "screens/editor_strip.h"
#include "widgets/completion_popup.h"

namespace sqlgym::screens {

using models::beginningOf;

namespace {

constexpr int kPauseMs = 350; ///< without a key before the text is looked at
constexpr int kRestMs = 150;  ///< of the cursor, before the function there is described

} // namespace

EditorHelp::EditorHelp(widgets::SqlEditor *editor, EditorStrip *strip, QObject *parent)
    : QObject(parent), m_editor(editor), m_strip(strip)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &EditorHelp::diagnose);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (!m_silent && m_problem && m_editor->byteCount() <= static_cast<qsizetype>(assist::kMostDiagnosed))
            assistant().describe(m_editor->utf8(), m_editor->cursorByte(), m_revision);
    });
    connect(editor, &widgets::SqlEditor::edited, this, &EditorHelp::onEdited);
    connect(editor, &QsciScintilla::cursorPositionChanged, this, &EditorHelp::onCursor);
}

session::Assistant &EditorHelp::assistant()
{
    if (m_assistant)
        return *m_assistant;
    m_assistant = new session::Assistant(this);
    if (m_problem)
        m_assistant->setProblem(m_problem);
    connect(m_assistant, &session::Assistant::diagnosed, this,
            [this](quint64 revision, const std::vector<assist::Finding> &findings) {
                if (revision != m_revision || m_silent)
                    return;
                m_findings = findings;
                showAtCursor();
            });
    connect(m_assistant, &session::Assistant::completed, this,
            [this](quint64 revision, const assist::Completion &completion) {
                if (revision == m_revision && m_popup && m_completing) {
                    m_popup->propose(completion);
                    m_completing = m_popup->isVisible();
                }
            });
    connect(m_assistant, &session::Assistant::described, this, [this](quint64 revision, const QString &words) {
        if (revision != m_revision || m_silent || words == m_note)
            return;
        m_note = words;
        showAtCursor();
    });
    connect(m_assistant, &session::Assistant::located, this, [this](quint64 revision, int begin, int end) {
        const auto use = std::exchange(m_wanted, {});
        if (revision == m_revision && use)
            use({m_editor->utf8().mid(begin, end - begin), begin});
    });
    connect(m_assistant, &session::Assistant::formatted, this, &EditorHelp::onFormatted);
    return *m_assistant;
}

void EditorHelp::setProblem(const session::ProblemPtr &problem)
{
    m_problem = problem;
    if (m_assistant)
        m_assistant->setProblem(problem);
    forget();
}

void EditorHelp::setSilent(bool silent)
{
    m_silent = silent;
    forget();
}

void EditorHelp::forget()
{
    ++m_revision;
    m_findings.clear();
    m_note.clear();
    m_completing = false;
    if (m_popup)
        m_popup->hide();
    m_strip->showProblem({}, {});
    m_editor->showFindings({});
    if (m_silent)
        m_strip->showNote(tr("Exam mode: no diagnostics, no completion"));
    else if (m_editor->byteCount() > 0)
        m_pause.start();
}

void EditorHelp::onEdited()
{
    ++m_revision;
    m_editor->showFindings({});
    if (m_silent)
        return;
    m_pause.start();
    // A dot behind a name asks by itself; a list that is open follows the word.
    const char before = m_editor->byteBeforeCursor();
    if (m_completing && (m_popup && m_popup->isVisible()))
        askCompletion();
    else if (before == '.' && m_editor->hasFocus())
        complete();
}

void EditorHelp::onCursor()
{
    int line = 0, column = 0;
    m_editor->getCursorPosition(&line, &column);
    m_strip->showPlace(line + 1, column + 1);
    if (!m_silent && !m_findings.empty())
        showAtCursor();
    if (!m_silent && m_editor->hasFocus())
        m_rest.start();
}

void EditorHelp::diagnose()
{
    if (!m_silent && m_problem && m_editor->byteCount() <= static_cast<qsizetype>(assist::kMostDiagnosed))
        assistant().diagnose(m_editor->utf8(), m_revision);
}

void EditorHelp::complete()
{
    if (m_silent || m_editor->isReadOnly())
        return;
    if (!m_popup) {
        m_popup = new widgets::CompletionPopup(m_editor);
        connect(m_popup, &widgets::CompletionPopup::chosen, this,
                [this](const assist::Proposal &proposal, int byteBegin) {
                    m_completing = false;
                    m_editor->replaceWord(byteBegin, QByteArray::fromStdString(proposal.insert));
                });
    }
    m_completing = true;
    askCompletion();
}

void EditorHelp::withPiece(std::function<void(const widgets::SqlEditor::Piece &)> use)
{
    if (const auto piece = m_editor->pieceToRun()) {
        use(*piece);
        return;
    }
    m_wanted = std::move(use);
    assistant().locate(m_editor->utf8(), m_editor->cursorByte(), m_revision);
}

void EditorHelp::askCompletion()
{
    if (m_editor->byteCount() <= static_cast<qsizetype>(assist::kMostCompleted))
        assistant().complete(m_editor->utf8(), m_editor->cursorByte(), m_revision);
}

/// Every mistake is underlined; the line below tells of the one in the cursor's statement, or else of the first.
void EditorHelp::showAtCursor()
{
    const auto cursor = static_cast<std::uint32_t>(m_editor->cursorByte());
    std::vector<base::SourceSpan> spans;
    const assist::Finding *told = nullptr;
    for (const auto &finding : m_findings) {
        // What stops at the end while the cursor is there is being written.
        if (finding.atEnd && cursor >= finding.span.byteEnd)
            continue;
        spans.push_back(finding.span);
        if (!told || finding.span.byteBegin <= cursor)
            told = &finding;
    }
    m_editor->showFindings(spans);
    if (!told) {
        m_strip->showNote(m_note);
        return;
    }
    QString message = beginningOf(told->diagnostic.message);
    if (!told->diagnostic.hint.empty())
        message += u' ' + beginningOf(told->diagnostic.hint);
    m_strip->showProblem(message, beginningOf(told->plain));
}

void EditorHelp::format()
{
    if (!m_editor->isReadOnly())
        assistant().format(m_editor->utf8(), m_revision);
}

void EditorHelp::onFormatted(quint64 revision, const assist::Formatted &formatted)
{
    if (revision != m_revision)
        return;
    if (!formatted.refusal.empty())
        m_strip->showProblem(beginningOf(formatted.refusal), {});
    else
        m_editor->replaceKeepingCursor(QByteArray::fromStdString(formatted.text));
}

} // namespace sqlgym::screens
