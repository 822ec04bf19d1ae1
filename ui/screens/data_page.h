// What there is of a learner's: where it lies, everything as files, the end of the account.
#pragma once

#include "base/secret.h"
#include "session/account_work.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace sqlgym::screens {

class DeleteAccountForm;

class DataPage : public QWidget {
    Q_OBJECT
public:
    struct Places {
        QString database;
        QString settings;
        QString cache; ///< of pictures
    };
    explicit DataPage(const Places &places, QWidget *parent = nullptr);

    /// `server`: as a person reads it; empty = none. `obstacle`: why the account cannot be deleted now.
    void setState(const session::AccountView &account, const QString &server, const QString &obstacle);
    void setExporting(bool exporting);
    DeleteAccountForm *deletion() const { return m_deletion; }

signals:
    /// Into a new folder in this one.
    void exportAsked(const QString &parentFolder);

private:
    void chooseFolder();

    Places m_places;
    QLabel *m_here;
    QLabel *m_there;
    QLabel *m_deletionHeading;
    QPushButton *m_export;
    DeleteAccountForm *m_deletion;
};

} // namespace sqlgym::screens
