// How long the GUI thread is away from its events at the heaviest things a learner does.
//
//   bench_stalls [copy|edit [TEXT]]          (QT_QPA_PLATFORM as for the program itself; offscreen by default)
#include "../shell/program.h"

#include "models/result_table_model.h"
#include "shell/timed_application.h"
#include "widgets/result_grid.h"

#include <QtCore/QTemporaryDir>

#include <cstdio>
#include <functional>

namespace {

using namespace sqlgym;

void settle(int ms)
{
    QTest::qWait(ms);
    QCoreApplication::sendPostedEvents();
}

/// Runs `act` inside the event loop and prints the longest time without it.
void measure(const QString &what, int waitMs, const std::function<void()> &act)
{
    settle(300);
    auto &app = *static_cast<shell::TimedApplication *>(qApp);
    app.forget();
    QElapsedTimer wall;
    wall.start();
    QTimer::singleShot(0, qApp, act);
    QTest::qWait(waitMs);
    std::printf("%-46s %8.1f ms\n", qPrintable(what), app.longest().cpuMs);
    std::fflush(stdout);
}

models::TablePtr millionCells()
{
    auto table = std::make_shared<sandbox::ResultTable>();
    for (int column = 0; column < 10; ++column)
        table->columns.push_back({"c" + std::to_string(column), column % 2 == 0 ? "int4" : "text"});
    for (int row = 0; row < 100'000; ++row) {
        for (int column = 0; column < 10; ++column) {
            const std::string cell = column % 2 == 0 ? std::to_string(row * column) : "a text, " + std::to_string(row);
            table->append(sandbox::ResultTable::Cell(cell));
        }
    }
    return table;
}

void copying()
{
    widgets::ResultGrid grid;
    models::ResultTableModel model;
    grid.setModel(&model);
    model.setTable(millionCells());
    grid.resize(800, 600);
    grid.show();
    using models::CopyFormat;
    const std::pair<const char *, CopyFormat> formats[] = {{"TSV", CopyFormat::Tsv},
                                                           {"CSV", CopyFormat::Csv},
                                                           {"Markdown", CopyFormat::Markdown},
                                                           {"JSON", CopyFormat::Json},
                                                           {"INSERT", CopyFormat::Insert}};
    measure(QStringLiteral("select a million cells"), 1'000, [&] { grid.selectAll(); });
    for (const auto &[name, format] : formats)
        measure(QStringLiteral("copy a million cells as %1").arg(QLatin1String(name)), 6'000,
                [&, which = format] { grid.copySelection(which); });
}

QByteArray lines(qsizetype bytes)
{
    QByteArray text;
    for (int i = 0; text.size() < bytes; ++i)
        text += "SELECT id, tool_id, 'text " + QByteArray::number(i) + "' FROM loan WHERE id < " +
                QByteArray::number(i) + " -- and so on\n" + (i % 5 == 4 ? ";\n" : "AND (1 = 1)\n");
    return text;
}

void typing(const Program &program, const char *what)
{
    auto *editor = program.editor();
    editor->setFocus();
    const auto name = [what](const char *act) {
        return QStringLiteral("%1: %2").arg(QLatin1String(what), QLatin1String(act));
    };
    measure(name("a key at the end"), 1'500, [editor] {
        editor->SendScintilla(QsciScintillaBase::SCI_DOCUMENTEND);
        QTest::keyClick(editor, Qt::Key_A);
    });
    measure(name("a key at the beginning"), 1'500, [editor] {
        editor->SendScintilla(QsciScintillaBase::SCI_DOCUMENTSTART);
        QTest::keyClick(editor, Qt::Key_A);
    });
    measure(name("End"), 1'000, [editor] { QTest::keyClick(editor, Qt::Key_End); });
    measure(name("Page down"), 1'000, [editor] { QTest::keyClick(editor, Qt::Key_PageDown); });
    measure(name("Ctrl+Enter"), 4'000, [editor] { QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier); });
    measure(name("undo"), 1'500, [editor] { editor->undo(); });
}

void editing(const QByteArray &only)
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTest::qWait(3'000);
    const std::pair<const char *, QByteArray> texts[] = {
        {"120 kB", lines(120 << 10)},
        {"1 MB", lines(1'000 << 10)},
        {"10 MB", lines(10 << 20)},
        {"200 kB in one line", lines(200 << 10).replace('\n', ' ')},
        {"10 MB in one line", lines(10 << 20).replace('\n', ' ')},
    };
    for (const auto &[what, text] : texts) {
        if (!only.isEmpty() && !QByteArray(what).contains(only))
            continue;
        measure(QStringLiteral("%1: put into the editor").arg(QLatin1String(what)), 6'000,
                [&, bytes = text] { program.editor()->replaceAll(QString::fromUtf8(bytes)); });
        typing(program, what);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    shell::TimedApplication app(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    if (argc < 2 || QByteArray(argv[1]) == "copy")
        copying();
    if (argc < 2 || QByteArray(argv[1]) == "edit")
        editing(argc > 2 ? argv[2] : "");
    return 0;
}
