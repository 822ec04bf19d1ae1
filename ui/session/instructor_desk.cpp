#include "session/instructor_desk.h"

#include "session/server_link.h"

#include <set>

namespace sqlgym::session {

namespace {

Families familiesOf(const std::vector<client::SubmissionText> &texts)
{
    Families all;
    std::set<std::string> right;
    for (const client::SubmissionText &each : texts) {
        all.submissions.push_back({each.id, each.learner, each.correct, each.failing, insight::approachOf(each.query)});
        if (each.correct.value_or(false))
            right.insert(each.learner);
    }
    all.families = insight::familiesOf(all.submissions);
    all.pairs = insight::likePairs(all.submissions);
    all.few = insight::few(right.size());
    for (auto &each : all.submissions)
        each.approach.plain.clear();
    return all;
}

} // namespace

AskTrouble troubleFrom(const base::Error &error)
{
    using client::Trouble;
    const QString words = QString::fromStdString(error.message);
    switch (client::troubleOf(error)) {
    case Trouble::SignedOut:
        return {AskTrouble::Kind::SignedOut, words};
    case Trouble::Refused:
        return {AskTrouble::Kind::NotAllowed, words};
    case Trouble::Offline:
    case Trouble::Tls:
    case Trouble::NotAServer:
    case Trouble::BadAddress:
        return {AskTrouble::Kind::Offline, words};
    default:
        return {AskTrouble::Kind::Other, words};
    }
}

InstructorDesk::InstructorDesk(ServerLink &link, QObject *parent) : QObject(parent), m_link(link) {}

void InstructorDesk::forget()
{
    for (quint64 &asked : m_asked)
        ++asked;
}

/// To whom is no instructor any more the server answers as to any learner: that is no answer here.
template <typename Work, typename Reply> void InstructorDesk::ask(Kind kind, Work work, Reply reply)
{
    using Answer = std::invoke_result_t<Work, client::Gateway &>;
    m_link.ask(
        [work = std::move(work)](client::Gateway &gateway) mutable -> Answer {
            if (auto allowed = client::requireInstructor(gateway); !allowed)
                return allowed.error();
            return work(gateway);
        },
        this,
        [this, kind, asked = ++m_asked[kind], reply = std::move(reply)](Answer answer) {
            if (asked != m_asked[kind])
                return;
            if (answer)
                reply(*answer);
            else if (client::troubleOf(answer.error()) != client::Trouble::Cancelled)
                emit failed(troubleFrom(answer.error()), kind == Page || kind == Gather);
        });
}

void InstructorDesk::askCatalogue()
{
    ask(
        Catalogue, [](client::Gateway &gateway) { return client::catalogueEntries(gateway); },
        [this](const std::vector<client::CatalogueEntry> &entries) { emit catalogueCame(entries); });
}

void InstructorDesk::askPage(const client::SubmissionFilter &filter, const client::SubmissionCursor &after)
{
    ask(
        Page,
        [filter, after](client::Gateway &gateway) { return client::submissionPage(gateway, filter, after, kPageRows); },
        [this, first = after.id.empty()](const client::SubmissionPage &page) { emit pageCame(page, first); });
}

void InstructorDesk::askDetail(const QString &id)
{
    ask(
        Detail, [id = id.toStdString()](client::Gateway &gateway) { return client::submissionDetail(gateway, id); },
        [this](const client::SubmissionDetail &detail) { emit detailCame(detail); });
}

void InstructorDesk::askReport(const QString &problemId)
{
    ask(
        Report, [id = problemId.toStdString()](client::Gateway &gateway) { return client::problemReport(gateway, id); },
        [this, problemId](const client::ProblemReport &report) { emit reportCame(problemId, report); });
}

void InstructorDesk::askTexts(const QString &problemId, const QString &learnerId)
{
    ask(
        Texts,
        [problem = problemId.toStdString(), learner = learnerId.toStdString()](client::Gateway &gateway) {
            return client::submissionTexts(gateway, problem, learner, kTexts);
        },
        [this, problemId, learnerId](const std::vector<client::SubmissionText> &texts) {
            emit textsCame(problemId, learnerId, texts);
        });
}

void InstructorDesk::askFamilies(const QString &problemId)
{
    ask(
        FamiliesKind,
        [problem = problemId.toStdString()](client::Gateway &gateway) -> base::Result<Families> {
            const auto texts = client::submissionTexts(gateway, problem, {}, kTexts);
            if (!texts)
                return texts.error();
            return familiesOf(*texts);
        },
        [this, problemId](const Families &families) { emit familiesCame(problemId, families); });
}

void InstructorDesk::askPair(const QString &olderId, const QString &newerId)
{
    using Both = std::pair<client::SubmissionDetail, client::SubmissionDetail>;
    ask(
        Pair,
        [older = olderId.toStdString(), newer = newerId.toStdString()](client::Gateway &gateway) -> base::Result<Both> {
            auto one = client::submissionDetail(gateway, older);
            if (!one)
                return one.error();
            auto two = client::submissionDetail(gateway, newer);
            if (!two)
                return two.error();
            return Both(std::move(*one), std::move(*two));
        },
        [this](const Both &both) { emit pairCame(both.first, both.second); });
}

void InstructorDesk::comment(const QString &commentId, const QString &submissionId, const QString &text)
{
    m_link.ask([id = commentId.toStdString(), submission = submissionId.toStdString(), words = text.toStdString()](
                   client::Gateway &gateway) { return client::commentSubmission(gateway, id, submission, words); },
               this,
               [this, submissionId](const base::Result<void> &done) {
                   emit commented(submissionId, done ? AskTrouble() : troubleFrom(done.error()));
               });
}

void InstructorDesk::gather(const client::SubmissionFilter &filter, int most)
{
    ask(
        Gather,
        [filter, most](client::Gateway &gateway) -> base::Result<client::SubmissionPage> {
            client::SubmissionPage all;
            all.more = true;
            while (all.more && static_cast<int>(all.rows.size()) < most) {
                auto page = client::submissionPage(gateway, filter, all.next,
                                                   std::min(200, most - static_cast<int>(all.rows.size())), true);
                if (!page)
                    return page.error();
                all.rows.insert(all.rows.end(), page->rows.begin(), page->rows.end());
                all.next = page->next;
                all.more = page->more;
            }
            return all;
        },
        [this](const client::SubmissionPage &all) { emit gathered(all.rows, all.more); });
}

ProblemPtr localProblem(CacheSlot &slot, const std::string &problemId)
{
    for (const ProblemEntry &entry : readEntries(slot)) {
        if (entry.id.toStdString() != problemId)
            continue;
        if (auto problem = slot.cache->problems().problem(entry.slug.toStdString()))
            return std::make_shared<const content::Problem>(std::move(*problem));
    }
    return nullptr;
}

} // namespace sqlgym::session
