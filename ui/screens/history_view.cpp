#include "screens/history_view.h"

#include "models/attempt_list_model.h"
#include "screens/comment_thread.h"
#include "widgets/attempt_delegate.h"
#include "widgets/compared_text.h"
#include "widgets/empty_words.h"
#include "widgets/icons.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>

#include <algorithm>

namespace sqlgym::screens {

using models::AttemptListModel;

namespace {

constexpr int kPageSize = 50;
constexpr int kPauseMs = 400;

} // namespace

HistoryView::HistoryView(widgets::SqlEditor *editor, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_model(new AttemptListModel(this)), m_list(new QListView), m_empty(nullptr),
      m_more(new QPushButton(tr("Show older attempts"))), m_detail(new QWidget), m_caption(new QLabel),
      m_compare(new QCheckBox(tr("&Compare with the editor"))), m_text(new widgets::ComparedText),
      m_use(new QPushButton(tr("Put into the editor"))), m_comments(new CommentThread(false)), m_limit(kPageSize)
{
    using namespace widgets;
    m_list->setModel(m_model);
    m_list->setItemDelegate(new AttemptDelegate(m_list));
    m_list->setAccessibleName(tr("Earlier attempts"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setToolTip(tr("Choose two (Ctrl+click, Shift+arrows) to compare them"));
    m_empty = new EmptyWords(m_list, tr("Nothing was tried yet. Every run, check and submission of this problem is "
                                        "kept here with its text."));
    m_more->hide();
    m_caption->setWordWrap(true);
    m_caption->setAccessibleName(tr("What is shown of the attempt"));
    m_text->setAccessibleName(tr("Attempt text"));
    m_compare->setAccessibleName(tr("Compare with the editor"));
    m_use->setToolTip(tr("In place of what is there; Ctrl+Z brings that back (Enter)"));

    auto *upper = new QWidget;
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(0);
    upperColumn->addWidget(m_list, 1);
    upperColumn->addWidget(m_more);
    auto *lowerColumn = new QVBoxLayout(m_detail);
    lowerColumn->setContentsMargins(0, space::xs, 0, space::s);
    lowerColumn->setSpacing(space::xs);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::m, 0, space::m, 0);
    head->setSpacing(space::xs);
    head->addWidget(m_compare);
    head->addWidget(m_caption);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(space::m, space::xs, space::m, 0);
    foot->addWidget(m_use);
    foot->addStretch(1);
    lowerColumn->addLayout(head);
    lowerColumn->addWidget(m_text, 2);
    lowerColumn->addWidget(m_comments, 1);
    m_comments->setListName(tr("Comments of instructors"));
    m_comments->hide();
    lowerColumn->addLayout(foot);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(m_detail);
    splitter->setSizes({300, 300});
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
    setFocusProxy(m_list);

    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &HistoryView::showTexts);
    connect(m_editor, &SqlEditor::edited, this, [this] {
        if (isVisible() && m_compare->isChecked())
            m_pause.start();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryView::onChosen);
    connect(m_list, &QListView::activated, this, &HistoryView::use);
    connect(m_compare, &QCheckBox::toggled, this, &HistoryView::showTexts);
    connect(m_use, &QPushButton::clicked, this, &HistoryView::use);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_limit *= 4;
        ask();
    });
    showTexts();
}

void HistoryView::setProblem(const QString &problemId)
{
    if (problemId == m_problemId)
        return;
    m_problemId = problemId;
    m_limit = kPageSize;
    m_model->setEntries({});
    m_more->hide();
    m_ids.clear();
    m_texts.clear();
    showTexts();
    setStale(problemId);
}

void HistoryView::setStale(const QString &problemId)
{
    if (problemId != m_problemId)
        return;
    m_stale = true;
    if (isVisible())
        ask();
}

void HistoryView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    askForComments(); // there may be new ones
    if (m_stale)
        ask();
    else if (m_compare->isChecked())
        showTexts();
}

void HistoryView::ask()
{
    m_stale = false;
    if (!m_problemId.isEmpty())
        emit pageWanted(m_problemId, m_limit);
}

void HistoryView::setPage(const session::AttemptPage &page)
{
    if (page.problemId != m_problemId)
        return;
    const QStringList kept = chosen();
    {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_model->setEntries(page.entries);
    }
    m_more->setVisible(page.more);
    QItemSelection selection;
    for (const QString &id : kept) {
        if (const int row = m_model->rowOf(id); row >= 0)
            selection.select(m_model->index(row), m_model->index(row));
    }
    if (selection.isEmpty() && !page.entries.isEmpty())
        selection.select(m_model->index(0), m_model->index(0));
    if (!selection.isEmpty()) {
        m_list->setCurrentIndex(selection.indexes().first());
        m_list->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    }
    onChosen();
}

/// At most two, the newer one first.
QStringList HistoryView::chosen() const
{
    QModelIndexList indexes = m_list->selectionModel()->selectedIndexes();
    std::ranges::sort(indexes, {}, &QModelIndex::row);
    QStringList ids;
    for (const QModelIndex &index : std::as_const(indexes).first(std::min<qsizetype>(2, indexes.size())))
        ids << index.data(AttemptListModel::IdRole).toString();
    return ids;
}

void HistoryView::onChosen()
{
    QStringList ids = chosen();
    std::ranges::reverse(ids);
    if (ids == m_ids)
        return;
    m_ids = ids;
    m_texts.clear();
    askForComments();
    if (ids.isEmpty())
        showTexts();
    else
        emit textsWanted(ids);
}

void HistoryView::askForComments()
{
    m_comments->hide();
    const int row = m_ids.size() == 1 ? m_model->rowOf(m_ids.front()) : -1;
    if (row >= 0 && m_model->index(row).data(AttemptListModel::SubmissionRole).toBool())
        emit commentsWanted(m_ids.front());
}

void HistoryView::setComments(const QString &submissionId, const std::vector<client::SubmissionComment> &comments)
{
    if (m_ids != QStringList{submissionId})
        return;
    m_comments->setComments(comments);
    m_comments->setVisible(!comments.empty());
}

void HistoryView::setTexts(const QStringList &ids, const QStringList &texts)
{
    if (ids != m_ids || texts.size() != ids.size())
        return;
    m_texts = texts;
    showTexts();
}

void HistoryView::showTexts()
{
    const quint64 asked = ++m_asked;
    const bool two = m_texts.size() == 2;
    m_detail->setVisible(m_model->rowCount() > 0);
    m_use->setEnabled(m_texts.size() == 1);
    m_compare->setEnabled(m_texts.size() == 1);
    m_caption->setVisible(two || (m_compare->isChecked() && m_texts.size() == 1));
    m_caption->setText(two ? tr("\u2212 only in the earlier one, + only in the later one")
                           : tr("\u2212 only in this attempt, + only in the editor"));
    if (!m_caption->isVisibleTo(this)) {
        m_text->showText(m_texts.value(0));
        return;
    }
    if (!m_comparer)
        m_comparer = std::make_unique<session::WorkerThread>(QStringLiteral("comparer"));
    m_comparer->ask([before = m_texts[0], after = two ? m_texts[1] : QString(),
                     now = two ? QByteArray() : m_editor->utf8(),
                     two] { return models::compareLines(before, two ? after : QString::fromUtf8(now)); },
                    this,
                    [this, asked](const std::vector<models::ComparedLine> &lines) {
                        if (asked == m_asked)
                            m_text->showComparison(lines);
                    });
}

void HistoryView::use()
{
    if (m_texts.size() == 1)
        emit putIntoEditor(m_texts[0]);
}

} // namespace sqlgym::screens
