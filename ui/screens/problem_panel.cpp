#include "screens/problem_panel.h"

#include "models/labels.h"
#include "models/problem_filter_model.h"
#include "models/problem_tree_model.h"
#include "widgets/empty_words.h"
#include "widgets/icons.h"
#include "widgets/problem_delegate.h"
#include "widgets/theme.h"
#include "widgets/track_note.h"

#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeView>

#include <algorithm>

namespace sqlgym::screens {

using content::Difficulty;
using models::ProblemTreeModel;
using session::ProblemStatus;

namespace {

constexpr int kBookmarked = -1; ///< beside the statuses

} // namespace

ProblemPanel::ProblemPanel(QWidget *parent)
    : QWidget(parent), m_model(new ProblemTreeModel(this)), m_filter(new models::ProblemFilterModel(this)),
      m_search(new QLineEdit(this)), m_difficulty(new QComboBox(this)), m_topic(new QComboBox(this)),
      m_status(new QComboBox(this)), m_grouping(new QComboBox(this)), m_list(new QTreeView(this)),
      m_note(new widgets::TrackNote(this)), m_count(new QLabel(this))
{
    m_filter->setSourceModel(m_model);

    m_search->setPlaceholderText(tr("Search problems"));
    m_search->setAccessibleName(tr("Problem search"));
    m_search->addAction(widgets::icon("search"), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    buildFilters();

    m_list->setModel(m_filter);
    m_list->setAccessibleName(tr("Problem list"));
    m_list->setHeaderHidden(true);
    m_list->setItemDelegate(new widgets::ProblemDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIndentation(widgets::space::m);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setExpandsOnDoubleClick(false);
    m_list->installEventFilter(this);

    m_empty = new widgets::EmptyWords(m_list);
    connect(m_empty->addButton(tr("Clear search and filters")), &QPushButton::clicked, this, [this] {
        clearFilters();
        focusSearch();
    });

    m_count->setFont(widgets::textFont(widgets::TypeSize::Small));
    m_count->setContentsMargins(widgets::space::m, widgets::space::xs, widgets::space::m, widgets::space::xs);

    auto *top = new QVBoxLayout;
    top->setContentsMargins(widgets::space::m, widgets::space::m, widgets::space::m, widgets::space::s);
    top->setSpacing(widgets::space::s);
    top->addWidget(m_search);
    auto *pair = new QHBoxLayout;
    pair->setSpacing(widgets::space::s);
    pair->addWidget(m_difficulty, 1);
    pair->addWidget(m_status, 1);
    top->addLayout(pair);
    auto *second = new QHBoxLayout;
    second->setSpacing(widgets::space::s);
    second->addWidget(m_topic, 1);
    second->addWidget(m_grouping, 1);
    top->addLayout(second);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addWidget(m_note);
    column->addWidget(m_count);
    setMinimumWidth(200);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (!m_clear && !text.isEmpty()) {
            m_clear = m_search->addAction(widgets::icon("close"), QLineEdit::TrailingPosition);
            m_clear->setToolTip(tr("Clear the search (Esc)"));
            connect(m_clear, &QAction::triggered, m_search, &QLineEdit::clear);
        }
        if (m_clear)
            m_clear->setVisible(!text.isEmpty());
        m_filter->setSearch(text);
        onFilterChanged();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { showAdvice(); });
    connect(m_note, &widgets::TrackNote::nextChosen, this, &ProblemPanel::problemChosen);
    connect(m_list, &QAbstractItemView::clicked, this, &ProblemPanel::choose);
    connect(m_list, &QAbstractItemView::activated, this, &ProblemPanel::choose);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] {
        m_count->setFont(widgets::textFont(widgets::TypeSize::Small));
        m_list->doItemsLayout();
    });
}

