#include "shell/server_desk.h"

#include "screens/outbox_dialog.h"
#include "screens/save_case.h"
#include "screens/sync_words.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::shell {

ServerDesk::ServerDesk(session::Settings &settings, session::Store &store, session::ServerLink &link, QWidget *window)
    : QObject(window), m_settings(settings), m_link(link), m_outbox(store, link), m_window(window)
{
    connect(&link, &session::ServerLink::stateChanged, this, &ServerDesk::show);
    connect(&m_outbox, &session::OutboxDesk::changed, this, &ServerDesk::show);
    connect(&link, &session::ServerLink::exchanged, this, [this](bool changed) {
        if (changed)
            emit contentChanged();
    });
}

void ServerDesk::install(QStatusBar *bar, QVBoxLayout *column)
{
    m_column = column;
    m_item = new QToolButton(bar);
    m_item->setAccessibleName(tr("Sync status"));
    m_item->setAutoRaise(true);
    m_item->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_item->setFocusPolicy(Qt::TabFocus);
    bar->addWidget(m_item);
    const auto takeFont = [this] {
        m_item->setFont(widgets::textFont(widgets::TypeSize::Small));
        const int side = m_item->fontMetrics().height();
        m_item->setIconSize({side, side});
    };
    takeFont();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, takeFont);
    connect(m_item, &QToolButton::clicked, this, &ServerDesk::openOutbox);
    show();
}

void ServerDesk::start()
{
    if (m_started)
        return;
    m_started = true;
    const auto address = session::ServerAddress::read(m_settings.server());
    if (!address || address->isEmpty())
        return;
    m_link.setServer(*address);
    m_outbox.read();
}

void ServerDesk::show()
{
    const screens::SyncWords words = screens::syncWords(m_link.state(), m_outbox.view());
    m_item->setIcon(widgets::icon(words.icon));
    m_item->setText(words.text);
    m_item->setToolTip(words.details);
    m_item->setAccessibleDescription(words.text + u' ' + words.details);
    tellDifference();
}

/// One after the other, each until it is put away.
void ServerDesk::tellDifference()
{
    const auto &cases = m_outbox.view().judgedOtherwise;
    const session::JudgedOtherwise next = cases.isEmpty() ? session::JudgedOtherwise() : cases.first();
    if (next.id == m_told)
        return;
    m_told = next.id;
    if (cases.isEmpty()) {
        m_difference->hide();
        return;
    }
    if (!m_difference) {
        m_difference = new widgets::NoticeBar(m_window);
        m_difference->setAccessibleName(tr("Judged otherwise"));
        m_column->insertWidget(0, m_difference);
    }
    m_difference->setNotice(
        widgets::NoticeKind::Warning, tr("The server judged \u201C%1\u201D otherwise.").arg(next.problem),
        next.correctHere ? tr("Here your query was found right, there wrong: hidden tests may tell. The server\u2019s "
                              "verdict counts.")
                         : tr("Here your query was found wrong, there right. The server\u2019s verdict counts."));
    m_difference->addButton(tr("Save the case\u2026"), this, [this, next] {
        screens::saveCase(next.caseJson, QStringLiteral("sqlgym-verdict.json"), m_window);
    });
    m_difference->addButton(tr("Put away"), this, [this, next] { m_outbox.dismissDifference(next.id); });
}

void ServerDesk::openOutbox()
{
    if (!m_outboxDialog) {
        m_outboxDialog = new screens::OutboxDialog(m_outbox, m_link, m_window);
        connect(m_outboxDialog, &screens::OutboxDialog::accountAsked, this, &ServerDesk::openAccount);
    }
    m_outboxDialog->show();
    m_outboxDialog->raise();
    m_outboxDialog->activateWindow();
}

void ServerDesk::openAccount()
{
    start(); // somebody is quicker than the clock
    emit accountAsked();
}

void ServerDesk::keepServer(const session::ServerAddress &address)
{
    m_settings.setServer(address.isEmpty() ? QString() : address.dsn());
    m_outbox.read();
}

void ServerDesk::syncNow()
{
    using Kind = session::LinkState::Kind;
    if (m_link.state().kind == Kind::NoServer || m_link.state().kind == Kind::SignedOut)
        openAccount();
    else
        m_link.syncNow();
}

} // namespace sqlgym::shell
