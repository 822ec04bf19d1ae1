// sqlgym [--profile DIR] [PROBLEM | sqlgym://problem/PROBLEM]
#include "content/resources.h"
#include "sandbox/process_sandbox.h"
#include "session/engine_room.h"
#include "session/profile.h"
#include "session/settings.h"
#include "session/single_instance.h"
#include "session/store.h"
#include "shell/main_window.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QApplication>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace sqlgym;

struct Arguments {
    QString profile;
    QString slug;
    int exitCode = -1; ///< not negative: leave with it
};

constexpr char kUsage[] =
    "usage: sqlgym [--profile DIR] [PROBLEM]\n"
    "\n"
    "Opens SQLGym, and PROBLEM in it when one is named (a name as sqlgymctl problems lists it, or a\n"
    "sqlgym://problem/NAME link).\n"
    "\n"
    "  --profile DIR   keep everything in DIR (also: SQLGYM_PROFILE)\n"
    "  --version       print the version\n"
    "  --help          print this text\n";

Arguments parse(const QStringList &words)
{
    Arguments arguments;
    const auto misuse = [&](const QString &what) {
        std::fprintf(stderr, "sqlgym: %s\n%s", qPrintable(what), kUsage);
        arguments.exitCode = 2;
    };
    for (qsizetype i = 1; i < words.size() && arguments.exitCode < 0; ++i) {
        const QString &word = words[i];
        if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
            std::fputs(kUsage, stdout);
            arguments.exitCode = 0;
        } else if (word == QLatin1String("--version")) {
            std::puts("sqlgym " SQLGYM_VERSION);
            arguments.exitCode = 0;
        } else if (word == QLatin1String("--profile") && i + 1 < words.size()) {
            arguments.profile = words[++i];
        } else if (word.startsWith(QLatin1String("--profile=")) && word.size() > 10) {
            arguments.profile = word.mid(10);
        } else if (word.startsWith(u'-')) {
            misuse(QStringLiteral("unknown option or missing value: %1").arg(word));
        } else if (!arguments.slug.isEmpty()) {
            misuse(QStringLiteral("one problem at a time"));
        } else if (arguments.slug = session::slugFromArgument(word); arguments.slug.isEmpty()) {
            misuse(QStringLiteral("'%1' is no problem's name").arg(word));
        }
    }
    return arguments;
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

std::unique_ptr<sandbox::Sandbox> startEmbedded(const std::string &folder)
{
    sandbox::ProcessSandbox::Options options;
    options.argv = {folder + "/sqlgym-sandbox"};
    return std::make_unique<sandbox::ProcessSandbox>(std::move(options));
}

std::unique_ptr<sandbox::Sandbox> startExact(const std::string &folder)
{
    sandbox::ProcessSandbox::Options options;
    options.argv = {folder + "/sqlgymctl", "exact-host"};
    for (const char *name :
         {"PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"}) {
        if (const char *value = std::getenv(name))
            options.environment.push_back(std::string(name) + "=" + value);
    }
    options.engine = sandbox::Engine::Postgres;
    options.keepSpare = false;
    options.startTimeoutMs = 20'000; // the very first start makes the cluster
    return std::make_unique<sandbox::ProcessSandbox>(std::move(options));
}

/// Debian's place, or another that holds PostgreSQL 15's programs.
bool postgresInstalled()
{
    for (const char *folder : {"/usr/lib/postgresql/15/bin", "/usr/local/pgsql/bin", "/usr/pgsql-15/bin"}) {
        const QString root = QString::fromLatin1(folder);
        if (QFileInfo(root + QStringLiteral("/postgres")).isExecutable() &&
            QFileInfo(root + QStringLiteral("/initdb")).isExecutable())
            return true;
    }
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    const Arguments arguments = parse(words);
    if (arguments.exitCode >= 0)
        return arguments.exitCode;
    if (!hasDisplay()) {
        std::fputs("sqlgym: there is no display. In a terminal, sqlgymctl does the same work.\n", stderr);
        return 3;
    }

    const session::Profile profile = session::Profile::locate(arguments.profile);
    profile.create();
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sqlgym"));
    QApplication::setApplicationDisplayName(QStringLiteral("SQLGym"));
    QApplication::setApplicationVersion(QStringLiteral(SQLGYM_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("sqlgym"));

    session::SingleInstance instance(profile.dataDir);
    if (instance.enter(arguments.slug) == session::SingleInstance::Role::HandedOver)
        return 0;

    session::Settings settings(profile);
    session::Store store;
    store.open(profile.databaseFile());
    widgets::Theme::instance().install(static_cast<widgets::ThemeChoice>(settings.theme()), settings.systemWasDark(),
                                       settings.fontPoints());
    QApplication::setWindowIcon(widgets::applicationIcon());

    const std::string folder = QApplication::applicationDirPath().toStdString();
    const bool postgres =
        postgresInstalled() && QFileInfo(QString::fromStdString(folder + "/sqlgymctl")).isExecutable();
    session::EngineRoom::Factory exact;
    if (postgres)
        exact = [folder] { return startExact(folder); };
    session::EngineRoom engines([folder] { return startEmbedded(folder); }, exact);

    const QString help = QString::fromStdString((content::resourceRoot() / "help").string());
    shell::MainWindow window({settings, store, engines, postgres, help, arguments.slug});
    QObject::connect(&instance, &session::SingleInstance::requested, &window, &shell::MainWindow::summon);
    window.show();
    return QApplication::exec();
}
