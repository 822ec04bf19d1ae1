// problems/SLUG/tests/NAME.json: rows in place of the dataset's, and the output that the solution then gives.
#include "content/names.h"
#include "content/pack_parts.h"

#include <algorithm>

namespace sqlgym::content {

namespace {

class TestReader {
public:
    TestReader(PackFiles &files, const Problem &problem, const Dataset &dataset, std::string file)
        : m_files(files), m_problem(problem), m_dataset(dataset), m_file(std::move(file))
    {
    }

    std::optional<TestCase> read(const ValidationRules &rules)
    {
        const std::optional<Json> json = m_files.json(m_file, "pack_test");
        if (!json)
            return std::nullopt;
        TestCase test;
        test.name = json->at("name").get<std::string>();
        test.id = testId(m_problem.slug, test.name);
        test.description = json->at("description").get<std::string>();
        test.hidden = json->at("hidden").get<bool>();
        test.timeoutSeconds = json->value("timeout_seconds", test.timeoutSeconds);
        test.memoryLimitMb = json->value("memory_limit_mb", test.memoryLimitMb);
        test.displayLimit = json->value("display_limit", test.displayLimit);
        test.rules = rules;
        test.expected = expectedFromJson(json->at("expected"));
        checkExpected(test.expected);
        if (json->contains("data"))
            takeOtherData(json->at("data").get<std::string>(), test);
        for (const auto &[table, overlay] : json->at("tables").items())
            addOverlay(table, overlay, test);
        return test;
    }

private:
    void fault(const std::string &path, const std::string &what) { m_files.fault(m_file, path, what); }

    void takeOtherData(const std::string &name, TestCase &test)
    {
        const auto other = m_dataset.others.find(name);
        if (other == m_dataset.others.end()) {
            fault("/data", "there is no folder datasets/" + m_dataset.name + "/others/" + name);
            return;
        }
        for (const TableOverlay &overlay : other->second) {
            if (std::ranges::find(m_problem.tables, overlay.table, &Table::name) != m_problem.tables.end())
                test.input.push_back(overlay);
        }
    }

    void addOverlay(const std::string &name, const Json &json, TestCase &test)
    {
        const std::string path = pointerTo("/tables", name);
        const auto table = std::ranges::find(m_problem.tables, name, &Table::name);
        if (table == m_problem.tables.end()) {
            fault(path, "the problem uses no such table");
            return;
        }
        std::vector<int> places;
        for (const Json &column : json.at("columns")) {
            const int place = columnIndex(table->columns, column.get<std::string>());
            const std::string at = path + "/columns/" + std::to_string(places.size());
            if (place < 0)
                fault(at, "table " + name + " has no column \"" + column.get<std::string>() + "\"");
            else if (std::ranges::find(places, place) != places.end())
                fault(at, "\"" + column.get<std::string>() + "\" is named twice");
            places.push_back(place);
        }
        TableOverlay overlay{name, {}};
        for (const Row &given : rowsFromJson(json.at("rows"))) {
            const std::string at = path + "/rows/" + std::to_string(overlay.rows.size());
            overlay.rows.push_back(fullRow(given, places, *table, at));
        }
        const auto before = std::ranges::find(test.input, name, &TableOverlay::table);
        if (before != test.input.end())
            *before = std::move(overlay);
        else
            test.input.push_back(std::move(overlay));
    }

    Row fullRow(const Row &given, const std::vector<int> &places, const Table &table, const std::string &path)
    {
        Row row(table.columns.size());
        if (given.size() != places.size()) {
            fault(path,
                  "has " + std::to_string(given.size()) + " values for " + std::to_string(places.size()) + " columns");
            return row;
        }
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (places[i] >= 0)
                row[static_cast<std::size_t>(places[i])] = given[i];
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i] && table.columns[i].notNull)
                fault(path, "column " + table.columns[i].name + " must not be NULL");
        }
        return row;
    }

    void checkExpected(const ExpectedOutput &expected)
    {
        const std::vector<ContractColumn> &contract = m_problem.contract.columns;
        if (expected.columns.size() != contract.size())
            fault("/expected/columns", "the contract has " + std::to_string(contract.size()) + " columns");
        for (std::size_t i = 0; i < std::min(expected.columns.size(), contract.size()); ++i) {
            const std::string path = "/expected/columns/" + std::to_string(i);
            if (expected.columns[i].name != contract[i].name)
                fault(path + "/name", "the contract says \"" + contract[i].name + "\"");
            if (expected.columns[i].type != contract[i].type)
                fault(path + "/type", "the contract says " + contract[i].type);
        }
        for (std::size_t i = 0; i < expected.rows.size(); ++i) {
            if (expected.rows[i].size() != expected.columns.size())
                fault("/expected/rows/" + std::to_string(i), "has " + std::to_string(expected.rows[i].size()) +
                                                                 " values for " +
                                                                 std::to_string(expected.columns.size()) + " columns");
        }
    }

    PackFiles &m_files;
    const Problem &m_problem;
    const Dataset &m_dataset;
    std::string m_file;
};

} // namespace

std::vector<TestCase> readTests(PackFiles &files, const Problem &problem, const Dataset &dataset,
                                const ValidationRules &rules)
{
    const std::string folder = "problems/" + problem.slug + "/tests";
    std::vector<TestCase> tests;
    const std::vector<std::string> names = files.files(folder, ".json");
    for (const std::string &name : names) {
        const std::string file = inFolder(folder, name);
        std::optional<TestCase> test = TestReader(files, problem, dataset, file).read(rules);
        if (!test)
            continue;
        if (std::ranges::find(tests, test->name, &TestCase::name) != tests.end())
            files.fault(file, "/name", "another test of the problem is called \"" + test->name + "\"");
        test->orderIndex = static_cast<int>(tests.size()) + 1;
        tests.push_back(std::move(*test));
    }
    if (names.empty())
        files.fault(folder, "", "holds no test (a .json file)");
    else if (tests.size() == names.size() && std::ranges::all_of(tests, &TestCase::hidden))
        files.fault(folder, "", "holds no visible test: a learner must see at least one");
    files.allowOnly(folder, names);
    return tests;
}

} // namespace sqlgym::content
