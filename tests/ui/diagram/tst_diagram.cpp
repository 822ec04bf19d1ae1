// The diagram: where things stand, laid out by the real dot and without it, and how it is walked and saved.
#include "diagram/diagram_layout.h"
#include "diagram/diagram_view.h"
#include "diagram/dot_program.h"
#include "diagram/schema_scene.h"
#include "widgets/theme.h"

#include <QtCore/QTemporaryDir>
#include <QtSvg/QSvgRenderer>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

#include <random>

using namespace sqlgym;
using diagram::DiagramLayout;
using diagram::DiagramView;
using diagram::DotProgram;
using diagram::SchemaScene;

namespace {

/// A chain a <- b <- c ..., and from the last a reference to itself.
content::Problem chain(int length)
{
    content::Problem problem;
    for (int at = 0; at < length; ++at) {
        content::Table table;
        table.name = std::string(1, static_cast<char>('a' + at));
        table.columns = {{"id", "integer", true, {}}, {"before", "integer", true, {}}};
        table.primaryKey = {"id"};
        if (at > 0)
            table.foreignKeys.push_back({{"before"}, problem.tables.back().name, {"id"}});
        problem.tables.push_back(table);
    }
    problem.tables.back().foreignKeys.push_back({{"before"}, problem.tables.back().name, {"id"}});
    return problem;
}

content::Problem randomProblem(std::mt19937 &random)
{
    content::Problem problem;
    const int tables = 2 + static_cast<int>(random() % 9);
    for (int at = 0; at < tables; ++at) {
        content::Table table;
        table.name = "table <" + std::to_string(at) + "> \"&amp;\\" + std::string(random() % 20, 'x');
        for (unsigned column = 0; column <= random() % 12; ++column)
            table.columns.push_back({"c" + std::to_string(column), "numeric(8,2)", random() % 2 == 0, {}});
        table.primaryKey = {"c0"};
        problem.tables.push_back(table);
    }
    for (auto &table : problem.tables) {
        for (unsigned key = 0; key < random() % 3; ++key)
            table.foreignKeys.push_back({{table.columns[random() % table.columns.size()].name},
                                         problem.tables[random() % problem.tables.size()].name,
                                         {"c0"}});
    }
    return problem;
}

/// No two tables overlap; each line begins and ends on the side of a box, at its column's row.
void verifyLayout(const models::SchemaGraph &graph, const std::vector<diagram::TableBox> &boxes,
                  const DiagramLayout &layout, double tolerance)
{
    const auto rect = [&](std::size_t at) {
        return QRectF(layout.tables[at], QSizeF(boxes[at].width, boxes[at].height()));
    };
    QCOMPARE(layout.tables.size(), boxes.size());
    for (std::size_t one = 0; one < boxes.size(); ++one) {
        for (std::size_t other = one + 1; other < boxes.size(); ++other)
            QVERIFY(!rect(one).intersects(rect(other)));
    }
    QCOMPARE(layout.links.size(), graph.links.size());
    for (std::size_t at = 0; at < graph.links.size(); ++at) {
        const auto end = [&](const QPointF &point, int table, int column) {
            const QRectF box = rect(static_cast<std::size_t>(table));
            const double row = box.top() + boxes[static_cast<std::size_t>(table)].rowMiddle(column);
            const double aside = std::min(std::abs(point.x() - box.left()), std::abs(point.x() - box.right()));
            const QString where = QStringLiteral("link %1: %2 %3, row %4").arg(at).arg(aside).arg(point.y()).arg(row);
            QVERIFY2(aside <= tolerance, qPrintable(where));
            QVERIFY2(std::abs(point.y() - row) <= boxes[static_cast<std::size_t>(table)].rowHeight / 2 + tolerance,
                     qPrintable(where));
        };
        const auto &link = graph.links[at];
        end(layout.links[at].pointAtPercent(0), link.parent, link.parentColumns.front());
        end(layout.links[at].pointAtPercent(1), link.child, link.childColumns.front());
    }
}

} // namespace

class TestDiagram : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void gridsAndDotsKeepTheRules();
    void nonsenseFromDotIsRefused();
    void aProgramThatHangsOrFailsLeavesTheGrid();
    void keysWalkAndWrite();
    void pointingLightsTheWay();
    void savesPictures();
};

void TestDiagram::initTestCase() { widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0); }

