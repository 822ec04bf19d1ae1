#include "screens/solutions_desk.h"

#include "screens/learner_solutions.h"
#include "screens/practice_screen.h"
#include "screens/solution_view.h"
#include "screens/workspace.h"
#include "session/community_work.h"

namespace sqlgym::screens {

using session::CacheSlot;
using session::LinkState;
using session::SolutionPage;

namespace {

constexpr int kFetchMs = 20'000; ///< while it is looked at: the server does not tell of votes

} // namespace

SolutionsDesk::SolutionsDesk(session::Store &store, session::ServerLink &link, PracticeScreen &practice)
    : QObject(&practice), m_store(store), m_link(link), m_practice(practice)
{
    connect(practice.workspace(), &Workspace::solutionMade, this,
            [this](SolutionView *view) { take(view->learners()); });
    connect(&practice, &PracticeScreen::problemShown, this, &SolutionsDesk::tellProblem);
    connect(&store, &session::Store::submitted, this, &SolutionsDesk::renew);
    connect(&link, &session::ServerLink::stateChanged, this, [this](const LinkState &state) {
        const bool there = state.signedIn() && state.kind != LinkState::Kind::Offline;
        showState();
        if (there && !m_there)
            renew();
        m_there = there;
    });
    m_fetch.setInterval(kFetchMs);
    connect(&m_fetch, &QTimer::timeout, this, [this] {
        if (m_page && m_page->isVisible())
            askServer();
        else
            m_fetch.stop();
    });
    connect(&link, &session::ServerLink::exchanged, this, &SolutionsDesk::renew);
}

void SolutionsDesk::take(LearnerSolutions *page)
{
    m_page = page;
    connect(page, &LearnerSolutions::looked, this, &SolutionsDesk::renew);
    connect(page, &LearnerSolutions::accountAsked, this, &SolutionsDesk::accountAsked);
    connect(page, &LearnerSolutions::runWanted, this, &SolutionsDesk::run);
    connect(page, &LearnerSolutions::written, this, &SolutionsDesk::share);
    connect(page, &LearnerSolutions::draftChanged, this, [this](const QString &problem, const QString &text) {
        m_store.ask([problem, text](CacheSlot &slot) { return session::keepSolutionDraft(slot, problem, text); }, this,
                    [this](const session::Notice &notice) {
                        if (m_page && !notice.isEmpty())
                            m_page->showNotice(notice);
                    });
    });
    connect(page, &LearnerSolutions::marked, this,
            [this](const QString &id, std::optional<int> vote, std::optional<bool> bookmark) {
                write(
                    [id, vote, bookmark](CacheSlot &slot) { return session::markSolution(slot, id, vote, bookmark); });
            });
    connect(page, &LearnerSolutions::deleteChosen, this, [this](const QString &id) {
        write([id](CacheSlot &slot) { return session::deleteSolution(slot, id); }, tr("Your solution is deleted."));
    });
    connect(page, &LearnerSolutions::reportChosen, this, [this](const QString &id, const QString &reason) {
        write(
            [id = id.toStdString(), reason](CacheSlot &slot) { return session::report(slot, "solution", id, reason); },
            tr("Reported. Thank you."));
    });
    connect(page, &LearnerSolutions::hideChosen, this, [this](const QString &kind, const QString &id) {
        write([kind = kind.toStdString(),
               id = id.toStdString()](CacheSlot &slot) { return session::hide(slot, kind, id); },
              tr("Hidden: you will not see it again."));
    });
    showState();
    tellProblem();
}

void SolutionsDesk::tellProblem()
{
    const auto &problem = m_practice.workspace()->opened().problem;
    if (!m_page || !problem)
        return;
    m_problemId = QString::fromStdString(problem->id);
    m_trouble.clear();
    m_page->setLoading();
    showState();
    renew();
}

void SolutionsDesk::renew()
{
    if (!m_page || m_problemId.isEmpty() || !m_page->isVisible())
        return;
    read();
    askServer();
    m_fetch.start();
}

void SolutionsDesk::read()
{
    m_store.ask([id = m_problemId](CacheSlot &slot) { return session::readSolutions(slot, id); }, this,
                [this](const SolutionPage &page) {
                    if (!m_page || page.problemId != m_problemId || m_writing > 0)
                        return;
                    m_page->setPage(page);
                });
}

void SolutionsDesk::askServer()
{
    if (!m_link.state().signedIn() || m_link.state().kind == LinkState::Kind::Offline)
        return;
    m_again = m_asking;
    if (m_asking)
        return;
    m_asking = true;
    using Told = base::Result<sync::ToldSolutions>;
    m_link.ask([id = m_problemId.toStdString()](client::Gateway &gateway) { return sync::toldSolutions(gateway, id); },
               this, [this, id = m_problemId](const Told &told) { onTold(id, told); });
}

void SolutionsDesk::onTold(const QString &problemId, const base::Result<sync::ToldSolutions> &told)
{
    m_asking = false;
    if (std::exchange(m_again, false) || problemId != m_problemId) {
        if (m_page && m_page->isVisible())
            askServer();
        return;
    }
    if (!told && client::troubleOf(told.error()) == client::Trouble::Cancelled)
        return;
    m_trouble = told ? QString() : QString::fromStdString(told.error().message);
    showState();
    if (told)
        m_store.ask([problemId, all = *told](CacheSlot &slot) { return session::keepSolutions(slot, problemId, all); },
                    this,
                    [this](const SolutionPage &page) {
                        if (m_page && page.problemId == m_problemId && m_writing == 0)
                            m_page->setPage(page);
                    });
}

void SolutionsDesk::showState()
{
    if (!m_page)
        return;
    const LinkState &state = m_link.state();
    if (state.kind == LinkState::Kind::NoServer || !state.signedIn())
        m_page->setState(tr("You are not signed in to a server. What you share is kept here and sent once you sign in; "
                            "then you also see what others shared."),
                         true);
    else if (state.kind == LinkState::Kind::Offline)
        m_page->setState(tr("Offline: this is what was here last. What you write is sent later."), false);
    else if (!m_trouble.isEmpty())
        m_page->setState(tr("The server did not tell what others shared: %1").arg(m_trouble), false);
    else
        m_page->setState({}, false);
}

template <typename Work> void SolutionsDesk::write(Work work, const QString &done)
{
    ++m_writing;
    m_store.ask(std::move(work), this, [this, done](const session::Notice &notice) {
        --m_writing;
        if (!notice.isEmpty() && m_page)
            m_page->showNotice(notice);
        else if (!done.isEmpty())
            emit m_practice.statusMessage(done);
        if (m_writing == 0)
            read();
        emit m_store.wroteForServer();
    });
}

void SolutionsDesk::share(const QString &id, const QString &explanation, const QString &sql)
{
    m_store.ask(
        [problem = m_problemId, id, explanation, sql](CacheSlot &slot) {
            const auto notice = session::shareSolution(slot, problem, id, explanation, sql);
            // The draft is a solution now.
            if (notice.isEmpty() && id.isEmpty())
                (void)session::keepSolutionDraft(slot, problem, {});
            return notice;
        },
        this,
        [this, id](const session::Notice &notice) {
            if (!m_page)
                return;
            if (!notice.isEmpty()) {
                m_page->showNotice(notice);
                return;
            }
            m_page->closeForm();
            emit m_practice.statusMessage(id.isEmpty() ? tr("Shared. Thank you.") : tr("Saved."));
            read();
            emit m_store.wroteForServer();
        });
}

/// The learner's own text is kept, and stays as it is.
void SolutionsDesk::run(const QString &sql)
{
    m_practice.openScratch(sql);
    m_practice.runAll();
}

} // namespace sqlgym::screens
