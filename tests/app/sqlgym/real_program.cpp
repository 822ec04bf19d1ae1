#include "real_program.h"

#include "cache/cache.h"
#include "session/profile.h"

#include <QtCore/QStandardPaths>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace sqlgym::tests {

Screen::~Screen()
{
    m_server.terminate();
    m_server.waitForFinished(5'000);
}

bool Screen::isPossible()
{
    return !QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty() &&
           !QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty();
}

bool Screen::start()
{
    m_server.setProcessChannelMode(QProcess::SeparateChannels);
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                    QStringLiteral("1280x800x24"), QStringLiteral("-noreset"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp")});
    QByteArray number;
    while (!number.contains('\n') && m_server.waitForReadyRead(kPatienceMs))
        number += m_server.readAllStandardOutput();
    m_display = u':' + QString::fromLatin1(number.trimmed());
    return m_display.size() > 1;
}

QProcessEnvironment Screen::environment() const
{
    auto made = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "SQLGYM_PROFILE"})
        made.remove(QLatin1String(name));
    made.insert(QStringLiteral("DISPLAY"), m_display);
    made.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_runtime.path());
    return made;
}

std::unique_ptr<QProcess> Screen::run(const QString &profile, const QStringList &more, bool unprivileged) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment());
    process->setProcessChannelMode(QProcess::MergedChannels);
    // Root, but bound by permissions as anybody: another user might not even reach this folder.
    if (unprivileged && ::geteuid() == 0)
        process->setChildProcessModifier([] {
            for (const int capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER}) {
                if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
                    ::_exit(99);
            }
        });
    process->start(kProgram, QStringList{QStringLiteral("--profile"), profile} + more);
    if (!process->waitForStarted(kPatienceMs))
        qFatal("sqlgym does not start");
    return process;
}

bool Screen::xdotool(const QStringList &words, QByteArray *out) const
{
    QProcess tool;
    tool.setProcessEnvironment(environment());
    tool.start(QStringLiteral("xdotool"), words);
    const bool done = tool.waitForFinished(kPatienceMs) && tool.exitCode() == 0;
    if (out)
        *out = tool.readAllStandardOutput();
    return done;
}

bool Screen::focusWindowOf(qint64 pid) const
{
    QByteArray windows;
    return xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--pid"),
                    QString::number(pid)},
                   &windows) &&
           xdotool({QStringLiteral("windowfocus"), QString::fromLatin1(windows.split('\n').first())});
}

std::string openSlug(const QString &profile)
{
    auto cache = cache::Cache::open(session::Profile::locate(profile).databaseFile().toStdString());
    if (!cache)
        return {};
    const auto slug = (*cache)->uiState().value("window/open_problem");
    return slug && *slug ? **slug : std::string();
}

std::string draftText(const QString &profile, const std::string &slug)
{
    auto cache = cache::Cache::open(session::Profile::locate(profile).databaseFile().toStdString());
    if (!cache)
        return {};
    const auto summary = (*cache)->problems().summary(slug);
    if (!summary || !*summary)
        return {};
    const auto draft = (*cache)->drafts().draft((*summary)->id);
    return draft && *draft ? (*draft)->text : std::string();
}

} // namespace sqlgym::tests
