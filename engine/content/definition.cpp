#include "content/definition.h"

#include "content/names.h"
#include "content/pack_parts.h"
#include "content/schema_check.h"

#include <algorithm>

namespace sqlgym::content {

namespace {

std::string at(const std::string &path, std::size_t index) { return path + "/" + std::to_string(index); }

/// Takes a text of the right shape apart.
class Reader {
public:
    Reader(const Json &json, ReadDefinition &into) : m_json(json), m_problem(into.problem), m_faults(into.faults) {}

    void read()
    {
        readHead();
        readProse();
        checkContract();
        for (std::size_t i = 0; i < m_json.at("tables").size(); ++i)
            readTable(m_json.at("tables")[i], at("/tables", i));
        for (std::size_t i = 0; i < m_problem.tables.size(); ++i)
            checkForeignKeys(m_problem.tables[i], at("/tables", i));
        for (std::size_t i = 0; i < m_json.at("tests").size(); ++i)
            readTest(m_json.at("tests")[i], at("/tests", i));
        if (std::ranges::all_of(m_problem.tests, &TestCase::hidden))
            fault("/tests", "holds no visible test: a learner must see at least one");
    }

private:
    void fault(const std::string &path, const std::string &what) { m_faults.push_back({path, what}); }

    void readHead()
    {
        m_problem.slug = m_json.at("slug").get<std::string>();
        m_problem.title = m_json.at("title").get<std::string>();
        m_problem.topic = m_json.at("topic").get<std::string>();
        m_problem.difficulty = parseDifficulty(m_json.at("difficulty").get<std::string>()).value_or(Difficulty::Medium);
        m_problem.orderIndex = m_json.at("order").get<int>();
        m_problem.tags = m_json.at("tags").get<std::vector<std::string>>();
        m_problem.company = m_json.value("company", std::string());
        m_problem.premium = m_json.value("premium", false);
        m_problem.contract = contractFromJson(m_json.at("contract"));
        m_rules = rulesFromJson(m_json.value("rules", Json::object()));
        m_rules.rowOrder = m_problem.contract.rowOrder;
        m_rules.orderBy = m_problem.contract.orderBy;
    }

    void readProse()
    {
        m_problem.question = m_json.at("statement").get<std::string>();
        for (const Json &hint : m_json.at("hints"))
            m_problem.hints.push_back({static_cast<int>(m_problem.hints.size()) + 1, hint.get<std::string>()});
        m_problem.solutionSql = m_json.at("solution").at("sql").get<std::string>();
        m_problem.solutionExplanation = m_json.at("solution").at("explanation").get<std::string>();
        const Json none = Json::array();
        const auto list = [&](const char *name) { return m_json.contains(name) ? m_json.at(name) : none; };
        m_problem.solutionExplanation += mistakesText(list("misconceptions").get<std::vector<std::string>>());
        for (const Json &each : list("wrong_queries"))
            m_problem.wrongQueries.push_back({each.at("sql"), each.at("mistake")});
        for (const Json &each : list("right_queries"))
            m_problem.rightQueries.push_back({each.at("sql"), each.at("way")});
        for (const Json &each : list("equivalent"))
            m_problem.equivalentMutants.push_back({each.at("mutant"), each.at("why")});
    }

    void checkContract()
    {
        const OutputContract &contract = m_problem.contract;
        for (std::size_t i = 0; i < contract.orderBy.size(); ++i) {
            const std::string &column = contract.orderBy[i].column;
            if (std::ranges::count(contract.columns, column, &ContractColumn::name) != 1)
                fault(at("/contract/order_by", i) + "/column",
                      "no single column of the contract is called \"" + column + "\"");
        }
        if (contract.rowOrder == RowOrder::ByColumns && contract.orderBy.empty())
            fault("/contract/order_by", "must say by which columns rows are ordered");
        if (contract.rowOrder == RowOrder::Ignored && !contract.orderBy.empty())
            fault("/contract/order_by", "has no meaning when row_order is ignored");
    }

    void readTable(const Json &json, const std::string &path)
    {
        Table table;
        table.name = json.at("name").get<std::string>();
        table.description = json.value("description", std::string());
        table.columns = tableColumnsFromJson(json.at("columns"));
        constraintsFromJson(json, table);
        table.rows = rowsFromJson(json.at("rows"));
        if (std::ranges::find(m_problem.tables, table.name, &Table::name) != m_problem.tables.end())
            fault(path + "/name", "another table is called \"" + table.name + "\"");
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (columnIndex(table.columns, table.columns[i].name) != static_cast<int>(i))
                fault(at(path + "/columns", i) + "/name", "\"" + table.columns[i].name + "\" is named twice");
        }
        checkColumns(table, table.primaryKey, path + "/primary_key");
        for (std::size_t i = 0; i < table.unique.size(); ++i)
            checkColumns(table, table.unique[i], at(path + "/unique", i));
        for (std::size_t i = 0; i < table.foreignKeys.size(); ++i)
            checkColumns(table, table.foreignKeys[i].columns, at(path + "/foreign_keys", i) + "/columns");
        checkRows(table, table.rows, path + "/rows");
        m_problem.tables.push_back(std::move(table));
    }

