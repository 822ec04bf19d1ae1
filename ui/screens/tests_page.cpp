#include "screens/tests_page.h"

#include "widgets/header.h"
#include "widgets/test_delegate.h"

#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace sqlgym::screens {

using models::TestsModel;

namespace {

constexpr double kWidestName = 0.34; ///< of the page
constexpr int kTimesFrom = 480;      ///< width from which a column has the tests' times; the tooltips tell them too

} // namespace

TestsPage::TestsPage(QWidget *parent) : QTableView(parent), m_model(new TestsModel(this))
{
    setModel(m_model);
    setAccessibleName(tr("Tests"));
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setItemDelegate(new widgets::TestDelegate(this));
    verticalHeader()->setVisible(false);
    widgets::dressHeader(horizontalHeader());
    horizontalHeader()->setSectionResizeMode(TestsModel::Sentence, QHeaderView::Stretch);
    fit();
}

void TestsPage::setVerdict(std::shared_ptr<const grading::Verdict> verdict)
{
    m_model->setVerdict(std::move(verdict));
    fit();
}

void TestsPage::fit()
{
    setColumnHidden(TestsModel::Time, width() < kTimesFrom);
    for (int column = 0; column < TestsModel::Sentence; ++column)
        resizeColumnToContents(column);
    const int widest = qRound(width() * kWidestName);
    setColumnWidth(TestsModel::Name, std::min(columnWidth(TestsModel::Name), widest));
}

void TestsPage::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fit();
}

} // namespace sqlgym::screens
