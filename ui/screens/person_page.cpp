#include "screens/person_page.h"

#include "models/labels.h"
#include "models/picture.h"
#include "screens/web_page_offer.h"
#include "widgets/avatar.h"
#include "widgets/empty_words.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kAvatarSide = 64;
constexpr int kWidest = 760;
constexpr qsizetype kLongestName = 60;
constexpr int kUserId = Qt::UserRole;

QLabel *plainLabel(const QFont &font)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(font);
    return label;
}

QString shortened(const QString &name) { return models::beginningOf(name.toStdString(), kLongestName); }

} // namespace

PersonPage::PersonPage(session::Store &store, session::ServerLink &link, QWidget *parent)
    : QWidget(parent), m_desk(new session::PersonDesk(store, link, this)), m_back(new QToolButton),
      m_avatar(new Avatar(kAvatarSide)), m_name(plainLabel(textFont(TypeSize::Title, true))),
      m_about(plainLabel(textFont(TypeSize::Body))), m_figures(plainLabel(textFont(TypeSize::Small))),
      m_follow(new QPushButton), m_posts(new QPushButton(tr("&Posts"))), m_linkedin(new QPushButton),
      m_notice(new NoticeBar), m_followersTitle(plainLabel(textFont(TypeSize::Body, true))),
      m_followers(new QListWidget), m_followingTitle(plainLabel(textFont(TypeSize::Body, true))),
      m_following(new QListWidget), m_reach(plainLabel(textFont(TypeSize::Small)))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_name->setAccessibleName(tr("Person"));
    m_notice->setAccessibleName(tr("Notice of the person"));
    m_notice->setClosable(true);
    m_notice->hide();
    auto *lists = new QHBoxLayout;
    lists->setSpacing(space::l);
    lists->addWidget(people(tr("Followers"), m_followersTitle, m_followers));
    lists->addWidget(people(tr("Following"), m_followingTitle, m_following));
    auto *page = new QWidget;
    page->setMaximumWidth(kWidest);
    auto *inner = new QVBoxLayout(page);
    inner->setContentsMargins(space::l, space::m, space::l, space::m);
    inner->setSpacing(space::m);
    inner->addWidget(head());
    inner->addLayout(lists, 1);
    inner->addWidget(m_reach);
    auto *row = new QHBoxLayout;
    row->addWidget(page, 1);
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addLayout(row, 1);
    setFocusProxy(m_posts);
    connect(m_back, &QToolButton::clicked, this, &PersonPage::backChosen);
    connect(m_follow, &QPushButton::clicked, this, [this] { m_desk->setFollowed(!m_view.followed); });
    connect(m_posts, &QPushButton::clicked, this,
            [this] { emit postsChosen(m_view.person.id, shortened(m_view.person.name)); });
    connect(m_linkedin, &QPushButton::clicked, this, [this] { offerWebPage(*m_notice, m_view.linkedin); });
    connect(m_desk, &session::PersonDesk::changed, this, &PersonPage::setView);
    connect(m_desk, &session::PersonDesk::failed, this, &PersonPage::tell);
    connect(m_desk, &session::PersonDesk::nobody, this, [this](const QString &why) {
        setView({});
        tell(why.isEmpty() ? tr("This person has no account any more.") : why);
    });
    connect(&link, &session::ServerLink::exchanged, this, &PersonPage::renew);
}

QWidget *PersonPage::head()
{
    m_back->setIcon(icon("previous"));
    m_back->setAutoRaise(true);
    m_back->setAccessibleName(tr("Back to the community"));
    m_back->setToolTip(tr("Back to the community (Esc)"));
    m_back->setFocusPolicy(Qt::StrongFocus);
    m_follow->setAccessibleName(tr("Follow"));
    m_posts->setAccessibleName(tr("Posts of this person"));
    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    words->addWidget(m_name);
    words->addWidget(m_about);
    words->addWidget(m_figures);
    auto *who = new QHBoxLayout;
    who->setSpacing(space::m);
    who->addWidget(m_back, 0, Qt::AlignTop);
    who->addWidget(m_avatar, 0, Qt::AlignTop);
    who->addLayout(words, 1);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(space::s);
    actions->addWidget(m_follow);
    actions->addWidget(m_posts);
    actions->addWidget(m_linkedin);
    actions->addStretch();
    auto *made = new QWidget;
    auto *column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addLayout(who);
    column->addLayout(actions);
    return made;
}

