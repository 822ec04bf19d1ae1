#include "screens/feed_pane.h"

#include "models/feed_model.h"
#include "widgets/empty_words.h"
#include "widgets/post_delegate.h"
#include "widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

namespace sqlgym::screens {

using namespace widgets;
using cache::FeedKind;
using models::FeedModel;

namespace {

enum Choice { Newest, Followed, Mine, OfProblem, OfPerson };

} // namespace

FeedPane::FeedPane(bool choice, QWidget *parent)
    : QWidget(parent), m_model(new FeedModel(this)), m_kind(new QComboBox), m_new(new QPushButton(tr("&New post"))),
      m_fresh(new QPushButton), m_list(new QListView), m_empty(nullptr)
{
    m_kind->setAccessibleName(tr("Which posts"));
    m_kind->addItem(tr("Newest"), Newest);
    m_kind->addItem(tr("Of those I follow"), Followed);
    m_kind->addItem(tr("My own"), Mine);
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(10);
    if (!choice) {
        m_kind->addItem(QString(), OfProblem);
        m_kind->setCurrentIndex(m_kind->count() - 1);
    }
    m_new->setAccessibleName(tr("New post"));
    m_new->setToolTip(tr("Write a post (Ctrl+N)"));
    m_fresh->setAccessibleName(tr("New posts have come"));
    m_fresh->hide();
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PostDelegate(m_list));
    m_list->setAccessibleName(tr("Community feed"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setToolTip(tr("Enter reads on, L likes, Ctrl+O opens the code in the editor"));
    m_list->installEventFilter(this);
    m_empty = new EmptyWords(m_list, tr("Reading the posts\u2026"));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, space::s);
    head->setSpacing(space::s);
    head->addWidget(m_kind, 1);
    if (!choice)
        head->addStretch(1);
    head->addWidget(m_new);
    auto *fresh = new QHBoxLayout;
    fresh->setContentsMargins(space::m, 0, space::m, 0);
    fresh->addWidget(m_fresh);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(fresh);
    column->addWidget(m_list, 1);
    m_kind->setVisible(choice); // now that it stands in this window
    setFocusProxy(m_list);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &FeedPane::queryChanged);
    connect(m_new, &QPushButton::clicked, this, &FeedPane::newPostChosen);
    connect(m_fresh, &QPushButton::clicked, this, [this] {
        m_list->setFocus();
        emit queryChanged();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &at) {
        if (at.isValid())
            emit postChosen(chosen());
    });
    connect(m_list, &QListView::clicked, this, [this] { emit postChosen(chosen()); });
    connect(m_list, &QListView::activated, this, &FeedPane::postActivated);
}

void FeedPane::setProblem(const QString &id)
{
    if (id == m_problemId)
        return;
    m_problemId = id;
    const int row = m_kind->findData(OfProblem);
    if (row < 0) {
        const QSignalBlocker quiet(m_kind);
        m_kind->insertItem(Mine + 1, tr("Of the open problem"), OfProblem);
    } else if (m_kind->currentIndex() == row) {
        emit queryChanged();
    }
}

void FeedPane::showPerson(const QString &id, const QString &name)
{
    m_personId = id;
    const QSignalBlocker quiet(m_kind);
    if (m_kind->findData(OfPerson) < 0)
        m_kind->addItem(QString(), OfPerson);
    const int row = m_kind->findData(OfPerson);
    m_kind->setItemText(row, tr("By %1").arg(name.left(60)));
    m_kind->setItemData(row, name, Qt::ToolTipRole);
    m_kind->setCurrentIndex(row);
    emit queryChanged();
}

cache::FeedQuery FeedPane::query() const
{
    switch (m_kind->currentData().toInt()) {
    case Followed:
        return {.kind = FeedKind::Followed, .of = {}};
    case Mine:
        return {.kind = FeedKind::OfPerson, .of = {}};
    case OfProblem:
        return {.kind = FeedKind::OfProblem, .of = m_problemId.toStdString()};
    case OfPerson:
        return {.kind = FeedKind::OfPerson, .of = m_personId.toStdString()};
    default:
        return {.kind = FeedKind::Newest, .of = {}};
    }
}

QString FeedPane::emptyWords() const
{
    switch (m_kind->currentData().toInt()) {
    case Followed:
        return tr("Nothing yet of those you follow. \u201CMore\u201D below a post follows who wrote it.");
    case Mine:
        return tr("You have written nothing yet.");
    case OfProblem:
        return tr("Nobody has written about this problem yet.");
    case OfPerson:
        return tr("There is nothing of this person here.");
    default:
        return tr("There are no posts yet. Write the first one.");
    }
}

void FeedPane::setPage(const session::FeedPage &page)
{
    m_fresh->hide();
    m_model->setPage(page);
    m_empty->setWords(page.notice.isEmpty() ? emptyWords() : page.notice.title + u' ' + page.notice.text);
    m_list->scrollToTop();
}

void FeedPane::renew(const session::FeedPage &page)
{
    if (!page.notice.isEmpty())
        return;
    const QString kept = chosen();
    const int before = m_model->rowOf(kept);
    const int scrolled = m_list->verticalScrollBar()->value();
    const int left = m_model->renew(page);
    if (const int after = m_model->rowOf(kept); after > before && before >= 0 && scrolled > 0)
        m_list->verticalScrollBar()->setValue(scrolled + (after - before) * m_list->sizeHintForRow(after));
    m_fresh->setVisible(left > 0);
    m_fresh->setText(left == 1 ? tr("1 new post: show it") : tr("%1 new posts: show them").arg(left));
}

QString FeedPane::chosen() const
{
    const QModelIndex at = m_list->currentIndex();
    return at.isValid() ? m_model->posts()[at.row()].id : QString();
}

void FeedPane::choose(const QString &id)
{
    const QSignalBlocker quiet(m_list->selectionModel());
    const int row = m_model->rowOf(id);
    m_list->setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row));
    m_list->viewport()->update();
}

bool FeedPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_L && key->modifiers() == Qt::NoModifier && !chosen().isEmpty()) {
            emit likeToggled(chosen());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sqlgym::screens
