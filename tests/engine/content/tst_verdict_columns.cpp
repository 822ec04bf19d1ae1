#include "content/json_schema.h"
#include "grading/verdict_json.h"

#include <QtTest>

using namespace sqlgym;

// What grading writes into the database fits the documented shapes, whatever the verdict.
class TestVerdictColumns : public QObject {
    Q_OBJECT

private slots:
    void everyOutcomeFits_data();
    void everyOutcomeFits();
};

void TestVerdictColumns::everyOutcomeFits_data()
{
    using grading::Outcome;
    QTest::addColumn<int>("outcome");
    for (const Outcome outcome : {Outcome::Match, Outcome::WrongColumns, Outcome::WrongRows, Outcome::WrongOrder,
                                  Outcome::WrongForm, Outcome::Error, Outcome::Timeout, Outcome::MemoryLimit,
                                  Outcome::Unsupported, Outcome::DependsOnOrder, Outcome::Cancelled, Outcome::Failed})
        QTest::newRow(std::string(grading::outcomeWord(outcome)).c_str()) << static_cast<int>(outcome);
}

void TestVerdictColumns::everyOutcomeFits()
{
    QFETCH(int, outcome);
    grading::TestVerdict test;
    test.testId = "id";
    test.testName = "Late together";
    test.hidden = true;
    test.outcome = static_cast<grading::Outcome>(outcome);
    test.sentence = "2 rows are missing.";
    test.difference.missingRows = 2;
    test.difference.columnNotes = {"There is a column too many."};
    test.diagnostic = {"42703", "column \"plyer\" does not exist", "detail", "hint", 8};
    test.feature = "a text with a NUL \xFF byte";
    test.actual.columns = {{"?column?", "int4"}};
    test.actual.append("1");
    test.actual.append(std::nullopt);
    grading::Verdict verdict;
    verdict.tests = {test, test};

    for (const auto &[column, json] : {std::pair("validation_details", grading::validationDetailsJson(test)),
                                       std::pair("query_result", grading::queryResultJson(test.actual)),
                                       std::pair("result_data", grading::resultDataJson(verdict))}) {
        const auto checked = content::checkColumn(column, json);
        QVERIFY2(checked, checked ? "" : checked.error().message.c_str());
    }
}

QTEST_APPLESS_MAIN(TestVerdictColumns)
#include "tst_verdict_columns.moc"
