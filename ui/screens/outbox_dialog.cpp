#include "screens/outbox_dialog.h"

#include "screens/sync_words.h"
#include "widgets/empty_words.h"
#include "widgets/header.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

using session::LinkState;
using session::OutboxItem;

namespace {

constexpr int kTextLines = 4;

QString stateWord(const OutboxItem &item)
{
    switch (item.state) {
    case OutboxItem::State::Waiting:
        return OutboxDialog::tr("Waiting");
    case OutboxItem::State::Refused:
        return item.blocked ? OutboxDialog::tr("Held up") : OutboxDialog::tr("Refused");
    case OutboxItem::State::AwaitingVerdict:
        break;
    }
    return OutboxDialog::tr("Being judged");
}

const char *stateIcon(const OutboxItem &item)
{
    return item.state == OutboxItem::State::Refused   ? "verdict-warning"
           : item.state == OutboxItem::State::Waiting ? "verdict-wait"
                                                      : "run";
}

} // namespace

OutboxDialog::OutboxDialog(session::OutboxDesk &desk, session::ServerLink &link, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_link(link), m_state(new QLabel(this)), m_details(new QLabel(this)),
      m_progress(new QProgressBar(this)), m_sync(new QPushButton(tr("&Sync now"), this)),
      m_cancel(new QPushButton(tr("Cancel the sync"), this)), m_account(new QPushButton(tr("&Account\u2026"), this)),
      m_notice(new widgets::NoticeBar(this)), m_list(new QTreeWidget(this)), m_reason(new QLabel(this)),
      m_text(new QPlainTextEdit(this)), m_retry(new QPushButton(tr("Send &again"), this)),
      m_discard(new QPushButton(tr("&Discard"), this))
{
    setWindowTitle(tr("Outbox"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_state->setFont(widgets::textFont(widgets::TypeSize::Heading, true));
    m_state->setAccessibleName(tr("State of the sync"));
    for (auto *label : {m_details, m_reason}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_details->setAccessibleName(tr("About the sync"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setAccessibleName(tr("Rows of the new copy"));
    m_progress->setTextVisible(false);
    m_notice->setAccessibleName(tr("Answer"));
    m_list->setAccessibleName(tr("Outbox"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("What"), tr("About"), tr("State"), tr("Written")});
    m_list->setItemDelegate(new widgets::RowDelegate(m_list));
    widgets::dressHeader(m_list->header());
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_empty = new widgets::EmptyWords(m_list);
    m_text->setAccessibleName(tr("Text of the entry"));
    m_text->setFont(widgets::monospaceFont());
    m_text->setTabChangesFocus(true);
    m_text->setMaximumHeight((kTextLines + 1) * QFontMetrics(m_text->font()).lineSpacing());

    auto *top = new QHBoxLayout;
    top->addWidget(m_state, 1);
    top->addWidget(m_account);
    top->addWidget(m_cancel);
    top->addWidget(m_sync);
    auto *actions = new QHBoxLayout;
    actions->addWidget(m_discard);
    actions->addWidget(m_retry);
    actions->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    actions->addWidget(buttons);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(widgets::space::s);
    column->addLayout(top);
    column->addWidget(m_details);
    column->addWidget(m_progress);
    column->addWidget(m_notice);
    column->addWidget(m_list, 1);
    column->addWidget(m_reason);
    column->addWidget(m_text);
    column->addLayout(actions);
    for (auto *button : {m_sync, m_cancel, m_account, m_retry, m_discard, buttons->button(QDialogButtonBox::Close)})
        button->setAutoDefault(false);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_sync, &QPushButton::clicked, &link, &session::ServerLink::syncNow);
    connect(m_cancel, &QPushButton::clicked, &link, &session::ServerLink::cancel);
    connect(m_account, &QPushButton::clicked, this, &OutboxDialog::accountAsked);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &OutboxDialog::showEntry);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        const OutboxItem *item = current();
        m_retry->setText(item && m_text->toPlainText() != item->text ? tr("Send &changed") : tr("Send &again"));
    });
    connect(m_retry, &QPushButton::clicked, this, [this] {
        const OutboxItem *item = current();
        if (!item)
            return;
        m_shown.clear();
        if (!item->field.isEmpty() && m_text->toPlainText() != item->text)
            m_desk.mend(item->id, item->field, m_text->toPlainText());
        else
            m_desk.retry(item->id);
    });
    connect(m_discard, &QPushButton::clicked, this, &OutboxDialog::discard);
    connect(&desk, &session::OutboxDesk::changed, this, &OutboxDialog::fill);
    connect(&desk, &session::OutboxDesk::failed, this, [this](const session::Notice &notice) {
        m_notice->setNotice(widgets::NoticeKind::Warning, notice.title, notice.text);
    });
    connect(&desk, &session::OutboxDesk::discarded, this, [this](int entries) {
        m_notice->setNotice(widgets::NoticeKind::Info, tr("Discarded."),
                            entries > 1 ? tr("%1 more went with it, for they hung on it.").arg(entries - 1)
                                        : QString());
    });
    connect(&link, &session::ServerLink::stateChanged, this, &OutboxDialog::showState);
    desk.setWatched(true);
    // With the window both go, and the desk first.
    connect(this, &QObject::destroyed, &desk, [&desk] { desk.setWatched(false); });
    fill();
    m_list->setFocus();
    resize(720, 500);
}

const OutboxItem *OutboxDialog::current() const
{
    const auto *row = m_list->currentItem();
    const auto &items = m_desk.view().items;
    for (const OutboxItem &item : items) {
        if (row && row->data(0, Qt::UserRole).toString() == item.id)
            return &item;
    }
    return nullptr;
}

void OutboxDialog::fill()
{
    const QString chosen = m_list->currentItem() ? m_list->currentItem()->data(0, Qt::UserRole).toString() : QString();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const OutboxItem &item : m_desk.view().items) {
            auto *row = new QTreeWidgetItem(m_list, {item.what, item.about, stateWord(item),
                                                     QLocale().toString(item.written, QLocale::ShortFormat)});
            row->setIcon(2, widgets::icon(stateIcon(item)));
            row->setToolTip(1, item.about);
            row->setData(0, Qt::UserRole, item.id);
            if (item.id == chosen)
                m_list->setCurrentItem(row);
        }
        if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
            m_list->setCurrentItem(m_list->topLevelItem(0));
    }
    showState();
    showEntry();
}

