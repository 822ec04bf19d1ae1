#include "screens/progress_screen.h"

#include "models/labels.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QProgressBar>

namespace sqlgym::screens {

using widgets::TypeSize;

namespace {

QLabel *label(const QString &text, TypeSize size, bool bold = false)
{
    auto *made = new QLabel(text);
    made->setFont(widgets::textFont(size, bold));
    made->setWordWrap(true);
    return made;
}

QLabel *mutedLabel(const QString &text)
{
    auto *made = label(text, TypeSize::Small);
    QPalette palette = made->palette();
    palette.setColor(QPalette::WindowText, widgets::colors().muted);
    made->setPalette(palette);
    return made;
}

QFrame *card()
{
    auto *made = new QFrame;
    made->setFrameShape(QFrame::StyledPanel);
    made->setAutoFillBackground(true);
    made->setBackgroundRole(QPalette::Base);
    return made;
}

QFrame *figure(const char *icon, const QString &value, const QString &name, const QString &more)
{
    auto *frame = card();
    frame->setAccessibleName(name);
    frame->setAccessibleDescription(value + u' ' + more);
    auto *symbol = new QLabel;
    symbol->setPixmap(widgets::iconPixmap(icon, 28, widgets::colors().accentText, frame->devicePixelRatioF()));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(mutedLabel(name));
    words->addWidget(label(value, TypeSize::Title, true));
    words->addWidget(mutedLabel(more));
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(widgets::space::l, widgets::space::m, widgets::space::l, widgets::space::m);
    row->setSpacing(widgets::space::m);
    row->addWidget(symbol, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    return frame;
}

QProgressBar *bar(int done, int goal, const QString &name)
{
    auto *made = new QProgressBar;
    made->setRange(0, std::max(goal, 1));
    made->setValue(std::min(done, goal));
    made->setFormat(QStringLiteral("%1 / %2").arg(done).arg(goal));
    made->setAccessibleName(name);
    return made;
}

} // namespace

ProgressScreen::ProgressScreen(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Progress"));
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &ProgressScreen::rebuild);
}

void ProgressScreen::setView(const session::ProgressView &view)
{
    m_view = view;
    rebuild();
}

QWidget *ProgressScreen::figures() const
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::space::m);
    const QLocale locale;
    row->addWidget(figure("xp", tr("%1 XP").arg(locale.toString(m_view.experience)), tr("Experience"),
                          tr("Earned by solving problems and badges")));
    row->addWidget(figure("verdict-right", tr("%1 of %2").arg(m_view.solved).arg(m_view.total), tr("Problems solved"),
                          m_view.solved == 0 ? tr("Submit a right query to solve one") : tr("Counted when submitted")));
    const QString today = m_view.streak.solvedToday   ? tr("Solved today")
                          : m_view.streak.current > 0 ? tr("Solve one today to keep it")
                                                      : tr("Solve one to begin");
    row->addWidget(figure("streak", m_view.streak.current == 1 ? tr("1 day") : tr("%1 days").arg(m_view.streak.current),
                          tr("Streak"), tr("%1. Longest: %2").arg(today).arg(m_view.streak.longest)));
    return page;
}

QWidget *ProgressScreen::topics() const
{
    auto *frame = card();
    auto *grid = new QGridLayout(frame);
    grid->setHorizontalSpacing(widgets::space::l);
    grid->setVerticalSpacing(widgets::space::s);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &topic : m_view.topics) {
        grid->addWidget(label(topic.name, TypeSize::Body), row, 0);
        grid->addWidget(bar(topic.solved, topic.total, topic.name), row, 1);
        auto *points = mutedLabel(tr("%1 XP").arg(topic.experience));
        points->setWordWrap(false);
        grid->addWidget(points, row++, 2, Qt::AlignRight);
    }
    return frame;
}

QWidget *ProgressScreen::badges() const
{
    auto *frame = card();
    frame->setAccessibleName(tr("Badges"));
    auto *column = new QVBoxLayout(frame);
    column->setSpacing(widgets::space::m);
    if (m_view.badges.empty())
        column->addWidget(mutedLabel(tr("The catalogue has no badges.")));
    for (const auto &badge : m_view.badges) {
        auto *symbol = new QLabel;
        const auto &c = widgets::colors();
        symbol->setPixmap(widgets::iconPixmap(badge.earned ? "badge" : "lock", 24,
                                              badge.earned ? c.success : c.strongBorder, devicePixelRatioF()));
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        const QString state = badge.earned ? tr("earned") : models::fromUtf8(badge.progress.words);
        words->addWidget(label(badge.name, TypeSize::Body, true));
        words->addWidget(mutedLabel(
            tr("%1 %2").arg(models::fromUtf8(badge.progress.criteria), badge.earned ? tr("Earned.") : state)));
        auto *row = new QHBoxLayout;
        row->setSpacing(widgets::space::m);
        row->addWidget(symbol, 0, Qt::AlignTop);
        row->addLayout(words, 1);
        if (!badge.earned) {
            auto *measure = bar(badge.progress.done, badge.progress.goal, badge.name);
            measure->setFixedWidth(140);
            row->addWidget(measure, 0, Qt::AlignVCenter);
        }
        column->addLayout(row);
    }
    return frame;
}

void ProgressScreen::rebuild()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(widgets::space::xl, widgets::space::xl, widgets::space::xl, widgets::space::xl);
    column->setSpacing(widgets::space::l);
    column->addWidget(label(tr("Progress"), TypeSize::Title, true));
    if (!m_view.notice.isEmpty())
        column->addWidget(label(m_view.notice.title + u' ' + m_view.notice.text, TypeSize::Body));
    column->addWidget(figures());
    column->addWidget(label(tr("Topics"), TypeSize::Heading, true));
    column->addWidget(topics());
    column->addWidget(label(tr("Badges"), TypeSize::Heading, true));
    column->addWidget(badges());
    column->addStretch(1);
    setWidget(page);
}

} // namespace sqlgym::screens
