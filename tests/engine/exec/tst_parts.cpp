// The executor's parts by themselves: hash chains, key indexes, frames, sorting.
#include "catalogue/type_oids.h"
#include "exec/hash_chains.h"
#include "exec/server_sort.h"
#include "exec/table.h"
#include "exec/window_frame.h"
#include "runtime/compare.h"

#include <QtTest>

#include <random>

using namespace sqlgym;
using exec::Datum;
using exec::HashChains;

class TestParts : public QObject {
    Q_OBJECT
private slots:
    void chainsFindEqualHashesInTheOrderAdded();
    void chainsGrowWhileInUse();
    void chainsGiveTheirMemoryBack();
    void indexFindsRowsAddedLater();
    void indexLeavesOutNulls();
    void framesOfRows();
    void framesOfGroups();
    void framesOfRange();
    void framesExclude();
    void negativeOffsetsFail();
    void sortAgreesWithStdSort();

private:
    base::MemoryAccount m_account;
    base::CancelToken m_cancel;
    value::Session m_session;
    exec::Execution m_run{m_account, m_cancel, m_session};
};

void TestParts::chainsFindEqualHashesInTheOrderAdded()
{
    HashChains chains(m_run);
    for (std::uint64_t i = 0; i < 100; ++i)
        QVERIFY(chains.add(i % 10));
    QVERIFY(chains.build());

    std::vector<std::uint32_t> found;
    for (auto entry = chains.first(3); entry != HashChains::kNone; entry = chains.next(entry, 3))
        found.push_back(entry);

    QCOMPARE(found, (std::vector<std::uint32_t>{3, 13, 23, 33, 43, 53, 63, 73, 83, 93}));
    QCOMPARE(chains.first(10), HashChains::kNone);
}

void TestParts::chainsGrowWhileInUse()
{
    HashChains chains(m_run);
    for (std::uint64_t i = 0; i < 5000; ++i) {
        QVERIFY(chains.insert(i * 7));
        QCOMPARE(chains.first(i * 7), std::uint32_t(i));
    }
    QCOMPARE(chains.first(3), HashChains::kNone);
}

void TestParts::chainsGiveTheirMemoryBack()
{
    const auto before = m_account.used();
    {
        HashChains chains(m_run);
        for (std::uint64_t i = 0; i < 5000; ++i)
            chains.insert(i);
        QVERIFY(m_account.used() > before);
    }
    QCOMPARE(m_account.used(), before);
}

void TestParts::indexFindsRowsAddedLater()
{
    auto definition = std::make_shared<sql::TableDefinition>();
    definition->columns.resize(2);
    definition->columns[0].type = definition->columns[1].type = catalogue::type::kInt4;
    exec::Table table;
    table.definition = definition;
    std::vector<std::vector<Datum>> rows;
    rows.reserve(100);

    for (int i = 0; i < 100; ++i) {
        const Datum key[2] = {Datum::ofInt(i), Datum::ofInt(-i)};
        QCOMPARE(table.index({0, 1})->find(key, table.rows), exec::KeyIndex::kNone);
        rows.push_back({key[0], key[1]});
        table.rows.push_back(rows.back().data());
        QCOMPARE(table.index({0, 1})->find(key, table.rows), std::uint32_t(i));
    }
}

void TestParts::indexLeavesOutNulls()
{
    auto definition = std::make_shared<sql::TableDefinition>();
    definition->columns.resize(1);
    definition->columns[0].type = catalogue::type::kInt4;
    exec::Table table;
    table.definition = definition;
    const Datum null = Datum::null();
    table.rows = {&null, &null};

    const Datum zero = Datum::ofInt(0);

    QCOMPARE(table.index({0})->find(&zero, table.rows), exec::KeyIndex::kNone);
}

