#include "screens/solution_card.h"

#include "models/labels.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/sql_text.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kSqlLines = 16;

} // namespace

SolutionCard::SolutionCard(const session::SolutionEntry &entry, bool official, QWidget *parent)
    : QFrame(parent), m_official(official), m_author(new ElidedLabel), m_when(new ElidedLabel),
      m_explanation(new QLabel), m_sql(new SqlText), m_note(new QLabel), m_run(new QPushButton(tr("Run it"))),
      m_up(button(tr("Vote for it"))), m_down(button(tr("Vote against it"))),
      m_bookmark(button(tr("Bookmark the solution"))), m_edit(button(tr("Edit your solution"))),
      m_delete(button(tr("Delete your solution"))), m_more(button(tr("More about the solution")))
{
    m_explanation->setTextFormat(Qt::PlainText);
    m_explanation->setWordWrap(true);
    m_explanation->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_explanation->setAccessibleName(tr("Explanation"));
    m_sql->setAccessibleName(tr("Query of the solution"));
    m_note->setWordWrap(true);
    m_author->setTextFormat(Qt::PlainText);
    m_when->setTextFormat(Qt::PlainText);

    auto *head = new QHBoxLayout;
    head->setSpacing(space::xs);
    head->addWidget(m_author, 1);
    for (QToolButton *each : {m_edit, m_delete, m_more})
        head->addWidget(each);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::xs);
    actions->addWidget(m_run);
    actions->addStretch(1);
    for (QToolButton *each : {m_up, m_down, m_bookmark})
        actions->addWidget(each);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::m);
    column->setSpacing(space::xs);
    column->addLayout(head);
    column->addWidget(m_when);
    column->addWidget(m_explanation);
    column->addWidget(m_sql);
    column->addWidget(m_note);
    column->addLayout(actions);
    buildActions();
    // As one reads: what to do with the query first, then what else there is.
    QWidget *before = m_sql;
    for (QWidget *next : std::initializer_list<QWidget *>{m_run, m_up, m_down, m_bookmark, m_edit, m_delete, m_more}) {
        setTabOrder(before, next);
        before = next;
    }
    connect(&Theme::instance(), &Theme::changed, this, &SolutionCard::takeTheme);
    setEntry(entry);
}

QToolButton *SolutionCard::button(const QString &name)
{
    auto *made = new QToolButton(this);
    made->setAccessibleName(name);
    made->setToolTip(name);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::StrongFocus);
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return made;
}