    void checkColumns(const Table &table, const std::vector<std::string> &names, const std::string &path)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (columnIndex(table.columns, names[i]) < 0)
                fault(at(path, i), "table " + table.name + " has no column \"" + names[i] + "\"");
        }
    }

    /// A reference to a table further down cannot be created.
    void checkForeignKeys(const Table &table, const std::string &path)
    {
        for (std::size_t i = 0; i < table.foreignKeys.size(); ++i) {
            const auto referred = std::ranges::find(m_problem.tables, table.foreignKeys[i].table, &Table::name);
            if (referred != m_problem.tables.end() && &*referred > &table)
                fault(at(path + "/foreign_keys", i) + "/table",
                      "table " + referred->name + " comes later: put it before " + table.name);
        }
    }

    void checkRows(const Table &table, const std::vector<Row> &rows, const std::string &path)
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].size() != table.columns.size()) {
                fault(at(path, i), "has " + std::to_string(rows[i].size()) + " values for " +
                                       std::to_string(table.columns.size()) + " columns");
                continue;
            }
            for (std::size_t k = 0; k < rows[i].size(); ++k) {
                if (!rows[i][k] && table.columns[k].notNull)
                    fault(at(path, i), "column " + table.columns[k].name + " must not be NULL");
            }
        }
    }

    void readTest(const Json &json, const std::string &path)
    {
        TestCase test;
        test.name = json.at("name").get<std::string>();
        test.id = testId(m_problem.slug, test.name);
        test.description = json.at("description").get<std::string>();
        test.hidden = json.at("hidden").get<bool>();
        test.timeoutSeconds = json.value("timeout_seconds", test.timeoutSeconds);
        test.memoryLimitMb = json.value("memory_limit_mb", test.memoryLimitMb);
        test.displayLimit = json.value("display_limit", test.displayLimit);
        test.orderIndex = static_cast<int>(m_problem.tests.size());
        test.rules = m_rules;
        test.expected = expectedFromJson(json.at("expected"));
        if (std::ranges::find(m_problem.tests, test.name, &TestCase::name) != m_problem.tests.end())
            fault(path + "/name", "another test is called \"" + test.name + "\"");
        if (json.contains("data"))
            fault(path + "/data", "a definition has no dataset beside it: give the rows in \"tables\"");
        checkExpected(test.expected, path + "/expected");
        for (const auto &[name, overlay] : json.at("tables").items())
            readOverlay(name, overlay, pointerTo(path + "/tables", name), test);
        m_problem.tests.push_back(std::move(test));
    }

    void readOverlay(const std::string &name, const Json &json, const std::string &path, TestCase &test)
    {
        const auto table = std::ranges::find(m_problem.tables, name, &Table::name);
        if (table == m_problem.tables.end()) {
            fault(path, "the problem has no such table");
            return;
        }
        const auto names = json.at("columns").get<std::vector<std::string>>();
        checkColumns(*table, names, path + "/columns");
        const std::vector<Row> given = rowsFromJson(json.at("rows"));
        TableOverlay overlay{name, {}};
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (given[i].size() != names.size()) {
                fault(at(path + "/rows", i), "has " + std::to_string(given[i].size()) + " values for " +
                                                 std::to_string(names.size()) + " columns");
                continue;
            }
            Row row(table->columns.size());
            for (std::size_t k = 0; k < names.size(); ++k) {
                if (const int place = columnIndex(table->columns, names[k]); place >= 0)
                    row[static_cast<std::size_t>(place)] = given[i][k];
            }
            overlay.rows.push_back(std::move(row));
        }
        checkRows(*table, overlay.rows, path + "/rows");
        test.input.push_back(std::move(overlay));
    }

    void checkExpected(const ExpectedOutput &expected, const std::string &path)
    {
        const std::vector<ContractColumn> &contract = m_problem.contract.columns;
        if (expected.columns.size() != contract.size())
            fault(path + "/columns", "the contract has " + std::to_string(contract.size()) + " columns");
        for (std::size_t i = 0; i < std::min(expected.columns.size(), contract.size()); ++i) {
            const std::string column = at(path + "/columns", i);
            if (expected.columns[i].name != contract[i].name)
                fault(column + "/name", "the contract says \"" + contract[i].name + "\"");
            if (expected.columns[i].type != contract[i].type)
                fault(column + "/type", "the contract says " + contract[i].type);
        }
        for (std::size_t i = 0; i < expected.rows.size(); ++i) {
            if (expected.rows[i].size() != expected.columns.size())
                fault(at(path + "/rows", i), "has " + std::to_string(expected.rows[i].size()) + " values for " +
                                                 std::to_string(expected.columns.size()) + " columns");
        }
    }

    const Json &m_json;
    Problem &m_problem;
    std::vector<DefinitionFault> &m_faults;
    ValidationRules m_rules;
};

