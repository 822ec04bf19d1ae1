// Where the server is and how far it is trusted.
#pragma once

#include "session/server_address.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::screens {

class ServerForm : public QWidget {
    Q_OBJECT
public:
    explicit ServerForm(QWidget *parent = nullptr);

    void setAddress(const session::ServerAddress &address);
    /// Nothing where no server is named.
    session::ServerAddress address() const;
    /// While an answer is waited for nothing can be asked.
    void setBusy(bool busy);

signals:
    void testAsked(const sqlgym::session::ServerAddress &address);
    /// This one from now on; empty: none.
    void chosen(const sqlgym::session::ServerAddress &address);

private:
    void lookAtHost();

    session::ServerAddress m_known; ///< with what has no field
    QLineEdit *m_host;
    QLineEdit *m_port;
    QLineEdit *m_database;
    QComboBox *m_protection;
    QLabel *m_protectionWords;
    QLineEdit *m_authority;
    QPushButton *m_browse;
    QPushButton *m_test;
    QPushButton *m_use;
    QPushButton *m_none;
};

} // namespace sqlgym::screens
