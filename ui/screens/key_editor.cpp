#include "screens/key_editor.h"

#include "widgets/header.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

namespace sqlgym::screens {

namespace {

QString keyText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

} // namespace

KeyEditor::KeyEditor(QList<KeyCommand> commands, QWidget *parent)
    : QWidget(parent), m_commands(std::move(commands)), m_list(new QTreeWidget(this)),
      m_key(new QKeySequenceEdit(this)), m_set(new QPushButton(tr("Set"), this)),
      m_default(new QPushButton(tr("Reset"), this)), m_words(new QLabel(this))
{
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setRootIsDecorated(false);
    m_list->setHeaderLabels({tr("Command"), tr("Keys")});
    m_list->setItemDelegate(new widgets::RowDelegate(m_list));
    widgets::dressHeader(m_list->header());
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    for (const KeyCommand &command : std::as_const(m_commands))
        (new QTreeWidgetItem(m_list, {command.name, QString()}))->setToolTip(0, command.name); // where it is cut
    for (int row = 0; row < m_commands.size(); ++row)
        fillRow(row);
    m_key->setAccessibleName(tr("New key"));
    m_key->setToolTip(tr("Press the new key here; Backspace for none, Esc to leave it"));
    m_key->installEventFilter(this);
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("About this key"));
    m_words->setMinimumHeight(2 * fontMetrics().height());
    m_words->setAlignment(Qt::AlignTop);
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::s);
    row->addWidget(m_key, 1);
    row->addWidget(m_set);
    row->addWidget(m_default);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list, 1);
    column->addLayout(row);
    column->addWidget(m_words);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &KeyEditor::showCurrent);
    connect(m_key, &QKeySequenceEdit::keySequenceChanged, this, &KeyEditor::onRecorded);
    connect(m_set, &QPushButton::clicked, this, [this] {
        const QKeySequence key = m_key->keySequence();
        set(current(), key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key});
    });
    connect(m_default, &QPushButton::clicked, this, [this] { set(current(), m_commands[current()].defaults); });
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

bool KeyEditor::search(const QString &words)
{
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        auto *item = m_list->topLevelItem(row);
        const bool fits =
            item->text(0).contains(words, Qt::CaseInsensitive) || item->text(1).contains(words, Qt::CaseInsensitive);
        item->setHidden(!fits);
        first = fits && !first ? item : first;
    }
    if (first && m_list->currentItem()->isHidden())
        m_list->setCurrentItem(first);
    return first != nullptr;
}

/// Every key is recorded but those by which one leaves: Tab, and Esc, which first gives back what was there.
bool KeyEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool bare = key->modifiers() == Qt::NoModifier;
    if (bare && key->key() == Qt::Key_Escape) {
        showCurrent();
        m_list->setFocus();
        return true;
    }
    if (bare && key->key() == Qt::Key_Backspace) {
        m_key->clear();
        return true;
    }
    // One key for a command; the widget would go on to a sequence of four.
    const QSignalBlocker quiet(m_key);
    m_key->clear();
    return false;
}

void KeyEditor::fillRow(int row)
{
    auto *item = m_list->topLevelItem(row);
    item->setText(1, keyText(m_commands[row].keys));
    QFont font = m_list->font();
    font.setBold(m_commands[row].keys != m_commands[row].defaults);
    item->setFont(1, font);
}

int KeyEditor::current() const { return std::max(0, m_list->indexOfTopLevelItem(m_list->currentItem())); }

void KeyEditor::showCurrent()
{
    const QSignalBlocker quiet(m_key);
    const KeyCommand &command = m_commands[current()];
    m_key->setKeySequence(command.keys.value(0));
    m_default->setEnabled(command.keys != command.defaults);
    m_set->setEnabled(false);
    m_words->setText(command.defaults.isEmpty() ? QString() : tr("By default: %1").arg(keyText(command.defaults)));
}

int KeyEditor::owner(const QKeySequence &key, int except) const
{
    for (int row = 0; row < m_commands.size() && !key.isEmpty(); ++row) {
        for (const QKeySequence &other : m_commands[row].keys) {
            if (row != except && (other.matches(key) != QKeySequence::NoMatch || key.matches(other)))
                return row;
        }
    }
    return -1;
}

void KeyEditor::onRecorded()
{
    const int other = owner(m_key->keySequence(), current());
    m_set->setEnabled(true);
    m_words->setText(other < 0
                         ? QString()
                         : tr("%1 runs \u201C%2\u201D now. Set takes it from there.")
                               .arg(m_key->keySequence().toString(QKeySequence::NativeText), m_commands[other].name));
}

void KeyEditor::set(int row, const QList<QKeySequence> &keys)
{
    for (const QKeySequence &key : keys) {
        const int other = owner(key, row);
        if (other < 0)
            continue;
        m_commands[other].keys.removeIf([&](const QKeySequence &own) { return own.matches(key) || key.matches(own); });
        fillRow(other);
        emit changed(m_commands[other].id, m_commands[other].keys);
    }
    m_commands[row].keys = keys;
    fillRow(row);
    emit changed(m_commands[row].id, keys);
    showCurrent();
}

} // namespace sqlgym::screens
