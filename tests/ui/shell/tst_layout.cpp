// Facts about the layout in every state of the window, at the smallest and the usual size, with the usual and with
// large letters; and that Tab reaches every control in a sensible order.
#include "layout_facts.h"
#include "program.h"

#include "screens/practice_screen.h"
#include "widgets/accessible.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QDialog>
#include <QtWidgets/QFrame>
#include <QtWidgets/QGraphicsView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;

namespace {

constexpr char kWrong[] = "SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on FROM loan "
                          "WHERE due_on < '2024-03-01' ORDER BY 4 DESC, id";
constexpr char kRight[] = "SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on FROM loan "
                          "WHERE returned_on IS NULL AND due_on < '2024-03-01' ORDER BY 4 DESC, id";
constexpr auto kCtrlShift = Qt::ControlModifier | Qt::ShiftModifier;

} // namespace

class TestLayout : public QObject {
    Q_OBJECT
private slots:
    void init() { widgets::Theme::instance().setBodyPoints(0); }
    void everyStateIsWhole_data();
    void everyStateIsWhole();
    void tabReachesEverything();
    void tabReachesEverythingInDialogs();

private:
    void look(const char *state, const QWidget *window);
    void pages(const Program &program);
    void results(const Program &program);
    void verdicts(const Program &program);
    void windows(const Program &program);
    void menus(const Program &program);
    void popups(const Program &program);

    QSize m_size;
    QRect m_editor; ///< where it was at first
    const Program *m_program = nullptr;
    QStringList m_faults;
};

void TestLayout::everyStateIsWhole_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("points");

    QTest::newRow("the smallest window") << QSize(1024, 700) << 0.0;
    QTest::newRow("the usual window") << QSize(1440, 900) << 0.0;
    QTest::newRow("the usual window, large letters") << QSize(1440, 900) << 14.0;
}

void TestLayout::look(const char *state, const QWidget *window)
{
    QTest::qWait(60);
    for (const QString &fault : layoutFaults(window))
        m_faults << QLatin1String(state) + QStringLiteral(": ") + fault;
    const auto *main = m_program->window.get();
    if (main->size() != m_size)
        m_faults << QLatin1String(state) + QStringLiteral(": the window changes its size");
    const auto *editor = m_program->editor();
    const QRect now(editor->mapTo(main, QPoint()), editor->size());
    if (editor->isVisible() && (now.left() != m_editor.left() || now.width() != m_editor.width()))
        m_faults << QLatin1String(state) + QStringLiteral(": the editor jumps");
}

void TestLayout::everyStateIsWhole()
{
    QFETCH(const QSize, size);
    QFETCH(const double, points);
    widgets::Theme::instance().setBodyPoints(points);
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Still out")), kPatienceMs);
    program.window->resize(size);
    program.window->resetLayout();
    QTest::qWait(1'000); // the pages that are made later
    m_program = &program;
    m_faults.clear();
    m_size = size;
    const auto *editor = program.editor();
    m_editor = QRect(editor->mapTo(program.window.get(), QPoint()), editor->size());

    pages(program);
    results(program);
    verdicts(program);
    popups(program);
    windows(program);
    menus(program);

    m_faults.removeDuplicates();
    QVERIFY2(m_faults.isEmpty(), qPrintable(u'\n' + m_faults.join(u'\n')));
}

void TestLayout::pages(const Program &program)
{
    const QWidget *window = program.window.get();
    look("a fresh window", window);
    program.key(Qt::Key_L, Qt::ControlModifier);
    program.type("zebra");
    look("nothing found", window);
    program.key(Qt::Key_Escape);
    const char *names[] = {"statement", "schema", "hints", "solution", "history"};
    for (int page = 4; page >= 0; --page) {
        program.key(static_cast<Qt::Key>(Qt::Key_1 + page), Qt::AltModifier);
        look(names[page], window);
    }
    program.key(Qt::Key_2, Qt::AltModifier | Qt::ShiftModifier);
    QTest::qWait(300);
    look("the diagram", window);
    auto *diagram = program.named<QGraphicsView>("Schema diagram");
    QVERIFY(diagram && diagram->isVisible());
    for (const auto *label : diagram->parentWidget()->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().endsWith(QChar(0x2026)))
            m_faults << QStringLiteral("the diagram: its words are cut: ") + label->text();
    }
    program.key(Qt::Key_H, Qt::AltModifier);
    program.key(Qt::Key_H, Qt::AltModifier);
    look("two hints", window);
    program.key(Qt::Key_4, Qt::AltModifier);
    for (auto *button : window->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text().startsWith(QStringLiteral("Give up")))
            button->click();
    }
    look("giving up", window);
    program.key(Qt::Key_1, Qt::AltModifier);
    program.key(Qt::Key_2, Qt::ControlModifier);
    look("progress", window);
    program.key(Qt::Key_1, Qt::ControlModifier);
}

