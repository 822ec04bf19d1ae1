// The binder against PostgreSQL 15: each statement of statements.sql is prepared there and bound here.
#include "live_postgres.h"

#include "catalogue/type_oids.h"
#include "catalogue/user_types.h"
#include "sql/bind.h"
#include "sql/parse.h"

#include <QFile>
#include <QtTest>

using namespace sqlgym;
using tests::Description;

namespace {

std::string readFile(const char *name)
{
    QFile file(QStringLiteral(SQLGYM_SOURCE_DIR "/tests/engine/sql/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string inWords(const Description &description)
{
    if (const auto &e = description.error)
        return e->sqlstate + " " + e->message + (e->position ? " at " + std::to_string(e->position) : "") +
               (e->detail.empty() ? "" : " DETAIL " + e->detail) + (e->hint.empty() ? "" : " HINT " + e->hint);
    std::string words = "columns";
    for (const auto &column : description.columns)
        words += " " + column.name + ":" + std::to_string(column.type) +
                 (column.typmod < 0 ? "" : "(" + std::to_string(column.typmod) + ")");
    return words;
}

/// nullopt: declined, `feature` says what.
std::optional<Description> bound(const std::string &text, const sql::SchemaView &schema, std::string &feature)
{
    const auto parsed = sql::parse(text);
    if (parsed.error)
        return Description{{}, parsed.error};
    feature = parsed.declined;
    if (!parsed.script)
        return std::nullopt;
    if (parsed.script->statements().size() != 1)
        return Description{};
    const auto outcome = sql::bind(parsed.script->statements().front(), text, schema);
    if (outcome.error)
        return Description{{}, outcome.error};
    feature = outcome.declined;
    if (!outcome.statement)
        return std::nullopt;
    Description description;
    if (outcome.statement->query && outcome.statement->kind == sql::StatementKind::Select)
        for (const auto &target : outcome.statement->query->targets)
            if (!target.junk)
                description.columns.push_back({target.name, target.expr->type, target.expr->typmod});
    return description;
}

} // namespace

class TestBind : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void judgesAsPostgresDoes_data();
    void judgesAsPostgresDoes();
    void declinesLittle();

private:
    tests::LivePostgres m_postgres;
    std::unique_ptr<sql::SchemaView> m_schema;
    int m_asked = 0;
    std::vector<std::string> m_declined;
};

void TestBind::initTestCase()
{
    QVERIFY2(m_postgres.start(readFile("schema.sql")), m_postgres.whyNot().c_str());
    m_schema = m_postgres.schema();
    QVERIFY(m_schema->findTable("", "member"));
}

void TestBind::judgesAsPostgresDoes_data()
{
    QTest::addColumn<QByteArray>("text");

    const auto lines = QByteArray::fromStdString(readFile("statements.sql")).split('\n');
    for (int i = 0; i < lines.size(); ++i)
        if (!lines[i].isEmpty() && !lines[i].startsWith("--"))
            QTest::newRow(QByteArray::number(i + 1) + ": " + lines[i].left(200)) << lines[i];
}

void TestBind::judgesAsPostgresDoes()
{
    QFETCH(const QByteArray, text);
    auto expected = m_postgres.describe(text.toStdString());
    // The types of tables' rows have no OID here: they are records, which results show under the table's name.
    for (auto &column : expected.columns)
        column.type = column.type >= catalogue::kFirstUserOid ? catalogue::type::kRecord : column.type;
    std::string feature;

    const auto actual = bound(text.toStdString(), *m_schema, feature);

    ++m_asked;
    if (!actual) {
        m_declined.push_back(feature + ":  " + text.toStdString());
        return;
    }
    QCOMPARE(QString::fromStdString(inWords(*actual)), QString::fromStdString(inWords(expected)));
}

/// What is declined is no fault, but a binder that declines everything would pass the test above.
void TestBind::declinesLittle()
{
    for (const auto &words : m_declined)
        qInfo("declined %s", words.c_str());

    QVERIFY(m_asked > 600);
    QVERIFY(static_cast<int>(m_declined.size()) * 10 <= m_asked);
}

QTEST_APPLESS_MAIN(TestBind)
#include "tst_bind.moc"
