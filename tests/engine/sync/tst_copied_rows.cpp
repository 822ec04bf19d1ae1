// PostgreSQL's binary COPY, read as PostgreSQL writes the same rows as text, in pieces of any length.
#include "../postgres/scratch.h"
#include "base/timestamp.h"
#include "postgres/private_cluster.h"
#include "sync/copied_rows.h"

#include <QtTest>

#include <random>

using namespace sqlgym;
using sync::ColumnKind;

namespace {

const std::vector<ColumnKind> kKinds = {
    ColumnKind::Text, ColumnKind::Boolean, ColumnKind::Integer, ColumnKind::Integer,   ColumnKind::Integer,
    ColumnKind::Real, ColumnKind::Json,    ColumnKind::Jsonb,   ColumnKind::Timestamp, ColumnKind::TimestampTz};

// Each column's values walk at another pace, so that all kinds of neighbours occur; every seventh is NULL.
const char *const kQuery =
    "SELECT CASE WHEN g % 7 <> 0 THEN repeat('é' || chr(1 + g % 900), g % 50) END, CASE WHEN g % 7 <> 1 THEN g % 2 = 0 "
    "END, "
    "CASE WHEN g % 7 <> 2 THEN (g - 500)::int2 END, CASE WHEN g % 7 <> 3 THEN (g - 500) * 4000000 END::int4, "
    "CASE WHEN g % 7 <> 4 THEN (g - 500) * 9000000000000000::int8 END, "
    "CASE WHEN g % 7 <> 5 THEN (g - 500) / 7.0::float8 END, CASE WHEN g % 7 <> 6 THEN json_build_object('a', g) END, "
    "CASE WHEN g % 7 <> 0 THEN jsonb_build_array(g, NULL, 'x') END, "
    "CASE WHEN g % 7 <> 1 THEN timestamp '0100-03-01' + make_interval(days => g * 700, secs => g / 1000.0) END, "
    "CASE WHEN g % 7 <> 2 THEN timestamptz '1969-12-31 23:59:59.999999+00' + make_interval(secs => g * 86399.5) END "
    "FROM generate_series(1, 1000) g";

struct Words {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return QByteArray::number(value, 'g', 17).toStdString(); }
    std::string operator()(std::string_view value) const { return std::string(value); }
};

/// As PostgreSQL's text has it, in the cache's words.
std::string expected(const postgres::ResultSet &rows, int row, int column)
{
    const auto cell = rows.cell(row, column);
    if (!cell)
        return "NULL";
    const std::string text(*cell);
    switch (kKinds[static_cast<std::size_t>(column)]) {
    case ColumnKind::Boolean:
        return text == "t" ? "1" : "0";
    case ColumnKind::Real:
        return QByteArray::number(QByteArray::fromStdString(text).toDouble(), 'g', 17).toStdString();
    case ColumnKind::Timestamp:
        return text.find('.') == std::string::npos ? text + ".000000" : text + std::string(26 - text.size(), '0');
    case ColumnKind::TimestampTz: {
        const std::string moment = text.substr(0, text.size() - 3);
        return (moment.find('.') == std::string::npos ? moment + ".000000"
                                                      : moment + std::string(26 - moment.size(), '0')) +
               "+00";
    }
    default:
        return text;
    }
}

} // namespace

class TestCopiedRows : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_cluster.reset(); }
    void rowsAreThoseOfTheText();
    void brokenCopiesAreErrors();
    void anErrorOfTheTakerEndsIt();

private:
    std::string m_bytes;
    std::vector<std::vector<std::string>> m_rows;
    tests::Scratch m_scratch;
    std::unique_ptr<postgres::PrivateCluster> m_cluster;
};