void TestLayout::results(const Program &program)
{
    const QWidget *window = program.window.get();
    program.writeQuery("SELECT id, plyer FROM loan JOIN tool ON loan.tool_id = tool.id WHERE id = 3");
    QTest::qWait(700);
    look("a mistake", window);
    program.key(Qt::Key_F, Qt::ControlModifier);
    look("find", window);
    program.key(Qt::Key_H, Qt::ControlModifier);
    look("replace", window);
    program.key(Qt::Key_Escape);
    program.writeQuery("SELECT count(*) FROM loan a, loan b, loan c, loan d, loan e");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTest::qWait(400);
    look("running", window);
    program.key(Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!program.engines->busy(), kPatienceMs);
    look("cancelled", window);
    program.writeQuery("SELECT id FROM loan WHERE false");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 0, kPatienceMs);
    look("no rows", window);
    program.writeQuery("SELECT id, returned_on, repeat('long ', 90) AS text, id AS a_column_with_quite_a_long_name, "
                       "'{\"a\": [1, {\"b\": null}]}'::jsonb AS j FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.rows("Results") > 1, kPatienceMs);
    look("a result", window);
    program.key(Qt::Key_F2);
    QTest::qWait(200);
    look("a cell", window);
    program.key(Qt::Key_F4);
    QTest::qWait(400);
    look("a column counted", window);
    program.key(Qt::Key_Escape);
    program.key(Qt::Key_F9);
    look("pinned", window);
    program.key(Qt::Key_PageUp, Qt::ControlModifier);
    program.writeQuery("SELECT id, tool_id FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!program.engines->busy(), kPatienceMs);
    program.key(Qt::Key_F9, Qt::ShiftModifier);
    QTest::qWait(300);
    look("compared with the pinned one", window);
}

void TestLayout::verdicts(const Program &program)
{
    const QWidget *window = program.window.get();
    const auto check = [&](const char *sql, const char *title) {
        program.writeQuery(sql);
        program.key(Qt::Key_Return, kCtrlShift);
        QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QLatin1String(title)) && !program.engines->busy(),
                                 kPatienceMs);
    };
    check("SELECT plyer FROM loan", "Error");
    look("an error of a check", window);
    check("SELECT id AS loan_id FROM loan", "Not yet");
    look("wrong columns", window);
    check(kWrong, "Not yet");
    const char *names[] = {"results", "expected output", "difference", "tests", "messages"};
    for (const int page : {2, 1, 3, 4, 0}) {
        program.key(static_cast<Qt::Key>(page == 4 ? Qt::Key_0 : Qt::Key_6 + page), Qt::AltModifier);
        look(names[page], window);
    }
    program.writeQuery(kRight);
    program.key(Qt::Key_S, kCtrlShift);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().contains(QStringLiteral("XP")), kPatienceMs);
    look("solved", window);
    program.key(Qt::Key_4, Qt::AltModifier);
    look("the solution", window);
    program.key(Qt::Key_5, Qt::AltModifier);
    QTest::qWait(200);
    look("attempts", window);
    program.key(Qt::Key_Home);
    program.key(Qt::Key_Down, Qt::ShiftModifier);
    QTest::qWait(300);
    look("two attempts compared", window);
    program.key(Qt::Key_1, Qt::AltModifier);
    program.key(Qt::Key_PageUp, Qt::ControlModifier);
}

void TestLayout::popups(const Program &program)
{
    program.writeQuery("SELECT l. FROM loan l");
    program.key(Qt::Key_Home);
    for (int i = 0; i < 9; ++i)
        program.key(Qt::Key_Right);
    for (const char *what : {"completion", "completion of a function"}) {
        program.key(Qt::Key_Space, Qt::ControlModifier);
        const auto *popup = program.named<QWidget>("Completion");
        QTRY_VERIFY_WITH_TIMEOUT((popup = program.named<QWidget>("Completion")) && popup->isVisible(), kPatienceMs);
        QVERIFY(popup->screen()->availableGeometry().contains(popup->frameGeometry()));
        look(what, popup);
        program.key(Qt::Key_Escape);
        program.writeQuery("SELECT cou");
    }
    program.writeQuery("SELECT round(id, 2) FROM loan");
    program.key(Qt::Key_Home);
    for (int i = 0; i < 9; ++i)
        program.key(Qt::Key_Right);
    QTest::qWait(600);
    look("a function explained", program.window.get());
}

void TestLayout::menus(const Program &program)
{
    for (QAction *action : program.window->menuBar()->actions()) {
        QMenu *menu = action->menu();
        menu->popup(program.window->mapToGlobal(program.window->menuBar()->actionGeometry(action).bottomLeft()));
        QTest::qWait(30);
        m_faults << menuFaults(menu);
        for (const QAction *inner : menu->actions()) {
            if (QMenu *below = inner->menu()) {
                below->popup(menu->mapToGlobal(menu->actionGeometry(const_cast<QAction *>(inner)).topRight()));
                QTest::qWait(30);
                m_faults << menuFaults(below);
                below->close();
            }
        }
        menu->close();
    }
}

