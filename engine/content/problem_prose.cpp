// What a problem's prose is made of beside statement.md and solution.md.
#include "content/pack_parts.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace sqlgym::content {

namespace {

std::string cellOf(const Cell &cell)
{
    if (!cell)
        return "NULL";
    std::string text = "`";
    for (const char c : *cell)
        text += c == '|' ? std::string("\\|") : std::string(1, c);
    return cell->empty() ? "(empty)" : text + "`";
}

// The row as a table of one line, and why it is so.
std::string exampleText(const OutputContract &contract, const Row &row, const std::string &why)
{
    std::string names = "|";
    std::string rule = "|";
    std::string cells = "|";
    for (std::size_t i = 0; i < row.size(); ++i) {
        names += ' ' + contract.columns[i].name + " |";
        rule += " --- |";
        cells += ' ' + cellOf(row[i]) + " |";
    }
    return "\n\n**" + std::string(kExampleHeading) + "**\n\n" + names + '\n' + rule + '\n' + cells + "\n\n" + why;
}

std::multiset<std::string> linesOf(const std::string &text)
{
    std::multiset<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string::npos)
            lines.insert(line.substr(first));
    }
    return lines;
}

// A row that no visible test expects would teach something false.
bool isExpected(const Problem &problem, const Row &row)
{
    return std::ranges::any_of(problem.tests, [&](const TestCase &test) {
        return !test.hidden && std::ranges::find(test.expected.rows, row) != test.expected.rows.end();
    });
}

} // namespace

std::string starterSql(const std::string &question)
{
    const std::string fence = kStarterFence;
    const std::size_t at = question.find(fence);
    if (at == std::string::npos || (at > 0 && question[at - 1] != '\n'))
        return {};
    const std::size_t begin = at + fence.size();
    const std::size_t end = question.find("\n```", begin);
    return end == std::string::npos ? std::string() : question.substr(begin, end - begin);
}

std::string mistakesText(const std::vector<std::string> &mistakes)
{
    std::string text = mistakes.empty() ? "" : "\n\n**" + std::string(kMistakesHeading) + "**\n";
    for (const std::string &mistake : mistakes)
        text += "\n- " + mistake;
    return text;
}

void completeProse(PackFiles &files, const std::string &folder, const Json &json, Problem &problem)
{
    const std::string form = json.value("form", std::string("write"));
    const std::string starterFile = folder + "/starter.sql";
    const std::vector<std::string> sql = files.files(folder, ".sql");
    const bool hasStarter = std::ranges::find(sql, "starter.sql") != sql.end();
    if (form != "write") {
        const std::string starter = files.prose(starterFile);
        problem.question += "\n\n" + std::string(kStarterFence) + starter + "\n```";
        if (form == "fix")
            problem.wrongQueries.push_back({starter, "The query to be mended."});
        else if (linesOf(starter) != linesOf(problem.solutionSql))
            files.fault(starterFile, "", "does not hold the lines of solution.sql");
    } else if (hasStarter) {
        files.fault(starterFile, "", "is for problems whose form is fix or arrange");
    }
    if (json.contains("example")) {
        const Json &example = json.at("example");
        const Row row = rowsFromJson(Json::array({example.at("row")})).front();
        const std::string file = folder + "/problem.json";
        if (row.size() != problem.contract.columns.size())
            files.fault(file, "/example/row", "the contract has another number of columns");
        else if (!isExpected(problem, row))
            files.fault(file, "/example/row", "no visible test expects this row");
        else
            problem.question += exampleText(problem.contract, row, example.at("why").get<std::string>());
    }
    if (json.contains("misconceptions"))
        problem.solutionExplanation += mistakesText(json.at("misconceptions").get<std::vector<std::string>>());
}

} // namespace sqlgym::content
