// How long the GUI thread is away from its events at the heaviest things a learner does.
//
//   bench_stalls [copy|edit|paste [TEXT]]          (QT_QPA_PLATFORM as for the program itself; offscreen by default)
#include "../shell/program.h"

#include "models/result_table_model.h"
#include "shell/timed_application.h"
#include "widgets/accessible.h"
#include "widgets/result_grid.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>

#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

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
    std::printf("%-58s %8.1f ms  %s\n", qPrintable(what), app.longest().cpuMs, app.longest().what.constData());
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

/// What no one writes: pasted, gone on with, taken back.
std::vector<std::pair<const char *, QString>> hostileTexts()
{
    constexpr qsizetype kBytes = 10 << 20;
    const auto upTo = [](const QString &unit) {
        return unit.repeated(kBytes / std::max<qsizetype>(1, unit.toUtf8().size()));
    };
    const QString operators = QStringLiteral("1 + ").repeated(15'000) + QStringLiteral("1\n");
    return {{"usual lines", QString::fromUtf8(lines(kBytes))},
            {"50,000 operators in lines", QStringLiteral("SELECT ") + QStringLiteral("1 +\n").repeated(50'000) + u'1'},
            {"50,000 operators in one line", QStringLiteral("SELECT ") + QStringLiteral("1+").repeated(50'000) + u'1'},
            {"lines of 60 kB", upTo(operators)},
            {"lines of 8 kB", upTo(QStringLiteral("1 + ").repeated(2'000) + QStringLiteral("1\n"))},
            {"lines of 60 kB without a blank", upTo(QStringLiteral("x").repeated(60'000) + u'\n')},
            {"empty lines", QString(kBytes, u'\n')},
            {"carriage returns and line feeds", upTo(QStringLiteral("SELECT 1;\r\n"))},
            {"NUL characters", upTo(QStringLiteral("SELECT 1") + QChar(0) + QStringLiteral(" -- and so on\n"))},
            {"nothing but NUL characters", QString(kBytes, QChar(0))},
            {"right-to-left overrides",
             upTo(QString::fromUtf8("SELECT '\u202E\u05D0\u05D1 \u0633\u0644 \u202D x' -- \u202E\n"))},
            {"combining marks", upTo(QStringLiteral("a") + QString(60, QChar(0x0301)) + u'\n')},
            {"quotes that nothing closes", upTo(QStringLiteral("'\"$$/*(\n"))}};
}

void pasting(const QByteArray &only)
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTest::qWait(3'000);
    auto *editor = program.editor();
    for (const auto &[what, text] : hostileTexts()) {
        if (!only.isEmpty() && !QByteArray(what).contains(only))
            continue;
        editor->replaceAll(QStringLiteral("SELECT 1\n"));
        editor->SendScintilla(QsciScintillaBase::SCI_DOCUMENTEND);
        QApplication::clipboard()->setText(text);
        editor->setFocus();
        const auto name = [what = what](const char *act) {
            return QStringLiteral("%1: %2").arg(QLatin1String(what), QLatin1String(act));
        };
        measure(name("pasted"), 5'000, [editor] { QTest::keyClick(editor, Qt::Key_V, Qt::ControlModifier); });
        measure(name("a key"), 1'500, [editor] { QTest::keyClick(editor, Qt::Key_X); });
        measure(name("Page up"), 1'500, [editor] { QTest::keyClick(editor, Qt::Key_PageUp); });
        measure(name("a key is taken back"), 1'500,
                [editor] { QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier); });
        measure(name("taken back"), 4'000, [editor] { QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier); });
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    shell::TimedApplication app(argc, argv);
    widgets::installAccessibility(); // as the program does: QScintilla's own counts characters at every frame
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    if (argc < 2 || QByteArray(argv[1]) == "copy")
        copying();
    if (argc < 2 || QByteArray(argv[1]) == "edit")
        editing(argc > 2 ? argv[2] : "");
    if (argc < 2 || QByteArray(argv[1]) == "paste")
        pasting(argc > 2 ? argv[2] : "");
    return 0;
}
