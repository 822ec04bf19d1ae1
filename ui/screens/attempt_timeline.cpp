#include "screens/attempt_timeline.h"

#include "models/labels.h"
#include "models/submission_table_model.h"
#include "screens/table_page.h"
#include "widgets/icons.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>

#include <algorithm>

namespace sqlgym::screens {

AttemptTimeline::AttemptTimeline(QWidget *parent)
    : QWidget(parent), m_list(new QListWidget), m_previous(new QPushButton(tr("Earlier"))),
      m_next(new QPushButton(tr("Later"))), m_run(new QPushButton(tr("Run it here"))),
      m_result(new TablePage(tr("Result of the attempt"), {}))
{
    using namespace widgets;
    m_list->setAccessibleName(tr("Attempts of the learner"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({16, 16});
    m_previous->setIcon(icon("previous"));
    m_next->setIcon(icon("next"));
    m_run->setIcon(icon("run"));
    m_run->setToolTip(tr("On this computer, on the problem's own tables"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::m, space::s, space::m, space::s);
    row->setSpacing(space::s);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addStretch(1);
    row->addWidget(m_run);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_result);
    m_result->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(splitter, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &AttemptTimeline::onChosen);
    connect(m_previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_run, &QPushButton::clicked, this, &AttemptTimeline::run);
    setWords(tr("Choose a submission to see its learner's attempts."));
}

void AttemptTimeline::setAttempts(const std::vector<client::SubmissionText> &texts, const QString &chosenId)
{
    m_texts.assign(texts.rbegin(), texts.rend());
    m_filling = true;
    m_list->clear();
    m_result->hide();
    int chosen = static_cast<int>(m_texts.size()) - 1;
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        const auto &each = m_texts[i];
        const QString words = tr("%1. %2 \u00B7 %3")
                                  .arg(i + 1)
                                  .arg(models::momentLabel(each.at), models::verdictLabel(each.correct, each.status));
        const bool right = each.correct.value_or(false);
        new QListWidgetItem(right          ? widgets::icon("verdict-right", widgets::colors().success)
                            : each.correct ? widgets::icon("verdict-wrong", widgets::colors().danger)
                                           : widgets::icon("verdict-wait"),
                            words, m_list);
        if (models::fromUtf8(each.id) == chosenId)
            chosen = static_cast<int>(i);
    }
    m_list->setCurrentRow(chosen);
    m_filling = false;
    step(0);
}

void AttemptTimeline::setWords(const QString &words)
{
    m_texts.clear();
    m_filling = true;
    m_list->clear();
    auto *item = new QListWidgetItem(words, m_list);
    item->setFlags(Qt::NoItemFlags);
    m_filling = false;
    m_result->hide();
    step(0);
}

void AttemptTimeline::step(int by)
{
    if (by != 0)
        m_list->setCurrentRow(m_list->currentRow() + by);
    const int row = m_list->currentRow();
    const int last = static_cast<int>(m_texts.size()) - 1;
    m_previous->setEnabled(row > 0 && last > 0);
    m_next->setEnabled(row >= 0 && row < last);
    m_run->setEnabled(row >= 0 && row <= last);
}

void AttemptTimeline::onChosen(int row)
{
    if (m_filling || row < 0 || row >= static_cast<int>(m_texts.size()))
        return;
    step(0);
    m_result->hide();
    const auto at = static_cast<std::size_t>(row);
    const auto &each = m_texts[at];
    QStringList parts{models::momentLabel(each.at), models::verdictLabel(each.correct, each.status)};
    if (row > 0)
        parts << tr("compared with the attempt before");
    emit attemptShown(
        models::fromUtf8(each.query), row > 0 ? models::fromUtf8(m_texts[at - 1].query) : QString(),
        tr("Attempt %1 of %2 \u00B7 %3").arg(row + 1).arg(m_texts.size()).arg(parts.join(QStringLiteral(" \u00B7 "))));
}

void AttemptTimeline::run()
{
    const int row = m_list->currentRow();
    if (row >= 0 && row < static_cast<int>(m_texts.size()))
        emit runWanted(QByteArray::fromStdString(m_texts[static_cast<std::size_t>(row)].query));
}

void AttemptTimeline::showRunning() { showNoRun(tr("Running\u2026")); }

void AttemptTimeline::showNoRun(const QString &words)
{
    m_result->setWords(words);
    m_result->show();
}

void AttemptTimeline::showOutcome(const session::OutcomePtr &outcome)
{
    using sandbox::Status;
    m_result->show();
    if (outcome->status == Status::Ok)
        m_result->setTable(models::TablePtr(outcome, &outcome->table),
                           tr("%1 \u00B7 %2 \u00B7 %3")
                               .arg(models::rowCountLabel(outcome->table.rowCount()),
                                    models::durationLabel(outcome->elapsedUs), models::engineLabel(outcome->by)));
    else if (outcome->status == Status::Unsupported)
        m_result->setWords(tr("Not run here: %1").arg(models::fromUtf8(outcome->feature)));
    else
        m_result->setWords(models::diagnosticText(outcome->diagnostic));
}

} // namespace sqlgym::screens
