#include "sandbox/confirm.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

namespace sqlgym::sandbox {

namespace {

bool answered(const Outcome &outcome) { return outcome.status == Status::Ok || outcome.status == Status::Error; }

std::string missing(const Outcome &outcome, const std::string &who)
{
    switch (outcome.status) {
    case Status::Unsupported:
        return who + " declined the query.";
    case Status::Timeout:
        return who + " ran out of time.";
    case Status::MemoryLimit:
        return who + " ran out of memory.";
    case Status::Cancelled:
        return who + " was stopped.";
    default:
        return who + " failed.";
    }
}

std::string differingColumns(const ResultTable &a, const ResultTable &b)
{
    if (a.columnCount() != b.columnCount())
        return "PostgreSQL gives " + std::to_string(b.columnCount()) + " columns, not " +
               std::to_string(a.columnCount()) + ".";
    for (std::size_t i = 0; i < a.columnCount(); ++i) {
        const std::string which = "Column " + std::to_string(i + 1);
        if (a.columns[i].name != b.columns[i].name)
            return which + " is called \"" + b.columns[i].name + "\" in PostgreSQL, not \"" + a.columns[i].name + "\".";
        if (a.columns[i].type != b.columns[i].type)
            return which + " has the type " + b.columns[i].type + " in PostgreSQL, not " + a.columns[i].type + ".";
    }
    return {};
}

/// <0, 0, >0 by cells from the left, NULL first.
int compareRows(const ResultTable &a, std::size_t rowA, const ResultTable &b, std::size_t rowB)
{
    for (std::size_t i = 0; i < a.columnCount(); ++i) {
        const auto x = a.cell(rowA, i);
        const auto y = b.cell(rowB, i);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

std::vector<std::size_t> rowNumbers(const ResultTable &table, RowComparison rows)
{
    std::vector<std::size_t> numbers(table.columns.empty() ? 0 : table.rowCount());
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    if (rows == RowComparison::Bag)
        std::sort(numbers.begin(), numbers.end(),
                  [&table](std::size_t x, std::size_t y) { return compareRows(table, x, table, y) < 0; });
    return numbers;
}

std::string differingRows(const ResultTable &a, const ResultTable &b, RowComparison rows)
{
    if (a.rowCount() != b.rowCount())
        return "PostgreSQL gives " + std::to_string(b.rowCount()) + " rows, not " + std::to_string(a.rowCount()) + ".";
    const auto ofA = rowNumbers(a, rows);
    const auto ofB = rowNumbers(b, rows);
    for (std::size_t i = 0; i < ofA.size(); ++i) {
        if (compareRows(a, ofA[i], b, ofB[i]) != 0)
            return "Row " + std::to_string(ofA[i] + 1) + " is another one in PostgreSQL.";
    }
    return {};
}

std::string errorWords(const Outcome &outcome)
{
    return "the error " + outcome.diagnostic.sqlstate + " (" + outcome.diagnostic.message + ")";
}

Confirmation differs(std::string sentence) { return {Agreement::Differs, std::move(sentence)}; }

Confirmation confirmErrors(const Outcome &embedded, const Outcome &postgres)
{
    if (embedded.status == Status::Ok && embedded.dependsOnOrder)
        return {Agreement::NoWord, "The query leaves its answer to chance: PostgreSQL meets an error."};
    if (embedded.status == Status::Ok)
        return differs("PostgreSQL answers with " + errorWords(postgres) + ", not with rows.");
    if (postgres.status == Status::Ok)
        return differs("PostgreSQL answers with rows, not with " + errorWords(embedded) + ".");
    if (embedded.diagnostic.sqlstate != postgres.diagnostic.sqlstate)
        return differs("PostgreSQL answers with " + errorWords(postgres) + ", not with " + errorWords(embedded) + ".");
    return {Agreement::Same, "PostgreSQL reports the same error."};
}

} // namespace

Confirmation confirm(const Outcome &embedded, const Outcome &postgres, RowComparison rows)
{
    if (!answered(embedded))
        return {Agreement::NoWord, missing(embedded, "The embedded engine")};
    if (!answered(postgres))
        return {Agreement::NoWord, missing(postgres, "PostgreSQL")};
    if (embedded.status == Status::Error || postgres.status == Status::Error)
        return confirmErrors(embedded, postgres);
    auto columns = differingColumns(embedded.table, postgres.table);
    if (!columns.empty())
        return differs(std::move(columns));
    auto difference = differingRows(embedded.table, postgres.table, rows);
    if (!difference.empty() && (embedded.dependsOnOrder || postgres.dependsOnOrder))
        return {Agreement::NoWord, "The query leaves its answer to chance: PostgreSQL gives other rows."};
    if (!difference.empty() && rows == RowComparison::Bag && (embedded.truncated || postgres.truncated))
        return {Agreement::NoWord, "The results were cut off before they could be compared."};
    if (difference.empty() && embedded.truncated != postgres.truncated)
        return differs(std::string("PostgreSQL gives ") + (postgres.truncated ? "more" : "fewer") + " rows.");
    if (!difference.empty())
        return differs(std::move(difference));
    return {Agreement::Same, "PostgreSQL gives the same result."};
}

} // namespace sqlgym::sandbox
