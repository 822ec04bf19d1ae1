#include "screens/problem_figures.h"

#include "models/labels.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

namespace sqlgym::screens {

using widgets::TypeSize;

namespace {

QLabel *label(const QString &text, TypeSize size = TypeSize::Body, bool bold = false)
{
    auto *made = new QLabel(text);
    made->setTextFormat(Qt::PlainText);
    made->setFont(widgets::textFont(size, bold));
    made->setWordWrap(true);
    return made;
}

QString percent(int part, int whole)
{
    return whole == 0 ? QStringLiteral("\u2013")
                      : QLocale().toString(100.0 * part / whole, 'f', 0) + QStringLiteral(" %");
}

/// `words`, and how many submissions of how many learners.
void addFailures(QVBoxLayout *column, const QString &title, const std::vector<client::FailureCount> &failures,
                 const QString &none)
{
    column->addSpacing(widgets::space::s);
    column->addWidget(label(title, TypeSize::Small, true));
    if (failures.empty())
        column->addWidget(label(none));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(widgets::space::m);
    grid->setVerticalSpacing(widgets::space::xs);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const auto &each : failures) {
        QString words = models::beginningOf(each.name, 200);
        if (!each.words.empty())
            words += u' ' + models::beginningOf(each.words, 200);
        if (each.hidden)
            words = ProblemFigures::tr("%1 (hidden)").arg(words);
        grid->addWidget(label(words), row, 0);
        auto *count = label(ProblemFigures::tr("%1 by %2")
                                .arg(QLocale().toString(each.submissions),
                                     models::learnerCountLabel(static_cast<quint64>(each.learners))));
        count->setWordWrap(false);
        grid->addWidget(count, row++, 1, Qt::AlignRight | Qt::AlignTop);
    }
    column->addLayout(grid);
}

} // namespace

ProblemFigures::ProblemFigures(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Figures of the problem"));
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &ProblemFigures::rebuild);
}

void ProblemFigures::setReport(const client::ProblemReport &report)
{
    m_report = report;
    m_words.clear();
    rebuild();
}

void ProblemFigures::setWords(const QString &words)
{
    m_words = words;
    rebuild();
}

void ProblemFigures::rebuild()
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(widgets::space::m, widgets::space::m, widgets::space::m, widgets::space::m);
    column->setSpacing(widgets::space::xs);
    if (!m_words.isEmpty()) {
        column->addWidget(label(m_words));
    } else {
        const QLocale locale;
        const auto &r = m_report;
        auto *figures = new QGridLayout;
        figures->setHorizontalSpacing(widgets::space::l);
        figures->setVerticalSpacing(widgets::space::xs);
        const std::pair<QString, QString> all[] = {
            {tr("Solved by"),
             tr("%1 of %2 (%3)")
                 .arg(locale.toString(r.solvers), models::learnerCountLabel(static_cast<quint64>(r.learners)),
                      percent(r.solvers, r.learners))},
            {tr("Submissions"), locale.toString(r.submissions)},
            {tr("Attempts until solved"), r.attempts ? tr("%1 (median)").arg(*r.attempts) : tr("nobody solved it yet")},
            {tr("Time spent"),
             r.minutes ? tr("%1 minutes (median)").arg(locale.toString(*r.minutes, 'f', 1)) : tr("not told")}};
        int row = 0;
        for (const auto &[name, value] : all) {
            auto *what = label(name);
            what->setWordWrap(false);
            figures->addWidget(what, row, 0, Qt::AlignTop);
            figures->addWidget(label(value, TypeSize::Body, true), row++, 1);
        }
        figures->setColumnStretch(1, 1);
        column->addLayout(figures);
        const QString of = r.recent == 1 ? tr("in the only submission")
                                         : tr("in the newest %1 submissions").arg(locale.toString(r.recent));
        addFailures(column, tr("Commonest errors, %1").arg(of), r.errors, tr("No query ended in an error."));
        addFailures(column, tr("Tests that fail, %1").arg(of), r.tests, tr("No test failed."));
    }
    column->addStretch(1);
    setWidget(page);
}

} // namespace sqlgym::screens
