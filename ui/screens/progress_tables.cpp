// The pages of Progress with numbers in a table: curves and topics.
#include "models/labels.h"
#include "screens/progress_pages.h"
#include "widgets/curve_chart.h"
#include "widgets/header.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QTreeWidget>

namespace sqlgym::screens {

namespace space = widgets::space;

namespace {

const QDate kEpoch(1970, 1, 1);
enum Column { Name, Mastery, Experience, Tries, AverageTime, BestTime, Now, Highest, Hints, Spent, kColumns };
constexpr int kPartRole = Qt::UserRole + 1;

/// A bar behind "3 of 8".
class MasteryDelegate : public widgets::RowDelegate {
public:
    using RowDelegate::RowDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        RowDelegate::paint(painter, option, index);
        const double part = index.data(kPartRole).toDouble();
        const auto &c = widgets::colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QRectF bar(option.rect.left() + space::s, option.rect.bottom() - 5, option.rect.width() - 2 * space::s, 4);
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.border);
        painter->drawRoundedRect(bar, 2, 2);
        bar.setWidth(bar.width() * part);
        painter->setBrush(c.accent);
        painter->drawRoundedRect(bar, 2, 2);
        painter->restore();
    }
};

QString milliseconds(const std::optional<double> &value)
{
    return value ? models::durationLabel(static_cast<qint64>(*value * 1000)) : QStringLiteral("\u2013");
}

QString level(const std::optional<content::Difficulty> &value)
{
    return value ? models::difficultyLabel(*value) : QStringLiteral("\u2013");
}

} // namespace

