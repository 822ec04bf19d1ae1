#include "screens/submission_detail.h"

#include "grading/verdict_json.h"
#include "models/labels.h"
#include "models/line_difference.h"
#include "models/submission_table_model.h"
#include "screens/attempt_timeline.h"
#include "screens/comment_thread.h"
#include "screens/families_page.h"
#include "screens/problem_figures.h"
#include "screens/tests_page.h"
#include "widgets/compared_text.h"
#include "widgets/elided_label.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>

#include <algorithm>
#include <array>

namespace sqlgym::screens {

namespace {

using grading::Outcome;

Outcome outcomeOf(const client::TestDetail &test)
{
    static constexpr std::array kOutcomes{
        Outcome::Match, Outcome::WrongColumns, Outcome::WrongRows,   Outcome::WrongOrder,  Outcome::WrongForm,
        Outcome::Error, Outcome::Timeout,      Outcome::MemoryLimit, Outcome::Unsupported, Outcome::DependsOnOrder};
    const auto *found = std::ranges::find(kOutcomes, test.outcome, &grading::outcomeWord);
    if (found != kOutcomes.end())
        return *found;
    return test.correct ? Outcome::Match : Outcome::Failed;
}

std::shared_ptr<const grading::Verdict> verdictOf(const client::SubmissionDetail &detail)
{
    auto verdict = std::make_shared<grading::Verdict>();
    for (const auto &test : detail.tests) {
        auto &each = verdict->tests.emplace_back();
        each.testName = test.name;
        each.hidden = test.hidden;
        each.outcome = outcomeOf(test);
        each.sentence = test.sqlstate.empty() ? test.sentence : test.sentence + " (" + test.sqlstate + ")";
        each.elapsedUs = qint64(test.elapsedMs.value_or(0)) * 1000;
        each.by = sandbox::Engine::Postgres;
    }
    return verdict;
}

} // namespace

SubmissionDetail::SubmissionDetail(QWidget *parent)
    : QWidget(parent), m_title(new widgets::ElidedLabel), m_line(new widgets::ElidedLabel), m_texts(new QStackedWidget),
      m_query(new widgets::SqlEditor), m_difference(new widgets::ComparedText), m_words(new QLabel),
      m_tabs(new QTabWidget), m_tests(new TestsPage), m_comments(new CommentThread(true)),
      m_timeline(new AttemptTimeline), m_figures(new ProblemFigures), m_families(new FamiliesPage)
{
    using namespace widgets;
    m_title->setFont(textFont(TypeSize::Body, true));
    m_title->setAccessibleName(tr("Submission"));
    m_line->setAccessibleName(tr("What became of it"));
    m_query->setAccessibleName(tr("Submitted query"));
    m_difference->setAccessibleName(tr("Difference of the two submissions"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setMargin(space::l);
    m_words->setAutoFillBackground(true);
    m_words->setBackgroundRole(QPalette::Base);
    m_words->setTextFormat(Qt::PlainText);
    m_texts->addWidget(m_words);
    m_texts->addWidget(m_query);
    m_texts->addWidget(m_difference);
    m_tabs->setAccessibleName(tr("About the submission"));
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->addTab(m_tests, tr("Tests"));
    m_tabs->addTab(m_comments, tr("Comments"));
    m_tabs->addTab(m_timeline, tr("Attempts"));
    m_tabs->addTab(m_figures, tr("Problem"));
    m_tabs->addTab(m_families, tr("Families"));
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, space::s);
    head->setSpacing(2);
    head->addWidget(m_title);
    head->addWidget(m_line);
    auto *upper = new QWidget;
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_texts, 1);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(upper);
    splitter->addWidget(m_tabs);
    splitter->setSizes({300, 300});
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
    connect(m_tabs, &QTabWidget::currentChanged, this, &SubmissionDetail::pageChanged);
    choose({});
}

int SubmissionDetail::page() const { return m_tabs->currentIndex(); }
void SubmissionDetail::showPage(Page page) { m_tabs->setCurrentIndex(page); }

void SubmissionDetail::showHead(const QString &title, const QString &line)
{
    m_title->setText(title);
    m_line->setText(line);
}

void SubmissionDetail::choose(const QList<client::SubmissionRow> &rows)
{
    ++m_asked;
    m_olderId.clear();
    m_newerId.clear();
    if (rows.size() == 1 && models::fromUtf8(rows.front().id) == m_id) {
        emit detailWanted(m_id);
        return;
    }
    m_id.clear();
    m_tests->setVerdict(nullptr);
    m_comments->clearField();
    m_comments->setEnabled(false);
    m_texts->setCurrentWidget(m_words);
    if (rows.isEmpty()) {
        m_problemId.clear();
        m_learnerId.clear();
        showHead({}, {});
        m_comments->setWords({});
        m_words->setText(tr("Choose a submission to read it, or two (Ctrl+click) to see what differs."));
        emit pageChanged(page());
        return;
    }
    const auto &last = rows.back();
    m_problemId = models::fromUtf8(last.problemId);
    m_learnerId = models::fromUtf8(last.userId);
    m_words->setText(tr("Reading\u2026"));
    if (rows.size() == 1) {
        m_id = models::fromUtf8(last.id);
        m_comments->setWords(tr("Reading\u2026"));
        emit detailWanted(m_id);
    } else {
        m_olderId = models::fromUtf8(rows[0].id);
        m_newerId = models::fromUtf8(rows[1].id);
        m_comments->setWords(tr("Choose one submission to comment on it."));
        emit pairWanted(m_olderId, m_newerId);
    }
    emit pageChanged(page());
}

void SubmissionDetail::setDetail(const client::SubmissionDetail &detail)
{
    if (models::fromUtf8(detail.row.id) != m_id)
        return;
    const auto &row = detail.row;
    m_learnerId = models::fromUtf8(row.userId);
    showHead(tr("%1 \u00B7 %2").arg(models::fromUtf8(row.learner), models::fromUtf8(row.problem)),
             QStringList{models::verdictLabel(row.correct, row.status), models::momentLabel(row.at),
                         row.elapsedMs ? models::durationLabel(qint64(*row.elapsedMs) * 1000) : QString(),
                         row.rows ? models::rowCountLabel(static_cast<quint64>(*row.rows)) : QString(),
                         models::beginningOf(detail.error).section(u'\n', 0, 0)}
                 .filter(QRegularExpression(QStringLiteral("\\S")))
                 .join(QStringLiteral(" \u00B7 ")));
    showText(m_id, models::fromUtf8(detail.query));
    m_tests->setVerdict(verdictOf(detail));
    // The judge writes the row that comments belong to.
    m_comments->setEnabled(row.correct.has_value());
    if (row.correct)
        m_comments->setComments(detail.comments);
    else
        m_comments->setWords(tr("It can be commented on once it is judged."));
    m_tabs->setTabText(Comments,
                       detail.comments.empty() ? tr("Comments") : tr("Comments (%1)").arg(detail.comments.size()));
}

void SubmissionDetail::setPair(const client::SubmissionDetail &older, const client::SubmissionDetail &newer)
{
    if (models::fromUtf8(older.row.id) != m_olderId || models::fromUtf8(newer.row.id) != m_newerId)
        return;
    const auto words = [](const client::SubmissionDetail &each) {
        return tr("%1, %2, %3")
            .arg(models::fromUtf8(each.row.learner), models::momentLabel(each.row.at),
                 models::verdictLabel(each.row.correct, each.row.status));
    };
    showHead(tr("\u2212 %1").arg(words(older)), tr("+ %1").arg(words(newer)));
    m_tabs->setTabText(Comments, tr("Comments"));
    compare(models::fromUtf8(older.query), models::fromUtf8(newer.query));
}

void SubmissionDetail::setTrouble(const QString &words)
{
    m_texts->setCurrentWidget(m_words);
    m_words->setText(words);
}

void SubmissionDetail::showAttempt(const QString &text, const QString &before, const QString &caption)
{
    m_line->setText(caption);
    if (before.isNull())
        showText(QStringLiteral("attempt/%1").arg(qHash(text)), text);
    else
        compare(before, text);
}

void SubmissionDetail::showText(const QString &key, const QString &text)
{
    ++m_asked;
    m_query->setReadOnly(false);
    m_query->openDocument(key, text);
    m_query->setReadOnly(true);
    m_texts->setCurrentWidget(m_query);
}

void SubmissionDetail::compare(const QString &before, const QString &after)
{
    if (!m_comparer)
        m_comparer = std::make_unique<session::WorkerThread>(QStringLiteral("submissions"));
    m_comparer->ask([before, after] { return models::compareLines(before, after); }, this,
                    [this, asked = ++m_asked](const std::vector<models::ComparedLine> &lines) {
                        if (asked != m_asked)
                            return;
                        m_difference->showComparison(lines);
                        m_texts->setCurrentWidget(m_difference);
                    });
}

} // namespace sqlgym::screens
