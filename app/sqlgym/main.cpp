// sqlgym [--profile DIR] [--server DSN] [PROBLEM | sqlgym://problem/PROBLEM]
#include "quit_signals.h"

#include "content/resources.h"
#include "session/engine_room.h"
#include "session/engines.h"
#include "session/list_snapshot.h"
#include "session/profile.h"
#include "session/server_address.h"
#include "session/server_link.h"
#include "session/settings.h"
#include "session/single_instance.h"
#include "session/store.h"
#include "shell/main_window.h"
#include "shell/timed_application.h"
#include "widgets/accessible.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QProcessEnvironment>
#include <QtWidgets/QApplication>

#include <cstdio>

namespace {

using namespace sqlgym;

struct Arguments {
    QString profile;
    QString slug;
    QString server;
    int exitCode = -1; ///< not negative: leave with it
};

[[maybe_unused]] constexpr int kFrameMs = 16;

constexpr char kUsage[] =
    "usage: sqlgym [--profile DIR] [--server DSN] [PROBLEM]\n"
    "\n"
    "Opens SQLGym, and PROBLEM in it when one is named (a name as sqlgymctl problems lists it, or a\n"
    "sqlgym://problem/NAME link).\n"
    "\n"
    "  --profile DIR   keep everything in DIR (also: SQLGYM_PROFILE)\n"
    "  --server DSN    the server to learn at, from now on: \"host=gym.example.org dbname=sqlgym\" or\n"
    "                  postgresql://gym.example.org/sqlgym, without a password\n"
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
        } else if (word == QLatin1String("--server") && i + 1 < words.size()) {
            arguments.server = words[++i];
        } else if (word.startsWith(QLatin1String("--server=")) && word.size() > 9) {
            arguments.server = word.mid(9);
        } else if (word.startsWith(u'-')) {
            misuse(QStringLiteral("unknown option or missing value: %1").arg(word));
        } else if (!arguments.slug.isEmpty()) {
            misuse(QStringLiteral("one problem at a time"));
        } else if (arguments.slug = session::slugFromArgument(word); arguments.slug.isEmpty()) {
            misuse(QStringLiteral("'%1' is no problem's name").arg(word));
        }
    }
    if (!arguments.server.isEmpty() && arguments.exitCode < 0) {
        const auto address = session::ServerAddress::read(arguments.server);
        if (!address || address->isEmpty())
            misuse(QStringLiteral("the server is named as \"host=NAME dbname=NAME\" or postgresql://NAME/NAME"));
        else if (address->hasPassword())
            misuse(QStringLiteral("no password in the server's name: others can read it there"));
        else
            arguments.server = address->dsn();
    }
    return arguments;
}

// SQLGYM_WATCHDOG=MS in a debug build: reports events that take longer (16 by default), with a stack.
#ifdef NDEBUG
using Application = QApplication;
void watchStalls(Application &) {}
#else
using Application = shell::TimedApplication;
void watchStalls(Application &application)
{
    if (!qEnvironmentVariableIsSet("SQLGYM_WATCHDOG"))
        return;
    const int limitMs = qEnvironmentVariableIntValue("SQLGYM_WATCHDOG");
    application.watch(limitMs > 1 ? limitMs : kFrameMs);
}
#endif

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
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

    // libpq is told everything by name.
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name.startsWith(QLatin1String("PG")))
            qunsetenv(qPrintable(name));
    }
    const session::Profile profile = session::Profile::locate(arguments.profile);
    profile.create();
    Application application(argc, argv);
    watchStalls(application);
    QApplication::setApplicationName(QStringLiteral("sqlgym"));
    QApplication::setApplicationDisplayName(QStringLiteral("SQLGym"));
    QApplication::setApplicationVersion(QStringLiteral(SQLGYM_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("sqlgym"));

    widgets::installAccessibility();

    session::SingleInstance instance(profile.dataDir);
    if (instance.enter(arguments.slug) == session::SingleInstance::Role::HandedOver) {
        if (!arguments.server.isEmpty())
            std::fputs("sqlgym: it is open already; choose the server in it, under File, Account.\n", stderr);
        return 0;
    }

    session::Settings settings(profile);
    if (!arguments.server.isEmpty())
        settings.setServer(arguments.server);
    session::Store store;
    // What the platform's own palette says holds until the desktop is asked, which takes a while.
    const bool dark = settings.systemWasDark() || QApplication::palette().color(QPalette::Window).lightness() < 128;
    widgets::Theme::instance().setCodeFont(settings.codeFamily(), settings.codePoints());
    widgets::Theme::instance().setNullText(settings.nullText());
    widgets::Theme::instance().install(static_cast<widgets::ThemeChoice>(settings.theme()), dark,
                                       settings.fontPoints());
    QApplication::setWindowIcon(widgets::applicationIcon());

    const QString folder = QApplication::applicationDirPath();
    const auto postgres = session::postgresEngine(folder);
    session::EngineRoom engines(session::embeddedEngine(folder), postgres);

    const QString help = QString::fromStdString((content::resourceRoot() / "help").string());
    session::ListSnapshot snapshot(profile);
    session::ServerLink link({session::gatewayModule(folder), session::tokenStore(), profile.databaseFile()}, store);
    shell::MainWindow window(
        {settings, store, engines, snapshot, link, profile, postgres != nullptr, help, arguments.slug});
    QObject::connect(&instance, &session::SingleInstance::requested, &window, &shell::MainWindow::summon);
    const app::QuitSignals quit;
    QObject::connect(&quit, &app::QuitSignals::asked, &window, &QWidget::close);
    window.show();
    window.activateWindow(); // without a window manager nobody else gives it the keyboard
    return QApplication::exec();
}
