#include "screens/profile_page.h"

#include "models/picture.h"
#include "widgets/avatar.h"
#include "widgets/theme_label.h"

#include <QtCore/QStandardPaths>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using session::ProfileTexts;
using widgets::ThemeLabel;
using widgets::TypeSize;

namespace {

constexpr int kAvatarSide = 72;

QLineEdit *field(const QString &name, int most)
{
    auto *made = new QLineEdit;
    made->setAccessibleName(name);
    made->setMaxLength(most);
    return made;
}

} // namespace

ProfilePage::ProfilePage(QWidget *parent)
    : QWidget(parent), m_invitation(new QWidget(this)), m_form(nullptr),
      m_first(field(tr("First name"), session::kMostNameLength)),
      m_last(field(tr("Last name"), session::kMostNameLength)),
      m_company(field(tr("Company"), session::kMostCompanyLength)),
      m_linkedin(field(tr("LinkedIn address"), session::kMostAddressLength)),
      m_address(field(tr("Address of a picture"), session::kMostAddressLength)),
      m_words(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted)),
      m_save(new QPushButton(tr("&Save"), this)), m_undo(new QPushButton(tr("Take &back"), this)),
      m_show(new QPushButton(tr("Sho&w it"), this)), m_file(new QPushButton(tr("From a &file\u2026"), this)),
      m_remove(new QPushButton(tr("&Remove"), this)), m_avatar(new widgets::Avatar(kAvatarSide, this)),
      m_pictureWords(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted))
{
    auto *invitation = new QVBoxLayout(m_invitation);
    invitation->setContentsMargins(0, 0, 0, 0);
    invitation->setSpacing(widgets::space::m);
    invitation->addWidget(new ThemeLabel(
        TypeSize::Body, tr("This profile is on this computer alone, and nobody else sees it. Names, company and an "
                           "address at LinkedIn belong to an account at a server, where other learners see them.")));
    auto *account = new QPushButton(tr("Get an &account\u2026"), m_invitation);
    auto *where = new QPushButton(tr("What is kept &where"), m_invitation);
    account->setAutoDefault(false);
    where->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(account);
    row->addWidget(where);
    row->addStretch(1);
    invitation->addLayout(row);
    connect(account, &QPushButton::clicked, this, &ProfilePage::accountAsked);
    connect(where, &QPushButton::clicked, this, &ProfilePage::dataAsked);

    m_words->setAccessibleName(tr("About the profile"));
    m_form = makeForm();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::m);
    column->addWidget(new ThemeLabel(TypeSize::Title, tr("Profile"), true));
    column->addWidget(m_invitation);
    column->addWidget(m_form);
    column->addSpacing(widgets::space::s);
    column->addWidget(new ThemeLabel(TypeSize::Heading, tr("Picture on this computer"), true));
    column->addWidget(makePicture());
    column->addStretch(1);
    for (auto *each : {m_first, m_last, m_company, m_linkedin, m_address}) {
        connect(each, &QLineEdit::textChanged, this, &ProfilePage::look);
        connect(each, &QLineEdit::returnPressed, m_save, &QPushButton::click);
    }
    for (auto *button : {m_save, m_undo, m_show, m_file, m_remove})
        button->setAutoDefault(false);
    connect(m_save, &QPushButton::clicked, this, [this] { emit saveAsked(texts()); });
    connect(m_undo, &QPushButton::clicked, this, [this] { fill(m_account.texts); });
    connect(m_show, &QPushButton::clicked, this, [this] { emit pictureAsked(texts().picture); });
    connect(m_file, &QPushButton::clicked, this, &ProfilePage::chooseFile);
    connect(m_remove, &QPushButton::clicked, this, &ProfilePage::fileRemoved);
    setAccount({});
    m_known = false;
}

