// The window as a whole: its look switched live, its layout put back, its choices opened by keys.
#include "program.h"

#include "screens/problem_panel.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGraphicsView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeView>

using namespace sqlgym;
using widgets::Theme;
using widgets::ThemeChoice;

class TestWindow : public QObject {
    Q_OBJECT
private slots:
    void anotherThemeReachesEverything();
    void theLayoutIsPutBack();
    void altDownOpensAChoice();
    void theListFollowsTracks();
};

namespace {

/// The share of the picture that has one of a theme's grounds.
double share(const QImage &picture, const widgets::Colors &colors)
{
    qsizetype found = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QColor pixel = picture.pixelColor(x, y);
            found += pixel == colors.base || pixel == colors.window || pixel == colors.raised ? 1 : 0;
        }
    }
    return static_cast<double>(found) / (static_cast<double>(picture.width()) * picture.height());
}

} // namespace

void TestWindow::anotherThemeReachesEverything()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT id, '{\"a\": 1}'::jsonb AS j FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.rows("Results") > 1, kPatienceMs);
    program.key(Qt::Key_2, Qt::AltModifier | Qt::ShiftModifier); // the diagram
    program.key(Qt::Key_F2);                                     // the whole cell
    QTest::qWait(500);
    auto *editor = program.editor();
    auto *diagram = program.named<QGraphicsView>("Schema diagram");
    QVERIFY(diagram && diagram->isVisible());

    const std::pair<ThemeChoice, const widgets::Colors &> themes[] = {
        {ThemeChoice::Dark, Theme::dark()},
        {ThemeChoice::HighContrast, Theme::highContrast()},
        {ThemeChoice::Light, Theme::light()}};
    const widgets::Colors *before = &Theme::light();
    for (const auto &[choice, colors] : themes) {
        Theme::instance().choose(choice);
        QTest::qWait(100);
        for (QWidget *each : {static_cast<QWidget *>(program.window.get()), static_cast<QWidget *>(editor),
                              static_cast<QWidget *>(diagram)}) {
            const QImage picture = each->grab().toImage();
            QVERIFY2(share(picture, colors) > 0.6, qPrintable(QString::number(share(picture, colors))));
            QVERIFY2(share(picture, *before) < 0.02, qPrintable(QString::number(share(picture, *before))));
        }
        before = &colors;
    }
}

void TestWindow::theLayoutIsPutBack()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.window->resetLayout();
    QTest::qWait(50);
    const auto sizes = [&] {
        QList<QList<int>> all;
        for (const auto *splitter : program.window->findChildren<QSplitter *>()) {
            if (splitter->isVisible())
                all << splitter->sizes();
        }
        return all;
    };
    const auto usual = sizes();
    QVERIFY(usual.size() >= 3);

    for (auto *splitter : program.window->findChildren<QSplitter *>())
        splitter->setSizes({300, 900});
    program.key(Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!program.window->findChild<screens::ProblemPanel *>()->isVisible());
    QVERIFY(sizes() != usual);
    program.window->resetLayout();
    QTest::qWait(50);

    QVERIFY(program.window->findChild<screens::ProblemPanel *>()->isVisible());
    QCOMPARE(sizes(), usual);
}

void TestWindow::altDownOpensAChoice()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT 1");
    auto *choice = program.named<QComboBox>("Difficulty filter");
    choice->setFocus();

    program.key(Qt::Key_Down, Qt::AltModifier);
    QTRY_VERIFY(QApplication::activePopupWidget());
    QApplication::activePopupWidget()->close();

    // In the editor it moves lines.
    program.key(Qt::Key_PageUp, Qt::ControlModifier);
    program.editor()->replaceAll(QStringLiteral("SELECT 1\n+ 2"));
    program.editor()->setCursorUtf16(0);
    program.key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(program.editor()->utf8(), QByteArray("+ 2\nSELECT 1"));
}

void TestWindow::theListFollowsTracks()
{
    const QTemporaryDir folder;
    {
        const Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        auto *grouping = program.named<QComboBox>("Grouping");
        QTRY_VERIFY_WITH_TIMEOUT(grouping->isVisible(), kPatienceMs);
        auto *list = program.named<QTreeView>("Problem list");
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Picking rows"));
        QVERIFY(!program.named<QLabel>("Track")->isVisible());

        grouping->setFocus();
        program.key(Qt::Key_Down);

        QCOMPARE(list->model()->rowCount(), 7);
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("First questions"));
        auto *words = program.named<QLabel>("Track");
        QTRY_VERIFY(words->isVisible());
        list->setCurrentIndex(list->model()->index(3, 0));
        QVERIFY2(words->text().contains(QStringLiteral("Easier after \u201CCareful conditions\u201D (0 of 10 solved)")),
                 qPrintable(words->text()));
        program.named<QPushButton>("Next in the track: Who has what?")->click();
        QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Who has what?")), kPatienceMs);
    }
    // It is kept.
    const Program again(folder.path(), false);
    QTRY_COMPARE_WITH_TIMEOUT(again.named<QTreeView>("Problem list")->model()->index(0, 0).data().toString(),
                              QStringLiteral("First questions"), kPatienceMs);
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Theme::instance().install(ThemeChoice::Light, false, 0);
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window.moc"
