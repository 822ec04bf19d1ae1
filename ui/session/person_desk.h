// A person's profile: what is known here at once, and then what the server says.
#pragma once

#include "session/server_link.h"
#include "session/store.h"

#include <QtCore/QUrl>

namespace sqlgym::session {

struct PersonName {
    QString id;
    QString name; ///< in one line
};

struct PersonView {
    PersonName person;
    QString fullName;
    QString company;
    QUrl linkedin; ///< invalid: none, or no page of the web
    QDateTime since;
    int solved = 0;
    int posts = 0;
    bool own = false;
    bool followed = false;       ///< by the learner
    bool complete = false;       ///< as the server says; else only what is known here
    int followerCount = 0;       ///< `followers` may hold fewer
    int followingCount = 0;      ///< likewise
    QList<PersonName> followers; ///< by name
    QList<PersonName> following;
    bool known() const { return !person.id.isEmpty(); }
};

class PersonDesk : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    PersonDesk(Store &store, ServerLink &link, QObject *parent = nullptr);

    /// Asks for changed(), once or twice, or for nobody().
    void open(const QString &userId);
    /// What is open, again.
    void renew();
    void setFollowed(bool followed);

signals:
    void changed(const sqlgym::session::PersonView &view);
    /// Neither the profile nor the server knows the person; `words`: why the server was not asked, or empty.
    void nobody(const QString &words);
    void failed(const QString &words);

private:
    void askServer(const PersonView &here);

    Store &m_store;
    ServerLink &m_link;
    QString m_userId;
    quint64 m_asked = 0; ///< an answer to an earlier question is not shown
};

} // namespace sqlgym::session
