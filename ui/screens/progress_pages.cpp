#include "screens/progress_pages.h"

#include "models/activity_model.h"
#include "widgets/activity_view.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/theme_label.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

namespace sqlgym::screens {

using widgets::ThemeLabel;
using widgets::TypeSize;
namespace space = widgets::space;

namespace {

QLabel *mutedLabel(const QString &text)
{
    return new ThemeLabel(TypeSize::Small, text, false, ThemeLabel::Tone::Muted);
}

QFrame *figure(const char *icon, const QString &value, const QString &name, const QString &more)
{
    auto *frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setAutoFillBackground(true);
    frame->setBackgroundRole(QPalette::Base);
    frame->setAccessibleName(name);
    frame->setAccessibleDescription(value + u' ' + more);
    auto *symbol = new QLabel;
    symbol->setPixmap(widgets::iconPixmap(icon, 28, widgets::colors().accentText, frame->devicePixelRatioF()));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(mutedLabel(name));
    words->addWidget(new ThemeLabel(TypeSize::Title, value, true));
    words->addWidget(mutedLabel(more));
    words->addStretch(1);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(space::l, space::m, space::l, space::m);
    row->setSpacing(space::m);
    row->addWidget(symbol, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    return frame;
}

QString days(int count) { return count == 1 ? OverviewPage::tr("1 day") : OverviewPage::tr("%1 days").arg(count); }

QString streakWords(const progress::Streak &streak)
{
    const QString today = streak.solvedToday   ? OverviewPage::tr("Solved today.")
                          : streak.current > 0 ? OverviewPage::tr("Solve one today to keep it.")
                                               : OverviewPage::tr("Solve one to begin.");
    const QString freezes = streak.freezes == 0   ? OverviewPage::tr("No freeze kept: seven days in a row earn one.")
                            : streak.freezes == 1 ? OverviewPage::tr("1 freeze kept for a day you miss.")
                                                  : OverviewPage::tr("2 freezes kept for days you miss.");
    return OverviewPage::tr("%1 Longest: %2. %3").arg(today, days(streak.longest), freezes);
}

} // namespace

QString spentLabel(int seconds)
{
    const int minutes = seconds / 60;
    return minutes < 60 ? OverviewPage::tr("%1 min").arg(minutes)
                        : OverviewPage::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

OverviewPage::OverviewPage(QWidget *parent) : QScrollArea(parent)
{
    setAccessibleName(tr("Overview"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
}

void OverviewPage::setView(const session::ProgressView &view, bool withStreak)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::l);
    const QString open = tr("Not yet confirmed by the server.");
    const QLocale locale;
    if (view.waiting > 0) {
        auto *bar = new widgets::NoticeBar(page);
        bar->setAccessibleName(tr("Not confirmed"));
        bar->setNotice(widgets::NoticeKind::Info,
                       view.waiting == 1
                           ? tr("1 submission has been judged on this computer alone.")
                           : tr("%1 submissions have been judged on this computer alone.").arg(view.waiting),
                       tr("They are counted here. Once a server has judged them, its figures are those that stay."));
        column->addWidget(bar);
    }
    auto *grid = new QGridLayout;
    grid->setSpacing(space::m);
    std::vector<QFrame *> figures;
    figures.push_back(figure("xp", tr("%1 XP").arg(locale.toString(view.experience)), tr("Experience"),
                             view.waiting > 0 ? open : tr("For each problem once, and for badges.")));
    figures.push_back(figure("verdict-right", tr("%1 of %2").arg(view.solved).arg(view.total), tr("Problems solved"),
                             view.solved == 0   ? tr("Submit a right query to solve one.")
                             : view.waiting > 0 ? open
                                                : tr("Counted when submitted.")));
    if (withStreak)
        figures.push_back(figure("streak", days(view.streak.current), tr("Streak"), streakWords(view.streak)));
    figures.push_back(figure("practice", spentLabel(view.secondsSpent), tr("Time spent"),
                             tr("On problems; pauses are not counted.")));
    for (std::size_t i = 0; i < figures.size(); ++i)
        grid->addWidget(figures[i], static_cast<int>(i / 2), static_cast<int>(i % 2));
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);

    const session::BadgeView *next = nullptr;
    const auto reached = [](const session::BadgeView &badge) {
        return static_cast<double>(badge.progress.done) / std::max(badge.progress.goal, 1);
    };
    for (const auto &badge : view.badges) {
        if (!badge.earned && badge.understood && (!next || reached(badge) > reached(*next)))
            next = &badge;
    }
    if (next) {
        column->addWidget(new ThemeLabel(TypeSize::Heading, tr("Nearest badge"), true));
        column->addWidget(
            new ThemeLabel(TypeSize::Body, tr("%1: %2 %3")
                                               .arg(next->name, QString::fromStdString(next->progress.criteria),
                                                    QString::fromStdString(next->progress.words))));
    }
    column->addStretch(1);
    setWidget(page);
}

ActivityPage::ActivityPage(QWidget *parent)
    : QWidget(parent), m_model(new models::ActivityModel(this)), m_view(new widgets::ActivityView),
      m_summary(new ThemeLabel(TypeSize::Heading, {}, true)), m_day(new ThemeLabel(TypeSize::Body))
{
    m_view->setAccessibleName(tr("Activity"));
    m_view->setModel(m_model);
    m_day->setAccessibleName(tr("Chosen day"));
    auto *key =
        mutedLabel(tr("The larger a square, the more was handed in. A ring: a freeze kept the streak. The arrow keys "
                      "walk from day to day."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::m);
    column->addWidget(m_summary);
    column->addWidget(m_view);
    column->addWidget(m_day);
    column->addWidget(key);
    column->addStretch(1);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ActivityPage::showDay);
}

void ActivityPage::setView(const session::ProgressView &view)
{
    const QDate chosen = m_model->date(m_view->currentIndex());
    m_model->setDays(view.days, view.today);
    m_summary->setText(m_model->activeDays() == 1 ? tr("1 active day in a year")
                                                  : tr("%1 active days in a year").arg(m_model->activeDays()));
    const QModelIndex index = m_model->indexOf(chosen);
    m_view->setCurrentIndex(index.isValid() ? index : m_model->today());
    showDay();
}

void ActivityPage::showDay()
{
    m_day->setText(m_view->currentIndex().data(Qt::AccessibleTextRole).toString());
    m_view->viewport()->update();
}

} // namespace sqlgym::screens
