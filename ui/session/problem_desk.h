// What the problem editor asks of the server. Answers come as signals.
#pragma once

#include "client/drafts.h"

#include "session/instructor_desk.h"

#include <QtCore/QTimer>

namespace sqlgym::session {

/// The last question of each kind counts: an answer to an older one is dropped.
class ProblemDesk : public QObject {
    Q_OBJECT
public:
    enum Question { List, Open, Save, Verify, Look, Publish, QuestionCount };

    explicit ProblemDesk(ServerLink &link, QObject *parent = nullptr);

    void askList();
    void open(const QString &id);
    /// As client::saveDraft().
    void save(const QString &id, const QByteArray &definition, const QByteArray &before);
    /// Then looks how it stands until it is decided: a proofCame() each time.
    void verify(const QString &id);
    void watch(const QString &id);
    void cancelVerification(const QString &id);
    void publish(const QString &id, const QByteArray &definition);
    /// Answers to what was asked so far are dropped, nothing is watched any more.
    void forget();

signals:
    void listCame(const std::vector<sqlgym::client::EditableProblem> &problems,
                  const std::vector<sqlgym::client::TopicEntry> &topics);
    void opened(const QString &id, const sqlgym::client::ServerProblem &problem);
    /// `kept`: false where somebody else has saved since.
    void saved(const QString &id, const QByteArray &definition, bool kept);
    void proofCame(const QString &id, const sqlgym::client::Proof &proof);
    void published(const QString &id, const QByteArray &definition);
    void failed(sqlgym::session::ProblemDesk::Question question, const sqlgym::session::AskTrouble &trouble);

private:
    template <typename Work, typename Reply> void ask(Question question, Work work, Reply reply);
    void look();
    void onProof(const QString &id, const client::Proof &proof);

    ServerLink &m_link;
    quint64 m_asked[QuestionCount] = {};
    QString m_watched;
    QTimer m_look;
};

} // namespace sqlgym::session
