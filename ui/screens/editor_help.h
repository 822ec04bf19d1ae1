// Diagnostics, completion and layout in one editor.
#pragma once

#include "session/assistant.h"
#include "widgets/sql_editor.h"

#include <QtCore/QTimer>

#include <functional>

namespace sqlgym::widgets {
class CompletionPopup;
}

namespace sqlgym::screens {

class EditorStrip;

/// Nothing here waits for an answer, and an answer to a text that is no longer there is thrown away.
class EditorHelp : public QObject {
    Q_OBJECT
public:
    EditorHelp(widgets::SqlEditor *editor, EditorStrip *strip, QObject *parent);

    void setProblem(const session::ProblemPtr &problem);
    /// Exam mode: neither diagnostics nor completion.
    void setSilent(bool silent);
    void complete();
    /// Hands over the selection or the statement at the cursor, at once or (in a long text) soon; never, when the text
    /// changes before.
    void withPiece(std::function<void(const widgets::SqlEditor::Piece &)> use);
    void format();
    /// Another document is in the editor.
    void forget();

private:
    session::Assistant &assistant();
    void onEdited();
    void onCursor();
    void diagnose();
    void askCompletion();
    void showAtCursor();
    void onFormatted(quint64 revision, const assist::Formatted &formatted);

    widgets::SqlEditor *m_editor;
    EditorStrip *m_strip;
    session::Assistant *m_assistant = nullptr; ///< made at the first need
    widgets::CompletionPopup *m_popup = nullptr;
    session::ProblemPtr m_problem;
    std::vector<assist::Finding> m_findings;
    QTimer m_pause;
    QTimer m_rest;  ///< of the cursor
    QString m_note; ///< about the function at the cursor
    quint64 m_revision = 1;
    bool m_silent = false;
    bool m_completing = false;
    std::function<void(const widgets::SqlEditor::Piece &)> m_wanted; ///< the piece, being looked for
};

} // namespace sqlgym::screens