void TestCopiedRows::initTestCase()
{
    auto cluster = postgres::PrivateCluster::start(m_scratch.path("cluster"));
    QVERIFY(cluster);
    m_cluster = std::move(*cluster);
    auto connection = postgres::Connection::open(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    QVERIFY(connection);
    QVERIFY(connection->execute("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'"));
    auto rows = connection->execute(kQuery);
    QVERIFY(rows);
    for (int row = 0; row < rows->rowCount(); ++row) {
        auto &cells = m_rows.emplace_back();
        for (int column = 0; column < rows->columnCount(); ++column)
            cells.push_back(expected(*rows, row, column));
    }
    QVERIFY(connection->send(std::string("COPY (") + kQuery + ") TO STDOUT (FORMAT binary)"));
    QVERIFY(connection->next()->kind() == postgres::ResultKind::Copy);
    for (auto piece = connection->nextCopyPiece(1000); piece.state != postgres::CopyPiece::State::End;
         piece = connection->nextCopyPiece(1000))
        m_bytes.append(piece.bytes.get() ? piece.bytes.get() : "", piece.size);
    QVERIFY(m_bytes.size() > 50'000);
}

void TestCopiedRows::rowsAreThoseOfTheText()
{
    std::mt19937 random(7);
    for (const std::size_t longest :
         {std::size_t{1}, std::size_t{3}, std::size_t{40}, std::size_t{5'000}, m_bytes.size()}) {
        std::vector<std::vector<std::string>> found;
        sync::CopiedRows rows(kKinds, [&](std::span<const cache::MirrorValue> row) {
            auto &cells = found.emplace_back();
            for (const cache::MirrorValue &value : row)
                cells.push_back(std::visit(Words(), value));
            return base::Result<void>();
        });
        for (std::size_t at = 0; at < m_bytes.size();) {
            const std::size_t size = std::min(m_bytes.size() - at, 1 + random() % longest);
            QVERIFY(rows.feed(std::string_view(m_bytes).substr(at, size)));
            at += size;
        }
        QVERIFY(rows.ended());
        QCOMPARE(found.size(), m_rows.size());
        for (std::size_t row = 0; row < found.size(); ++row)
            QCOMPARE(found[row], m_rows[row]);
    }
}

void TestCopiedRows::brokenCopiesAreErrors()
{
    const auto takes = [](std::span<const cache::MirrorValue>) { return base::Result<void>(); };
    const auto outcome = [&](const std::string &bytes, const std::vector<ColumnKind> &kinds) {
        sync::CopiedRows rows(kinds, takes);
        if (!rows.feed(bytes))
            return 'e';
        return rows.ended() ? 'w' : 'c';
    };
    QCOMPARE(outcome(m_bytes, kKinds), 'w');
    QCOMPARE(outcome(m_bytes.substr(0, m_bytes.size() / 2), kKinds), 'c');
    QCOMPARE(outcome("not a copy, but as long as one has to be", kKinds), 'e');
    QCOMPARE(outcome(m_bytes + "x", kKinds), 'e');
    QCOMPARE(outcome(m_bytes, {ColumnKind::Text}), 'e');
    std::vector<ColumnKind> turned(kKinds.rbegin(), kKinds.rend());
    QCOMPARE(outcome(m_bytes, turned), 'e');
    // Bytes that are changed at random end in an error or in rows, and never elsewhere (the sanitizers watch).
    std::mt19937 random(8);
    int errors = 0;
    for (int round = 0; round < 300; ++round) {
        std::string bytes = m_bytes.substr(0, 3000);
        bytes[random() % bytes.size()] = static_cast<char>(random());
        errors += outcome(bytes, kKinds) == 'e';
    }
    QVERIFY(errors > 5);
}

void TestCopiedRows::anErrorOfTheTakerEndsIt()
{
    int taken = 0;
    sync::CopiedRows rows(kKinds, [&](std::span<const cache::MirrorValue>) {
        return ++taken == 3 ? base::Result<void>(base::Error{"test", "full", "full", false}) : base::Result<void>();
    });
    const auto fed = rows.feed(m_bytes);
    QVERIFY(!fed && fed.error().code == "full");
    QCOMPARE(taken, 3);
}

QTEST_GUILESS_MAIN(TestCopiedRows)
#include "tst_copied_rows.moc"
