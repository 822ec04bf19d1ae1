#include "screens/data_page.h"

#include "screens/delete_account_form.h"
#include "widgets/theme_label.h"

#include <QtCore/QDir>
#include <QtCore/QLocale>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using widgets::ThemeLabel;
using widgets::TypeSize;

DataPage::DataPage(const Places &places, QWidget *parent)
    : QWidget(parent), m_places(places), m_here(new ThemeLabel(TypeSize::Body)),
      m_there(new ThemeLabel(TypeSize::Body)),
      m_deletionHeading(new ThemeLabel(TypeSize::Heading, tr("Delete the account"), true)),
      m_export(new QPushButton(tr("&Export everything\u2026"), this)), m_deletion(new DeleteAccountForm(this))
{
    m_here->setAccessibleName(tr("On this computer"));
    m_there->setAccessibleName(tr("At the server"));
    for (auto *label : {m_here, m_there})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_export->setAutoDefault(false);
    auto *exporting = new QHBoxLayout;
    exporting->addWidget(m_export);
    exporting->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::s);
    column->addWidget(new ThemeLabel(TypeSize::Title, tr("Your data"), true));
    column->addWidget(new ThemeLabel(TypeSize::Heading, tr("What is kept where"), true));
    column->addWidget(m_here);
    column->addWidget(m_there);
    column->addSpacing(widgets::space::m);
    column->addWidget(new ThemeLabel(TypeSize::Heading, tr("Take it with you"), true));
    column->addWidget(new ThemeLabel(
        TypeSize::Body, tr("Everything of yours as files that any program reads: each table as JSON and as CSV, each "
                           "text of the editor as an SQL file. Passwords and sessions are not in it.")));
    column->addLayout(exporting);
    column->addSpacing(widgets::space::m);
    column->addWidget(m_deletionHeading);
    column->addWidget(m_deletion);
    column->addStretch(1);
    connect(m_export, &QPushButton::clicked, this, &DataPage::chooseFolder);
    setFocusProxy(m_export);
}

void DataPage::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("The folder that the export goes into"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DataPage::exportAsked);
    dialog->open();
}

void DataPage::setState(const session::AccountView &account, const QString &server, const QString &obstacle)
{
    const QLocale locale;
    m_here->setText(
        tr("On this computer: %1 submissions, %2 attempts, %3 texts in the editor, your progress, and a copy "
           "of what you may see of the server.\nDatabase: %4\nSettings: %5\nPictures: %6")
            .arg(locale.toString(account.submissions), locale.toString(account.attempts),
                 locale.toString(account.drafts), QDir::toNativeSeparators(m_places.database),
                 QDir::toNativeSeparators(m_places.settings), QDir::toNativeSeparators(m_places.cache)));
    m_there->setText(server.isEmpty() || account.local
                         ? tr("At a server: nothing.")
                         : tr("At %1: the account with its profile, what you handed in and what was found of it, "
                              "progress, badges, bookmarks and votes, and what you wrote for others. Runs, checks and "
                              "texts that were not handed in stay on this computer.")
                               .arg(server));
    m_deletionHeading->setVisible(!account.local);
    m_deletion->setVisible(!account.local);
    m_deletion->setAccount(account.username, account.waiting, obstacle);
}

void DataPage::setExporting(bool exporting) { m_export->setEnabled(!exporting); }

} // namespace sqlgym::screens
