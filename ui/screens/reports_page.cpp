#include "screens/reports_page.h"

#include "models/labels.h"
#include "screens/reported_view.h"
#include "session/server_link.h"
#include "widgets/empty_words.h"
#include "widgets/header.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeWidget>

#include <algorithm>

namespace sqlgym::screens {

using namespace widgets;
using session::AskTrouble;

namespace {

constexpr int kRowHeight = 28;

QString whyWords(const client::ReportedThing &thing)
{
    if (thing.reports.empty())
        return {};
    const QString first = models::beginningOf(thing.reports.front().reason, 200).simplified();
    return thing.reports.size() == 1
               ? first
               : ReportsPage::tr("%1 (%2 reports)").arg(first, QLocale().toString(thing.reports.size()));
}

} // namespace

ReportsPage::ReportsPage(session::ServerLink &link, QWidget *parent)
    : QWidget(parent), m_desk(new session::ReportsDesk(link, this)), m_which(new QComboBox), m_count(new QLabel),
      m_list(new QTreeWidget), m_notice(new NoticeBar), m_view(new ReportedView)
{
    auto *title = new QLabel(tr("Reports"));
    title->setFont(textFont(TypeSize::Heading, true));
    m_which->setAccessibleName(tr("Which reports"));
    m_which->addItems({tr("Open"), tr("Dealt with")});
    m_count->setAccessibleName(tr("How many things are reported"));
    m_notice->setAccessibleName(tr("Notice of the reports"));
    m_notice->setClosable(true);
    m_notice->hide();
    auto *refresh = new QPushButton(tr("Refresh"));
    refresh->setIcon(icon("sync"));
    refresh->setAccessibleName(tr("Refresh the reports"));
    m_list->setAccessibleName(tr("Reported things"));
    m_list->setHeaderLabels({tr("What"), tr("Why")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTabKeyNavigation(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setToolTip(tr("H hides it or shows it again, D dismisses the reports"));
    m_list->installEventFilter(this);
    dressHeader(m_list->header());
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_empty = new EmptyWords(m_list);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, space::s);
    head->setSpacing(space::s);
    head->addWidget(title);
    head->addWidget(m_count, 1);
    head->addWidget(m_which);
    head->addWidget(refresh);
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_view);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({480, 480});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_notice);
    column->addWidget(splitter, 1);
    setFocusProxy(m_list);

    connect(refresh, &QPushButton::clicked, this, &ReportsPage::reload);
    connect(m_which, &QComboBox::currentIndexChanged, this, &ReportsPage::reload);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        if (const auto *thing = chosen())
            m_view->setThing(*thing);
        else
            m_view->clear();
    });
    connect(m_view, &ReportedView::hiddenWanted, this, [this](bool hidden, const QString &reason) {
        if (const auto *thing = chosen()) {
            m_view->setBusy(true);
            m_desk->setHidden(*thing, hidden, reason);
        }
    });
    connect(m_view, &ReportedView::dismissWanted, this, [this] {
        if (const auto *thing = chosen()) {
            m_view->setBusy(true);
            m_desk->dismiss(*thing);
        }
    });
    connect(m_desk, &session::ReportsDesk::came, this, &ReportsPage::onCame);
    connect(m_desk, &session::ReportsDesk::failed, this, &ReportsPage::onFailed);
    connect(m_desk, &session::ReportsDesk::dealtWith, this, &ReportsPage::onDealtWith);
    connect(&link, &session::ServerLink::stateChanged, this, &ReportsPage::setLinkState);
    setLinkState(link.state());
}

bool ReportsPage::showsClosed() const { return m_which->currentIndex() == 1; }

const client::ReportedThing *ReportsPage::chosen() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < std::ssize(m_things) ? &m_things[static_cast<std::size_t>(row)] : nullptr;
}