void ProblemPanel::buildFilters()
{
    for (QComboBox *box : {m_difficulty, m_topic, m_status, m_grouping}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(6);
        connect(box, &QComboBox::currentTextChanged, box, &QWidget::setToolTip); // where it is cut
    }
    setTabOrder(m_difficulty, m_status);
    setTabOrder(m_status, m_topic);
    setTabOrder(m_topic, m_grouping);
    m_difficulty->setAccessibleName(tr("Difficulty filter"));
    m_difficulty->addItem(tr("Any level"));
    for (const auto difficulty :
         {Difficulty::Beginner, Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Expert})
        m_difficulty->addItem(models::difficultyLabel(difficulty), static_cast<int>(difficulty));
    m_topic->setAccessibleName(tr("Topic filter"));
    m_topic->addItem(tr("All topics"), QString());
    m_status->setAccessibleName(tr("Status filter"));
    m_status->addItem(tr("Any status"));
    for (const auto status : {ProblemStatus::New, ProblemStatus::Tried, ProblemStatus::Solved, ProblemStatus::GaveUp})
        m_status->addItem(models::statusLabel(status), static_cast<int>(status));
    m_status->addItem(tr("Bookmarked"), kBookmarked);

    m_grouping->setAccessibleName(tr("Grouping"));
    m_grouping->addItem(tr("By topic"));
    m_grouping->addItem(tr("By track"));
    m_grouping->hide(); // until there are tracks
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this] {
        m_topic->setCurrentIndex(0);
        m_topic->setItemText(0, isByTrack() ? tr("All tracks") : tr("All topics"));
        m_topic->setAccessibleName(isByTrack() ? tr("Track filter") : tr("Topic filter"));
        fillModel();
        emit groupingChanged(isByTrack());
    });

    connect(m_difficulty, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant chosen = m_difficulty->currentData();
        m_filter->setDifficulty(chosen.isValid() ? std::optional(static_cast<Difficulty>(chosen.toInt()))
                                                 : std::nullopt);
        onFilterChanged();
    });
    connect(m_status, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant chosen = m_status->currentData();
        const bool bookmarked = chosen.isValid() && chosen.toInt() == kBookmarked;
        m_filter->setBookmarkedOnly(bookmarked);
        m_filter->setStatus(chosen.isValid() && !bookmarked ? std::optional(static_cast<ProblemStatus>(chosen.toInt()))
                                                            : std::nullopt);
        onFilterChanged();
    });
    connect(m_topic, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setTopic(m_topic->currentData().toString());
        onFilterChanged();
    });
}

void ProblemPanel::setEntries(const session::ProblemEntries &entries)
{
    if (entries == m_entries && !entries.empty())
        return;
    m_entries = entries;
    fillModel();
}

bool ProblemPanel::isByTrack() const { return !m_tracks.empty() && m_grouping->currentIndex() == 1; }

void ProblemPanel::setTracks(const std::vector<session::TrackEntry> &tracks, bool grouped)
{
    m_tracks = tracks;
    m_grouping->setVisible(!tracks.empty());
    if (m_grouping->currentIndex() == static_cast<int>(grouped) && !tracks.empty())
        fillModel();
    m_grouping->setCurrentIndex(grouped && !tracks.empty() ? 1 : 0);
}

void ProblemPanel::fillModel()
{
    // Whoever walks through the list goes on from where they were.
    const QString chosen = m_list->currentIndex().data(ProblemTreeModel::SlugRole).toString();
    m_model->setEntries(isByTrack() ? models::byTrack(m_entries, m_tracks, tr("In no track")) : m_entries);
    m_model->setOpen(m_current);
    fillTopics();
    onFilterChanged();
    if (const QModelIndex index = m_filter->indexOf(chosen); index.isValid())
        m_list->setCurrentIndex(index);
}

void ProblemPanel::fillTopics()
{
    const QString chosen = m_topic->currentData().toString();
    const QSignalBlocker quiet(m_topic);
    while (m_topic->count() > 1)
        m_topic->removeItem(1);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex topic = m_model->index(row, 0);
        m_topic->addItem(topic.data().toString(), topic.data(ProblemTreeModel::SlugRole));
    }
    m_topic->setCurrentIndex(std::max(0, m_topic->findData(chosen)));
}

session::ProblemEntry *ProblemPanel::entry(const QString &slug)
{
    const auto at = std::ranges::find(m_entries, slug, &session::ProblemEntry::slug);
    return at == m_entries.end() ? nullptr : &*at;
}

