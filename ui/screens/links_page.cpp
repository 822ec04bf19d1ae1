#include "screens/links_page.h"

#include "models/labels.h"
#include "screens/report_form.h"
#include "screens/web_page_offer.h"
#include "widgets/empty_words.h"
#include "widgets/header.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

namespace sqlgym::screens {

using namespace widgets;
using session::CacheSlot;

namespace {

enum Column { Title, Host, Author, Shared, kColumns };

constexpr int kPlace = Qt::UserRole;
constexpr int kRowHeight = 32;
constexpr qsizetype kLongestName = 60;
constexpr int kLongestTitle = 200;
constexpr int kLongestAddress = 2000;
constexpr int kShownAddress = 300;

QString hostOf(const session::LinkEntry &link) { return link.url.host(QUrl::FullyEncoded); }

} // namespace

LinksPage::LinksPage(session::Store &store, QWidget *parent)
    : QWidget(parent), m_store(store), m_search(new QLineEdit), m_share(new QPushButton(tr("Share a link"))),
      m_notice(new NoticeBar), m_form(adding()), m_report(new ReportForm), m_rows(new QTreeWidget), m_empty(nullptr),
      m_open(new QPushButton(tr("&Open in the browser\u2026"))), m_delete(new QPushButton(tr("&Delete"))),
      m_reportIt(new QPushButton(tr("&Report\u2026"))), m_hide(new QPushButton(tr("&Hide")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_search->setAccessibleName(tr("Search links"));
    m_search->setPlaceholderText(tr("Search titles, hosts and names"));
    m_search->setClearButtonEnabled(true);
    m_notice->setAccessibleName(tr("Notice of the links"));
    m_notice->setClosable(true);
    m_notice->hide();
    m_form->hide();
    m_rows->setAccessibleName(tr("Helpful links"));
    m_rows->setHeaderLabels({tr("Title"), tr("Leads to"), tr("Shared by"), tr("On")});
    m_rows->setRootIsDecorated(false);
    m_rows->setUniformRowHeights(true);
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rows->setTabKeyNavigation(false);
    m_rows->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rows->header()->setStretchLastSection(false);
    m_rows->header()->setSectionResizeMode(QHeaderView::Interactive);
    m_rows->header()->setSectionResizeMode(Title, QHeaderView::Stretch);
    m_rows->header()->setSectionResizeMode(Shared, QHeaderView::ResizeToContents);
    m_rows->header()->resizeSection(Host, 220);
    m_rows->header()->resizeSection(Author, 140);
    dressHeader(m_rows->header());
    m_empty = new EmptyWords(m_rows);
    m_open->setAccessibleName(tr("Open the link"));
    m_delete->setAccessibleName(tr("Delete the link"));
    m_reportIt->setAccessibleName(tr("Report the link"));
    m_hide->setAccessibleName(tr("Hide the link"));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::l, space::m, space::l, space::m);
    head->setSpacing(space::s);
    head->addWidget(m_search, 1);
    head->addWidget(m_share);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::l, space::s, space::l, space::s);
    foot->setSpacing(space::s);
    foot->addWidget(m_open);
    foot->addStretch(1);
    for (auto *button : {m_delete, m_reportIt, m_hide})
        foot->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_form);
    column->addWidget(m_notice);
    column->addWidget(m_report);
    column->addWidget(m_rows, 1);
    column->addLayout(foot);
    setFocusProxy(m_rows);
    connectParts();
    showChoice();
}

QWidget *LinksPage::adding()
{
    auto *form = new QWidget;
    m_title = new QLineEdit;
    m_title->setAccessibleName(tr("Title of the link"));
    m_title->setPlaceholderText(tr("What one finds there"));
    m_title->setMaxLength(kLongestTitle);
    m_address = new QLineEdit;
    m_address->setAccessibleName(tr("Address of the link"));
    m_address->setPlaceholderText(tr("https://\u2026"));
    m_address->setMaxLength(kLongestAddress);
    auto *share = new QPushButton(tr("&Share it"));
    auto *leave = new QPushButton(tr("&Cancel"));
    auto *row = new QHBoxLayout(form);
    row->setContentsMargins(space::l, 0, space::l, space::m);
    row->setSpacing(space::s);
    row->addWidget(m_title, 2);
    row->addWidget(m_address, 3);
    row->addWidget(share);
    row->addWidget(leave);
    for (auto *line : {m_title, m_address})
        connect(line, &QLineEdit::returnPressed, this, &LinksPage::add);
    connect(share, &QPushButton::clicked, this, &LinksPage::add);
    connect(leave, &QPushButton::clicked, this, [this] {
        m_form->hide();
        m_notice->hide();
        m_share->setFocus();
    });
    return form;
}