void SolutionCard::buildActions()
{
    m_run->setToolTip(tr("In a scratch tab of its own: your text stays as it is"));
    m_up->setCheckable(true);
    m_down->setCheckable(true);
    m_bookmark->setCheckable(true);
    m_bookmark->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_edit->setText(tr("Edit"));
    m_delete->setText(tr("Delete"));
    m_more->setText(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_more->menu()->addAction(tr("&Report the solution\u2026"), this, [this] { emit reportWanted(m_entry.id); });
    m_more->menu()->addAction(tr("&Hide the solution"), this,
                              [this] { emit hideWanted(QStringLiteral("solution"), m_entry.id); });
    m_more->menu()->addAction(tr("Hide &everything of this person"), this,
                              [this] { emit hideWanted(QStringLiteral("user"), m_entry.authorId); });
    connect(m_run, &QPushButton::clicked, this, [this] { emit runWanted(m_entry.sql); });
    connect(m_up, &QToolButton::clicked, this, [this] { vote(1); });
    connect(m_down, &QToolButton::clicked, this, [this] { vote(-1); });
    connect(m_bookmark, &QToolButton::clicked, this, &SolutionCard::toggleBookmark);
    connect(m_edit, &QToolButton::clicked, this, [this] { emit editWanted(m_entry); });
    connect(m_delete, &QToolButton::clicked, this, [this] { emit deleteWanted(m_entry.id); });
}

/// The same once more takes it back. Shown at once; what the profile says comes behind it.
void SolutionCard::vote(int way)
{
    session::SolutionEntry next = m_entry;
    next.vote = m_entry.vote == way ? 0 : way;
    next.up += (next.vote > 0) - (m_entry.vote > 0);
    next.down += (next.vote < 0) - (m_entry.vote < 0);
    setEntry(next);
    emit marked(next.id, next.vote, std::nullopt);
}

void SolutionCard::toggleBookmark()
{
    session::SolutionEntry next = m_entry;
    next.bookmark = !next.bookmark;
    setEntry(next);
    emit marked(next.id, std::nullopt, next.bookmark);
}

void SolutionCard::setEntry(const session::SolutionEntry &entry)
{
    const bool another = entry.sql != m_entry.sql || m_entry.id.isEmpty();
    m_entry = entry;
    const QLocale locale;
    m_author->setText(entry.own ? tr("You") : m_official ? tr("Official, by %1").arg(entry.author) : entry.author);
    QString when = locale.toString(entry.written, QLocale::ShortFormat);
    if (entry.edited)
        when += tr(" \u00b7 edited");
    if (entry.waiting)
        when += tr(" \u00b7 not sent yet");
    m_when->setText(when);
    m_explanation->setText(entry.explanation);
    QStringList notes;
    if (entry.leftOut > 0)
        notes << tr("The explanation goes on for another %1 characters, which are not shown.")
                     .arg(locale.toString(entry.leftOut));
    if (entry.same > 0)
        notes << (entry.same == 1 ? tr("One other wrote the same.")
                                  : tr("%1 others wrote the same.").arg(locale.toString(entry.same)));
    m_note->setText(notes.join(u'\n'));
    m_note->setVisible(!notes.isEmpty());
    const QString by = tr("Solution of %1").arg(entry.own ? tr("yourself") : entry.author);
    setAccessibleName(by);
    for (QWidget *each : std::initializer_list<QWidget *>{m_run, m_up, m_down, m_bookmark, m_edit, m_delete, m_more})
        each->setAccessibleDescription(by);
    m_up->setChecked(entry.vote > 0);
    m_down->setChecked(entry.vote < 0);
    m_up->setText(locale.toString(entry.up));
    m_down->setText(locale.toString(entry.down));
    m_up->setToolTip(entry.own        ? tr("Votes for it: nobody votes on their own")
                     : entry.vote > 0 ? tr("Take your vote back")
                                      : tr("A good way: vote for it"));
    m_down->setToolTip(entry.own        ? tr("Votes against it")
                       : entry.vote < 0 ? tr("Take your vote back")
                                        : tr("Not a good way: vote against it"));
    m_up->setEnabled(!entry.own);
    m_down->setEnabled(!entry.own);
    m_bookmark->setChecked(entry.bookmark);
    m_bookmark->setToolTip(entry.bookmark ? tr("Take the bookmark away") : tr("Bookmark this solution"));
    m_edit->setVisible(entry.own && !m_official);
    m_edit->setEnabled(entry.leftOut == 0);
    m_delete->setVisible(entry.own && !m_official);
    m_more->setVisible(!entry.own && !m_official);
    if (another)
        m_sql->showSql(entry.sql, kSqlLines);
    takeTheme();
}

void SolutionCard::takeTheme()
{
    const QFont small = textFont(TypeSize::Small);
    QPalette muted;
    muted.setColor(QPalette::WindowText, colors().muted);
    m_author->setFont(textFont(TypeSize::Body, true));
    m_explanation->setFont(textFont(TypeSize::Body));
    for (QLabel *each : std::initializer_list<QLabel *>{m_when, m_note}) {
        each->setFont(small);
        each->setPalette(muted);
    }
    for (QToolButton *each : {m_up, m_down, m_bookmark, m_edit, m_delete, m_more})
        each->setFont(small);
    m_up->setIcon(icon("vote-up"));
    m_down->setIcon(icon("vote-down"));
    m_bookmark->setIcon(icon(m_entry.bookmark ? "bookmarked" : "bookmark"));
    m_run->setIcon(icon("run"));
}

} // namespace sqlgym::screens
