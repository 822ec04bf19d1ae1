// Queries that sqlsmith writes, on both engines: PostgreSQL says what is right, the embedded engine may decline but not
// differ.
//
//   run_sqlsmith [--seed N] [--count N] [--seconds N] [--show-declined] [--show-errors] [--print]
//
// sqlsmith reads a database of ours in which there are no functions and operators but those that the engine claims; it
// writes queries and runs none. Exits 1 when there is a difference, 3 when sqlsmith is not installed.
#include "claims.h"
#include "duel_options.h"
#include "engines.h"
#include "postgres/private_cluster.h"
#include "postgres_ways.h"
#include "query_generator.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>

using namespace sqlgym;
using namespace sqlgym::parity;

namespace {

/// sqlsmith writes CAST(NULL AS anyarray), which is declined.
bool isConcrete(const catalogue::FunctionRow &row)
{
    return !isPolymorphic(row.result) && std::ranges::none_of(row.arguments, isPolymorphic);
}

std::string claimedFunctions()
{
    std::string list = "0";
    for (const auto *rows : {&claims().scalars, &claims().aggregates}) {
        for (const auto *row : *rows)
            list += isConcrete(*row) ? "," + std::to_string(row->oid) : "";
    }
    return list;
}

std::string claimedOperators()
{
    std::string list = "0";
    for (const auto *row : claims().operators)
        list += isConcrete(*catalogue::findFunction(row->function)) ? "," + std::to_string(row->oid) : "";
    return list;
}

/// Of tables sqlsmith likes to draw samples; of views it cannot. It looks at the columns alone.
constexpr char kTablesToViews[] = R"(DO $$ DECLARE t regclass; columns text; BEGIN
    FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        SELECT string_agg(format('NULL::%s AS %I', format_type(atttypid, atttypmod), attname), ', ' ORDER BY attnum)
            INTO columns FROM pg_attribute WHERE attrelid = t AND attnum > 0;
        EXECUTE format('ALTER TABLE %s RENAME TO old; CREATE VIEW %s AS SELECT %s; DROP TABLE old', t, t, columns);
    END LOOP; END $$)";

/// The database that sqlsmith looks at: in schemas that it takes for the catalogue lies what is to hide the real one.
base::Result<void> prepare(const postgres::PrivateCluster &cluster, const std::string &setup)
{
    auto admin = postgres::Connection::open(cluster.parameters(postgres::kAdminRole, "postgres"));
    if (!admin)
        return admin.error();
    for (const std::string &sql :
         {std::string("CREATE DATABASE smith"),
          std::string("ALTER DATABASE smith SET search_path = information_schema, pg_catalog, public")}) {
        if (auto done = admin->execute(sql); !done)
            return done.error();
    }
    auto inside = postgres::Connection::open(cluster.parameters(postgres::kAdminRole, "smith"));
    if (!inside)
        return inside.error();
    for (const std::string &sql :
         {"SET search_path = public; " + setup, std::string(kTablesToViews),
          "CREATE VIEW information_schema.pg_proc AS SELECT * FROM pg_catalog.pg_proc WHERE oid IN (" +
              claimedFunctions() + ")",
          "SET allow_system_table_mods = on; DELETE FROM pg_catalog.pg_operator WHERE oid NOT IN (" +
              claimedOperators() + ")"}) {
        if (auto done = inside->execute(sql); !done)
            return done.error();
    }
    return {};
}

std::string quotedForShell(const std::string &text) { return "'" + text + "'"; }

/// Calls `take` with each statement that sqlsmith writes, as long as it says true. False: it could not be started.
template <typename Take> bool readStatements(const std::string &target, const RunOptions &options, Take take)
{
    const std::string command = "sqlsmith --target=" + quotedForShell(target) +
                                " --exclude-catalog --dry-run --max-queries=" + std::to_string(options.count) +
                                " --seed=" + std::to_string(options.seed) + " 2>/dev/null";
    FILE *pipe = popen(command.c_str(), "r");
    if (pipe == nullptr)
        return false;
    std::string statement;
    char line[4096];
    bool any = false, more = true;
    while (more && std::fgets(line, sizeof line, pipe) != nullptr) {
        statement += line;
        if (statement.ends_with(";\n")) {
            statement.resize(statement.size() - 2);
            any = true;
            more = take(statement);
            statement.clear();
        } else if (statement.starts_with("SQLsmith") || statement.starts_with("Loading") ||
                   statement.starts_with("Generating")) {
            statement.clear();
        }
    }
    pclose(pipe);
    return any;
}

} // namespace

int main(int count, char **arguments)
{
    const auto options = parseDuelOptions(count, arguments, {.count = 500, .seconds = 60});
    if (!options) {
        std::cerr << "usage: run_sqlsmith " << kDuelUsage << '\n';
        return 2;
    }
    const auto playground = playgrounds().front();
    const ScratchFolder scratch;
    auto cluster = postgres::PrivateCluster::start(scratch.path() + "/smith");
    if (!cluster) {
        std::cerr << cluster.error().message << '\n';
        return 1;
    }
    if (auto prepared = prepare(**cluster, playground.setup); !prepared) {
        std::cerr << prepared.error().message << '\n';
        return 1;
    }
    auto ways = makePostgresWays(scratch.path() + "/cluster", false);
    if (!ways) {
        std::cerr << ways.error().message << '\n';
        return 1;
    }
    Duel duel(std::move(ways->front().sandbox), makeEngine("embedded", ""), options->duel);
    if (!duel.load(playground.name, playground.setup))
        return 1;
    const auto parameters = (*cluster)->parameters(postgres::kAdminRole, "smith");
    const std::string target =
        "host=" + parameters.at("host") + " user=" + parameters.at("user") + " dbname=" + parameters.at("dbname");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options->seconds);
    const bool there = readStatements(target, *options, [&](const std::string &statement) {
        auto query = std::make_shared<QueryNode>();
        query->sort = "query";
        query->pieces = {statement};
        duel.run(playground.name, query);
        return std::chrono::steady_clock::now() < until;
    });
    if (!there) {
        std::cerr << "run_sqlsmith: sqlsmith writes nothing; is it installed?\n";
        return 3;
    }
    return duel.finish("queries of sqlsmith");
}