void LinksPage::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, &LinksPage::fill);
    const auto share = [this] {
        m_form->show();
        m_title->setFocus();
    };
    connect(m_share, &QPushButton::clicked, this, share);
    auto *shareKey = new QShortcut(QKeySequence::New, this);
    shareKey->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shareKey, &QShortcut::activated, this, share);
    m_share->setToolTip(tr("A page of the web that helped you (Ctrl+N)"));
    connect(m_rows, &QTreeWidget::currentItemChanged, this, &LinksPage::showChoice);
    const auto open = [this] {
        if (const auto *link = chosen())
            offerWebPage(*m_notice, link->url);
    };
    connect(m_rows, &QTreeWidget::itemActivated, this, open);
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const auto *link = chosen())
            ask(tr("Delete your link?"), tr("Delete it"), [this, id = link->id.toStdString()] {
                doWrite([id](CacheSlot &slot) { return session::deleteLink(slot, id); }, tr("The link is deleted."));
            });
    });
    connect(m_reportIt, &QPushButton::clicked, this, [this] {
        if (const auto *link = chosen())
            m_report->open(QStringLiteral("link"), link->id);
    });
    connect(m_report, &ReportForm::reported, this,
            [this](const QString &kind, const QString &id, const QString &reason) {
                doWrite([kind = kind.toStdString(), id = id.toStdString(),
                         reason](CacheSlot &slot) { return session::report(slot, kind, id, reason); },
                        tr("Reported. Those who look after the community will see it."));
            });
    connect(m_hide, &QPushButton::clicked, this, [this] {
        if (const auto *link = chosen())
            doWrite([id = link->id.toStdString()](CacheSlot &slot) { return session::hide(slot, "link", id); },
                    tr("Hidden: you will not see it again."));
    });
}

void LinksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        read();
}

void LinksPage::renew()
{
    m_stale = true;
    if (isVisible())
        read();
}

void LinksPage::read()
{
    m_stale = false;
    m_store.ask([](CacheSlot &slot) { return session::readLinks(slot); }, this,
                [this](const session::LinkList &list) { show(list); });
}

void LinksPage::show(const session::LinkList &list)
{
    if (!list.notice.isEmpty()) {
        tell(list.notice);
        return;
    }
    m_links = list.links;
    fill();
}

void LinksPage::fill()
{
    const QString current = chosen() ? chosen()->id : QString();
    const QString wanted = m_search->text().trimmed();
    m_rows->clear();
    for (int place = 0; place < m_links.size(); ++place) {
        const session::LinkEntry &link = m_links[place];
        const QString host = hostOf(link).isEmpty() ? tr("nowhere") : hostOf(link);
        const QString author = link.own ? tr("you") : models::beginningOf(link.author.toStdString(), kLongestName);
        const auto has = [&wanted](const QString &words) { return words.contains(wanted, Qt::CaseInsensitive); };
        if (!has(link.title) && !has(host) && !has(author))
            continue;
        auto *row = new QTreeWidgetItem(
            m_rows, {link.title, host, author, QLocale().toString(link.shared.date(), QLocale::ShortFormat)});
        row->setData(0, kPlace, place);
        row->setSizeHint(0, {0, kRowHeight});
        row->setToolTip(Title, models::plainTip(link.title));
        row->setToolTip(Host, models::plainTip(QString::fromLatin1(link.url.toEncoded()).left(kShownAddress)));
        row->setToolTip(Author, models::plainTip(author));
        if (link.id == current)
            m_rows->setCurrentItem(row);
    }
    m_empty->setWords(m_links.isEmpty() ? tr("Nobody has shared a link yet.") : tr("No link has these words."));
    showChoice();
}

const session::LinkEntry *LinksPage::chosen() const
{
    const auto *row = m_rows->currentItem();
    const int place = row ? row->data(0, kPlace).toInt() : -1;
    return place >= 0 && place < m_links.size() ? &m_links[place] : nullptr;
}

void LinksPage::showChoice()
{
    const auto *link = chosen();
    m_open->setEnabled(link && link->url.isValid());
    m_delete->setVisible(link && link->own);
    m_reportIt->setVisible(link && !link->own);
    m_hide->setVisible(link && !link->own);
}

void LinksPage::tell(const session::Notice &notice)
{
    m_notice->setNotice(NoticeKind::Warning, notice.title, notice.text);
    m_notice->show();
}

void LinksPage::ask(const QString &question, const QString &yes, std::function<void()> then)
{
    m_notice->setNotice(NoticeKind::Warning, question);
    m_notice->addButton(yes, this, [this, then = std::move(then)] {
        m_notice->hide();
        then();
    });
    m_notice->show();
}

void LinksPage::add()
{
    m_store.ask([title = m_title->text(),
                 address = m_address->text()](CacheSlot &slot) { return session::addLink(slot, title, address); },
                this,
                [this](const session::Written &written) {
                    if (!written.notice.isEmpty()) {
                        tell(written.notice);
                        return;
                    }
                    m_title->clear();
                    m_address->clear();
                    m_form->hide();
                    m_notice->hide();
                    emit m_store.wroteForServer();
                    emit statusMessage(tr("The link is shared."));
                    read();
                    m_rows->setFocus();
                });
}

template <typename Work> void LinksPage::doWrite(Work work, const QString &done)
{
    m_store.ask(std::move(work), this, [this, done](const session::Notice &notice) {
        if (!notice.isEmpty()) {
            tell(notice);
            return;
        }
        emit statusMessage(done);
        emit m_store.wroteForServer();
        read();
    });
}

} // namespace sqlgym::screens
