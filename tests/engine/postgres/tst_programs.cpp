// Which PostgreSQL is taken, and which is refused.
#include "postgres/programs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace sqlgym::postgres;

namespace {

/// A folder with an initdb and a postgres that says to be `version`.
std::string installation(const QTemporaryDir &folder, const char *version)
{
    const QString bin = folder.filePath(version);
    QDir().mkpath(bin);
    for (const char *name : {"initdb", "postgres"}) {
        QFile program(bin + "/" + name);
        if (!program.open(QIODevice::WriteOnly))
            return {};
        program.write(QByteArray("#!/bin/sh\necho 'postgres (PostgreSQL) ") + version + " (Debian)'\n");
        program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    }
    return bin.toStdString();
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT
private slots:
    void takesFifteenWhereverItComes();
    void refusesAnotherMajor();
    void saysThatNoneIsThere();
    void findsTheInstalledOne();
};

void TestPrograms::takesFifteenWhereverItComes()
{
    QTemporaryDir folder;
    const auto old = installation(folder, "14.9");
    const auto right = installation(folder, "15.4");

    const auto programs = findPrograms({"/nowhere", old, right});

    QVERIFY(programs);
    QCOMPARE(programs->folder, right);
    QCOMPARE(programs->version, std::string("15.4"));
}

void TestPrograms::refusesAnotherMajor()
{
    QTemporaryDir folder;
    const auto old = installation(folder, "14.9");
    const auto young = installation(folder, "16.1");

    const auto programs = findPrograms({old, young});

    QVERIFY(!programs);
    QCOMPARE(programs.error().code, std::string("wrong_version"));
    QVERIFY(programs.error().message.find("14.9 in " + old) != std::string::npos);
    QVERIFY(programs.error().message.find("16.1 in " + young) != std::string::npos);
}

void TestPrograms::saysThatNoneIsThere()
{
    const auto programs = findPrograms({"/nowhere"});

    QVERIFY(!programs);
    QCOMPARE(programs.error().code, std::string("not_installed"));
}

void TestPrograms::findsTheInstalledOne()
{
    const auto programs = findPrograms();

    QVERIFY2(programs, programs ? "" : programs.error().message.c_str());
    QVERIFY(programs->version.starts_with("15"));
}

QTEST_APPLESS_MAIN(TestPrograms)
#include "tst_programs.moc"
