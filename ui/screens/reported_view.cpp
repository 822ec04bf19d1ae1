#include "screens/reported_view.h"

#include "base/timestamp.h"
#include "models/labels.h"
#include "widgets/sql_text.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kMostReason = 500;
constexpr int kCodeLines = 12;

QLabel *wrapped(const QString &accessible)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(accessible);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString moment(std::int64_t micros)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(micros / 1000), QLocale::ShortFormat);
}

} // namespace

ReportedView::ReportedView(QWidget *parent)
    : QWidget(parent), m_title(wrapped(tr("What was reported"))), m_when(wrapped(tr("When it was written"))),
      m_state(wrapped(tr("State of what was reported"))), m_text(wrapped(tr("Reported text"))), m_code(new SqlText),
      m_uncover(new QPushButton(tr("Show the &text: it is hidden from learners"))),
      m_reports(wrapped(tr("Reports of it"))), m_reason(new QLineEdit), m_hide(new QPushButton),
      m_dismiss(new QPushButton(tr("&Dismiss the reports"))), m_page(new QWidget),
      m_nothing(new QLabel(tr("Choose a report to read what it is about.")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_code->setAccessibleName(tr("Reported code"));
    m_reason->setAccessibleName(tr("Why it is hidden or shown again"));
    m_reason->setPlaceholderText(tr("Why (seen by instructors alone)"));
    m_reason->setMaxLength(kMostReason);
    m_dismiss->setToolTip(tr("It stays as it is, and leaves the list (D)"));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);

    auto *inner = new QWidget;
    inner->setAutoFillBackground(true);
    inner->setBackgroundRole(QPalette::Base);
    auto *text = new QVBoxLayout(inner);
    text->setContentsMargins(space::l, space::m, space::l, space::m);
    text->setSpacing(space::s);
    for (QWidget *each : std::initializer_list<QWidget *>{m_title, m_when, m_state, m_text, m_code})
        text->addWidget(each);
    text->addWidget(m_uncover, 0, Qt::AlignLeft);
    text->addWidget(m_reports);
    text->addStretch(1);
    auto *scrolled = new QScrollArea;
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setWidgetResizable(true);
    scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrolled->setAccessibleName(tr("What was reported, in full"));
    scrolled->setWidget(inner);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_hide);
    buttons->addWidget(m_dismiss);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scrolled, 1);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(space::l, space::s, space::l, space::m);
    below->setSpacing(space::s);
    below->addWidget(m_reason);
    below->addLayout(buttons);
    column->addLayout(below);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_page);
    all->addWidget(m_nothing);

    connect(m_uncover, &QPushButton::clicked, this, [this] {
        m_covered = false;
        showText();
        m_hide->setFocus();
    });
    connect(m_hide, &QPushButton::clicked, this, &ReportedView::hideOrRestore);
    connect(m_dismiss, &QPushButton::clicked, this, &ReportedView::dismiss);
    connect(m_reason, &QLineEdit::returnPressed, this, &ReportedView::hideOrRestore);
    connect(&Theme::instance(), &Theme::changed, this, &ReportedView::takeTheme);
    clear();
}

QString ReportedView::kindWords(const std::string &kind)
{
    return kind == "post"       ? tr("Post")
           : kind == "comment"  ? tr("Comment")
           : kind == "solution" ? tr("Solution")
           : kind == "link"     ? tr("Link")
           : kind == "user"     ? tr("Person")
                                : models::beginningOf(kind, 40);
}

void ReportedView::clear()
{
    m_some = false;
    m_thing = {};
    m_page->hide();
    m_nothing->show();
}

void ReportedView::setThing(const client::ReportedThing &thing)
{
    const bool same = m_some && thing.kind == m_thing.kind && thing.targetId == m_thing.targetId;
    m_some = true;
    m_thing = thing;
    if (!same)
        m_reason->clear();
    m_covered = thing.hidden && (!same || m_covered);
    const bool gone = thing.author.empty();
    const QString author = models::beginningOf(thing.author, 60);
    m_title->setText(gone ? tr("%1 that is gone").arg(kindWords(thing.kind))
                     : thing.problem.empty()
                         ? tr("%1 by %2").arg(kindWords(thing.kind), author)
                         : tr("%1 by %2, about \u201C%3\u201D")
                               .arg(kindWords(thing.kind), author, models::beginningOf(thing.problem, 120)));
    const auto written = base::parseTimestamp(thing.writtenAt);
    m_when->setText(written && thing.kind != "user" ? tr("Written %1").arg(moment(*written)) : QString());
    m_when->setVisible(!m_when->text().isEmpty());
    m_state->setText(gone           ? tr("Whoever wrote it has deleted it.")
                     : thing.hidden ? tr("Hidden from learners: %1").arg(models::beginningOf(thing.hiddenReason, 500))
                                    : QString());
    m_state->setVisible(!m_state->text().isEmpty());
    QStringList lines;
    for (const client::Report &report : thing.reports)
        lines << tr("%1, %2: %3%4")
                     .arg(models::beginningOf(report.reporter, 60), moment(report.at),
                          models::beginningOf(report.reason, 300), report.open ? QString() : tr(" (dealt with)"));
    m_reports->setText(tr("Reported by\n%1").arg(lines.join(u'\n')));
    showText();
    showButtons();
    takeTheme();
    m_nothing->hide();
    m_page->show();
}

void ReportedView::showText()
{
    m_text->setText(models::beginningOf(m_thing.content, 6'000));
    m_text->setVisible(!m_covered && !m_thing.content.empty());
    m_code->setVisible(!m_covered && !m_thing.code.empty());
    if (!m_covered)
        m_code->showSql(models::fromUtf8(m_thing.code), kCodeLines);
    m_uncover->setVisible(m_covered && !m_thing.author.empty());
}

void ReportedView::showButtons()
{
    const bool gone = m_thing.author.empty();
    const bool open = std::ranges::any_of(m_thing.reports, &client::Report::open);
    m_hide->setText(m_thing.hidden ? tr("Sho&w it again") : tr("Hide it"));
    m_hide->setToolTip(m_thing.hidden ? tr("Learners see it again (H)")
                                      : tr("Nobody but instructors sees it then (H)"));
    m_hide->setEnabled(!gone && !m_busy);
    m_reason->setEnabled(!gone && !m_busy);
    m_dismiss->setVisible(open);
    m_dismiss->setEnabled(open && !m_busy);
}

void ReportedView::setBusy(bool busy)
{
    m_busy = busy;
    showButtons();
}

/// The server wants a reason: that of the newest report, where none is given.
void ReportedView::hideOrRestore()
{
    if (!m_some || !m_hide->isEnabled())
        return;
    QString reason = m_reason->text().trimmed();
    if (reason.isEmpty())
        reason = m_thing.hidden            ? tr("Shown again")
                 : m_thing.reports.empty() ? tr("Reported")
                                           : models::beginningOf(m_thing.reports.front().reason, kMostReason);
    emit hiddenWanted(!m_thing.hidden, reason);
}

void ReportedView::dismiss()
{
    if (m_some && m_dismiss->isEnabled() && m_dismiss->isVisible())
        emit dismissWanted();
}

void ReportedView::takeTheme()
{
    m_title->setFont(textFont(TypeSize::Heading, true));
    QPalette muted;
    muted.setColor(QPalette::WindowText, colors().muted);
    for (QLabel *each : {m_when, m_nothing})
        each->setPalette(muted);
    m_when->setFont(textFont(TypeSize::Small));
    m_state->setFont(textFont(TypeSize::Body, true));
}

} // namespace sqlgym::screens
