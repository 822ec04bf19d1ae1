#include "problem_text.h"

#include "content/names.h"
#include "text_table.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

// Rows of a table that are enough to see what it holds.
constexpr std::size_t kSampleRows = 5;

std::string orderText(const content::OutputContract &contract)
{
    if (contract.rowOrder == content::RowOrder::Ignored)
        return "rows in any order";
    std::string keys;
    for (const content::OrderKey &key : contract.orderBy)
        keys += (keys.empty() ? "" : ", ") + key.column + (key.descending ? " descending" : "") +
                (key.nullsFirst == key.descending ? ""
                 : key.nullsFirst                 ? " NULLS FIRST"
                                                  : " NULLS LAST");
    if (contract.rowOrder == content::RowOrder::ByColumns)
        return "ordered by " + keys + ", ties in any order";
    return keys.empty() ? "in exactly the order asked for" : "ordered by " + keys;
}

std::string contractText(const content::OutputContract &contract)
{
    std::string out = "Answer: " + contract.grain + "; " + orderText(contract) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const content::ContractColumn &column : contract.columns)
        rows.push_back({" ", column.name, column.type, column.meaning});
    out += textTable(rows);
    const auto add = [&](const char *what, const std::string &words) {
        if (!words.empty())
            out += std::string("  ") + what + ": " + words + "\n";
    };
    add("ties", contract.ties);
    add("NULLs", contract.nulls);
    add("rounding", contract.rounding);
    return out;
}

std::string tableText(const content::Table &table)
{
    std::string out = "Table " + table.name + " (" + std::to_string(table.rows.size()) +
                      (table.rows.size() == 1 ? " row)" : " rows)") +
                      (table.description.empty() ? "" : ": " + table.description) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const content::TableColumn &column : table.columns) {
        const bool key = std::ranges::find(table.primaryKey, column.name) != table.primaryKey.end();
        rows.push_back({" ", column.name, column.type,
                        key              ? "primary key"
                        : column.notNull ? "not null"
                                         : "",
                        column.description});
    }
    out += textTable(rows);
    rows.clear();
    for (std::size_t i = 0; i < std::min(kSampleRows, table.rows.size()); ++i) {
        std::vector<std::string> cells{"   "};
        for (const content::Cell &cell : table.rows[i])
            cells.push_back(cell.value_or("NULL"));
        rows.push_back(std::move(cells));
    }
    return out + textTable(rows);
}

Json contractJson(const content::OutputContract &contract)
{
    Json columns = Json::array();
    for (const content::ContractColumn &column : contract.columns)
        columns.push_back({{"name", column.name}, {"type", column.type}, {"meaning", column.meaning}});
    return {{"grain", contract.grain}, {"columns", std::move(columns)}, {"order", orderText(contract)},
            {"ties", contract.ties},   {"nulls", contract.nulls},       {"rounding", contract.rounding}};
}

} // namespace

std::string problemText(const content::Problem &problem)
{
    std::string out = problem.title + "\n" + std::string(content::difficultyName(problem.difficulty)) + ", " +
                      problem.topic + " (" + problem.slug + ")\n\n" + problem.question;
    if (out.back() != '\n')
        out += '\n';
    out += "\n" + contractText(problem.contract);
    for (const content::Table &table : problem.tables)
        out += "\n" + tableText(table);
    out += "\n" + std::to_string(problem.tests.size()) + (problem.tests.size() == 1 ? " test:" : " tests:");
    for (std::size_t i = 0; i < problem.tests.size(); ++i)
        out += (i == 0 ? " " : ", ") + problem.tests[i].name;
    return out + "\n";
}

std::string problemJson(const content::Problem &problem)
{
    Json tables = Json::array();
    for (const content::Table &table : problem.tables) {
        Json columns = Json::array();
        for (const content::TableColumn &column : table.columns)
            columns.push_back({{"name", column.name}, {"type", column.type}, {"not_null", column.notNull}});
        tables.push_back({{"name", table.name}, {"columns", std::move(columns)}, {"rows", table.rows.size()}});
    }
    Json tests = Json::array();
    for (const content::TestCase &test : problem.tests)
        tests.push_back({{"name", test.name},
                         {"hidden", test.hidden},
                         {"timeout_seconds", test.timeoutSeconds},
                         {"memory_limit_mb", test.memoryLimitMb}});
    const Json json = {{"slug", problem.slug},
                       {"id", problem.id},
                       {"title", problem.title},
                       {"topic", problem.topic},
                       {"difficulty", content::difficultyName(problem.difficulty)},
                       {"tags", problem.tags},
                       {"company", problem.company},
                       {"premium", problem.premium},
                       {"question", problem.question},
                       {"contract", contractJson(problem.contract)},
                       {"tables", std::move(tables)},
                       {"tests", std::move(tests)},
                       {"setup", content::setupSql(problem)},
                       {"expected_hash", problem.expectedHash}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace sqlgym::ctl
