// The editor with its buttons and find bar.
#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace sqlgym::widgets {
class FindBar;
class NoticeBar;
class SqlEditor;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class EditorHelp;
class ScratchTabs;
class EditorStrip;

class EditorPane : public QWidget {
    Q_OBJECT
public:
    explicit EditorPane(QWidget *parent = nullptr);

    widgets::SqlEditor *editor() const { return m_editor; }
    EditorHelp *help() const { return m_help; }
    ScratchTabs *tabs() const { return m_tabs; }
    /// While something runs, Cancel takes the place of the other buttons' use.
    void setBusy(bool busy);
    void setEnabledForProblem(bool enabled);
    /// A scratch text is run, never judged: Check and Submit are off and say why.
    void setScratch(bool scratch);
    void openFind(bool withReplace);

signals:
    void runClicked();
    void checkClicked();
    void submitClicked();
    void cancelClicked();

private:
    void tellShortened(bool shortened);

    widgets::SqlEditor *m_editor;
    ScratchTabs *m_tabs;
    EditorStrip *m_strip;
    EditorHelp *m_help;
    widgets::FindBar *m_find = nullptr;
    widgets::NoticeBar *m_notice = nullptr;
    QPushButton *m_run;
    QPushButton *m_check;
    QPushButton *m_submit;
    QPushButton *m_cancel;
    bool m_busy = false;
    bool m_hasProblem = false;
    bool m_scratch = false;
};

} // namespace sqlgym::screens
