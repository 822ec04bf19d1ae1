// Changes of the server's tables, taken into an open cache: a page at a time, all of it or nothing.
#pragma once

#include "base/result.h"
#include "cache/mirror_writer.h"
#include "sqlite/transaction.h"

#include <cstdint>
#include <map>

namespace sqlgym::cache {

struct StoreContext;

/// Where the copy stands at its server.
struct MirrorState {
    std::string cursor;  ///< of api.changes_since(); empty = nothing was copied yet
    std::string address; ///< of the server
    /// The server's transaction before which the copy holds whatever was done.
    std::int64_t horizon = 0;
};

class MirrorStore {
public:
    explicit MirrorStore(StoreContext &context) : m_context(context) {}

    base::Result<MirrorState> state();
    /// Whether the server did writes of the learner's whose rows a copy that stands at `horizon` holds.
    base::Result<bool> canSettle(std::int64_t horizon);
    /// The copy is up to date: a new one that was begun is needed no more.
    void dropUnfinishedCopy();

private:
    friend class MirrorUpdate;
    StoreContext &m_context;
};

/// A transaction. Rows may come before what they refer to; whatever refers to nothing at the end goes. What waits in
/// the outbox is taken out of the tables before, and laid over them after.
class MirrorUpdate {
public:
    static base::Result<MirrorUpdate> begin(MirrorStore &store);

    base::Result<void> write(const std::string &table, const std::vector<std::string> &columns,
                             std::span<const MirrorValue> row);
    base::Result<void> remove(const std::string &table, std::string_view id);
    /// From here on the copy stands at `state`.
    base::Result<void> commit(const MirrorState &state);

private:
    MirrorUpdate(StoreContext &context, sqlite::Transaction transaction)
        : m_context(&context), m_transaction(std::move(transaction))
    {
    }

    StoreContext *m_context;
    sqlite::Transaction m_transaction;
    std::map<std::string, MirrorWriter> m_writers; ///< by table; of rows that come with the same columns
};

/// Notes where the copy in `database` stands, in the caller's transaction.
base::Result<void> noteState(sqlite::Database &database, const MirrorState &state);
base::Result<MirrorState> readState(sqlite::Database &database);

} // namespace sqlgym::cache