QWidget *ProfilePage::makeForm()
{
    auto *page = new QWidget(this);
    m_linkedin->setPlaceholderText(QStringLiteral("https://www.linkedin.com/in/\u2026"));
    m_address->setPlaceholderText(QStringLiteral("https://\u2026"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(widgets::space::l);
    form->setVerticalSpacing(widgets::space::s);
    form->addRow(tr("First &name"), m_first);
    form->addRow(tr("&Last name"), m_last);
    form->addRow(tr("&Company"), m_company);
    form->addRow(tr("L&inkedIn"), m_linkedin);
    auto *picture = new QHBoxLayout;
    picture->addWidget(m_address, 1);
    picture->addWidget(m_show);
    form->addRow(tr("&Picture\u2019s address"), picture);
    static_cast<QLabel *>(form->labelForField(picture))->setBuddy(m_address);
    form->addRow(QString(), m_words);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_undo);
    buttons->addWidget(m_save);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::s);
    column->addLayout(form);
    column->addLayout(buttons);
    return page;
}

QWidget *ProfilePage::makePicture()
{
    auto *page = new QWidget(this);
    m_avatar->setAccessibleName(tr("Your picture"));
    m_pictureWords->setAccessibleName(tr("About the picture"));
    m_remove->setAccessibleName(tr("Remove the picture from this computer"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_file);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(widgets::space::s);
    words->addWidget(m_pictureWords);
    words->addLayout(buttons);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::space::l);
    row->addWidget(m_avatar, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    return page;
}

void ProfilePage::setAccount(const session::AccountView &account)
{
    const bool touched = m_known && texts() != m_account.texts && account.username == m_account.username;
    m_account = account;
    m_known = true;
    m_invitation->setVisible(account.local);
    m_form->setVisible(!account.local);
    setFocusProxy(account.local ? static_cast<QWidget *>(m_file) : m_first);
    m_avatar->setInitials(models::initialsOf(account.texts.firstName, account.texts.lastName, account.username));
    if (!touched)
        fill(account.texts);
    look();
}

void ProfilePage::setPicture(const QImage &picture, bool ofFile)
{
    m_ofFile = ofFile;
    m_avatar->setPicture(picture);
    look();
}

ProfileTexts ProfilePage::texts() const
{
    return {m_first->text().trimmed(), m_last->text().trimmed(), m_company->text().trimmed(),
            m_linkedin->text().trimmed(), m_address->text().trimmed()};
}

void ProfilePage::fill(const ProfileTexts &texts)
{
    m_first->setText(texts.firstName);
    m_last->setText(texts.lastName);
    m_company->setText(texts.company);
    m_linkedin->setText(texts.linkedin);
    m_address->setText(texts.picture);
}

void ProfilePage::look()
{
    const ProfileTexts now = texts();
    const bool differs = now != m_account.texts;
    const QString linkedin = session::addressTrouble(now.linkedin);
    const QString picture = session::addressTrouble(now.picture);
    const QString trouble = !linkedin.isEmpty()  ? tr("LinkedIn: %1").arg(linkedin)
                            : !picture.isEmpty() ? tr("Picture: %1").arg(picture)
                                                 : QString();
    m_words->setText(!trouble.isEmpty() ? trouble
                                        : tr("Other learners see all of this. Your e-mail address they never see. The "
                                             "picture is fetched from its address when somebody asks for it: whoever "
                                             "runs that server can see who does."));
    m_save->setEnabled(differs && trouble.isEmpty());
    m_undo->setEnabled(differs);
    m_show->setEnabled(!now.picture.isEmpty() && picture.isEmpty());
    m_remove->setVisible(m_ofFile);
    m_pictureWords->setText(
        m_ofFile ? tr("This picture is from a file. It is kept on this computer, where it stands for you; a server "
                      "keeps no pictures, so others do not see it.")
                 : tr("A picture from a file (PNG or JPEG) stays on this computer: a server keeps no pictures, only "
                      "the address of one."));
}

void ProfilePage::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("A picture of you"),
                                   QStandardPaths::writableLocation(QStandardPaths::PicturesLocation),
                                   tr("Pictures (*.png *.jpg *.jpeg);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ProfilePage::fileChosen);
    dialog->open();
}

} // namespace sqlgym::screens
