#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace sqlgym::widgets;

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    void textReachesDoubleA_data();
    void textReachesDoubleA();
    void contrastIsWcags();
    void switchesLive();
    void everyIconFileDraws();
};

void TestTheme::textReachesDoubleA_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("paper");
    QTest::addColumn<double>("least");

    const std::tuple<const char *, const Colors &, double> themes[] = {
        {"light", Theme::light(), 4.5}, {"dark", Theme::dark(), 4.5}, {"high contrast", Theme::highContrast(), 7.0}};
    for (const auto &[name, c, text] : themes) {
        const char *theme = name;
        const auto row = [theme, ordinary = text](const char *what, const QColor &ink, const QColor &paper,
                                                  double least = 0) {
            QTest::addRow("%s: %s", theme, what) << ink << paper << (least > 0 ? least : ordinary);
        };
        const std::pair<const char *, QColor> papers[] = {{"window", c.window}, {"base", c.base}, {"raised", c.raised}};
        for (const auto &[where, paper] : papers) {
            row(qPrintable(QStringLiteral("text on %1").arg(QLatin1String(where))), c.text, paper);
            row(qPrintable(QStringLiteral("muted on %1").arg(QLatin1String(where))), c.muted, paper);
            row(qPrintable(QStringLiteral("links on %1").arg(QLatin1String(where))), c.accentText, paper);
            row(qPrintable(QStringLiteral("focus ring on %1").arg(QLatin1String(where))), c.accent, paper, 3.0);
        }
        row("controls' edges on base", c.strongBorder, c.base, 3.0);
        row("text on selection", c.text, c.selection);
        row("main button", c.onAccent, c.accent);
        for (const auto &[kind, ink, fill] :
             {std::tuple("success", c.success, c.successFill), std::tuple("danger", c.danger, c.dangerFill),
              std::tuple("warning", c.warning, c.warningFill), std::tuple("info", c.accentText, c.infoFill)}) {
            row(kind, ink, fill);
            row(qPrintable(QStringLiteral("text on %1").arg(QLatin1String(kind))), c.text, fill);
        }
        for (const auto &[kind, ink] : {std::pair("keyword", c.keyword), std::pair("string", c.string),
                                        std::pair("number", c.number), std::pair("comment", c.comment),
                                        std::pair("function", c.function), std::pair("quoted name", c.quotedName)}) {
            row(qPrintable(QStringLiteral("%1 in the editor").arg(QLatin1String(kind))), ink, c.base);
            row(qPrintable(QStringLiteral("%1 on the current line").arg(QLatin1String(kind))), ink, c.currentLine);
        }
    }
}

void TestTheme::textReachesDoubleA()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, paper);
    QFETCH(double, least);

    QVERIFY2(contrast(ink, paper) >= least, qPrintable(QString::number(contrast(ink, paper), 'f', 2)));
}

void TestTheme::contrastIsWcags()
{
    // Values of the WCAG definition itself: black on white, and the well-known borderline grey.
    QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21.0) < 0.001);
    QVERIFY(contrast(QColor(0x767676), Qt::white) >= 4.5);
    QVERIFY(contrast(QColor(0x777777), Qt::white) < 4.5);
}

void TestTheme::switchesLive()
{
    auto &theme = Theme::instance();
    theme.install(ThemeChoice::System, false, 0);
    QSignalSpy changed(&theme, &Theme::changed);

    theme.setSystemDark(true);
    QVERIFY(theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::dark().base);
    theme.choose(ThemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Base), Theme::light().base);
    theme.setSystemDark(false);
    theme.setBodyPoints(15);

    QCOMPARE(textFont(TypeSize::Body).pointSizeF(), 15.0);
    QCOMPARE(changed.count(), 3); // the system's wish does not matter while Light is chosen
}

void TestTheme::everyIconFileDraws()
{
    const QStringList files =
        QDir(QStringLiteral(SQLGYM_SOURCE_DIR "/resources/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 10);
    for (const QString &file : files) {
        const QImage image = iconPixmap(qPrintable(file.chopped(4)), 24, Qt::red, 1.0).toImage();
        bool inked = false;
        for (int y = 0; y < image.height() && !inked; ++y) {
            for (int x = 0; x < image.width() && !inked; ++x)
                inked = qAlpha(image.pixel(x, y)) > 0;
        }
        QVERIFY2(inked, qPrintable(file));
    }
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
