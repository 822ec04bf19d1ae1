// Start-up to the first painted frame with the problems in it, against a bare QMainWindow with a QsciScintilla: CPU
// time, wall time and resident memory, each child a process of its own, the two kinds in turn.
//
//   bench_startup [ROUNDS]          (QT_QPA_PLATFORM as for the program itself; offscreen by default)
#include "content/resources.h"
#include "session/engine_room.h"
#include "session/list_snapshot.h"
#include "session/profile.h"
#include "session/settings.h"
#include "session/store.h"
#include "shell/main_window.h"
#include "widgets/theme.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace sqlgym;

int full(int argc, char **argv, const QString &folder)
{
    QApplication app(argc, argv);
    const session::Profile profile = session::Profile::locate(folder);
    profile.create();
    session::Settings settings(profile);
    session::Store store;
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    session::EngineRoom engines({}, {});
    session::ListSnapshot snapshot(profile);
    session::ServerLink link({session::gatewayModule(folder), session::tokenStore(), profile.databaseFile()}, store);
    shell::MainWindow window({settings, store, engines, snapshot, link, profile, true, QString(), QString()});
    QObject::connect(&window, &shell::MainWindow::ready, [] { ::_exit(0); });
    window.show();
    return QApplication::exec();
}

struct Sample {
    double cpuMs = 0, wallMs = 0, rssMb = 0;
};

Sample measure(const std::vector<std::string> &argv)
{
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        std::vector<char *> words;
        for (const auto &word : argv)
            words.push_back(const_cast<char *>(word.c_str()));
        words.push_back(nullptr);
        ::execv(words[0], words.data());
        ::_exit(127);
    }
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "%s failed\n", argv[0].c_str());
        std::exit(3);
    }
    const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
    const auto ms = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return {ms(used.ru_utime) + ms(used.ru_stime), wall.count(), static_cast<double>(used.ru_maxrss) / 1024.0};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print(const char *what, const std::vector<Sample> &bareOnes, const std::vector<Sample> &fullOnes,
           double Sample::*member)
{
    const auto pick = [member](const std::vector<Sample> &samples) {
        std::vector<double> values;
        for (const auto &sample : samples)
            values.push_back(sample.*member);
        return median(values);
    };
    const double one = pick(bareOnes);
    const double other = pick(fullOnes);
    std::printf("%-9s bare %8.1f   sqlgym %8.1f   ratio %.2f\n", what, one, other, other / one);
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc == 3 && std::strcmp(argv[1], "--full") == 0)
        return full(argc, argv, QString::fromLocal8Bit(argv[2]));

    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 11;
    const QTemporaryDir profile;
    const std::string self = argv[0];
    const std::string folder = profile.path().toStdString();
    const std::string yardstick = self.substr(0, self.rfind('/') + 1) + "bare_window";
    {
        // The first start loads the catalogue; what is measured is every start after it.
        int none = 0;
        QCoreApplication app(none, nullptr);
        session::Store store;
        store.open(session::Profile::locate(profile.path()).databaseFile());
        session::ListSnapshot snapshot(session::Profile::locate(profile.path()));
        QObject::connect(&store, &session::Store::catalogueChanged, &app, [&](const session::CatalogueState &state) {
            snapshot.write(state.entries);
            app.quit();
        });
        store.refreshCatalogue();
        QCoreApplication::exec();
    }
    std::vector<Sample> bareOnes, fullOnes;
    measure({yardstick});
    measure({self, "--full", folder});
    for (int i = 0; i < rounds; ++i) {
        bareOnes.push_back(measure({yardstick}));
        fullOnes.push_back(measure({self, "--full", folder}));
    }
    std::printf("start-up, median of %d rounds\n", rounds);
    print("cpu ms", bareOnes, fullOnes, &Sample::cpuMs);
    print("wall ms", bareOnes, fullOnes, &Sample::wallMs);
    print("rss MB", bareOnes, fullOnes, &Sample::rssMb);
    return 0;
}
