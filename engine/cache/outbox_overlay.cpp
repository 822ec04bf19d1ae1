#include "cache/outbox_overlay.h"

#include "cache/outbox_effects.h"
#include "cache/rows.h"

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

Operation readOperation(sqlite::Statement &row)
{
    Operation operation;
    operation.id = row.string(0);
    operation.kind = row.string(1);
    operation.userId = row.string(2);
    operation.payload = Json::parse(row.text(3), nullptr, false);
    operation.made = Json::parse(row.isNull(4) ? "[]" : row.text(4), nullptr, false);
    operation.at = row.integer(5);
    return operation;
}

constexpr const char *kSettled = "WHERE user_id = ?1 AND state = 'sent' AND kind <> 'submit' AND done_before <= ?2";

constexpr const char *kOperations = "SELECT id, kind, user_id, payload, made, created_at_us FROM outbox ";

base::Result<void> lift(sqlite::Database &database, const std::string &userId, const std::string &which)
{
    auto undone = select(
        database, "SELECT undo FROM outbox WHERE user_id = ? AND undo IS NOT NULL" + which + " ORDER BY sequence DESC",
        [](sqlite::Statement &row) { return row.string(0); }, userId);
    if (!undone)
        return undone.error();
    for (const std::string &steps : *undone) {
        if (auto done = takeBack(database, steps); !done)
            return done;
    }
    if (undone->empty())
        return {};
    return database.run("UPDATE outbox SET undo = NULL WHERE user_id = ?" + which, userId);
}

base::Result<bool> lay(sqlite::Database &database, const Operation &operation)
{
    TrackedWriter writer(database);
    const bool applied = applyEffect(writer, operation);
    if (writer.failure())
        return *writer.failure();
    auto noted = database.run("UPDATE outbox SET undo = ? WHERE id = ?",
                              writer.steps().dump(-1, ' ', false, Json::error_handler_t::replace), operation.id);
    if (!noted)
        return noted.error();
    return applied;
}

base::Result<void> lay(sqlite::Database &database, const std::string &userId, const std::string &which)
{
    auto operations =
        select(database, kOperations + ("WHERE user_id = ?" + which) + " ORDER BY sequence", readOperation, userId);
    if (!operations)
        return operations.error();
    for (const Operation &operation : *operations) {
        if (auto done = lay(database, operation); !done)
            return done.error();
    }
    return {};
}

/// With the submissions lifted, what is there under an entry's id is the server's.
base::Result<void> takeVerdicts(sqlite::Database &database, const std::string &userId, base::UnixMicros now)
{
    auto noted = database.run(
        R"sql(
        INSERT OR REPLACE INTO verdict_differences (submission_id, problem_id, query, correct_here, correct_at_server,
                                                    noted_at_us)
        SELECT s.id, s.problem_id, s.query, 1 - s.is_correct, s.is_correct, ?2
        FROM outbox o JOIN submissions s ON s.id = o.id, json_each(coalesce(o.made, '[]')) m
        WHERE o.user_id = ?1 AND o.kind = 'submit' AND o.undo IS NULL AND json_extract(m.value, '$.table') = 'submissions'
          AND json_extract(m.value, '$.row.is_correct') = 1 - s.is_correct)sql",
        userId, now);
    if (!noted)
        return noted;
    return database.run("DELETE FROM outbox WHERE user_id = ? AND kind = 'submit' AND undo IS NULL AND EXISTS ("
                        "SELECT 1 FROM problem_submissions p WHERE p.id = outbox.id AND p.status <> 'pending')",
                        userId);
}

} // namespace

base::Result<void> liftOutbox(sqlite::Database &database, const std::string &userId)
{
    return lift(database, userId, "");
}

base::Result<void> forgetOverlay(sqlite::Database &database, const std::string &userId)
{
    return database.run("UPDATE outbox SET undo = NULL WHERE user_id = ?", userId);
}

base::Result<void> settle(sqlite::Database &database, const std::string &userId, std::int64_t horizon)
{
    // No copy holds what one thinks of a solution: it stays as the server has it now.
    auto marks = select(database, std::string(kOperations) + kSettled + " AND kind = 'mark_solution' ORDER BY sequence",
                        readOperation, userId, horizon);
    if (!marks)
        return marks.error();
    for (const Operation &mark : *marks) {
        TrackedWriter writer(database);
        applyEffect(writer, mark);
        if (writer.failure())
            return *writer.failure();
    }
    return database.run(std::string("DELETE FROM outbox ") + kSettled, userId, horizon);
}

base::Result<bool> canSettle(sqlite::Database &database, const std::string &userId, std::int64_t horizon)
{
    auto count = database.integer(std::string("SELECT count(*) FROM outbox ") + kSettled, userId, horizon);
    return count ? base::Result<bool>(*count > 0) : count.error();
}

base::Result<void> layOutbox(sqlite::Database &database, const std::string &userId, base::UnixMicros now)
{
    if (auto taken = takeVerdicts(database, userId, now); !taken)
        return taken;
    return lay(database, userId, " AND undo IS NULL");
}

base::Result<void> liftWrites(sqlite::Database &database, const std::string &userId)
{
    return lift(database, userId, " AND kind <> 'submit'");
}

base::Result<void> layWrites(sqlite::Database &database, const std::string &userId)
{
    return lay(database, userId, " AND undo IS NULL AND kind <> 'submit'");
}

base::Result<void> liftEntry(sqlite::Database &database, const std::string &id)
{
    auto steps = selectOne(
        database, "SELECT undo FROM outbox WHERE id = ? AND undo IS NOT NULL",
        [](sqlite::Statement &row) { return row.string(0); }, id);
    if (!steps)
        return steps.error();
    if (!*steps)
        return {};
    if (auto done = takeBack(database, **steps); !done)
        return done;
    return database.run("UPDATE outbox SET undo = NULL WHERE id = ?", id);
}

base::Result<bool> layEntry(sqlite::Database &database, const std::string &id)
{
    auto operation = selectOne(database, std::string(kOperations) + "WHERE id = ?", readOperation, id);
    if (!operation)
        return operation.error();
    return *operation ? lay(database, **operation) : base::Result<bool>(false);
}

} // namespace sqlgym::cache