Json tableToJson(const Table &table)
{
    Json json = constraintsToJson(table);
    json["name"] = table.name;
    json["description"] = table.description;
    json["columns"] = columnsToJson(table.columns);
    json["rows"] = toJson(table.rows);
    return json;
}

Json testToJson(const TestCase &test, const std::vector<Table> &tables)
{
    Json overlays = Json::object();
    for (const TableOverlay &overlay : test.input) {
        const auto table = std::ranges::find(tables, overlay.table, &Table::name);
        Json names = Json::array();
        for (const TableColumn &column : table != tables.end() ? table->columns : std::vector<TableColumn>())
            names.push_back(column.name);
        overlays[overlay.table] = {{"columns", std::move(names)}, {"rows", toJson(overlay.rows)}};
    }
    return {{"name", test.name},
            {"description", test.description},
            {"hidden", test.hidden},
            {"timeout_seconds", test.timeoutSeconds},
            {"memory_limit_mb", test.memoryLimitMb},
            {"display_limit", test.displayLimit},
            {"tables", std::move(overlays)},
            {"expected", toJson(test.expected)}};
}

/// What the contract does not say, without what has no value.
Json rulesToJson(const ValidationRules &rules)
{
    Json json = toJson(rules);
    json.erase("row_order");
    json.erase("order_by");
    for (const char *name : {"tolerance", "result_query"}) {
        if (json.at(name).is_null())
            json.erase(name);
    }
    return json;
}

} // namespace

ReadDefinition readDefinition(const std::string &id, std::string_view json)
{
    ReadDefinition out;
    out.problem.id = id;
    std::vector<Fault> faults;
    const Json parsed = parseStrictly(json, faults);
    if (faults.empty()) {
        thread_local SchemaCheck check; // compiling a schema takes far longer than checking a text
        faults = check.faults("definition", parsed);
    }
    for (Fault &fault : faults)
        out.faults.push_back({std::move(fault.path), std::move(fault.what)});
    if (!out.faults.empty())
        return out;
    try {
        Reader(parsed, out).read();
    } catch (const Json::exception &failure) {
        out.faults.push_back({"", explain(failure)});
    }
    return out;
}

std::string definitionOf(const Problem &problem)
{
    Json json = {{"title", problem.title},
                 {"slug", problem.slug},
                 {"topic", problem.topic},
                 {"difficulty", difficultyName(problem.difficulty)},
                 {"order", problem.orderIndex},
                 {"tags", problem.tags},
                 {"premium", problem.premium},
                 {"statement", problem.question},
                 {"contract", toJson(problem.contract)},
                 {"hints", Json::array()},
                 {"solution", {{"sql", problem.solutionSql}, {"explanation", problem.solutionExplanation}}},
                 {"tables", Json::array()},
                 {"tests", Json::array()}};
    if (!problem.company.empty())
        json["company"] = problem.company;
    if (!problem.tests.empty())
        json["rules"] = rulesToJson(problem.tests.front().rules);
    for (const Hint &hint : problem.hints)
        json["hints"].push_back(hint.text);
    for (const Table &table : problem.tables)
        json["tables"].push_back(tableToJson(table));
    for (const TestCase &test : problem.tests)
        json["tests"].push_back(testToJson(test, problem.tables));
    for (const WrongQuery &query : problem.wrongQueries)
        json["wrong_queries"].push_back({{"sql", query.sql}, {"mistake", query.mistake}});
    for (const RightQuery &query : problem.rightQueries)
        json["right_queries"].push_back({{"sql", query.sql}, {"way", query.way}});
    for (const EquivalentMutant &mutant : problem.equivalentMutants)
        json["equivalent"].push_back({{"mutant", mutant.sql}, {"why", mutant.why}});
    return dumped(json);
}

} // namespace sqlgym::content
