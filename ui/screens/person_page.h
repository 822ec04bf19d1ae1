// Who somebody is, whom they follow and who follows them.
#pragma once

#include "session/person_desk.h"

#include <QtWidgets/QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QToolButton;

namespace sqlgym::widgets {
class Avatar;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class PersonPage : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    PersonPage(session::Store &store, session::ServerLink &link, QWidget *parent = nullptr);

    void open(const QString &userId, const QString &name);
    void renew();

signals:
    void backChosen();
    void postsChosen(const QString &userId, const QString &name);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *head();
    QWidget *people(const QString &name, QLabel *title, QListWidget *list);
    void setView(const session::PersonView &view);
    void fill(QListWidget *list, const QList<session::PersonName> &people);
    void tell(const QString &title);

    session::PersonDesk *m_desk;
    session::PersonView m_view;
    QString m_userId;
    QToolButton *m_back;
    widgets::Avatar *m_avatar;
    QLabel *m_name;
    QLabel *m_about;
    QLabel *m_figures;
    QPushButton *m_follow;
    QPushButton *m_posts;
    QPushButton *m_linkedin;
    widgets::NoticeBar *m_notice;
    QLabel *m_followersTitle;
    QListWidget *m_followers;
    QLabel *m_followingTitle;
    QListWidget *m_following;
    QLabel *m_reach;
};

} // namespace sqlgym::screens
