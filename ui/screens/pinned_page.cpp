#include "screens/pinned_page.h"

#include "grading/compare.h"
#include "models/labels.h"
#include "screens/difference_page.h"
#include "screens/table_page.h"
#include "widgets/icons.h"
#include "widgets/result_grid.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

namespace {

using grading::Outcome;

/// As two bags of rows, their columns one by one. Copies both: a verdict owns its tables.
VerdictPtr comparison(const sandbox::ResultTable &pinned, const sandbox::ResultTable &now,
                      const base::CancelToken &cancel)
{
    auto verdict = std::make_shared<grading::Verdict>();
    auto &test = verdict->tests.emplace_back();
    auto found = grading::compare(pinned, now, content::ValidationRules(), cancel);
    verdict->correct = found.outcome == Outcome::Match;
    test.outcome = found.outcome;
    if (found.outcome == Outcome::Cancelled)
        return verdict;
    test.difference = std::move(found.difference);
    test.expected = pinned;
    test.actual = now;
    return verdict;
}

/// In the words of two results, of which neither is the right one.
QString sentence(const grading::TestVerdict &test)
{
    if (test.outcome == Outcome::Match)
        return PinnedPage::tr("Both hold the same rows. Their order was not compared.");
    const auto &d = test.difference;
    if (test.outcome == Outcome::WrongColumns) {
        QStringList notes{PinnedPage::tr("The columns differ (the pinned result counts as the expected one).")};
        for (const auto &note : d.columnNotes)
            notes << models::fromUtf8(note);
        return notes.join(u' ');
    }
    QStringList parts;
    const auto add = [&parts](std::uint64_t count, const QString &what) {
        if (count > 0)
            parts << what.arg(models::rowCountLabel(count));
    };
    add(d.missingRows, PinnedPage::tr("%1 only in the pinned result"));
    add(d.extraRows, PinnedPage::tr("%1 only in the new one"));
    add(d.duplicatedRows, PinnedPage::tr("%1 more often in the new one"));
    add(d.changedRows, PinnedPage::tr("%1 with other values"));
    return PinnedPage::tr("%1. The order was not compared.").arg(parts.join(QStringLiteral(", ")));
}

} // namespace

PinnedPage::PinnedPage(QWidget *parent)
    : QWidget(parent), m_rows(new TablePage(tr("Pinned result"), QString())), m_difference(new DifferencePage),
      m_pages(new QStackedLayout(this))
{
    m_rows->setOrderable();
    m_rows->addTableAction(button(tr("Compare"), &PinnedPage::compareAsked));
    auto *unpin = new QToolButton;
    unpin->setIcon(widgets::icon("close"));
    unpin->setAutoRaise(true);
    unpin->setFocusPolicy(Qt::StrongFocus);
    unpin->setAccessibleName(tr("Unpin the result"));
    unpin->setToolTip(tr("Unpin: the result is let go"));
    connect(unpin, &QToolButton::clicked, this, &PinnedPage::unpinned);
    m_rows->addTableAction(unpin);
    m_difference->setWording(models::DifferenceWording::PinnedAndNew);
    m_difference->addToHead(button(tr("Pinned rows"), &PinnedPage::showRows));
    m_pages->addWidget(m_rows);
    m_pages->addWidget(m_difference);
    connect(m_rows, &TablePage::cancelRequested, this, &PinnedPage::onCancel);
    connect(m_difference->grid(), &widgets::ResultGrid::cancelRequested, this, &PinnedPage::onCancel);
}

PinnedPage::~PinnedPage() { giveUpComparing(); }

void PinnedPage::giveUpComparing()
{
    if (m_comparing)
        m_comparing->cancel();
    m_comparing.reset();
}

bool PinnedPage::giveUp()
{
    const bool comparing = m_comparing != nullptr;
    if (comparing)
        showRows();
    return comparing;
}

void PinnedPage::onCancel()
{
    if (!giveUp())
        emit cancelRequested();
}

QPushButton *PinnedPage::button(const QString &text, void (PinnedPage::*asked)())
{
    auto *made = new QPushButton(text);
    connect(made, &QPushButton::clicked, this, asked);
    return made;
}

void PinnedPage::pin(models::TablePtr table, const QString &caption, const QString &sql)
{
    m_table = std::move(table);
    m_rows->setTable(m_table, caption);
    m_rows->setToolTip(sql);
    showRows();
}

void PinnedPage::showRows()
{
    giveUpComparing();
    m_pages->setCurrentWidget(m_rows);
}

void PinnedPage::compareWith(const models::TablePtr &table)
{
    giveUpComparing();
    m_pages->setCurrentWidget(m_difference);
    if (!table) {
        m_difference->showWords(tr("There is no new result to compare with. Run a query first (Ctrl+Enter)."));
        return;
    }
    if (table == m_table) {
        m_difference->showWords(tr("The newest result is the pinned one. Run another query (Ctrl+Enter)."));
        return;
    }
    m_difference->showWords(
        tr("Comparing %1 with %2\u2026")
            .arg(models::rowCountLabel(m_table->rowCount()), models::rowCountLabel(table->rowCount())));
    if (!m_worker)
        m_worker = std::make_unique<session::WorkerThread>(QStringLiteral("compare"));
    m_comparing = std::make_shared<base::CancelToken>();
    m_worker->ask([pinned = m_table, now = table, cancel = m_comparing] { return comparison(*pinned, *now, *cancel); },
                  this,
                  [this, cancel = m_comparing](const VerdictPtr &verdict) {
                      if (cancel != m_comparing)
                          return;
                      m_comparing.reset();
                      m_difference->setComparison(verdict, sentence(verdict->tests.front()));
                  });
}

void PinnedPage::focusRows()
{
    auto *grid = m_pages->currentWidget() == m_rows ? m_rows->grid() : m_difference->grid();
    grid->isVisible() ? grid->setFocus() : setFocus();
}

} // namespace sqlgym::screens
