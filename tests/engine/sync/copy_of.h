// A learner with a profile and a server, and what is in their copy.
#pragma once

#include "../server/server_fixture.h"
#include "cache/cache.h"
#include "client/account.h"
#include "gateway/libpq_gateway.h"
#include "sync/pull.h"

#include <QJsonDocument>
#include <QTemporaryDir>

#include <map>
#include <set>

namespace sqlgym::tests {

/// Rows of each copied table as text, sorted; JSON in one spelling.
using CopyRows = std::map<std::string, std::set<std::string>>;

inline std::string oneSpelling(const std::string &cell)
{
    if (cell.empty() || (cell[0] != '{' && cell[0] != '['))
        return cell;
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(cell));
    return json.isNull() ? cell : json.toJson(QJsonDocument::Compact).toStdString();
}

inline CopyRows rowsOf(const std::string &path)
{
    CopyRows rows;
    auto database = sqlite::Database::open(path);
    if (!database)
        throw std::runtime_error(database.error().message);
    for (const char *table : cache::mirroredTables()) {
        auto statement = database->prepare(std::string("SELECT * FROM ") + table);
        auto &lines = rows[table];
        for (auto row = statement->step(); row && *row; row = statement->step()) {
            std::string line;
            for (int column = 0; column < statement->columnCount(); ++column)
                line += (statement->isNull(column) ? "NULL" : oneSpelling(statement->string(column))) + "|";
            lines.insert(line);
        }
    }
    return rows;
}

class Learner {
public:
    Learner(ServerFixture &server, const std::string &name) : m_name(name)
    {
        auto opened = gateway::open(server.dsn("sqlgym_client"));
        if (!opened)
            throw std::runtime_error(opened.error().message);
        m_gateway = std::move(*opened);
        auto token = client::signUp(*m_gateway, name, name + "@example.org", base::Secret("correct horse"));
        if (!token)
            throw std::runtime_error(token.error().message);
        use(std::move(*token));
    }
    /// The same learner at another desk.
    Learner(ServerFixture &server, const Learner &self) : m_name(self.m_name)
    {
        auto opened = gateway::open(server.dsn("sqlgym_client"));
        if (!opened)
            throw std::runtime_error(opened.error().message);
        m_gateway = std::move(*opened);
        use(base::Secret(self.m_token));
    }

    std::string path() const { return m_folder.filePath("profile.db").toStdString(); }
    const std::string &id() const { return m_id; }
    const std::string &token() const { return m_token; }
    client::Gateway &gateway() { return *m_gateway; }
    cache::Cache &cache() { return *m_cache; }
    void closeCache() { m_cache.reset(); }
    void openCache()
    {
        auto cache = cache::Cache::open(path());
        if (!cache)
            throw std::runtime_error(cache.error().message);
        m_cache = std::move(*cache);
    }

    base::Result<sync::PullReport> pullChanges(const sync::PullOptions &options = {})
    {
        return sync::pullChanges(m_cache->mirror(), *m_gateway, options);
    }
    base::Result<sync::PullReport> pullAll(const sync::PullOptions &options = {})
    {
        auto done = sync::pullAll(
            path(), m_id, *m_gateway, [this] { closeCache(); }, options);
        if (!m_cache)
            openCache();
        return done;
    }
    /// The copy brought up to date, whichever way. Empty, or what went wrong.
    std::string pull()
    {
        for (int round = 0; round < 3; ++round) {
            auto changes = pullChanges();
            if (!changes)
                return changes.error().message;
            if (!changes->outdated)
                return {};
            ++newCopies;
            if (auto all = pullAll(); !all)
                return all.error().message;
        }
        return "never up to date";
    }

    int newCopies = 0;

private:
    void use(base::Secret token)
    {
        m_token = token.c_str();
        if (auto used = m_gateway->useToken(std::move(token)); !used)
            throw std::runtime_error(used.error().message);
        m_id = client::myAccount(*m_gateway)->id;
        openCache();
    }

    std::string m_name;
    QTemporaryDir m_folder;
    std::unique_ptr<client::Gateway> m_gateway;
    std::unique_ptr<cache::Cache> m_cache;
    std::string m_id;
    std::string m_token;
};

/// What a new copy holds that is made for the learner at this moment, in another place.
inline CopyRows freshRowsOf(Learner &learner)
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("fresh.db").toStdString();
    {
        auto cache = cache::Cache::open(path);
        if (!cache)
            throw std::runtime_error(cache.error().message);
    }
    auto all = sync::pullAll(path, learner.id(), learner.gateway(), [] {}, {});
    if (!all)
        throw std::runtime_error(all.error().message);
    return rowsOf(path);
}

inline void makeReady(Learner &learner, const std::string &name)
{
    if (auto adopted = learner.cache().adopt(learner.id(), name); !adopted)
        throw std::runtime_error(adopted.error().message);
    if (const std::string failed = learner.pull(); !failed.empty())
        throw std::runtime_error(failed);
}

/// Somebody new, whose profile is theirs and up to date.
inline std::unique_ptr<Learner> readyLearner(ServerFixture &server, const std::string &name)
{
    auto admin = server.admin();
    forgetAttempts(admin);
    auto made = std::make_unique<Learner>(server, name);
    makeReady(*made, name);
    return made;
}

/// The same learner at another desk.
inline std::unique_ptr<Learner> readyDevice(ServerFixture &server, const Learner &of, const std::string &name)
{
    auto made = std::make_unique<Learner>(server, of);
    makeReady(*made, name);
    return made;
}

/// Without what is not the server's: when a row of users came here, and who the profile's learner was before.
inline std::set<std::string> told(const std::string &table, const std::set<std::string> &rows)
{
    if (table != "users")
        return rows;
    std::set<std::string> kept;
    for (const std::string &row : rows) {
        if (row.find("|local|") == std::string::npos)
            kept.insert(row.substr(0, row.rfind('|', row.size() - 2)));
    }
    return kept;
}

/// Rows that one has and the other has not; empty = they agree.
inline QString difference(const CopyRows &one, const CopyRows &other)
{
    QString said;
    for (const auto &[table, rows] : one) {
        const auto here = told(table, rows);
        const auto there = told(table, other.at(table));
        for (const auto &row : here)
            said += there.contains(row) ? QString() : QString::fromStdString("- " + table + ": " + row + "\n");
        for (const auto &row : there)
            said += here.contains(row) ? QString() : QString::fromStdString("+ " + table + ": " + row + "\n");
    }
    return said;
}

} // namespace sqlgym::tests