void ReportsPage::setLinkState(const session::LinkState &state)
{
    const QString account = state.instructor ? state.accountId : QString();
    if (account == m_account && !account.isEmpty())
        return;
    m_account = account;
    m_desk->forget();
    showWords(!account.isEmpty() ? QString()
              : state.signedIn() ? tr("This account is not an instructor's.")
                                 : tr("You are signed out. Sign in (Ctrl+Shift+A) to see the reports."));
    if (!account.isEmpty() && isVisible())
        reload();
}

void ReportsPage::activate()
{
    reload();
    m_list->setFocus();
}

/// Instead of rows.
void ReportsPage::showWords(const QString &words)
{
    m_things.clear();
    m_list->clear();
    m_count->clear();
    m_view->clear();
    m_empty->setWords(words);
}

void ReportsPage::reload()
{
    m_notice->hide();
    if (m_account.isEmpty())
        return;
    if (m_things.empty())
        m_empty->setWords(tr("Reading the reports\u2026"));
    m_desk->ask(showsClosed());
}

void ReportsPage::onCame(const std::vector<client::ReportedThing> &things, bool closed)
{
    if (closed != showsClosed())
        return;
    // Whoever works it off goes on with what took its place.
    const auto *before = chosen();
    const std::string id = before ? before->targetId : std::string();
    const int row = std::max(0, m_list->indexOfTopLevelItem(m_list->currentItem()));
    m_view->setBusy(false);
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        m_things = things;
        for (const auto &thing : m_things) {
            const QString what =
                thing.author.empty()
                    ? tr("%1 that is gone").arg(ReportedView::kindWords(thing.kind))
                    : tr("%1 by %2").arg(ReportedView::kindWords(thing.kind), models::beginningOf(thing.author, 60));
            const QString why = whyWords(thing);
            auto *item = new QTreeWidgetItem(m_list, {thing.hidden ? tr("%1 (hidden)").arg(what) : what, why});
            item->setSizeHint(0, {0, kRowHeight});
            item->setToolTip(0, models::plainTip(what));
            item->setToolTip(1, models::plainTip(why));
        }
        const auto same = std::ranges::find(m_things, id, &client::ReportedThing::targetId);
        const int next = same != m_things.end() ? static_cast<int>(same - m_things.begin())
                                                : std::min(row, static_cast<int>(m_things.size()) - 1);
        m_list->setCurrentItem(m_list->topLevelItem(next));
    }
    if (const auto *thing = chosen())
        m_view->setThing(*thing);
    else
        m_view->clear();
    m_count->setText(m_things.empty() ? QString() : tr("%1 in all").arg(QLocale().toString(m_things.size())));
    m_empty->setWords(closed ? tr("Nothing is dealt with yet.")
                             : tr("Nothing is reported. When a learner reports a post, "
                                  "a comment, a solution, a link or a person, it "
                                  "stands here."));
}

void ReportsPage::onFailed(const AskTrouble &trouble)
{
    using Kind = AskTrouble::Kind;
    m_view->setBusy(false);
    if (trouble.kind == Kind::NotAllowed || trouble.kind == Kind::SignedOut) {
        showWords(trouble.words);
        return;
    }
    if (m_things.empty())
        m_empty->setWords(tr("The reports could not be read."));
    m_notice->setNotice(NoticeKind::Warning,
                        trouble.kind == Kind::Offline ? tr("The server cannot be reached.")
                                                      : tr("The server did not answer."),
                        trouble.words);
    m_notice->addButton(tr("Try again"), this, [this] { reload(); });
    m_notice->show();
}

void ReportsPage::onDealtWith(const QString &, const AskTrouble &trouble)
{
    m_view->setBusy(false);
    if (trouble.kind == AskTrouble::Kind::None) {
        reload();
        return;
    }
    m_notice->setNotice(NoticeKind::Warning, tr("That was not done."), trouble.words);
    m_notice->show();
}

bool ReportsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers() != Qt::NoModifier || (key->key() != Qt::Key_H && key->key() != Qt::Key_D))
        return QWidget::eventFilter(watched, event);
    if (key->key() == Qt::Key_H)
        m_view->hideOrRestore();
    else
        m_view->dismiss();
    return true;
}

} // namespace sqlgym::screens
