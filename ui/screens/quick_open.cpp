#include "screens/quick_open.h"

#include "models/problem_filter_model.h"
#include "models/problem_tree_model.h"
#include "widgets/empty_words.h"
#include "widgets/problem_delegate.h"
#include "widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTreeView>

namespace sqlgym::screens {

using models::ProblemTreeModel;

QuickOpen::QuickOpen(const session::ProblemEntries &entries, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_model(new ProblemTreeModel(this)), m_filter(new models::ProblemFilterModel(this)),
      m_words(new QLineEdit(this)), m_list(new QTreeView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Open problem"));
    m_model->setEntries(entries);
    m_filter->setSourceModel(m_model);
    m_words->setPlaceholderText(tr("Type a few letters of a problem, topic or tag"));
    m_words->setAccessibleName(tr("Problem to open"));
    m_words->installEventFilter(this);
    m_list->setModel(m_filter);
    m_list->setHeaderHidden(true);
    m_list->setItemDelegate(new widgets::ProblemDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    new widgets::EmptyWords(m_list, tr("No problem fits these words."));
    m_list->setIndentation(widgets::space::l);
    m_list->setAccessibleName(tr("Problems found"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::space::s, widgets::space::s, widgets::space::s, widgets::space::s);
    column->setSpacing(widgets::space::s);
    column->addWidget(m_words);
    column->addWidget(m_list, 1);
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setSearch(text);
        selectFirst();
    });
    connect(m_list, &QAbstractItemView::clicked, this, &QuickOpen::choose);
}

void QuickOpen::openOver(QWidget *area)
{
    const int width = std::min(560, area->width() - 2 * widgets::space::xl);
    const int height = std::min(420, area->height() - 2 * widgets::space::xl);
    resize(width, height);
    QWidget::move(area->mapToGlobal(QPoint((area->width() - width) / 2, widgets::space::xl)));
    selectFirst();
    show();
    m_words->setFocus();
}

void QuickOpen::selectFirst()
{
    m_list->expandAll();
    m_list->setCurrentIndex(m_filter->index(0, 0, m_filter->index(0, 0)));
}

void QuickOpen::move(int step)
{
    const QString now = m_list->currentIndex().data(ProblemTreeModel::SlugRole).toString();
    const QModelIndex to = m_filter->indexOf(m_filter->neighbour(now, step));
    if (to.isValid())
        m_list->setCurrentIndex(to);
}

void QuickOpen::choose(const QModelIndex &index)
{
    if (!index.isValid() || index.data(ProblemTreeModel::IsTopicRole).toBool())
        return;
    const QString slug = index.data(ProblemTreeModel::SlugRole).toString();
    close();
    emit chosen(slug);
}

bool QuickOpen::eventFilter(QObject *, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    default:
        return false;
    }
}

} // namespace sqlgym::screens
