#include "server/deployment.h"

#include "digest/digest.h"
#include "server/migrations.h"

#include <algorithm>

namespace sqlgym::server {

namespace {

// Any two programs that deploy to one database at once come one after the other.
constexpr char kLock[] = "SELECT pg_advisory_lock(hashtextextended('sqlgym.deploy', 0))";
constexpr char kUnlock[] = "SELECT pg_advisory_unlock(hashtextextended('sqlgym.deploy', 0))";

base::Error failed(const char *code, std::string message) { return {"server", code, std::move(message)}; }

base::Result<bool> isServer(Session &session)
{
    auto found = session.value("SELECT to_regclass('private.migrations')");
    if (!found)
        return found.error();
    return found->has_value();
}

base::Result<void> prepareCluster(Session &session, std::vector<Weakness> &weaker)
{
    for (const ClusterPart &part : clusterParts()) {
        const auto done = session.transaction([&](Session &own) -> base::Result<void> {
            auto run = own.execute(std::string(part.sql));
            return run ? base::Result<void>() : run.error();
        });
        if (done)
            continue;
        // 42501 insufficient_privilege: hosted servers keep some things to themselves.
        if (done.error().code != "42501")
            return done;
        weaker.push_back({std::string(part.purpose), done.error().message});
    }
    auto missing = session.value("SELECT string_agg(role, ', ') FROM unnest(ARRAY['sqlgym_owner', 'sqlgym_client', "
                                 "'sqlgym_judge']) role WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role)");
    if (!missing)
        return missing.error();
    if (*missing)
        return failed("missing_role", "These roles are missing and could not be made: " + **missing +
                                          ". Have the server's administrator create them, then try again.");
    return {};
}

base::Result<void> makeMigrationsTable(Session &session)
{
    auto made = session.execute("SET LOCAL ROLE sqlgym_owner; CREATE TABLE IF NOT EXISTS private.migrations ("
                                "number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, "
                                "applied_at timestamptz NOT NULL DEFAULT now())");
    return made ? base::Result<void>() : made.error();
}

/// The number of the last applied migration; fails when one of them is not ours.
base::Result<int> appliedVersion(Session &session)
{
    auto rows = session.execute("SELECT number, name, sha256 FROM private.migrations ORDER BY number");
    if (!rows)
        return rows.error();
    const auto &known = migrations();
    for (int row = 0; row < rows->rowCount(); ++row) {
        const auto at = static_cast<std::size_t>(row);
        const std::string name(*rows->cell(row, 1));
        if (at >= known.size())
            return failed("newer", "The server was made by a newer SQLGym (it has \"" + name +
                                       "\"). Use a program at least as new.");
        if (std::string(*rows->cell(row, 0)) != std::to_string(known[at].number) ||
            *rows->cell(row, 2) != digest::sha256Hex(known[at].sql))
            return failed("other", "The server's migration \"" + name +
                                       "\" is not this program's. It was made by another build; nothing was changed.");
    }
    return rows->rowCount();
}

base::Result<void> migrate(Session &session, int from)
{
    for (const Migration &migration : migrations()) {
        if (migration.number <= from)
            continue;
        auto done = session.transaction([&](Session &own) -> base::Result<void> {
            if (auto set = own.execute("SET LOCAL ROLE sqlgym_owner; SET LOCAL search_path = public"); !set)
                return set.error();
            if (auto run = own.execute(std::string(migration.sql)); !run)
                return run.error();
            auto noted = own.run(
                "INSERT INTO private.migrations (number, name, sha256) VALUES ($1, $2, $3)",
                {std::to_string(migration.number), std::string(migration.name), digest::sha256Hex(migration.sql)});
            return noted ? base::Result<void>() : noted.error();
        });
        if (!done)
            return base::Error{done.error().domain, done.error().code,
                               "Migration " + std::string(migration.name) + " failed: " + done.error().message,
                               done.error().transient};
    }
    return {};
}

/// Cluster, migrations, and the report; `session` holds the lock.
base::Result<DeployReport> deploy(Session &session, int from)
{
    DeployReport report{from, static_cast<int>(migrations().size()), {}};
    auto done = prepareCluster(session, report.weaker);
    if (done)
        done = session.transaction(makeMigrationsTable);
    if (done)
        done = migrate(session, from);
    if (!done)
        return done.error();
    return report;
}

base::Result<DeployReport> locked(Session &session, base::Result<DeployReport> (*work)(Session &))
{
    if (auto lock = session.execute(kLock); !lock)
        return lock.error();
    auto report = work(session);
    if (session.connection().alive())
        (void)session.execute(kUnlock);
    return report;
}

} // namespace

base::Result<DeployReport> init(Session &session)
{
    return locked(session, [](Session &own) -> base::Result<DeployReport> {
        auto server = isServer(own);
        if (!server)
            return server.error();
        if (*server)
            return failed("not_empty",
                          "This database is an SQLGym server already. To move it forward: server upgrade.");
        auto encoding = own.value("SHOW server_encoding");
        if (!encoding)
            return encoding.error();
        if (*encoding != "UTF8")
            return failed("not_utf8", "This database keeps its text as " + encoding->value_or("") +
                                          ". Make one with ENCODING 'UTF8' TEMPLATE template0.");
        auto tables = own.value("SELECT string_agg(c.oid::regclass::text, ', ' ORDER BY c.relname) FROM pg_class c "
                                "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')");
        if (!tables)
            return tables.error();
        if (*tables)
            return failed("not_empty",
                          "This database is not empty (" + (*tables)->substr(0, 200) +
                              "). Make a new one for SQLGym; data of an older SQLGym can be loaded into it.");
        return deploy(own, 0);
    });
}

base::Result<DeployReport> upgrade(Session &session)
{
    return locked(session, [](Session &own) -> base::Result<DeployReport> {
        auto server = isServer(own);
        if (!server)
            return server.error();
        if (!*server)
            return failed("no_server", "This database is no SQLGym server. To make it one: server init.");
        auto from = appliedVersion(own);
        if (!from)
            return from.error();
        return deploy(own, *from);
    });
}

base::Result<ServerStatus> status(Session &session)
{
    auto server = isServer(session);
    if (!server)
        return server.error();
    if (!*server)
        return failed("no_server", "This database is no SQLGym server. To make it one: server init.");
    auto figures =
        session.execute("SELECT (SELECT max(number) FROM private.migrations), current_setting('server_version'), "
                        "(SELECT count(*) FROM public.fallback_submissions WHERE status = 'pending'), "
                        "(SELECT count(*) FROM public.users), (SELECT count(*) FROM public.problems)");
    if (!figures)
        return figures.error();
    auto found = session.execute(std::string(lintSql()));
    if (!found)
        return found.error();
    const auto number = [&](int column) { return std::stol(std::string(figures->cell(0, column).value_or("0"))); };
    ServerStatus state;
    state.version = static_cast<int>(number(0));
    state.known = static_cast<int>(migrations().size());
    state.postgres = std::string(*figures->cell(0, 1));
    state.waiting = number(2);
    state.users = number(3);
    state.problems = number(4);
    // A server of before the judges has no such table.
    auto judges = session.value("SELECT to_regclass('private.judges')");
    if (judges && *judges)
        judges = session.value("SELECT count(*) FROM private.judges WHERE seen_at > now() - interval '1 minute'");
    if (!judges)
        return judges.error();
    state.judges = std::stol(judges->value_or("0"));
    for (int row = 0; row < found->rowCount(); ++row)
        state.lints.push_back({std::string(*found->cell(row, 0)), std::string(*found->cell(row, 1))});
    return state;
}

base::Result<bool> grantAdmin(Session &session, const std::string &username)
{
    auto changed = session.run("UPDATE public.users SET is_admin = true, updated_at = now() WHERE id = (SELECT id FROM "
                               "public.users WHERE lower(username) = lower($1) ORDER BY (username = $1) DESC LIMIT 1)",
                               {username});
    if (!changed)
        return changed.error();
    return changed->commandTag() == "UPDATE 1";
}

} // namespace sqlgym::server
