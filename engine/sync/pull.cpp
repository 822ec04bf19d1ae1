#include "sync/pull.h"

#include "cache/fresh_copy.h"
#include "sync/copied_rows.h"
#include "sync/json_row.h"
#include "sync/mirrored_table.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sqlgym::sync {
namespace {

using client::makeError;
using client::Trouble;
using nlohmann::json;

constexpr const char *kChanges = "SELECT relation, id, data, next_cursor FROM api.changes_since($1)";

base::Error unreadable() { return makeError(Trouble::Failed, "The server's changes cannot be read."); }

bool cancelled(const PullOptions &options) { return options.cancel != nullptr && options.cancel->cancelled(); }

/// What changes_since() says of itself, in its last row.
struct PageState {
    bool fresh = false;
    bool more = false;
    std::string cursor;
    std::int64_t horizon = 0; ///< see cache::MirrorState
};

base::Result<PageState> stateOf(const client::Rows &rows)
{
    if (rows.empty() || rows.back().size() != 4 || rows.back()[0] || !rows.back()[2] || !rows.back()[3])
        return unreadable();
    const json state = json::parse(*rows.back()[2], nullptr, false);
    if (!state.is_object())
        return unreadable();
    const json horizon = state.value("horizon", json());
    if (!horizon.is_number_integer())
        return unreadable();
    return PageState{state.value("fresh", false), state.value("more", false), *rows.back()[3],
                     horizon.get<std::int64_t>()};
}

/// Takes the rows of a page into the cache. Tables that this program does not know are passed over.
base::Result<void> take(const client::Rows &rows, const std::vector<MirroredTable> &tables, cache::MirrorUpdate &update,
                        PullReport &report)
{
    for (const client::Row &row : rows) {
        if (row.size() != 4 || !row[0])
            continue;
        const auto table = std::ranges::find(tables, *row[0], &MirroredTable::relation);
        if (table == tables.end() || !row[1])
            continue;
        auto done = base::Result<void>();
        if (row[2]) {
            auto cells = JsonRow::read(*table, *row[2]);
            done = cells ? update.write(table->relation, table->columns, cells->cells()) : cells.error();
            ++report.written;
        } else {
            done = update.remove(table->relation, *row[1]);
            ++report.removed;
        }
        if (!done)
            return done;
    }
    return {};
}

/// How many rows the planner expects: a progress bar needs no more.
std::int64_t expectedRows(client::Snapshot &snapshot, const std::string &query)
{
    auto plan = snapshot.call("EXPLAIN (FORMAT json) " + query);
    if (!plan || plan->empty() || plan->front().empty())
        return 0;
    const json told = json::parse(plan->front().front().value_or(""), nullptr, false);
    if (!told.is_array() || told.empty() || !told[0].contains("Plan"))
        return 0;
    const json rows = told[0]["Plan"].value("Plan Rows", json(0));
    return rows.is_number() ? rows.get<std::int64_t>() : 0;
}

class WholeCopy {
public:
    WholeCopy(cache::FreshCopy &copy, client::Snapshot &snapshot, const PullOptions &options)
        : m_copy(copy), m_snapshot(snapshot), m_options(options)
    {
    }

    base::Result<std::int64_t> run()
    {
        auto tables = mirroredTables(
            [this](const std::string &sql, const client::Values &values) { return m_snapshot.call(sql, values); });
        if (!tables)
            return tables.error();
        if (m_copy.cursor().empty()) {
            auto rows = m_snapshot.call(kChanges, {nullptr});
            auto state = rows ? stateOf(*rows) : rows.error();
            if (!state)
                return state.error();
            if (auto noted = m_copy.noteCursor(state->cursor, state->horizon); !noted)
                return noted.error();
        }
        for (const MirroredTable &table : *tables)
            m_progress.total += m_copy.has(table.relation) ? 0 : expectedRows(m_snapshot, table.query);
        for (const MirroredTable &table : *tables) {
            if (m_copy.has(table.relation))
                continue;
            if (auto copied = copyTable(table); !copied)
                return copied.error();
        }
        return m_progress.rows;
    }

private:
    base::Result<void> copyTable(const MirroredTable &table)
    {
        m_progress.table = table.relation;
        tell();
        if (auto begun = m_copy.beginTable(table.relation, table.columns); !begun)
            return begun;
        CopiedRows rows(table.kinds, [this](std::span<const cache::MirrorValue> row) {
            if (++m_progress.rows % 4096 == 0)
                tell();
            return m_copy.write(row);
        });
        auto copied = m_snapshot.copy(table.query, [&rows](std::string_view piece) { return rows.feed(piece); });
        if (!copied)
            return copied;
        if (!rows.ended())
            return makeError(Trouble::Failed, "The server's copy of " + table.relation + " is cut off.");
        return m_copy.finishTable();
    }

    void tell()
    {
        m_progress.total = std::max(m_progress.total, m_progress.rows);
        if (m_options.progress)
            m_options.progress(m_progress);
    }

    cache::FreshCopy &m_copy;
    client::Snapshot &m_snapshot;
    const PullOptions &m_options;
    PullProgress m_progress;
};

} // namespace

base::Result<PullReport> pullChanges(cache::MirrorStore &mirror, client::Gateway &gateway, const PullOptions &options)
{
    auto known = mirror.state();
    if (!known)
        return known.error();
    PullReport report;
    if (known->cursor.empty() || known->address != gateway.address()) {
        report.outdated = true;
        return report;
    }
    std::vector<MirroredTable> tables;
    for (bool more = true; more;) {
        if (cancelled(options))
            return makeError(Trouble::Cancelled, "Cancelled. What was fetched so far is kept.");
        auto rows = gateway.call(kChanges, {known->cursor.c_str()});
        auto page = rows ? stateOf(*rows) : rows.error();
        if (!page)
            return page.error();
        if (page->fresh) {
            report.outdated = true;
            return report;
        }
        if (rows->size() > 1 && tables.empty()) {
            auto told = mirroredTables(
                [&](const std::string &sql, const client::Values &values) { return gateway.call(sql, values); });
            if (!told)
                return told.error();
            tables = std::move(*told);
        }
        more = page->more;
        if (page->cursor == known->cursor) {
            auto settles = mirror.canSettle(page->horizon);
            if (!settles)
                return settles.error();
            if (!*settles)
                continue;
        }
        known->cursor = page->cursor;
        known->horizon = page->horizon;
        auto update = cache::MirrorUpdate::begin(mirror);
        if (!update)
            return update.error();
        auto taken = take(*rows, tables, *update, report);
        if (taken)
            taken = update->commit(*known);
        if (!taken)
            return taken.error();
        if (options.progress)
            options.progress({"", report.written + report.removed, report.written + report.removed});
    }
    mirror.dropUnfinishedCopy();
    return report;
}

base::Result<PullReport> pullAll(const std::string &path, const std::string &accountId, client::Gateway &gateway,
                                 const std::function<void()> &closeCaches, const PullOptions &options)
{
    auto copy = cache::FreshCopy::begin(path, gateway.address(), accountId);
    if (!copy)
        return copy.error();
    PullReport report;
    {
        auto snapshot = gateway.snapshot();
        if (!snapshot)
            return snapshot.error();
        auto rows = WholeCopy(*copy, **snapshot, options).run();
        if (!rows)
            return rows.error();
        report.written = *rows;
    }
    if (auto indexed = copy->index(); !indexed)
        return indexed.error();
    closeCaches();
    if (auto finished = copy->finish(options.busyTimeoutMs); !finished)
        return finished.error();
    return report;
}

} // namespace sqlgym::sync
