#include "content/json_schema.h"

#include <QtTest>

using namespace sqlgym::content;

class TestJsonSchema : public QObject {
    Q_OBJECT

private slots:
    void everyColumnOfTheDesignHasASchema_data();
    void everyColumnOfTheDesignHasASchema();
    void acceptsGoodColumns_data();
    void acceptsGoodColumns();
    void namesThePathOfWhatIsWrong_data();
    void namesThePathOfWhatIsWrong();
    void survivesLongTextsAndDeepNesting();
    void schemasAreThoseOfTheFolder();
};

void TestJsonSchema::everyColumnOfTheDesignHasASchema_data()
{
    QTest::addColumn<QString>("column");
    for (const char *column : {"question",
                               "tags",
                               "hints",
                               "master_solution",
                               "expected_display",
                               "s3_data_source",
                               "s3_datasets",
                               "schema_definition",
                               "sample_data",
                               "indexes",
                               "constraints",
                               "input_data",
                               "expected_output",
                               "expected_output_source",
                               "preview_expected_output",
                               "validation_rules",
                               "criteria",
                               "result_data",
                               "query_result",
                               "validation_details",
                               "cache_entries.data",
                               "fallback_submissions.data"})
        QTest::newRow(column) << column;
}

void TestJsonSchema::everyColumnOfTheDesignHasASchema()
{
    QFETCH(QString, column);

    // No column is a bare number: the schema is there, and it says something.
    const auto checked = checkColumn(column.toStdString(), "42");

    QVERIFY(!checked);
    QCOMPARE(checked.error().code, std::string("bad_column"));
    QVERIFY2(checked.error().message.starts_with(column.toStdString() + ": must be"), checked.error().message.c_str());
}

void TestJsonSchema::acceptsGoodColumns_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("json");

    QTest::newRow("a data source") << "s3_data_source"
                                   << R"({"bucket":"b","key":"k/x.csv","format":"csv"})";
    QTest::newRow("datasets") << "s3_datasets"
                              << R"([{"table_name":"t","source":{"bucket":"b","key":"k"}}])";
    QTest::newRow("an expected output elsewhere") << "expected_output_source"
                                                  << R"({"bucket":"b","key":"k"})";
    QTest::newRow("a verdict") << "result_data"
                               << R"({"correct":false,"trust":"confirmed","sentence":"s","tests":[{"test_id":"1",
        "name":"n","hidden":true,"outcome":"wrong_rows","sentence":"s"}]})";
    QTest::newRow("a result")
        << "query_result"
        << R"({"columns":[{"name":"?column?","type":"int4"}],"rows":[["1"],[null]],"row_count":2})";
    QTest::newRow("details") << "validation_details"
                             << R"({"outcome":"error","sentence":"s","engine":"embedded","missing_rows":0,
        "error":{"sqlstate":"42703","message":"m","position":8}})";
    QTest::newRow("something cached") << "cache_entries.data"
                                      << R"({"version":1,"value":[null]})";
    QTest::newRow("a waiting submission") << "fallback_submissions.data"
                                          << R"({"job_id":"j","user_id":"u","problem_id":"p","query":"SELECT 1",
        "written_at":"2024-02-29T12:00:00Z"})";
}

void TestJsonSchema::acceptsGoodColumns()
{
    QFETCH(QString, column);
    QFETCH(QString, json);

    const auto checked = checkColumn(column.toStdString(), json.toStdString());

    QVERIFY2(checked, checked ? "" : checked.error().message.c_str());
}

void TestJsonSchema::namesThePathOfWhatIsWrong_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("said");

    QTest::newRow("not JSON") << "tags"
                              << "["
                              << "tags: ";
    QTest::newRow("a wrong type") << "tags"
                                  << R"(["a",1])"
                                  << "tags: /1: must be of type string";
    QTest::newRow("one of two types") << "sample_data"
                                      << R"({"rows":[["a"],[true]]})"
                                      << "/rows/1/0: must be of type string or null";
    QTest::newRow("a missing member") << "hints"
                                      << R"([{"level":1,"text":""},{"text":""}])"
                                      << "/1/level: is missing";
    QTest::newRow("an unknown member") << "question"
                                       << R"({"slug":"a","order":1,"markdown":"x","topic":"y"})"
                                       << "/topic: is not known here";
    QTest::newRow("an unknown word") << "validation_rules"
                                     << R"({"row_order":"up"})"
                                     << "/row_order: must be one of ignored, strict, by_columns";
    QTest::newRow("a text that does not fit") << "question"
                                              << R"({"slug":"A b","order":1,"markdown":"x"})"
                                              << "/slug: is not lower-case letters";
    QTest::newRow("an empty list") << "expected_display"
                                   << R"({"grain":"g","columns":[],"row_order":"strict"})"
                                   << "/columns: needs at least one element";
    QTest::newRow("a member given twice") << "criteria"
                                          << R"({"kind":"streak","kind":"streak","days":1})"
                                          << "\"kind\" is given twice";
    QTest::newRow("two faults") << "criteria"
                                << R"({"days":0,"count":"3"})"
                                << "/kind: is missing";
    QTest::newRow("the other fault") << "criteria"
                                     << R"({"days":0,"count":"3"})"
                                     << "/count: must be of type integer";
    QTest::newRow("a type that is not one") << "expected_output"
                                            << R"~({"columns":[{"name":"a","type":"numeric(8,2)"}],"rows":[]})~"
                                            << "/columns/0/type: is not a type as pg_type.typname spells it";
}

void TestJsonSchema::namesThePathOfWhatIsWrong()
{
    QFETCH(QString, column);
    QFETCH(QString, json);
    QFETCH(QString, said);

    const auto checked = checkColumn(column.toStdString(), json.toStdString());

    QVERIFY(!checked);
    QVERIFY2(checked.error().message.find(said.toStdString()) != std::string::npos, checked.error().message.c_str());
}

void TestJsonSchema::survivesLongTextsAndDeepNesting()
{
    const std::string longSlug(3'000'000, 'a');
    const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');

    QVERIFY(!checkColumn("question", R"({"order":1,"markdown":"x","slug":")" + longSlug + "\"}"));
    QVERIFY(!checkColumn("cache_entries.data", R"({"version":1,"value":)" + deep + "}"));
    QVERIFY(checkColumn("no_such_column", "{}").error().code == "unknown_column");
}

void TestJsonSchema::schemasAreThoseOfTheFolder()
{
    const QStringList files = QDir(SQLGYM_SOURCE_DIR "/resources/schemas").entryList({"*.schema.json"});

    QVERIFY(files.size() >= 28);
    for (const QString &file : files) {
        const auto checked = checkColumn(QString(file).remove(".schema.json").toStdString(), "42");
        QVERIFY2(file == "common.schema.json" || checked.error().code == "bad_column", qPrintable(file));
    }
}

QTEST_APPLESS_MAIN(TestJsonSchema)
#include "tst_json_schema.moc"