void OutboxDialog::showState()
{
    const LinkState &state = m_link.state();
    const SyncWords words = syncWords(state, m_desk.view());
    m_state->setText(words.text);
    m_details->setText(words.details);
    const bool running = state.kind == LinkState::Kind::Syncing || state.kind == LinkState::Kind::Connecting;
    m_progress->setVisible(state.kind == LinkState::Kind::Syncing && state.total > 0);
    m_progress->setRange(0, 1000);
    m_progress->setValue(state.total > 0 ? static_cast<int>(1000 * state.rows / state.total) : 0);
    m_cancel->setVisible(running);
    m_sync->setVisible(!running);
    m_sync->setEnabled(state.kind != LinkState::Kind::NoServer && state.kind != LinkState::Kind::SignedOut);
    m_empty->setWords(state.kind == LinkState::Kind::NoServer
                          ? tr("Nothing waits. Without a server nothing has to be sent.")
                          : tr("Nothing waits: all that you did is at the server."));
}

void OutboxDialog::showEntry()
{
    const OutboxItem *item = current();
    const bool refused = item && item->state == OutboxItem::State::Refused;
    m_reason->setVisible(item && !item->reason.isEmpty());
    m_reason->setText(!item ? QString() : refused ? tr("Refused: %1").arg(item->reason) : item->reason);
    m_text->setVisible(item && !item->field.isEmpty());
    m_text->setReadOnly(!refused);
    // What is being mended is not overwritten when the list is read anew.
    if (item && item->id != m_shown) {
        m_shown = item->id;
        m_text->setPlainText(item->text);
    }
    m_retry->setVisible(item != nullptr);
    m_retry->setEnabled(refused);
    m_discard->setVisible(item != nullptr);
    m_discard->setEnabled(item && item->state != OutboxItem::State::AwaitingVerdict);
}

void OutboxDialog::discard()
{
    const OutboxItem *item = current();
    if (!item)
        return;
    const QString id = item->id;
    m_notice->setNotice(widgets::NoticeKind::Warning, tr("Discard it?"),
                        tr("It is not sent, and what it shows here goes, with all that hangs on it."));
    m_notice->addButton(tr("Discard it"), this, [this, id] {
        m_notice->hide();
        m_shown.clear();
        m_desk.discard(id);
    });
    m_notice->addButton(tr("Keep it"), this, [this] { m_notice->hide(); });
}

} // namespace sqlgym::screens