namespace {

/// Values 10, 10, 20, 30, 30, 30 in window order.
struct SixRows {
    SixRows()
    {
        for (int v : {10, 10, 20, 30, 30, 30})
            values.push_back(Datum::ofInt(v));
        partition.size = 6;
        partition.groupOf = {0, 0, 1, 2, 2, 2};
        partition.groupStart = {0, 2, 3, 6};
        for (const Datum &value : values)
            partition.orderKeys.push_back(&value);
        plan::KeyOps ops;
        ops.compare = runtime::findCompare(catalogue::type::kInt4);
        keys.push_back(ops);
        clause.hasFrame = true;
        clause.orderBy.resize(1);
        offset.type = catalogue::type::kInt8;
    }
    QString frames(exec::Execution &run, std::int64_t start, std::int64_t end)
    {
        clause.startOffset = clause.endOffset = &offset;
        exec::FrameFinder finder(run, clause, keys, catalogue::type::kInt4);
        if (!finder.setOffset(true, Datum::ofInt(start)) || !finder.setOffset(false, Datum::ofInt(end)))
            return QString::fromStdString(run.stop.diagnostic().message);
        finder.start(partition);
        QStringList all;
        for (std::size_t row = 0; row < partition.size; ++row) {
            const auto frame = finder.frame(row);
            QString held;
            for (std::size_t i = 0; i < partition.size; ++i)
                if (frame.holds(i))
                    held += QString::number(i);
            all << held;
        }
        return all.join(' ');
    }

    std::vector<Datum> values;
    exec::Partition partition;
    std::vector<plan::KeyOps> keys;
    sql::WindowClause clause;
    sql::ConstantExpr offset;
};

} // namespace

void TestParts::framesOfRows()
{
    SixRows rows;
    rows.clause.mode = sql::FrameMode::Rows;
    rows.clause.start = sql::FrameBound::OffsetPreceding;
    rows.clause.end = sql::FrameBound::OffsetFollowing;

    QCOMPARE(rows.frames(m_run, 1, 1), QString("01 012 123 234 345 45"));

    rows.clause.start = sql::FrameBound::OffsetFollowing;
    QCOMPARE(rows.frames(m_run, 1, 2), QString("12 23 34 45 5 "));
}

void TestParts::framesOfGroups()
{
    SixRows rows;
    rows.clause.mode = sql::FrameMode::Groups;
    rows.clause.start = sql::FrameBound::OffsetPreceding;
    rows.clause.end = sql::FrameBound::OffsetPreceding;

    QCOMPARE(rows.frames(m_run, 1, 1), QString("  01 2 2 2"));
}

void TestParts::framesOfRange()
{
    SixRows rows;
    rows.clause.mode = sql::FrameMode::Range;
    rows.clause.start = sql::FrameBound::OffsetPreceding;
    rows.clause.end = sql::FrameBound::OffsetFollowing;

    QCOMPARE(rows.frames(m_run, 10, 0), QString("01 01 012 2345 2345 2345"));
}

void TestParts::framesExclude()
{
    SixRows rows;
    rows.clause.mode = sql::FrameMode::Rows;
    rows.clause.start = sql::FrameBound::UnboundedPreceding;
    rows.clause.end = sql::FrameBound::UnboundedFollowing;

    rows.clause.exclusion = sql::FrameExclusion::CurrentRow;
    QCOMPARE(rows.frames(m_run, 0, 0), QString("12345 02345 01345 01245 01235 01234"));
    rows.clause.exclusion = sql::FrameExclusion::Group;
    QCOMPARE(rows.frames(m_run, 0, 0), QString("2345 2345 01345 012 012 012"));
    rows.clause.exclusion = sql::FrameExclusion::Ties;
    QCOMPARE(rows.frames(m_run, 0, 0), QString("02345 12345 012345 0123 0124 0125"));
}

void TestParts::negativeOffsetsFail()
{
    SixRows rows;
    rows.clause.mode = sql::FrameMode::Rows;
    rows.clause.start = sql::FrameBound::OffsetPreceding;
    rows.clause.end = sql::FrameBound::OffsetFollowing;

    QCOMPARE(rows.frames(m_run, -1, 0), QString("frame starting offset must not be negative"));
    m_run.stop.clear();
}

void TestParts::sortAgreesWithStdSort()
{
    std::mt19937 random(1);
    for (std::size_t size : {0, 1, 6, 7, 8, 40, 41, 500, 5000}) {
        std::vector<int> ours(size);
        for (int &item : ours)
            item = int(random() % (size / 2 + 1));
        std::vector<int> theirs = ours;

        exec::serverSort(ours.data(), ours.size(), [](int a, int b) { return a - b; });
        std::sort(theirs.begin(), theirs.end());

        QCOMPARE(ours, theirs);
    }
}

QTEST_APPLESS_MAIN(TestParts)
#include "tst_parts.moc"