CurvesPage::CurvesPage(QWidget *parent)
    : QWidget(parent), m_experience(new widgets::CurveChart(tr("Experience gained"))),
      m_solved(new widgets::CurveChart(tr("Problems solved"))), m_table(new QTableWidget(0, 5))
{
    m_table->setAccessibleName(tr("Figures by month"));
    m_table->setHorizontalHeaderLabels({tr("Month"), tr("Solved"), tr("In all"), tr("XP"), tr("In all")});
    widgets::dressHeader(m_table->horizontalHeader());
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setItemDelegate(new widgets::RowDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumWidth(330);
    auto *charts = new QVBoxLayout;
    charts->setSpacing(space::l);
    charts->addWidget(m_experience, 1);
    charts->addWidget(m_solved, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::l, space::l, space::l, space::l);
    row->setSpacing(space::l);
    row->addLayout(charts, 3);
    row->addWidget(m_table, 2);
}

void CurvesPage::setView(const session::ProgressView &view)
{
    const QDate today = kEpoch.addDays(view.today);
    const QDate first = today.addMonths(-11).addDays(1 - today.day());
    std::vector<widgets::CurvePoint> experience, solved;
    struct Month {
        int solved = 0, experience = 0, allSolved = 0, allExperience = 0;
    };
    std::vector<Month> months(12);
    int xp = 0;
    int count = 0;
    for (const auto &[day, figures] : view.days) {
        if (kEpoch.addDays(day) >= first)
            break;
        xp += figures.experience;
        count += figures.solved;
    }
    for (QDate day = first; day <= today; day = day.addDays(1)) {
        auto &month = months[static_cast<std::size_t>((day.year() - first.year()) * 12 + day.month() - first.month())];
        if (const auto found = view.days.find(kEpoch.daysTo(day)); found != view.days.end()) {
            month.solved += found->second.solved;
            month.experience += found->second.experience;
            xp += found->second.experience;
            count += found->second.solved;
        }
        month.allSolved = count;
        month.allExperience = xp;
        experience.push_back({day, xp});
        solved.push_back({day, count});
    }
    m_experience->setPoints(std::move(experience));
    m_solved->setPoints(std::move(solved));
    const QLocale locale;
    m_table->setRowCount(12);
    for (int row = 0; row < 12; ++row) {
        const QDate month = first.addMonths(11 - row);
        const Month &figures = months[static_cast<std::size_t>(11 - row)];
        const QStringList cells{locale.toString(month, QStringLiteral("MMM yyyy")), locale.toString(figures.solved),
                                locale.toString(figures.allSolved), locale.toString(figures.experience),
                                locale.toString(figures.allExperience)};
        for (int column = 0; column < 5; ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
    }
}

TopicsPage::TopicsPage(QWidget *parent) : QWidget(parent), m_tree(new QTreeWidget)
{
    m_tree->setAccessibleName(tr("Topics"));
    m_tree->setColumnCount(kColumns);
    m_tree->setHeaderLabels({tr("Topic"), tr("Solved"), tr("XP"), tr("Tries each"), tr("Average"), tr("Best"),
                             tr("Now"), tr("Highest"), tr("Hints"), tr("Time")});
    m_tree->headerItem()->setToolTip(Mastery, tr("Problems solved, of those attempted and of all"));
    m_tree->headerItem()->setToolTip(Tries, tr("Submissions for each problem attempted, on average"));
    m_tree->headerItem()->setToolTip(AverageTime, tr("How long right queries ran, on average"));
    m_tree->headerItem()->setToolTip(BestTime, tr("How long the quickest right query ran"));
    m_tree->headerItem()->setToolTip(Now, tr("The easiest difficulty with a problem still unsolved"));
    m_tree->headerItem()->setToolTip(Highest, tr("The highest difficulty solved"));
    widgets::dressHeader(m_tree->header());
    m_tree->setItemDelegate(new widgets::RowDelegate(m_tree));
    m_tree->setItemDelegateForColumn(Mastery, new MasteryDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->addWidget(m_tree);
}

void TopicsPage::setView(const session::ProgressView &view)
{
    const QString chosen =
        m_tree->currentItem() ? m_tree->currentItem()->data(Name, Qt::UserRole).toString() : QString();
    m_tree->clear();
    QHash<QString, QTreeWidgetItem *> items;
    const QLocale locale;
    QTreeWidgetItem *current = nullptr;
    for (const auto &topic : view.topics) {
        auto *parent = items.value(topic.parentId);
        auto *item = parent ? new QTreeWidgetItem(parent) : new QTreeWidgetItem(m_tree);
        items.insert(topic.id, item);
        const auto figures = topic.figures.value_or(progress::UserProgressRow());
        item->setText(Name, topic.confirmed ? topic.name : tr("%1 (not confirmed)").arg(topic.name));
        item->setToolTip(Name, topic.confirmed
                                   ? topic.name
                                   : tr("%1: what was handed in here waits for the server").arg(topic.name));
        item->setData(Name, Qt::UserRole, topic.id);
        item->setText(Mastery, tr("%1 of %2").arg(topic.solved).arg(topic.total));
        item->setToolTip(
            Mastery,
            tr("%1 solved, %2 attempted, of %3").arg(topic.solved).arg(figures.problemsAttempted).arg(topic.total));
        item->setData(Mastery, kPartRole, topic.total > 0 ? static_cast<double>(topic.solved) / topic.total : 0.0);
        item->setText(Experience, locale.toString(figures.experiencePoints));
        item->setText(Tries, figures.averageAttemptsPerProblem
                                 ? locale.toString(*figures.averageAttemptsPerProblem, 'f', 1)
                                 : QStringLiteral("\u2013"));
        item->setText(AverageTime, milliseconds(figures.averageExecutionTimeMs));
        item->setText(BestTime, milliseconds(figures.bestExecutionTimeMs));
        item->setText(Now, level(figures.currentDifficulty));
        item->setText(Highest, level(figures.highestDifficultySolved));
        item->setText(Hints, locale.toString(figures.hintUsageCount));
        item->setText(Spent, spentLabel(figures.totalTimeSpentMinutes * 60));
        for (const int number : {Experience, Tries, AverageTime, BestTime, Hints, Spent})
            item->setTextAlignment(number, Qt::AlignRight | Qt::AlignVCenter);
        if (topic.id == chosen)
            current = item;
    }
    m_tree->expandAll();
    if (m_tree->topLevelItemCount() > 0)
        m_tree->setCurrentItem(current ? current : m_tree->topLevelItem(0));
    for (int column = 0; column < kColumns; ++column)
        m_tree->resizeColumnToContents(column);
    m_tree->setColumnWidth(Mastery, std::max(110, m_tree->columnWidth(Mastery)));
}

} // namespace sqlgym::screens
