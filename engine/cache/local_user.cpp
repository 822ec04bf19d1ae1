#include "cache/local_user.h"

#include "base/text_position.h"
#include "base/timestamp.h"
#include "base/uuid.h"
#include "cache/rows.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {
namespace {

constexpr std::size_t kNameLength = 50;

std::string usableName(const std::string &wanted)
{
    std::string name;
    if (base::isValidUtf8(wanted)) {
        for (const char c : wanted) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte >= 0x20 && byte != 0x7f)
                name += c;
        }
    }
    if (base::characterCount(name) > kNameLength)
        name.resize(base::byteOffset(name, static_cast<int>(kNameLength) + 1));
    return name.find_first_not_of(' ') == std::string::npos ? "learner" : name;
}

LocalUser readUser(sqlite::Statement &row) { return {row.string(0), row.string(1)}; }

base::Result<std::optional<LocalUser>> currentUser(sqlite::Database &database)
{
    return selectOne(database,
                     "SELECT u.id, u.username FROM sync_state s JOIN users u ON u.id = s.value "
                     "WHERE s.key = 'user_id'",
                     readUser);
}

/// After a recovery the id may be known while the row is lost: rows of the learner's refer to it.
base::Result<std::string> userIdToUse(sqlite::Database &database)
{
    auto known = selectOne(database,
                           "SELECT value FROM sync_state WHERE key = 'user_id' UNION ALL "
                           "SELECT id FROM users WHERE auth_provider = 'local'",
                           [](sqlite::Statement &row) { return row.string(0); });
    if (!known)
        return known.error();
    return known->value_or(base::randomUuid());
}

base::Result<void> writeUser(sqlite::Database &database, const LocalUser &user, const std::string &now)
{
    // Names and addresses are unique. Whoever else has them is a row that a recovery could read only in part.
    auto freed = database.run("UPDATE users SET username = substr(id, 1, 50), email = id || '@lost.invalid' "
                              "WHERE id <> ?1 AND (username = ?2 OR email = ?1 || '@local.invalid')",
                              user.id, user.name);
    if (!freed)
        return freed;
    // An address that can never be anyone's: the column wants one, and it must be unique.
    auto written = database.run("INSERT INTO users (id, username, email, auth_provider, created_at, updated_at) "
                                "VALUES (?1, ?2, ?1 || '@local.invalid', 'local', ?3, ?3) ON CONFLICT (id) DO NOTHING",
                                user.id, user.name, now);
    if (!written)
        return written;
    return database.run("INSERT INTO sync_state (key, value) VALUES ('user_id', ?) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        user.id);
}

} // namespace

base::Result<LocalUser> ensureLocalUser(sqlite::Database &database, const std::string &wantedName, base::UnixMicros now)
{
    auto current = currentUser(database);
    if (!current)
        return current.error();
    if (*current)
        return **current;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    // Another instance may have made it while this one waited for the lock.
    current = currentUser(database);
    if (!current)
        return current.error();
    if (*current)
        return **current;
    auto id = userIdToUse(database);
    if (!id)
        return id.error();
    if (auto written = writeUser(database, {*id, usableName(wantedName)}, base::timestampText(now)); !written)
        return written.error();
    if (auto committed = transaction->commit(); !committed)
        return committed.error();
    current = currentUser(database);
    if (!current)
        return current.error();
    return **current;
}

} // namespace sqlgym::cache