void ProblemPanel::setStatus(const QString &slug, ProblemStatus status)
{
    m_model->setStatus(slug, status);
    if (auto *kept = entry(slug))
        kept->status = status;
    showAdvice();
}

void ProblemPanel::showAdvice()
{
    // About the track somebody looks at, else that of the open problem.
    QModelIndex at = m_list->currentIndex();
    if (at.data(ProblemTreeModel::IsTopicRole).toBool())
        at = m_filter->index(0, 0, at);
    const QString slug = at.isValid() ? at.data(ProblemTreeModel::SlugRole).toString() : m_current;
    m_note->setAdvice(isByTrack() ? models::trackAdvice(slug, m_entries, m_tracks) : models::TrackAdvice());
}

void ProblemPanel::setBookmarked(const QString &slug, bool bookmarked)
{
    m_model->setBookmarked(slug, bookmarked);
    if (auto *kept = entry(slug))
        kept->bookmarked = bookmarked;
}

void ProblemPanel::setCurrent(const QString &slug)
{
    m_current = slug;
    m_model->setOpen(slug);
    m_list->viewport()->update(); // the mark of the open one lies left of its row
    const QModelIndex index = m_filter->indexOf(slug);
    if (index.isValid() && index != m_list->currentIndex()) {
        m_list->setCurrentIndex(index);
        m_list->scrollTo(index);
    }
    showAdvice();
}

QString ProblemPanel::neighbour(const QString &slug, int step) const
{
    QString inView = m_filter->neighbour(slug, step);
    if (!inView.isEmpty() || !m_filter->isFiltering())
        return inView;
    // At the end of what a search found, the catalogue goes on.
    const auto &all = m_model->entries();
    const auto at = std::ranges::find(all, slug, &session::ProblemEntry::slug);
    const auto to = at - all.begin() + step;
    return at == all.end() || to < 0 || to >= std::ssize(all) ? QString() : all[static_cast<std::size_t>(to)].slug;
}

const session::ProblemEntries &ProblemPanel::entries() const { return m_entries; }

void ProblemPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ProblemPanel::focusList() { m_list->setFocus(Qt::ShortcutFocusReason); }

void ProblemPanel::clearFilters()
{
    m_search->clear();
    m_difficulty->setCurrentIndex(0);
    m_topic->setCurrentIndex(0);
    m_status->setCurrentIndex(0);
}

void ProblemPanel::onFilterChanged()
{
    m_list->expandToDepth(0); // expandAll() keeps a persistent index for each problem
    const int shown = m_filter->problemCount();
    const auto all = static_cast<int>(m_model->entries().size());
    if (all == 0)
        m_count->clear();
    else if (m_filter->isFiltering())
        m_count->setText(tr("%1 of %2 problems").arg(shown).arg(all));
    else
        m_count->setText(tr("%1 problems").arg(all));
    m_empty->setWords(all > 0 ? tr("No problem fits the search and the filters.") : QString());
    setCurrent(m_current);
}

void ProblemPanel::choose(const QModelIndex &index)
{
    if (index.data(ProblemTreeModel::IsTopicRole).toBool())
        m_list->setExpanded(index, !m_list->isExpanded(index));
    else if (index.isValid())
        emit problemChosen(index.data(ProblemTreeModel::SlugRole).toString());
}

bool ProblemPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason && reason != Qt::MenuBarFocusReason)
            setCurrent(m_current); // what was only looked at is let go
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (watched == m_search) {
        // From the search straight into the list, and Enter opens the first hit.
        if (key->key() == Qt::Key_Down) {
            focusList();
            if (!m_filter->indexOf(m_current).isValid())
                m_list->setCurrentIndex(m_filter->index(0, 0, m_filter->index(0, 0)));
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            choose(m_filter->index(0, 0, m_filter->index(0, 0)));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_search->clear();
            return true;
        }
        return false;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Space) {
        choose(m_list->currentIndex());
        return true;
    }
    return false;
}

} // namespace sqlgym::screens