void TestLayout::windows(const Program &program)
{
    const QWidget *window = program.window.get();
    program.key(Qt::Key_T, Qt::ControlModifier);
    look("a scratch tab", window);
    for (int i = 0; i < 6; ++i)
        program.key(Qt::Key_T, Qt::ControlModifier);
    look("many scratch tabs", window);
    const auto top = [](const QWidget *except) -> QWidget * {
        for (QWidget *each : QApplication::topLevelWidgets()) {
            if (each != except && each->isVisible() && !each->inherits("QMenu") && !each->inherits("QTipLabel"))
                return each;
        }
        return nullptr;
    };
    const auto shown = [&](const char *state, Qt::Key key, Qt::KeyboardModifiers modifiers) {
        program.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(program.window.get()));
        QTest::keyClick(program.editor(), key, modifiers);
        QTest::qWait(150);
        QWidget *other = top(window);
        QVERIFY2(other, state);
        look(state, other);
        if (auto *pages = other->findChild<QTabWidget *>()) {
            pages->setCurrentIndex(pages->count() - 1);
            look("the keys", other);
        }
        other->close();
        QTRY_VERIFY(!top(window));
    };
    shown("quick open", Qt::Key_P, Qt::ControlModifier);
    shown("the commands", Qt::Key_P, kCtrlShift);
    shown("the preferences", Qt::Key_Comma, Qt::ControlModifier);
    shown("help", Qt::Key_F1, Qt::NoModifier);
    QTest::keyClick(program.editor(), Qt::Key_Comma, Qt::ControlModifier);
    QTest::qWait(150);
    if (QWidget *preferences = top(window)) {
        for (const char *words : {"run", "zebra"}) {
            preferences->findChild<QLineEdit *>()->setText(QLatin1String(words));
            look("the preferences, searched", preferences);
        }
        preferences->close();
        QTRY_VERIFY(!top(window));
    }
    program.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(program.window.get()));
    program.editor()->setFocus();
    program.writeQuery("SELECT 1 AS one");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 1, kPatienceMs);
    shown("export", Qt::Key_E, kCtrlShift);
    program.window->openAbout();
    QTest::qWait(100);
    if (QWidget *about = top(window)) {
        look("about", about);
        about->close();
    }
}

void TestLayout::tabReachesEverything()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Still out")), kPatienceMs);
    QTest::qWait(1'000);
    program.writeQuery(kWrong);
    program.key(Qt::Key_Return, kCtrlShift);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Not yet")), kPatienceMs);
    auto *search = program.named<QWidget>("Problem search");

    QStringList order = tabOrder(search);
    const QStringList wanted{QStringLiteral("Problem search"), QStringLiteral("Difficulty filter"),
                             QStringLiteral("Status filter"),  QStringLiteral("Topic filter"),
                             QStringLiteral("Problem list"),   QStringLiteral("Statement"),
                             QStringLiteral("SQL editor"),     QStringLiteral("Run"),
                             QStringLiteral("Check"),          QStringLiteral("Submit"),
                             QStringLiteral("Difference"),     QStringLiteral("Only differences")};
    qsizetype last = -1;
    for (const QString &name : wanted) {
        const auto at = order.indexOf(name);
        QVERIFY2(at > last, qPrintable(name + QStringLiteral(" in ") + order.join(QStringLiteral(", "))));
        last = at;
    }

    QStringList missed = tabStops(program.window.get());
    for (const QString &name : std::as_const(order))
        missed.removeOne(name);
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", ")) + QStringLiteral("\nreached: ") +
                                          order.join(QStringLiteral(", "))));
}

void TestLayout::tabReachesEverythingInDialogs()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Still out")), kPatienceMs);
    const std::pair<Qt::Key, Qt::KeyboardModifiers> keys[] = {
        {Qt::Key_Comma, Qt::ControlModifier}, {Qt::Key_F1, Qt::NoModifier}, {Qt::Key_P, kCtrlShift}};
    for (const auto &[key, modifiers] : keys) {
        QTest::keyClick(program.editor(), key, modifiers);
        QTest::qWait(200);
        QWidget *dialog = QApplication::activePopupWidget();
        if (!dialog)
            dialog = QApplication::activeWindow();
        QVERIFY(dialog && dialog != program.window.get());
        auto *pages = dialog->findChild<QTabWidget *>();
        for (int page = 0; page < (pages ? pages->count() : 1); ++page) {
            if (pages)
                pages->setCurrentIndex(page);
            QStringList missed = tabStops(dialog);
            QVERIFY(!missed.isEmpty());
            auto *first = dialog->findChild<QListWidget *>(); // links take the key too, one after another
            const QStringList order = tabOrder(first ? first : dialog->focusWidget());
            for (const QString &name : order)
                missed.removeOne(name);
            QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", ")) + QStringLiteral("\nreached: ") +
                                                  order.join(QStringLiteral(", "))));
        }
        dialog->close();
        program.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(program.window.get()));
    }
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    widgets::installAccessibility();
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestLayout test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_layout.moc"
