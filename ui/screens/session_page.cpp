#include "screens/session_page.h"

#include "screens/sign_in_form.h"
#include "widgets/theme_label.h"

#include <QtCore/QLocale>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QTabWidget>

namespace sqlgym::screens {

using widgets::ThemeLabel;
using widgets::TypeSize;

namespace {

QVBoxLayout *columnOf(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::m);
    return column;
}

QHBoxLayout *atTheLeft(QWidget *widget)
{
    auto *row = new QHBoxLayout;
    row->addWidget(widget);
    row->addStretch(1);
    return row;
}

} // namespace

SessionPage::SessionPage(QWidget *parent)
    : QWidget(parent), m_pages(new QStackedLayout), m_none(new QWidget(this)), m_out(new QWidget(this)),
      m_in(new QWidget(this)), m_invitation(new ThemeLabel(TypeSize::Body)), m_forms(new QTabWidget(m_out)),
      m_signIn(new SignInForm(SignInForm::Purpose::SignIn)), m_signUp(new SignInForm(SignInForm::Purpose::SignUp)),
      m_signOut(new QPushButton(tr("Sign &out"), m_in))
{
    auto *none = columnOf(m_none);
    none->addWidget(new ThemeLabel(
        TypeSize::Body, tr("Everything stays on this computer: nobody is signed in, and nothing is sent anywhere. A "
                           "server judges what you hand in, keeps it for your other computers, and brings the "
                           "community, others\u2019 solutions and badges.")));
    auto *choose = new QPushButton(tr("Choose a &server\u2026"), m_none);
    choose->setAutoDefault(false);
    none->addLayout(atTheLeft(choose));
    none->addStretch(1);
    connect(choose, &QPushButton::clicked, this, &SessionPage::serverAsked);

    m_forms->setDocumentMode(true);
    m_forms->setAccessibleName(tr("Account pages"));
    m_forms->addTab(m_signIn, tr("Sign in"));
    m_forms->addTab(m_signUp, tr("New account"));
    auto *out = columnOf(m_out);
    out->addWidget(m_invitation);
    out->addWidget(m_forms);
    out->addStretch(1);
    connect(m_signIn, &SignInForm::asked, this, &SessionPage::signInAsked);
    connect(m_signUp, &SignInForm::asked, this, &SessionPage::signUpAsked);

    auto *facts = new QFormLayout;
    facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    facts->setHorizontalSpacing(widgets::space::l);
    facts->setVerticalSpacing(widgets::space::m);
    facts->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_who = fact(facts, tr("Signed in as"), tr("Signed in as"));
    m_email = fact(facts, tr("E-mail address"), tr("E-mail address of the account"));
    m_kind = fact(facts, tr("Account"), tr("Kind of account"));
    m_where = fact(facts, tr("Server"), tr("Server of the session"));
    m_kept = fact(facts, tr("Session"), tr("Session"));
    m_exchanged = fact(facts, tr("Last exchange"), tr("Last exchange"));
    auto *in = columnOf(m_in);
    in->addLayout(facts);
    m_signOut->setAutoDefault(false);
    in->addLayout(atTheLeft(m_signOut));
    in->addWidget(new ThemeLabel(TypeSize::Small,
                                 tr("Signing out ends the session here and at the server. What you did stays in the "
                                    "profile on this computer, and what waits is sent when you sign in again."),
                                 false, ThemeLabel::Tone::Muted));
    in->addStretch(1);
    connect(m_signOut, &QPushButton::clicked, this, &SessionPage::signOutAsked);

    auto *column = columnOf(this);
    column->addWidget(new ThemeLabel(TypeSize::Title, tr("Session"), true));
    column->addLayout(m_pages, 1);
    for (auto *page : {m_none, m_out, m_in})
        m_pages->addWidget(page);
    m_none->setFocusProxy(choose);
    m_out->setFocusProxy(m_forms);
    m_in->setFocusProxy(m_signOut);
}

QLabel *SessionPage::fact(QFormLayout *form, const QString &name, const QString &accessibleName)
{
    auto *value = new ThemeLabel(TypeSize::Body);
    value->setAccessibleName(accessibleName);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(new ThemeLabel(TypeSize::Body, name, false, ThemeLabel::Tone::Muted), value);
    return value;
}

void SessionPage::setState(const session::LinkState &state, const session::AccountView &account, bool server)
{
    QWidget *page = !server ? m_none : state.signedIn() ? m_in : m_out;
    m_pages->setCurrentWidget(page);
    setFocusProxy(page == m_out ? static_cast<QWidget *>(m_forms->currentWidget()) : page->focusProxy());
    m_invitation->setText(account.local ? tr("Nobody is signed in at %1. An account takes with it what you did here "
                                             "already.")
                                              .arg(state.server)
                                        : tr("This profile belongs to %1. Sign in as %1 to go on; another account "
                                             "needs another profile (sqlgym --profile DIR).")
                                              .arg(account.username));
    if (!account.local && m_signIn->name().isEmpty())
        m_signIn->setName(account.username);
    m_who->setText(state.account);
    m_email->setText(account.email.isEmpty() ? tr("Not known here yet; it comes with the first exchange.")
                     : account.emailProved   ? tr("%1 (proved)").arg(account.email)
                                             : tr("%1 (not proved)").arg(account.email));
    m_kind->setText((account.premium ? tr("Premium: all problems are open.")
                                     : tr("Free: premium problems show their title, topic and difficulty.")) +
                    (account.instructor ? u' ' + tr("You are an instructor.") : QString()));
    m_where->setText(state.server);
    m_kept->setText(state.tokenPlace.isEmpty()
                        ? tr("Kept in memory alone: after the next start you sign in again. %1").arg(state.tokenTrouble)
                        : tr("Kept in %1: the next start goes on with it.").arg(state.tokenPlace));
    m_exchanged->setText(state.synced.isValid() ? QLocale().toString(state.synced, QLocale::ShortFormat)
                                                : tr("None since this start."));
}

void SessionPage::setBusy(bool busy) { m_signOut->setEnabled(!busy); }

} // namespace sqlgym::screens
