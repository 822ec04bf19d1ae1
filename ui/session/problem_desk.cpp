#include "session/problem_desk.h"

#include "session/server_link.h"

namespace sqlgym::session {

namespace {

constexpr int kLookMs = 700;

} // namespace

ProblemDesk::ProblemDesk(ServerLink &link, QObject *parent) : QObject(parent), m_link(link)
{
    m_look.setSingleShot(true);
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &ProblemDesk::look);
}

void ProblemDesk::forget()
{
    for (quint64 &asked : m_asked)
        ++asked;
    m_watched.clear();
    m_look.stop();
}

template <typename Work, typename Reply> void ProblemDesk::ask(Question question, Work work, Reply reply)
{
    using Answer = std::invoke_result_t<Work, client::Gateway &>;
    m_link.ask(
        [work = std::move(work)](client::Gateway &gateway) mutable -> Answer {
            if (auto allowed = client::requireInstructor(gateway); !allowed)
                return allowed.error();
            return work(gateway);
        },
        this,
        [this, question, asked = ++m_asked[question], reply = std::move(reply)](Answer answer) {
            if (asked != m_asked[question])
                return;
            if (!answer)
                emit failed(question, troubleFrom(answer.error()));
            else if constexpr (std::is_same_v<Answer, base::Result<void>>)
                reply();
            else
                reply(*answer);
        });
}

void ProblemDesk::askList()
{
    using Both = std::pair<std::vector<client::EditableProblem>, std::vector<client::TopicEntry>>;
    ask(
        List,
        [](client::Gateway &gateway) -> base::Result<Both> {
            auto problems = client::editableProblems(gateway);
            if (!problems)
                return problems.error();
            auto topics = client::topicEntries(gateway);
            if (!topics)
                return topics.error();
            return Both(std::move(*problems), std::move(*topics));
        },
        [this](const Both &both) { emit listCame(both.first, both.second); });
}

void ProblemDesk::open(const QString &id)
{
    ask(
        Open, [key = id.toStdString()](client::Gateway &gateway) { return client::serverProblem(gateway, key); },
        [this, id](const client::ServerProblem &problem) { emit opened(id, problem); });
}

void ProblemDesk::save(const QString &id, const QByteArray &definition, const QByteArray &before)
{
    ask(
        Save,
        [key = id.toStdString(), text = definition.toStdString(),
         old = before.toStdString()](client::Gateway &gateway) { return client::saveDraft(gateway, key, text, old); },
        [this, id, definition](bool kept) { emit saved(id, definition, kept); });
}

void ProblemDesk::verify(const QString &id)
{
    m_watched = id;
    ask(
        Verify, [key = id.toStdString()](client::Gateway &gateway) { return client::verifyDraft(gateway, key); },
        [this] { look(); });
}

void ProblemDesk::watch(const QString &id)
{
    m_watched = id;
    m_look.start();
}

void ProblemDesk::look()
{
    if (m_watched.isEmpty())
        return;
    ask(
        Look, [key = m_watched.toStdString()](client::Gateway &gateway) { return client::proofOf(gateway, key); },
        [this, id = m_watched](const client::Proof &proof) { onProof(id, proof); });
}

void ProblemDesk::onProof(const QString &id, const client::Proof &proof)
{
    if (id != m_watched)
        return;
    if (proof.open())
        m_look.start();
    else
        m_watched.clear();
    emit proofCame(id, proof);
}

void ProblemDesk::cancelVerification(const QString &id)
{
    m_watched.clear();
    m_look.stop();
    ++m_asked[Look];
    ask(
        Verify,
        [key = id.toStdString()](client::Gateway &gateway) -> base::Result<client::Proof> {
            if (auto gone = client::cancelVerification(gateway, key); !gone)
                return gone.error();
            return client::proofOf(gateway, key);
        },
        [this, id](const client::Proof &proof) { emit proofCame(id, proof); });
}

void ProblemDesk::publish(const QString &id, const QByteArray &definition)
{
    ask(
        Publish,
        [key = id.toStdString(), text = definition.toStdString()](client::Gateway &gateway) {
            return client::publishDraft(gateway, key, text);
        },
        [this, id, definition] { emit published(id, definition); });
}

} // namespace sqlgym::session
