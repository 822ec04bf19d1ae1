#include "screens/problem_marks.h"

#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

ProblemMarks::ProblemMarks(QWidget *parent)
    : QWidget(parent), m_bookmark(button(tr("Bookmark"))), m_discussion(button(tr("Discussion"))),
      m_up(button(tr("A good problem"))), m_down(button(tr("Not a good problem"))),
      m_words(new widgets::ElidedLabel(this))
{
    setAccessibleName(tr("Bookmark and votes"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_bookmark->setText(tr("Bookmark"));
    m_bookmark->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_discussion->setCheckable(false);
    m_discussion->setText(tr("Discussion"));
    m_discussion->setToolTip(tr("What others say about this problem"));
    m_discussion->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_words->setAccessibleName(tr("About votes"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(widgets::space::m, widgets::space::xs, widgets::space::m, widgets::space::xs);
    row->setSpacing(widgets::space::xs);
    row->addWidget(m_bookmark);
    row->addWidget(m_discussion);
    row->addWidget(m_words, 1);
    row->addWidget(m_up);
    row->addWidget(m_down);
    connect(m_bookmark, &QToolButton::clicked, this, &ProblemMarks::toggleBookmark);
    connect(m_discussion, &QToolButton::clicked, this, &ProblemMarks::discussionWanted);
    connect(m_up, &QToolButton::clicked, this, [this] {
        session::Marks next = m_marks;
        next.upvote = !next.upvote;
        next.downvote = false;
        emit wanted(next);
    });
    connect(m_down, &QToolButton::clicked, this, [this] {
        session::Marks next = m_marks;
        next.downvote = !next.downvote;
        next.upvote = false;
        emit wanted(next);
    });
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &ProblemMarks::takeTheme);
    takeTheme();
    setMarks({});
}

QToolButton *ProblemMarks::button(const QString &name)
{
    auto *made = new QToolButton(this);
    made->setAccessibleName(name);
    made->setAutoRaise(true);
    made->setCheckable(true);
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

void ProblemMarks::takeTheme()
{
    const QFont small = widgets::textFont(widgets::TypeSize::Small);
    m_bookmark->setFont(small);
    m_discussion->setFont(small);
    m_discussion->setIcon(widgets::icon("comment"));
    m_words->setFont(small);
    QPalette colored;
    colored.setColor(QPalette::WindowText, widgets::colors().muted);
    m_words->setPalette(colored);
}

void ProblemMarks::toggleBookmark()
{
    if (m_marks.problemId.isEmpty())
        return;
    session::Marks next = m_marks;
    next.bookmark = !next.bookmark;
    emit wanted(next);
}

void ProblemMarks::setMarks(const session::Marks &marks)
{
    m_marks = marks;
    const bool known = !marks.problemId.isEmpty();
    m_bookmark->setEnabled(known);
    m_discussion->setEnabled(known);
    m_bookmark->setChecked(marks.bookmark);
    m_bookmark->setIcon(widgets::icon(marks.bookmark ? "bookmarked" : "bookmark"));
    m_bookmark->setText(marks.bookmark ? tr("Bookmarked") : tr("Bookmark"));
    m_bookmark->setToolTip(marks.bookmark ? tr("Take the bookmark away")
                                          : tr("Keep the problem in mind: the status filter lists what is bookmarked"));
    m_up->setIcon(widgets::icon("vote-up"));
    m_down->setIcon(widgets::icon("vote-down"));
    m_up->setChecked(marks.upvote);
    m_down->setChecked(marks.downvote);
    const QString why = tr("Votes are for those who have handed in a query.");
    for (auto *vote : {m_up, m_down}) {
        vote->setEnabled(known && marks.mayVote);
        vote->setToolTip(marks.mayVote ? vote->accessibleName() : why);
        vote->setAccessibleDescription(marks.mayVote ? QString() : why);
    }
    m_words->setText(marks.upvote     ? tr("You find it good.")
                     : marks.downvote ? tr("You find it not good.")
                     : marks.mayVote  ? tr("A good problem?")
                                      : QString());
    m_words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace sqlgym::screens
