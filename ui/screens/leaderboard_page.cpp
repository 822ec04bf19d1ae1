#include "screens/leaderboard_page.h"

#include "models/labels.h"
#include "widgets/empty_words.h"
#include "widgets/header.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTreeWidget>

namespace sqlgym::screens {

using namespace widgets;
using session::LinkState;

namespace {

enum Column { Place, Name, Points, Solved, kColumns };

constexpr int kUserId = Qt::UserRole;
constexpr int kName = Qt::UserRole + 1;
constexpr int kRowHeight = 32;
constexpr int kPlaceWidth = 64;
constexpr int kNumberWidth = 88;
constexpr int kWidest = 760;
constexpr qsizetype kLongestName = 60;

QLabel *words()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(textFont(TypeSize::Small));
    return label;
}

} // namespace

LeaderboardPage::LeaderboardPage(session::Store &store, session::ServerLink &link, QWidget *parent)
    : QWidget(parent), m_link(link), m_desk(new session::LeaderboardDesk(store, link, this)),
      m_visible(new QCheckBox(tr("&Show me on the leaderboard"))), m_about(words()), m_rows(new QTreeWidget),
      m_empty(nullptr), m_age(words())
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_about->setText(tr("Others then see your user name, your points and how many problems you have solved. You can "
                        "leave at any time, and are gone at once."));
    m_rows->setAccessibleName(tr("Leaderboard"));
    m_rows->setHeaderLabels({tr("Place"), tr("Name"), tr("XP"), tr("Solved")});
    m_rows->setRootIsDecorated(false);
    m_rows->setUniformRowHeights(true);
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rows->setTabKeyNavigation(false);
    m_rows->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rows->setToolTip(tr("Enter shows what this person wrote"));
    m_rows->header()->setStretchLastSection(false);
    m_rows->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_rows->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_rows->setMaximumWidth(kWidest); // a name and its figures are read as one line
    for (const Column number : {Place, Points, Solved}) {
        m_rows->header()->resizeSection(number, number == Place ? kPlaceWidth : kNumberWidth);
        m_rows->headerItem()->setTextAlignment(number, Qt::AlignRight | Qt::AlignVCenter);
    }
    dressHeader(m_rows->header());
    m_empty = new EmptyWords(m_rows);
    m_age->setAccessibleName(tr("Age of the leaderboard"));

    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::l, space::m, space::l, space::m);
    head->setSpacing(space::xs);
    head->addWidget(m_visible);
    head->addWidget(m_about);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(space::l, space::s, space::l, space::s);
    foot->addWidget(m_age);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_rows, 1);
    column->addLayout(foot);
    setFocusProxy(m_rows);
    connect(m_visible, &QCheckBox::clicked, m_desk, &session::LeaderboardDesk::setVisible);
    connect(m_desk, &session::LeaderboardDesk::changed, this, &LeaderboardPage::setView);
    connect(m_desk, &session::LeaderboardDesk::failed, this, [this](const QString &trouble) {
        m_trouble = trouble;
        showStanding();
    });
    connect(m_rows, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *row) {
        emit personChosen(row->data(0, kUserId).toString(), row->data(0, kName).toString());
    });
    connect(&link, &session::ServerLink::stateChanged, this, [this](const LinkState &) { showStanding(); });
    connect(&link, &session::ServerLink::exchanged, this, &LeaderboardPage::renew);
    showStanding();
}

void LeaderboardPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_desk->renew();
}

void LeaderboardPage::renew()
{
    if (isVisible())
        m_desk->renew();
}

void LeaderboardPage::setView(const session::LeaderboardView &view)
{
    const QString chosen = m_rows->currentItem() ? m_rows->currentItem()->data(0, kUserId).toString() : QString();
    m_view = view;
    m_trouble.clear();
    m_rows->clear();
    const QLocale locale;
    for (const session::LeaderboardEntry &each : view.rows) {
        const QString name = models::beginningOf(each.name.toStdString(), kLongestName);
        auto *row =
            new QTreeWidgetItem(m_rows, {locale.toString(each.place), each.own ? tr("%1 (you)").arg(name) : name,
                                         locale.toString(each.points), locale.toString(each.solved)});
        row->setData(0, kUserId, each.userId);
        row->setData(0, kName, name);
        row->setSizeHint(0, {0, kRowHeight});
        row->setToolTip(Name, models::plainTip(each.name));
        for (const Column number : {Place, Points, Solved})
            row->setTextAlignment(number, Qt::AlignRight | Qt::AlignVCenter);
        for (int column = 0; each.own && column < kColumns; ++column)
            row->setFont(column, textFont(TypeSize::Body, true));
        if (each.userId == chosen)
            m_rows->setCurrentItem(row);
    }
    showStanding();
}

void LeaderboardPage::showStanding()
{
    const LinkState &state = m_link.state();
    const bool signedIn = state.signedIn();
    m_visible->setEnabled(signedIn);
    m_visible->setToolTip(signedIn ? QString() : tr("Sign in first: the leaderboard is a server\u2019s."));
    const QSignalBlocker quiet(m_visible);
    m_visible->setChecked(signedIn && m_view.visible);
    m_empty->setWords(!signedIn ? tr("The leaderboard is a server\u2019s. Sign in to see it.")
                      : m_view.at.isNull()
                          ? (state.kind == LinkState::Kind::Offline
                                 ? tr("The server is out of reach, and the leaderboard was never read.")
                                 : tr("Asking the server\u2026"))
                          : tr("Nobody is on the leaderboard yet."));
    const QString read = m_view.at.isNull() ? QString() : QLocale().toString(m_view.at, QLocale::ShortFormat);
    m_age->setText(!m_trouble.isEmpty() && !read.isEmpty() ? tr("As it was on %1. %2").arg(read, m_trouble)
                   : !m_trouble.isEmpty()                  ? m_trouble
                   : read.isEmpty()                        ? QString()
                   : state.kind == LinkState::Kind::Offline
                       ? tr("As it was on %1: the server is out of reach.").arg(read)
                       : tr("As of %1. The server works it out once a minute.").arg(read));
    m_age->setVisible(!m_age->text().isEmpty());
}

} // namespace sqlgym::screens
