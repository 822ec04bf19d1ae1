#include "screens/submission_filters.h"

#include "models/labels.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QDateTime>
#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

namespace {

constexpr int kPauseMs = 350;

enum Verdict { AnyVerdict, Right, Wrong, Errors, Waiting };

QString utcText(const QDateTime &moment) { return moment.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")); }

} // namespace

SubmissionFilters::SubmissionFilters(QWidget *parent)
    : QWidget(parent), m_problem(new QComboBox), m_verdict(new QComboBox), m_time(new QComboBox),
      m_learner(new QLineEdit), m_clear(new QPushButton(tr("Clear")))
{
    using namespace widgets;
    m_problem->setAccessibleName(tr("Problem or topic"));
    m_problem->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_problem->setMinimumContentsLength(18);
    m_problem->addItem(tr("All problems"));
    m_learner->setAccessibleName(tr("Learner"));
    m_learner->setPlaceholderText(tr("Learner's name"));
    m_learner->setClearButtonEnabled(true);
    m_learner->setMaxLength(50);
    m_learner->addAction(icon("search"), QLineEdit::LeadingPosition);
    m_verdict->setAccessibleName(tr("Verdict"));
    m_verdict->addItems({tr("Any verdict"), tr("Right"), tr("Not right"), tr("Ended in an error"), tr("Waiting")});
    m_time->setAccessibleName(tr("Time"));
    m_time->addItem(tr("Any time"), 0);
    m_time->addItem(tr("Last hour"), 3'600);
    m_time->addItem(tr("Today"), -1);
    m_time->addItem(tr("Last 7 days"), 7 * 86'400);
    m_time->addItem(tr("Last 30 days"), 30 * 86'400);
    m_clear->setAccessibleName(tr("Clear the filters"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::s, space::m, space::s);
    row->setSpacing(space::s);
    row->addWidget(m_problem, 3);
    row->addWidget(m_learner, 2);
    row->addWidget(m_verdict);
    row->addWidget(m_time);
    row->addWidget(m_clear);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SubmissionFilters::tell);
    connect(m_learner, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_learner, &QLineEdit::returnPressed, this, &SubmissionFilters::tell);
    for (QComboBox *box : {m_problem, m_verdict, m_time})
        connect(box, &QComboBox::currentIndexChanged, this, &SubmissionFilters::tell);
    connect(m_clear, &QPushButton::clicked, this, &SubmissionFilters::clear);
    m_clear->setEnabled(false);
}

void SubmissionFilters::setCatalogue(const std::vector<client::CatalogueEntry> &entries)
{
    const QString kept = m_problem->currentText();
    const QSignalBlocker quiet(m_problem);
    m_problem->clear();
    m_problem->addItem(tr("All problems"));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool newTopic = !entries[i].topic.empty() && (i == 0 || entries[i].topic != entries[i - 1].topic);
        if (newTopic) {
            QStringList ids;
            for (const auto &each : entries) {
                if (each.topic == entries[i].topic)
                    ids << models::fromUtf8(each.id);
            }
            m_problem->addItem(tr("Topic: %1").arg(models::beginningOf(entries[i].topic, 100)), ids);
        }
        m_problem->addItem(QStringLiteral("    ") + models::beginningOf(entries[i].title, 200),
                           QStringList{models::fromUtf8(entries[i].id)});
    }
    m_problem->setCurrentIndex(std::max(0, m_problem->findText(kept)));
}

client::SubmissionFilter SubmissionFilters::filter() const
{
    client::SubmissionFilter filter;
    for (const QString &id : m_problem->currentData().toStringList())
        filter.problemIds.push_back(id.toStdString());
    filter.learner = m_learner->text().trimmed().toStdString();
    switch (m_verdict->currentIndex()) {
    case Right:
        filter.verdict = client::VerdictFilter::Right;
        break;
    case Wrong:
        filter.verdict = client::VerdictFilter::Wrong;
        break;
    case Errors:
        filter.status = "failed";
        break;
    case Waiting:
        filter.verdict = client::VerdictFilter::None;
        break;
    default:
        break;
    }
    // To the minute, so that the same choice is the same filter.
    if (const int seconds = m_time->currentData().toInt(); seconds != 0) {
        const QDateTime now = QDateTime::currentDateTime();
        QDateTime since = seconds < 0 ? now.date().startOfDay() : now.addSecs(-seconds);
        since.setTime(QTime(since.time().hour(), since.time().minute()));
        filter.since = utcText(since).toStdString();
    }
    return filter;
}

QString SubmissionFilters::problemId() const
{
    const QStringList ids = m_problem->currentData().toStringList();
    return ids.size() == 1 ? ids.front() : QString();
}

void SubmissionFilters::clear()
{
    const QSignalBlocker quietProblem(m_problem), quietVerdict(m_verdict), quietTime(m_time), quietName(m_learner);
    m_problem->setCurrentIndex(0);
    m_verdict->setCurrentIndex(0);
    m_time->setCurrentIndex(0);
    m_learner->clear();
    tell();
}

void SubmissionFilters::focusLearner() { m_learner->setFocus(); }

void SubmissionFilters::tell()
{
    m_pause.stop();
    m_clear->setEnabled(!isEmpty());
    const auto now = filter();
    if (now == m_told)
        return;
    m_told = now;
    emit changed();
}

} // namespace sqlgym::screens
