#include "shell/status_strip.h"

#include "widgets/theme.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QStatusBar>

namespace sqlgym::shell {

namespace {

constexpr int kBusyAfterMs = 150;

} // namespace

StatusStrip::StatusStrip(QObject *parent) : QObject(parent)
{
    m_busyTimer.setSingleShot(true);
    m_busyTimer.setInterval(kBusyAfterMs);
    connect(&m_busyTimer, &QTimer::timeout, this, [this] { m_engine->setText(tr("Running\u2026 Ctrl+. cancels")); });
}

void StatusStrip::install(QStatusBar *bar)
{
    bar->setSizeGripEnabled(false);
    const auto label = [bar](const QString &accessibleName) {
        auto *made = new QLabel(bar);
        made->setAccessibleName(accessibleName);
        made->setContentsMargins(widgets::space::s, 0, widgets::space::s, 0);
        return made;
    };
    m_engine = label(tr("Engine"));
    m_exact = label(tr("Exact mode"));
    bar->addPermanentWidget(m_engine);
    bar->addPermanentWidget(m_exact);
    const auto takeFont = [bar] {
        for (auto *each : bar->findChildren<QLabel *>())
            each->setFont(widgets::textFont(widgets::TypeSize::Small));
    };
    takeFont();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, takeFont);
}

void StatusStrip::setEngines(bool postgresInstalled, bool exactMode, bool postgresFirst)
{
    const bool exact = postgresInstalled && exactMode;
    m_idle = exact && postgresFirst ? tr("Answers first: PostgreSQL") : tr("Answers first: embedded engine");
    m_engine->setText(m_idle);
    m_engine->setAccessibleDescription(m_idle);
    QString words = tr("Exact mode: on");
    QString tip = tr("What the embedded engine does not do yet runs on PostgreSQL, and checks are confirmed there.");
    if (!postgresInstalled) {
        words = tr("Exact mode: PostgreSQL not installed");
        tip = tr("With the package postgresql-15 installed, what the embedded engine does not do yet would run there.");
    } else if (!exactMode) {
        words = tr("Exact mode: off");
        tip = tr("PostgreSQL is installed; exact mode is switched off in the preferences.");
    }
    m_exact->setText(words);
    m_exact->setToolTip(tip);
    m_exact->setAccessibleDescription(words + u' ' + tip);
}

void StatusStrip::setBusy(bool busy)
{
    if (busy) {
        m_busyTimer.start();
    } else {
        m_busyTimer.stop();
        m_engine->setText(m_idle);
    }
}

} // namespace sqlgym::shell
