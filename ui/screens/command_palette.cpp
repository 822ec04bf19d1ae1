#include "screens/command_palette.h"

#include "widgets/empty_words.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>

#include <algorithm>

namespace sqlgym::screens {

namespace {

QString plainName(const QAction *action)
{
    QString name = action->text().section(u'\t', 0, 0);
    return name.remove(u'&').remove(QChar(0x2026));
}

constexpr int kActionRole = Qt::UserRole;
constexpr int kKeyRole = Qt::UserRole + 1;

/// The key at the right edge, where the eye finds a column of them.
class CommandDelegate : public widgets::RowDelegate {
public:
    using RowDelegate::RowDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        RowDelegate::paint(painter, option, index);
        painter->save();
        painter->setFont(widgets::textFont(widgets::TypeSize::Small));
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(selected ? widgets::colors().text : widgets::colors().muted);
        painter->drawText(option.rect.adjusted(0, 0, -widgets::space::s, 0),
                          static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), index.data(kKeyRole).toString());
        painter->restore();
    }
};

} // namespace

CommandPalette::CommandPalette(QList<QAction *> actions, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_actions(std::move(actions)), m_words(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Commands"));
    m_words->setPlaceholderText(tr("Type a few letters of a command"));
    m_words->setAccessibleName(tr("Command to run"));
    m_words->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands found"));
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    new widgets::EmptyWords(m_list, tr("No command has this in its name."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::space::s, widgets::space::s, widgets::space::s, widgets::space::s);
    column->setSpacing(widgets::space::s);
    column->addWidget(m_words);
    column->addWidget(m_list, 1);
    connect(m_words, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    fill({});
}

void CommandPalette::fill(const QString &words)
{
    m_list->clear();
    const QStringList parts = words.toLower().split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const QString name = plainName(m_actions[i]);
        const QString lower = name.toLower();
        const bool fits = std::ranges::all_of(parts, [&](const QString &part) { return lower.contains(part); });
        if (!fits || !m_actions[i]->isEnabled())
            continue;
        const QString key = m_actions[i]->shortcut().toString(QKeySequence::NativeText);
        auto *item = new QListWidgetItem(name, m_list);
        item->setData(kActionRole, i);
        item->setData(kKeyRole, key);
        item->setData(Qt::AccessibleTextRole, key.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, key));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::openOver(QWidget *area)
{
    const int width = std::min(480, area->width() - 2 * widgets::space::xl);
    const int height = std::min(400, area->height() - 2 * widgets::space::xl);
    resize(width, height);
    move(area->mapToGlobal(QPoint((area->width() - width) / 2, widgets::space::xl)));
    show();
    m_words->setFocus();
}

void CommandPalette::choose()
{
    const auto *item = m_list->currentItem();
    if (!item)
        return;
    QAction *action = m_actions[item->data(kActionRole).toInt()];
    close();
    QTimer::singleShot(0, action, &QAction::trigger); // when the focus is back where it was
}

bool CommandPalette::eventFilter(QObject *, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const int row = m_list->currentRow(), last = m_list->count() - 1;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(row + 1, last));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(std::max(row - 1, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    default:
        return false;
    }
}

} // namespace sqlgym::screens
