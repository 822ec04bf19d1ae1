// Diagnostics, completion and layout in one editor.
#pragma once

#include "session/assistant.h"

#include <QtCore/QTimer>

namespace sqlgym::widgets {
class CompletionPopup;
class SqlEditor;
} // namespace sqlgym::widgets

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
    quint64 m_revision = 1;
    bool m_silent = false;
    bool m_completing = false;
};

} // namespace sqlgym::screens
