#include "screens/difference_page.h"

#include "models/labels.h"
#include "session/let_go.h"
#include "widgets/icons.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>

#include <utility>

namespace sqlgym::screens {

using grading::Outcome;
using models::fromUtf8;

namespace {

bool hasRows(const grading::TestVerdict &test)
{
    return test.outcome == Outcome::WrongRows || test.outcome == Outcome::WrongOrder ||
           test.outcome == Outcome::WrongColumns || test.outcome == Outcome::Match ||
           test.outcome == Outcome::WrongForm || test.outcome == Outcome::DependsOnOrder;
}

QString testSummary(const grading::TestVerdict &test)
{
    QStringList sentences{models::beginningOf(test.sentence)};
    for (const auto &note : test.difference.columnNotes)
        sentences << models::beginningOf(note);
    sentences.removeDuplicates();
    return sentences.join(u' ');
}

} // namespace

DifferencePage::DifferencePage(QWidget *parent)
    : QWidget(parent), m_model(new models::DifferenceModel(this)), m_grid(new widgets::ResultGrid(this)),
      m_tests(new QComboBox(this)), m_data(new QPushButton(tr("Its &rows"), this)),
      m_only(new QCheckBox(tr("Only &differences"), this)), m_head(new QHBoxLayout), m_summary(new QLabel(this)),
      m_words(new QLabel(this)), m_stack(new QStackedLayout)
{
    using namespace widgets;
    m_grid->setAccessibleName(tr("Difference"));
    m_grid->setFrameShape(QFrame::NoFrame);
    m_grid->setItemDelegate(
        new CellDelegate(models::DifferenceModel::NullRole, models::DifferenceModel::MarkRole, m_grid));
    m_grid->setModel(m_model);
    m_grid->verticalHeader()->setVisible(false);
    m_tests->setAccessibleName(tr("Test whose difference is shown"));
    m_tests->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_tests->setMinimumContentsLength(8);
    m_tests->setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
    m_tests->setMaximumWidth(280);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setMargin(space::l);
    m_words->setAutoFillBackground(true);
    m_words->setBackgroundRole(QPalette::Base);

    m_head->setContentsMargins(space::m, space::xs, space::m, space::xs);
    m_head->setSpacing(space::s);
    m_head->addWidget(m_tests, 1); // before the empty room behind it
    m_head->addWidget(m_data);
    m_head->addStretch(0);
    m_head->addWidget(m_only);
    m_summary->setContentsMargins(space::m, 0, space::m, space::xs);
    m_stack->addWidget(m_words);
    m_stack->addWidget(m_grid);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_head);
    column->addWidget(m_summary);
    column->addLayout(m_stack, 1);
    connect(m_tests, &QComboBox::currentIndexChanged, this, &DifferencePage::showTest);
    m_data->setAccessibleName(tr("Show the rows of this test"));
    m_data->setToolTip(tr("Shows the tables with the rows of this test; Run then runs on them"));
    connect(m_data, &QPushButton::clicked, this, [this] {
        emit testDataWanted(fromUtf8(m_verdict->tests[static_cast<std::size_t>(m_tests->currentIndex())].testId));
    });
    connect(m_only, &QCheckBox::toggled, m_model, &models::DifferenceModel::setOnlyDifferences);
    clear();
}

DifferencePage::~DifferencePage()
{
    m_model->setTest({});
    session::letGo(std::move(m_verdict));
}

void DifferencePage::clear()
{
    m_model->setTest({});
    session::letGo(std::exchange(m_verdict, nullptr));
    m_tests->hide();
    m_data->hide();
    m_only->hide();
    m_summary->hide();
    showWords(tr("Check your query (Ctrl+Shift+Enter) to see how its rows differ from the expected ones."));
}

void DifferencePage::showWords(const QString &words)
{
    m_words->setText(words);
    m_stack->setCurrentWidget(m_words);
}

void DifferencePage::setWording(models::DifferenceWording wording) { m_model->setWording(wording); }

void DifferencePage::addToHead(QWidget *widget) { m_head->addWidget(widget); }

void DifferencePage::setComparison(VerdictPtr verdict, const QString &sentence)
{
    setVerdict(std::move(verdict), true);
    m_tests->hide();
    m_data->hide();
    m_summary->setText(sentence);
    m_summary->show();
    if (!m_model->rowCount())
        showWords(sentence);
}

