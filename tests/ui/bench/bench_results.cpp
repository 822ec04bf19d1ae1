// What a big result costs the window: first paint, scrolling, memory, sorting and filtering, a million rows by ten
// columns against a hundred thousand. Processor time of the GUI thread, so that a busy machine disturbs little.
//
//   bench_results [ROUNDS]          (QT_QPA_PLATFORM as for the program itself; offscreen by default)
#include "models/result_table_model.h"
#include "screens/table_page.h"
#include "shell/timed_application.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <array>
#include <cstdio>
#include <malloc.h>
#include <string>
#include <vector>

namespace {

using namespace sqlgym;

constexpr std::size_t kColumns = 10;
constexpr int kFrames = 400;

/// Numbers, decimals, short and longer text, NULLs; no two rows alike.
models::TablePtr makeTable(std::size_t rows)
{
    auto table = std::make_shared<sandbox::ResultTable>();
    static constexpr std::array<const char *, kColumns> kTypes{"int4", "text", "numeric",     "date", "int8",
                                                               "text", "bool", "timestamptz", "text", "float8"};
    for (std::size_t i = 0; i < kColumns; ++i)
        table->columns.push_back({"column_" + std::to_string(i + 1), kTypes[i]});
    table->reserve(rows, rows * 90);
    std::uint64_t seed = 42;
    for (std::size_t row = 0; row < rows; ++row) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        const std::uint64_t n = seed >> 33;
        const std::array<std::string, kColumns> cells{std::to_string(row + 1),
                                                      "member " + std::to_string(n % 50'000),
                                                      std::to_string(n % 100'000) + "." + std::to_string(10 + n % 90),
                                                      "2024-0" + std::to_string(1 + n % 9) + "-1" +
                                                          std::to_string(n % 9),
                                                      std::to_string(seed >> 8),
                                                      n % 7 == 0 ? "" : "a longer text, " + std::to_string(n),
                                                      n % 2 == 0 ? "t" : "f",
                                                      "2024-03-01 10:0" + std::to_string(n % 9) + ":00+00",
                                                      "x",
                                                      std::to_string(n % 1000) + ".5"};
        for (std::size_t column = 0; column < kColumns; ++column)
            table->append(column == 8 && n % 3 == 0 ? sandbox::ResultTable::Cell() : std::string_view(cells[column]));
    }
    return table;
}

template <typename F> double cpuMs(F &&run)
{
    const auto since = shell::threadCpuNs();
    run();
    return static_cast<double>(shell::threadCpuNs() - since) / 1e6;
}

double quantile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

double heapMb()
{
    const auto info = ::mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
}

/// Lets what is posted happen, but waits for nothing.
void settle()
{
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
}

void finish(const screens::TablePage &page)
{
    while (page.busy())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QThreadPool::globalInstance()->waitForDone(); // what is given back
    settle();
}

void firstPaint(screens::TablePage &page, int rounds)
{
    const auto small = makeTable(100'000), large = makeTable(1'000'000);
    std::vector<double> smallMs, largeMs;
    const auto show = [&](const models::TablePtr &table) {
        page.setWords(QStringLiteral("nothing"));
        settle();
        return cpuMs([&] {
            page.setTable(table, QStringLiteral("caption"));
            settle();
            page.grid()->viewport()->repaint();
        });
    };
    show(small);
    show(large);
    for (int i = 0; i < rounds; ++i) {
        smallMs.push_back(show(small));
        largeMs.push_back(show(large));
    }
    const double one = quantile(smallMs, 0.5), other = quantile(largeMs, 0.5);
    std::printf("first paint       100,000 rows %7.2f ms   1,000,000 rows %7.2f ms   ratio %.2f (bar 1.5)\n", one,
                other, other / one);
}

void scrolling(screens::TablePage &page)
{
    auto *grid = page.grid();
    const auto frames = [&](const char *what, auto &&step) {
        std::vector<double> ms;
        for (int i = 0; i < kFrames; ++i) {
            ms.push_back(cpuMs([&] {
                step(i);
                settle();
            }));
        }
        std::printf("scrolling, %-7s 95%% of %d frames within %6.2f ms, the longest %6.2f (bar 16)\n", what, kFrames,
                    quantile(ms, 0.95), quantile(ms, 1));
    };
    auto *bar = grid->verticalScrollBar();
    frames("lines", [&](int) { bar->setValue(bar->value() + 3); });
    frames("pages", [&](int) { bar->setValue(bar->value() + bar->pageStep()); });
    frames("jumps",
           [&](int i) { bar->setValue(static_cast<int>(std::int64_t{i} * 7919 * bar->pageStep() % bar->maximum())); });
    frames("keys", [&](int i) { grid->setCurrentIndex(grid->model()->index((i * 104'729) % 1'000'000, i % 10)); });
}

void memory(screens::TablePage &page)
{
    page.setWords(QStringLiteral("nothing"));
    finish(page);
    const double before = heapMb();
    double dataMb = 0;
    {
        auto table = makeTable(1'000'000);
        dataMb = static_cast<double>(table->flatBytes().size()) / 1e6;
        page.setTable(std::move(table), QStringLiteral("caption"));
    }
    settle();
    page.grid()->verticalScrollBar()->setValue(500'000);
    settle();
    emit page.grid()->sortRequested(1);
    finish(page);
    const double shown = heapMb();
    page.setTable(makeTable(10), QStringLiteral("caption"));
    finish(page);
    std::printf(
        "memory            %.1f bytes a cell beyond the text, sorted (bar 20); %.1f MB left of %.0f by the next\n",
        (shown - before - dataMb) / 10.0, heapMb() - before, shown - before);
}

void ordering(shell::TimedApplication &app, screens::TablePage &page)
{
    auto *filter = page.findChild<QLineEdit *>();
    const auto longest = [&](const char *what, auto &&start) {
        app.forget();
        QElapsedTimer clock;
        clock.start();
        const double asking = cpuMs(start); // a slot called from here is no event
        while (page.busy())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const auto took = clock.elapsed();
        settle();
        std::printf("%-17s longest %6.2f ms in the GUI thread (bar 50), there after %lld ms, by %s\n", what,
                    std::max(asking, app.longest().cpuMs), static_cast<long long>(took),
                    app.longest().what.constData());
    };
    longest("sort by text", [&] { emit page.grid()->sortRequested(1); });
    longest("sort by number", [&] { emit page.grid()->sortRequested(2); });
    longest("the other way", [&] { emit page.grid()->sortRequested(2); });
    longest("as they came", [&] { emit page.grid()->sortRequested(2); });
    longest("filter, typed", [&] {
        for (const char *text : {"4", "49", "499", "4999"})
            filter->setText(QLatin1String(text));
    });
    longest("filter, cleared", [&] { filter->clear(); });
    longest("sort, then leave", [&] {
        emit page.grid()->sortRequested(1);
        page.setWords(QStringLiteral("nothing"));
    });
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    shell::TimedApplication app(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 9;
    screens::TablePage page(QStringLiteral("Results"), QStringLiteral("empty"));
    page.setOrderable();
    page.resize(900, 500);
    page.show();
    settle();
    firstPaint(page, rounds);
    memory(page);
    page.setTable(makeTable(1'000'000), QStringLiteral("caption"));
    settle();
    scrolling(page);
    ordering(app, page);
    return 0;
}
