#include "widgets/completion_popup.h"

#include "assist/function_list.h"
#include "widgets/icons.h"
#include "widgets/row_delegate.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtGui/QAccessible>
#include <QtGui/QKeyEvent>
#include <QtGui/QScreen>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>

namespace sqlgym::widgets {

using assist::ProposalKind;

namespace {

constexpr int kShownRows = 10;
constexpr int kWidth = 420;

QString sign(ProposalKind kind)
{
    switch (kind) {
    case ProposalKind::Column:
        return CompletionPopup::tr("column");
    case ProposalKind::Table:
    case ProposalKind::Alias:
        return CompletionPopup::tr("table");
    case ProposalKind::Condition:
        return CompletionPopup::tr("condition");
    case ProposalKind::Function:
        return CompletionPopup::tr("function");
    case ProposalKind::Keyword:
        break;
    }
    return CompletionPopup::tr("keyword");
}

} // namespace

CompletionPopup::CompletionPopup(SqlEditor *editor)
    : QFrame(editor, Qt::ToolTip | Qt::FramelessWindowHint), m_editor(editor), m_model(new QStandardItemModel(this)),
      m_list(new QListView(this)), m_rule(new QWidget(this)), m_detail(new QLabel(this))
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Completion"));
    m_list->setAccessibleName(tr("Proposals"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFont(monospaceFont());
    m_detail->setWordWrap(true);
    m_detail->setContentsMargins(space::s, space::xs, space::s, space::xs);
    m_detail->setFont(textFont(TypeSize::Small));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_list);
    column->addWidget(m_rule); // where list and detail have one ground
    column->addWidget(m_detail);
    m_rule->setFixedHeight(1);
    m_rule->setAutoFillBackground(true);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CompletionPopup::showDetail);
    m_editor->installEventFilter(this);
}

void CompletionPopup::propose(assist::Completion completion)
{
    m_completion = std::move(completion);
    if (m_completion.proposals.empty() || !m_editor->hasFocus()) {
        hide();
        return;
    }
    m_model->clear();
    for (const auto &proposal : m_completion.proposals) {
        auto *item = new QStandardItem(QString::fromStdString(proposal.label));
        item->setData(QString::fromStdString(proposal.label) + QStringLiteral(", ") + sign(proposal.kind) +
                          QStringLiteral(", ") + QString::fromStdString(proposal.detail),
                      Qt::AccessibleTextRole);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    m_rule->setPalette(QPalette(colors().border));
    showDetail();
    place();
    show();
}

void CompletionPopup::showDetail()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= static_cast<int>(m_completion.proposals.size()))
        return;
    const auto &proposal = m_completion.proposals[static_cast<std::size_t>(row)];
    QString text = sign(proposal.kind);
    if (!proposal.detail.empty())
        text += QStringLiteral(" \u00B7 ") + QString::fromStdString(proposal.detail);
    if (proposal.kind == ProposalKind::Function) {
        text = QString::fromStdString(proposal.detail);
        if (const auto *help = assist::findFunctionHelp(proposal.label); help && !help->about.empty())
            text += u'\n' + QString::fromUtf8(help->about.data(), static_cast<qsizetype>(help->about.size()));
    }
    m_detail->setText(text);
    m_detail->setAccessibleName(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
}

/// Below the word, or above it where the screen ends.
void CompletionPopup::place()
{
    const auto begin = static_cast<long>(m_completion.byteBegin);
    const QPoint at(static_cast<int>(m_editor->SendScintilla(QsciScintillaBase::SCI_POINTXFROMPOSITION, 0UL, begin)),
                    static_cast<int>(m_editor->SendScintilla(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0UL, begin)));
    const int line = static_cast<int>(m_editor->SendScintilla(QsciScintillaBase::SCI_TEXTHEIGHT, 0UL));
    const int rows = std::min(kShownRows, m_model->rowCount());
    m_list->setFixedHeight(m_list->sizeHintForRow(0) * rows + 2);
    setFixedWidth(kWidth);
    adjustSize();
    QPoint corner = m_editor->viewport()->mapToGlobal(at + QPoint(0, line));
    const QRect room = m_editor->screen()->availableGeometry();
    if (corner.y() + height() > room.bottom())
        corner.setY(corner.y() - line - height());
    corner.setX(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - width())));
    QFrame::move(corner);
}

void CompletionPopup::move(int rows)
{
    const int last = m_model->rowCount() - 1;
    const int now = m_list->currentIndex().row();
    const int next = rows == 1 && now == last ? 0 : rows == -1 && now == 0 ? last : std::clamp(now + rows, 0, last);
    m_list->setCurrentIndex(m_model->index(next, 0));
}

void CompletionPopup::choose(int row)
{
    if (row < 0 || row >= static_cast<int>(m_completion.proposals.size()))
        return;
    const auto proposal = m_completion.proposals[static_cast<std::size_t>(row)];
    hide();
    emit chosen(proposal, static_cast<int>(m_completion.byteBegin));
}

bool CompletionPopup::takeKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-kShownRows);
        return true;
    case Qt::Key_PageDown:
        move(kShownRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        choose(m_list->currentIndex().row());
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return false;
    }
}

bool CompletionPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (!isVisible())
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Wheel ||
        event->type() == QEvent::MouseButtonPress)
        hide();
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!key || static_cast<QKeyEvent *>(event)->modifiers() != Qt::NoModifier)
        return QFrame::eventFilter(watched, event);
    const int code = static_cast<QKeyEvent *>(event)->key();
    if (event->type() == QEvent::KeyPress)
        return takeKey(code);
    if (code == Qt::Key_Escape) // before it becomes a shortcut
        event->accept();
    return QFrame::eventFilter(watched, event);
}

} // namespace sqlgym::widgets