void DifferencePage::setVerdict(VerdictPtr verdict, bool unlocked)
{
    m_model->setTest({});
    session::letGo(std::exchange(m_verdict, std::move(verdict)));
    m_unlocked = unlocked;
    const QSignalBlocker quiet(m_tests);
    m_tests->clear();
    for (std::size_t i = 0; i < m_verdict->tests.size(); ++i) {
        const auto &test = m_verdict->tests[i];
        const char *symbol = test.outcome == Outcome::Match ? "verdict-right" : "verdict-wrong";
        m_tests->addItem(widgets::icon(symbol), tr("%1. %2").arg(i + 1).arg(fromUtf8(test.testName)));
    }
    m_tests->setVisible(!m_verdict->tests.empty());
    if (m_verdict->tests.empty()) {
        showWords(models::beginningOf(m_verdict->sentence));
        return;
    }
    const int shown = std::max(0, m_verdict->firstFailed);
    m_tests->setCurrentIndex(shown);
    showTest(shown);
}

void DifferencePage::showTest(int index)
{
    if (!m_verdict || index < 0 || index >= static_cast<int>(m_verdict->tests.size()))
        return;
    if (m_tests->currentIndex() != index) {
        m_tests->setCurrentIndex(index);
        return;
    }
    const std::shared_ptr<const grading::TestVerdict> test(m_verdict,
                                                           &m_verdict->tests[static_cast<std::size_t>(index)]);
    m_tests->setToolTip(m_tests->currentText());
    const QString summary = testSummary(*test);
    m_summary->setText(summary);
    // The verdict bar says it already for the first failed test.
    m_summary->setVisible(index != m_verdict->firstFailed || summary != models::beginningOf(test->sentence));
    const bool locked = test->hidden && !m_unlocked && test->outcome != Outcome::Match;
    const bool rows = hasShownRows(index);
    m_only->setVisible(rows);
    m_data->setVisible(!test->hidden || m_unlocked);
    m_model->setTest(rows ? test : nullptr);
    if (rows) {
        m_stack->setCurrentWidget(m_grid);
        goTo(differingRow(-1, 1));
    } else if (locked)
        showWords(tr("This test is hidden: its rows are shown when the problem is solved or given up. Think of NULLs, "
                     "ties, duplicates "
                     "and empty tables."));
    else if (test->outcome == Outcome::Match)
        showWords(tr("No difference: every row is right."));
    else
        showWords(models::beginningOf(test->sentence));
}

bool DifferencePage::hasShownRows(int index) const
{
    const auto &test = m_verdict->tests[static_cast<std::size_t>(index)];
    const bool locked = test.hidden && !m_unlocked && test.outcome != Outcome::Match;
    return hasRows(test) && !locked && test.expected.columnCount() > 0 && !test.difference.lines.empty();
}

/// A changed row counts once, with its line of what is expected. -1: none.
int DifferencePage::differingRow(int from, int step) const
{
    using models::DifferenceModel;
    for (int row = from + step; row >= 0 && row < m_model->rowCount(); row += step) {
        const QModelIndex index = m_model->index(row, 0);
        const auto mark = static_cast<grading::RowMark>(index.data(DifferenceModel::MarkRole).toInt());
        const bool second = mark == grading::RowMark::Changed && index.data(DifferenceModel::IsYoursRole).toBool();
        if (mark != grading::RowMark::Same && !second)
            return row;
    }
    return -1;
}

void DifferencePage::goTo(int row)
{
    if (row < 0)
        return;
    m_grid->setCurrentIndex(m_model->index(row, 0));
    m_grid->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
}

bool DifferencePage::step(int step)
{
    if (!m_verdict)
        return false;
    const int now = m_grid->currentIndex().row();
    if (const int row = step == 0 ? differingRow(-1, 1) : differingRow(now, step); row >= 0) {
        goTo(row);
        return true;
    }
    const int tests = static_cast<int>(m_verdict->tests.size());
    for (int i = 1; i <= tests && step != 0; ++i) {
        const int test = ((m_tests->currentIndex() + i * step) % tests + tests) % tests;
        if (m_verdict->tests[static_cast<std::size_t>(test)].outcome == Outcome::Match || !hasShownRows(test))
            continue;
        showTest(test);
        if (const int row = differingRow(step > 0 ? -1 : m_model->rowCount(), step); row >= 0) {
            goTo(row);
            return true;
        }
    }
    return false;
}

} // namespace sqlgym::screens