void TestDiagram::gridsAndDotsKeepTheRules()
{
    QVERIFY2(!DotProgram::find().isEmpty(), "Graphviz is missing (packaging/packages.sh)");
    std::mt19937 random(5);
    for (int round = 0; round < 15; ++round) {
        const auto graph = models::schemaGraph(round == 0 ? chain(3) : randomProblem(random));
        const auto boxes = SchemaScene::boxes(graph);
        verifyLayout(graph, boxes, diagram::gridLayout(graph, boxes), 0.01);
        if (QTest::currentTestFailed())
            return;
        DotProgram dot(DotProgram::find());
        QSignalSpy answered(&dot, &DotProgram::laidOut);
        dot.layOut(diagram::dotText(graph, boxes));
        QVERIFY(answered.wait(20'000));
        const auto layout = diagram::readDotJson(answered.front().front().toByteArray(), graph, boxes);
        QVERIFY(layout);
        verifyLayout(graph, boxes, *layout, 2);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestDiagram::nonsenseFromDotIsRefused()
{
    const auto graph = models::schemaGraph(chain(2));
    const auto boxes = SchemaScene::boxes(graph);
    for (const char *json : {"", "{}", "[1]", "{\"bb\":\"0,0,1,1\",\"objects\":[],\"edges\":[]}",
                             "{\"bb\":\"0,0,9,9\",\"objects\":[{\"name\":\"t0\",\"pos\":\"x\"},{\"name\":"
                             "\"t1\",\"pos\":\"1,2\"}],\"edges\":[{\"pos\":\"1,2\"},{\"pos\":\"\"}]}"})
        QVERIFY(!diagram::readDotJson(json, graph, boxes));
}

void TestDiagram::aProgramThatHangsOrFailsLeavesTheGrid()
{
    for (const char *program : {"", "/nonexistent/dot", "/bin/false", "/bin/cat"}) {
        DiagramView view{QString::fromLatin1(program)};
        view.resize(600, 400);
        view.setProblem(std::make_shared<content::Problem>(chain(3)));
        const QRectF before = view.schema()->tableRect(1);
        QTest::qWait(200);
        QCOMPARE(view.schema()->tableRect(1), before);
    }
}

void TestDiagram::keysWalkAndWrite()
{
    DiagramView view{QString()};
    view.resize(600, 400);
    view.show();
    view.setProblem(std::make_shared<content::Problem>(chain(3)));
    view.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    QSignalSpy chosen(&view, &DiagramView::textChosen);
    QSignalSpy table(&view, &DiagramView::tableChosen);

    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClick(&view, Qt::Key_Right); // the grid has a and b above c
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(chosen.size(), 3);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("a"));
    QCOMPARE(chosen[1][0].toString(), QStringLiteral("id"));
    QCOMPARE(chosen[2][0].toString(), QStringLiteral("b"));
    QCOMPARE(table.size(), 1);
    QCOMPARE(view.accessibleDescription(), QStringLiteral("b.before = a.id \u00B7 c.before = b.id"));

    QTest::keyClick(&view, Qt::Key_Left);
    QTest::keyClick(&view, Qt::Key_Space);
    for (int row = 0; row < 3; ++row)
        QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.litJoin(), QStringLiteral("a\nJOIN b ON b.before = a.id\nJOIN c ON c.before = b.id"));
    QTest::keyClick(&view, Qt::Key_Escape);
    QCOMPARE(view.litJoin(), QString());
}

void TestDiagram::pointingLightsTheWay()
{
    DiagramView view{QString()};
    view.resize(700, 500);
    view.show();
    view.setProblem(std::make_shared<content::Problem>(chain(3)));
    QVERIFY(QTest::qWaitForWindowActive(&view));
    const auto at = [&](int table) { return view.mapFromScene(view.schema()->tableRect(table).center()); };

    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, at(2));
    QTest::mouseMove(view.viewport(), at(0));
    QTRY_COMPARE(view.litJoin(), QStringLiteral("c\nJOIN b ON c.before = b.id\nJOIN a ON b.before = a.id"));
    QTest::mouseMove(view.viewport(), QPoint(1, 1));
    QTRY_VERIFY(!view.accessibleDescription().contains(QStringLiteral("JOIN a")));
}

void TestDiagram::savesPictures()
{
    const QTemporaryDir folder;
    DiagramView view{QString()};
    view.resize(600, 400);
    view.setProblem(std::make_shared<content::Problem>(chain(3)));
    const QString svg = folder.filePath(QStringLiteral("a.svg")), png = folder.filePath(QStringLiteral("a.png"));

    QCOMPARE(view.saveSvg(svg), QString());
    QCOMPARE(view.savePng(png), QString());
    QVERIFY(!view.saveSvg(QStringLiteral("/nonexistent/a.svg")).isEmpty());
    QVERIFY(!view.savePng(QStringLiteral("/nonexistent/a.png")).isEmpty());

    QVERIFY(QSvgRenderer(svg).isValid());
    const QImage image(png);
    QCOMPARE(image.size(), (view.schema()->sceneRect().size() * 2).toSize());
    std::set<QRgb> inks;
    for (int x = 0; x < image.width(); x += 3) {
        for (int y = 0; y < image.height(); y += 3)
            inks.insert(image.pixel(x, y));
    }
    QVERIFY(inks.size() > 3);
}

QTEST_MAIN(TestDiagram)
#include "tst_diagram.moc"
