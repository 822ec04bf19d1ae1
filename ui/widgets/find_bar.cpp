#include "widgets/find_bar.h"

#include "widgets/icons.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace sqlgym::widgets {

namespace {

QToolButton *iconButton(const char *name, const QString &words, const QString &key, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icon(name));
    button->setAccessibleName(words);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(words, key));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAutoRaise(true);
    return button;
}

} // namespace

FindBar::FindBar(SqlEditor *editor, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_words(new QLineEdit(this)), m_replacement(new QLineEdit(this)),
      m_replaceRow(new QWidget(this)), m_case(new QCheckBox(tr("Match &case"), this)), m_state(new QLabel(this))
{
    m_words->setPlaceholderText(tr("Find in the editor"));
    m_words->setAccessibleName(tr("Find"));
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_replacement->setAccessibleName(tr("Replace with"));

    auto *next = iconButton("next", tr("Next"), tr("Enter"), this);
    auto *previous = iconButton("previous", tr("Previous"), tr("Shift+Enter"), this);
    auto *close = iconButton("close", tr("Close"), tr("Esc"), this);
    m_words->setMinimumWidth(120);
    auto *findRow = new QHBoxLayout;
    findRow->setSpacing(space::s);
    findRow->addWidget(m_words, 1);
    for (QWidget *widget :
         {static_cast<QWidget *>(previous), static_cast<QWidget *>(next), static_cast<QWidget *>(m_case),
          static_cast<QWidget *>(m_state), static_cast<QWidget *>(close)})
        findRow->addWidget(widget);

    auto *one = new QPushButton(tr("Replace"), m_replaceRow);
    auto *all = new QPushButton(tr("Replace all"), m_replaceRow);
    auto *replaceRow = new QHBoxLayout(m_replaceRow);
    replaceRow->setContentsMargins(0, 0, 0, 0);
    replaceRow->setSpacing(space::s);
    replaceRow->addWidget(m_replacement, 1);
    replaceRow->addWidget(one);
    replaceRow->addWidget(all);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s, space::xs, space::s, space::xs);
    column->setSpacing(space::xs);
    column->addLayout(findRow);
    column->addWidget(m_replaceRow);
    setVisible(false);
    // From what is sought on to what takes its place, then the buttons.
    QWidget *const order[] = {m_words, m_replacement, one, all, previous, next, m_case, close};
    for (std::size_t i = 1; i < std::size(order); ++i)
        setTabOrder(order[i - 1], order[i]);

    connect(m_words, &QLineEdit::textEdited, this, [this] { find(true, true); });
    connect(next, &QToolButton::clicked, this, [this] { find(true); });
    connect(previous, &QToolButton::clicked, this, [this] { find(false); });
    connect(close, &QToolButton::clicked, this, &FindBar::closeBar);
    connect(one, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QPushButton::clicked, this, &FindBar::replaceAll);
    connect(m_editor, &SqlEditor::escapePressed, this, [this] {
        if (isVisible())
            closeBar();
    });
}

void FindBar::open(bool withReplace)
{
    const QString selected = m_editor->selectedText();
    if (!selected.isEmpty() && !selected.contains(u'\n'))
        m_words->setText(selected);
    m_replaceRow->setVisible(withReplace);
    m_state->clear();
    setVisible(true);
    m_words->setFocus();
    m_words->selectAll();
}

bool FindBar::find(bool forward, bool fromSelectionStart)
{
    const QString words = m_words->text();
    if (words.isEmpty()) {
        m_state->clear();
        return false;
    }
    int line = -1, column = -1, endLine = -1, endColumn = -1;
    if (m_editor->hasSelectedText()) {
        m_editor->getSelection(&line, &column, &endLine, &endColumn);
        if (forward && !fromSelectionStart) {
            line = endLine;
            column = endColumn;
        }
    } else {
        m_editor->getCursorPosition(&line, &column);
    }
    const bool found = m_editor->findFirst(words, false, m_case->isChecked(), false, true, forward, line, column, true);
    m_state->setText(found ? QString() : tr("Not found"));
    return found;
}

void FindBar::replaceOne()
{
    const auto mode = m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
    if (!m_words->text().isEmpty() && m_editor->selectedText().compare(m_words->text(), mode) == 0)
        m_editor->replaceSelectedText(m_replacement->text());
    find(true);
}

void FindBar::replaceAll()
{
    const QString words = m_words->text();
    if (words.isEmpty())
        return;
    QString text = QString::fromUtf8(m_editor->utf8());
    const auto mode = m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const auto count = text.count(words, mode);
    if (count > 0)
        m_editor->replaceAll(text.replace(words, m_replacement->text(), mode));
    m_state->setText(tr("%n replaced", nullptr, static_cast<int>(count)));
}

void FindBar::closeBar()
{
    setVisible(false);
    m_editor->setFocus();
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        closeBar();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F3:
        if (m_replacement->hasFocus())
            replaceOne();
        else
            find(!(event->modifiers() & Qt::ShiftModifier));
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace sqlgym::widgets
