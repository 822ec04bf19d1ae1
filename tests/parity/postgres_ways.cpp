#include "postgres_ways.h"

#include "postgres/private_cluster.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace sqlgym::parity {

namespace {

using postgres::Connection;
using sandbox::Outcome;
using sandbox::Status;

/// Physical orders of the rows: 0 as inserted, others shuffled; of the last one the planner has statistics too.
constexpr int kAnalysedOrder = 3;

struct Plan {
    const char *switchedOff; ///< "hashjoin nestloop"
    int order;
};

constexpr std::array<Plan, 9> kPlans = {{{"", 0},
                                         {"", 1},
                                         {"hashjoin hashagg", 0},
                                         {"hashjoin mergejoin", 2},
                                         {"nestloop hashjoin sort", 0},
                                         {"nestloop mergejoin", 1},
                                         {"seqscan bitmapscan hashagg", 0},
                                         {"", kAnalysedOrder},
                                         {"material memoize incremental_sort sort", kAnalysedOrder}}};

std::string nameOf(const Plan &plan)
{
    std::string name = plan.switchedOff[0] == '\0' ? "usual settings" : std::string("without ") + plan.switchedOff;
    if (plan.order > 0)
        name += ", rows in order " + std::to_string(plan.order);
    return plan.order == kAnalysedOrder ? name + ", analysed" : name;
}

std::string settingsOf(const Plan &plan)
{
    std::string options = postgres::sessionOptions() + " -c statement_timeout=5000";
    const std::string words = plan.switchedOff;
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(' ', begin), words.size());
        options += " -c enable_" + words.substr(begin, end - begin) + "=off";
        begin = end + 1;
    }
    return options;
}

bool changesData(const std::string &sql)
{
    return std::ranges::any_of(std::array{"INSERT ", "UPDATE ", "DELETE ", "insert ", "update ", "delete "},
                               [&](const char *word) { return sql.find(word) != std::string::npos; });
}

Outcome failed(const std::string &message)
{
    Outcome outcome;
    outcome.by = sandbox::Engine::Postgres;
    outcome.diagnostic = {"58000", message, {}, {}, 0};
    return outcome;
}

Outcome answered(Status status)
{
    Outcome outcome;
    outcome.by = sandbox::Engine::Postgres;
    outcome.status = status;
    return outcome;
}

/// What all ways have in common.
class Server {
public:
    explicit Server(std::unique_ptr<postgres::PrivateCluster> cluster) : m_cluster(std::move(cluster)) {}

    base::Result<Connection> connect(const std::string &database, const std::string &settings)
    {
        auto parameters = m_cluster->parameters(postgres::kAdminRole, database);
        parameters["options"] = settings;
        return Connection::open(parameters);
    }

    /// The database of a dataset in one physical order; made when it is asked for first.
    base::Result<std::string> database(const std::string &dataset, const std::string &setup, int order)
    {
        const std::string name = "ways_" + dataset + "_" + std::to_string(order);
        if (!m_made.insert(name).second)
            return name;
        auto admin = connect("postgres", postgres::sessionOptions());
        if (!admin)
            return admin.error();
        auto made = admin->execute("CREATE DATABASE " + postgres::quoteIdentifier(name) +
                                   " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
        if (!made)
            return made.error();
        auto inside = connect(name, postgres::sessionOptions());
        if (!inside)
            return inside.error();
        const std::string vacuum = order == kAnalysedOrder ? "VACUUM ANALYZE" : "VACUUM";
        for (const std::string &sql : {setup, order > 0 ? shuffling(order) : std::string("SELECT 1"), vacuum}) {
            if (auto done = inside->execute(sql); !done)
                return done.error();
        }
        return name;
    }

    /// The types' names, asked for once.
    const std::string &typeName(Connection &session, std::uint32_t oid)
    {
        if (m_typeNames.empty()) {
            auto types = session.execute("SELECT oid, typname FROM pg_type");
            for (int row = 0; types && row < types->rowCount(); ++row)
                m_typeNames[static_cast<std::uint32_t>(std::stoul(std::string(*types->cell(row, 0))))] =
                    *types->cell(row, 1);
        }
        return m_typeNames[oid];
    }

private:
    /// Each table's rows anew, in an order that looks random and is always the same.
    static std::string shuffling(int order)
    {
        return "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP"
               " EXECUTE format('CREATE TEMP TABLE moved AS SELECT * FROM public.%I x ORDER BY md5(''" +
               std::to_string(order) +
               "'' || x::text)', t); EXECUTE format('DELETE FROM public.%I', t);"
               " EXECUTE format('INSERT INTO public.%I SELECT * FROM moved', t); DROP TABLE moved; END LOOP; END $$";
    }

    std::unique_ptr<postgres::PrivateCluster> m_cluster;
    std::set<std::string> m_made;
    std::map<std::uint32_t, std::string> m_typeNames;
};

class Way final : public sandbox::Sandbox {
public:
    Way(std::shared_ptr<Server> server, Plan plan) : m_server(std::move(server)), m_plan(plan) {}

    Outcome load(const std::string &dataset, const std::string &setup) override
    {
        const auto database = m_server->database(dataset, setup, m_plan.order);
        if (!database)
            return failed(database.error().message);
        auto session = m_server->connect(*database, settingsOf(m_plan));
        if (!session)
            return failed(session.error().message);
        m_sessions.insert_or_assign(dataset, std::move(*session));
        return answered(Status::Ok);
    }

    Outcome run(const sandbox::Request &request, base::CancelToken &) override
    {
        const auto found = m_sessions.find(request.dataset);
        if (found == m_sessions.end())
            return failed("no dataset " + request.dataset);
        Connection &session = found->second;
        const bool changes = changesData(request.query);
        if (changes && !session.execute("BEGIN"))
            return failed(session.lastError());
        Outcome outcome = failed("no result");
        if (session.sendOne(request.query))
            while (const auto result = session.next())
                outcome = outcomeOf(session, *result);
        if (changes && !session.execute("ROLLBACK"))
            return failed(session.lastError());
        return outcome;
    }

private:
    Outcome outcomeOf(Connection &session, const postgres::ResultSet &result)
    {
        Outcome outcome = answered(Status::Ok);
        if (result.failed()) {
            outcome.diagnostic = result.diagnostic();
            outcome.status = outcome.diagnostic.sqlstate == "57014" ? Status::Timeout : Status::Error;
            return outcome;
        }
        for (int column = 0; column < result.columnCount(); ++column)
            outcome.table.columns.push_back(
                {std::string(result.columnName(column)), m_server->typeName(session, result.typeOid(column))});
        for (int row = 0; row < result.rowCount(); ++row)
            for (int column = 0; column < result.columnCount(); ++column)
                outcome.table.append(result.cell(row, column));
        return outcome;
    }

    std::shared_ptr<Server> m_server;
    Plan m_plan;
    std::map<std::string, Connection> m_sessions; ///< per dataset
};

} // namespace

base::Result<std::vector<PostgresWay>> makePostgresWays(const std::string &clusterFolder, bool all)
{
    auto cluster = postgres::PrivateCluster::start(clusterFolder);
    if (!cluster)
        return cluster.error();
    const auto server = std::make_shared<Server>(std::move(*cluster));
    std::vector<PostgresWay> ways;
    for (const Plan &plan : kPlans) {
        if (all || ways.empty())
            ways.push_back({nameOf(plan), std::make_unique<Way>(server, plan)});
    }
    return ways;
}

} // namespace sqlgym::parity
