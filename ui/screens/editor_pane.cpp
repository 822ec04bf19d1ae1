#include "screens/editor_pane.h"

#include "screens/editor_help.h"
#include "screens/editor_strip.h"
#include "screens/scratch_tabs.h"
#include "widgets/find_bar.h"
#include "widgets/house_style.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

namespace {

QPushButton *button(const char *icon, const QString &name, const QString &tip, QWidget *parent)
{
    auto *made = new QPushButton(widgets::icon(icon), name, parent);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    return made;
}

} // namespace

EditorPane::EditorPane(QWidget *parent)
    : QWidget(parent), m_editor(new widgets::SqlEditor(this)), m_tabs(new ScratchTabs(this)),
      m_strip(new EditorStrip(this)), m_help(new EditorHelp(m_editor, m_strip, this)),
      m_run(button("run", tr("Run"), tr("Run the marked statement or the selection (Ctrl+Enter)"), this)),
      m_check(button("check", tr("Check"), {}, this)), m_submit(button("submit", tr("Submit"), {}, this)),
      m_cancel(button("stop", tr("Cancel"), tr("Stop what is running (Ctrl+.)"), this))
{
    m_check->setProperty(widgets::kPrimaryProperty, true);
    m_check->setIcon(QIcon());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(widgets::space::s, widgets::space::xs + 2, widgets::space::s, widgets::space::xs + 2);
    row->setSpacing(widgets::space::s);
    row->addWidget(m_run);
    row->addWidget(m_check);
    row->addWidget(m_submit);
    row->addStretch(1);
    row->addWidget(m_cancel);
    m_editor->setFrameShape(QFrame::NoFrame);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_editor, 1);
    column->addWidget(m_strip);
    column->addLayout(row);
    connect(m_editor, &widgets::SqlEditor::shortenedChanged, this, &EditorPane::tellShortened);
    connect(m_run, &QPushButton::clicked, this, &EditorPane::runClicked);
    connect(m_check, &QPushButton::clicked, this, &EditorPane::checkClicked);
    connect(m_submit, &QPushButton::clicked, this, &EditorPane::submitClicked);
    connect(m_cancel, &QPushButton::clicked, this, &EditorPane::cancelClicked);
    setScratch(false);
}

void EditorPane::setBusy(bool busy)
{
    m_busy = busy;
    const bool cancelHadFocus = m_cancel->hasFocus();
    m_run->setEnabled(!busy && m_hasProblem);
    for (QPushButton *each : {m_check, m_submit})
        each->setEnabled(m_run->isEnabled() && !m_scratch);
    m_cancel->setEnabled(busy);
    if (cancelHadFocus && !busy)
        m_editor->setFocus();
}

void EditorPane::setEnabledForProblem(bool enabled)
{
    m_hasProblem = enabled;
    m_editor->setReadOnly(!enabled);
    setBusy(m_busy);
}

void EditorPane::setScratch(bool scratch)
{
    m_scratch = scratch;
    const QString why = tr("A scratch tab is not judged: your answer is in the tab \u201CProblem\u201D");
    m_check->setToolTip(scratch ? why : tr("Check against all tests, on this computer (Ctrl+Shift+Enter)"));
    m_submit->setToolTip(scratch ? why : tr("Hand in: checked, stored and counted (Ctrl+Shift+S)"));
    setBusy(m_busy);
}

void EditorPane::tellShortened(bool shortened)
{
    if (m_notice)
        m_notice->hide();
    if (!shortened)
        return;
    if (!m_notice) {
        m_notice = new widgets::NoticeBar(this);
        m_notice->setAccessibleName(tr("About this text"));
        static_cast<QVBoxLayout *>(layout())->insertWidget(1, m_notice);
    }
    m_notice->setNotice(widgets::NoticeKind::Warning, tr("Lines of this text are too long to be edited here."),
                        tr("The text is kept, run and checked whole (%1), but long lines are shown shortened.")
                            .arg(locale().formattedDataSize(m_editor->byteCount())));
    m_notice->addButton(tr("Take it out (Ctrl+Z)"), this, [this] {
        m_editor->undo();
        m_editor->setFocus();
    });
}

void EditorPane::openFind(bool withReplace)
{
    if (!m_find) {
        m_find = new widgets::FindBar(m_editor, this);
        static_cast<QVBoxLayout *>(layout())->insertWidget(layout()->indexOf(m_strip), m_find);
    }
    m_find->open(withReplace);
}

} // namespace sqlgym::screens
