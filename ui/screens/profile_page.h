// What one says about oneself: names, company, an address at LinkedIn, a picture.
#pragma once

#include "session/account_work.h"

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::widgets {
class Avatar;
}

namespace sqlgym::screens {

class ProfilePage : public QWidget {
    Q_OBJECT
public:
    explicit ProfilePage(QWidget *parent = nullptr);

    /// What is being typed stays until it is saved or taken back.
    void setAccount(const session::AccountView &account);
    /// `ofFile`: it is from a file of this computer.
    void setPicture(const QImage &picture, bool ofFile);

signals:
    void saveAsked(const sqlgym::session::ProfileTexts &texts);
    void accountAsked(); ///< there is none yet
    void dataAsked();    ///< what is kept where
    void pictureAsked(const QString &address);
    void fileChosen(const QString &path);
    void fileRemoved();

private:
    QWidget *makeForm();
    QWidget *makePicture();
    session::ProfileTexts texts() const;
    void fill(const session::ProfileTexts &texts);
    void look();
    void chooseFile();

    session::AccountView m_account;
    bool m_known = false;
    QWidget *m_invitation;
    QWidget *m_form;
    QLineEdit *m_first;
    QLineEdit *m_last;
    QLineEdit *m_company;
    QLineEdit *m_linkedin;
    QLineEdit *m_address;
    QLabel *m_words;
    QPushButton *m_save;
    QPushButton *m_undo;
    QPushButton *m_show;
    QPushButton *m_file;
    QPushButton *m_remove;
    widgets::Avatar *m_avatar;
    QLabel *m_pictureWords;
    bool m_ofFile = false;
};

} // namespace sqlgym::screens