QWidget *PersonPage::people(const QString &name, QLabel *title, QListWidget *list)
{
    list->setAccessibleName(name);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    new EmptyWords(list, tr("Nobody yet."));
    connect(list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { open(item->data(kUserId).toString(), item->text()); });
    auto *made = new QWidget;
    auto *column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(title);
    column->addWidget(list, 1);
    return made;
}

void PersonPage::open(const QString &userId, const QString &name)
{
    m_notice->hide();
    m_userId = userId;
    session::PersonView waiting;
    waiting.person.name = name;
    setView(waiting);
    m_desk->open(userId);
}

void PersonPage::renew()
{
    if (isVisible())
        m_desk->renew();
}

void PersonPage::setView(const session::PersonView &view)
{
    m_view = view;
    const QLocale locale;
    const QString name = shortened(view.person.name);
    m_avatar->setInitials(models::initialsOf({}, {}, name));
    m_name->setText(view.own ? tr("%1 (you)").arg(name) : name);
    m_name->setToolTip(models::plainTip(view.person.name));
    QStringList about;
    for (const QString &each : {view.fullName, view.company}) {
        if (!each.isEmpty())
            about << shortened(each);
    }
    m_about->setText(about.join(QStringLiteral(" \u00b7 ")));
    m_about->setVisible(!about.isEmpty());
    const QString solved = view.solved == 1 ? tr("1 problem solved") : tr("%1 problems solved").arg(view.solved);
    m_figures->setText(
        !view.known()
            ? QString()
            : tr("%1 \u00b7 here since %2").arg(solved, locale.toString(view.since.date(), QLocale::LongFormat)));
    m_follow->setVisible(view.known() && !view.own);
    m_follow->setText(view.followed ? tr("Do not &follow any more") : tr("&Follow"));
    m_posts->setVisible(view.known());
    m_linkedin->setVisible(view.linkedin.isValid());
    m_linkedin->setText(tr("&LinkedIn: %1").arg(shortened(view.linkedin.host(QUrl::FullyEncoded))));
    m_followersTitle->setText(tr("Followers: %1").arg(locale.toString(view.followerCount)));
    m_followingTitle->setText(tr("Following: %1").arg(locale.toString(view.followingCount)));
    fill(m_followers, view.followers);
    fill(m_following, view.following);
    const bool partly = view.followers.size() < view.followerCount || view.following.size() < view.followingCount;
    m_reach->setText(!view.known()    ? QString()
                     : !view.complete ? tr("Only those who are known on this computer: the server is out of reach.")
                     : partly         ? tr("The first two hundred of each.")
                                      : QString());
    m_reach->setVisible(!m_reach->text().isEmpty());
}

void PersonPage::fill(QListWidget *list, const QList<session::PersonName> &people)
{
    const QString current = list->currentItem() ? list->currentItem()->data(kUserId).toString() : QString();
    list->clear();
    for (const session::PersonName &each : people) {
        auto *item = new QListWidgetItem(shortened(each.name), list);
        item->setData(kUserId, each.id);
        item->setToolTip(models::plainTip(each.name));
        if (each.id == current)
            list->setCurrentItem(item);
    }
}

void PersonPage::tell(const QString &title)
{
    m_notice->setNotice(NoticeKind::Warning, title);
    m_notice->show();
}

void PersonPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit backChosen();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sqlgym::screens
