// problems/SLUG: problem.json, statement.md, solution.sql, solution.md, wrong/*.sql, right/*.sql, equivalent.json; the
// tests in read_tests.cpp, what is added to the prose in problem_prose.cpp.
#include "content/names.h"
#include "content/pack_parts.h"

#include <algorithm>

namespace sqlgym::content {

namespace {

class ProblemReader {
public:
    ProblemReader(PackFiles &files, const std::string &slug, const std::vector<Dataset> &datasets,
                  const std::vector<Topic> &topics)
        : m_files(files), m_datasets(datasets), m_topics(topics), m_folder("problems/" + slug),
          m_json(m_folder + "/problem.json")
    {
        m_problem.slug = slug;
        m_problem.id = problemId(slug);
    }

    Problem read()
    {
        const std::optional<Json> json = m_files.json(m_json, "pack_problem");
        if (json)
            take(*json);
        m_problem.question = m_files.prose(m_folder + "/statement.md");
        m_problem.solutionSql = m_files.prose(m_folder + "/solution.sql");
        m_problem.solutionExplanation = m_files.prose(m_folder + "/solution.md");
        readWrongQueries();
        readRightQueries();
        readEquivalentMutants();
        std::vector<std::string> known{"problem.json",    "statement.md", "starter.sql", "solution.sql", "solution.md",
                                       "equivalent.json", "wrong",        "right",       "tests"};
        if (json) {
            m_problem.tests = readTests(m_files, m_problem, m_dataset, rules(*json));
            completeProse(m_files, m_folder, *json, m_problem);
            const std::vector<std::string> translated = checkTranslations(m_files, m_folder, *json);
            known.insert(known.end(), translated.begin(), translated.end());
        }
        m_files.allowOnly(m_folder, known);
        return std::move(m_problem);
    }

private:
    void fault(const std::string &path, const std::string &what) { m_files.fault(m_json, path, what); }

    void take(const Json &json)
    {
        m_problem.title = json.at("title").get<std::string>();
        m_problem.topic = json.at("topic").get<std::string>();
        if (std::ranges::find(m_topics, m_problem.topic, &Topic::slug) == m_topics.end())
            fault("/topic", "there is no topic \"" + m_problem.topic + "\" in topics.json");
        m_problem.difficulty = parseDifficulty(json.at("difficulty").get<std::string>()).value_or(Difficulty::Medium);
        m_problem.orderIndex = json.at("order").get<int>();
        m_problem.tags = json.at("tags").get<std::vector<std::string>>();
        m_problem.company = json.value("company", std::string());
        m_problem.premium = json.value("premium", false);
        m_problem.contract = contractFromJson(json.at("contract"));
        checkContract();
        for (const Json &hint : json.at("hints"))
            m_problem.hints.push_back({static_cast<int>(m_problem.hints.size()) + 1, hint.get<std::string>()});
        takeTables(json);
    }

    void takeTables(const Json &json)
    {
        const auto name = json.at("dataset").get<std::string>();
        const auto dataset = std::ranges::find(m_datasets, name, &Dataset::name);
        if (dataset == m_datasets.end()) {
            fault("/dataset", "there is no dataset \"" + name + "\"");
            return;
        }
        const auto wanted = json.at("tables").get<std::vector<std::string>>();
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (std::ranges::find(dataset->tables, wanted[i], &Table::name) == dataset->tables.end())
                fault("/tables/" + std::to_string(i), "dataset " + name + " has no table \"" + wanted[i] + "\"");
            else if (std::ranges::count(wanted, wanted[i]) > 1)
                fault("/tables/" + std::to_string(i), "\"" + wanted[i] + "\" is named twice");
        }
        m_dataset = *dataset;
        for (const Table &table : dataset->tables) {
            if (std::ranges::find(wanted, table.name) != wanted.end())
                m_problem.tables.push_back(table);
        }
    }

    void checkContract()
    {
        const OutputContract &contract = m_problem.contract;
        for (std::size_t i = 0; i < contract.orderBy.size(); ++i) {
            const std::string &column = contract.orderBy[i].column;
            if (std::ranges::count(contract.columns, column, &ContractColumn::name) != 1)
                fault("/contract/order_by/" + std::to_string(i) + "/column",
                      "no single column of the contract is called \"" + column + "\"");
        }
        if (contract.rowOrder == RowOrder::ByColumns && contract.orderBy.empty())
            fault("/contract/order_by", "must say by which columns rows are ordered");
        if (contract.rowOrder == RowOrder::Ignored && !contract.orderBy.empty())
            fault("/contract/order_by", "has no meaning when row_order is ignored");
    }

    ValidationRules rules(const Json &json) const
    {
        ValidationRules rules = rulesFromJson(json.value("rules", Json::object()));
        rules.rowOrder = m_problem.contract.rowOrder;
        rules.orderBy = m_problem.contract.orderBy;
        return rules;
    }

    void readWrongQueries()
    {
        const std::string folder = m_folder + "/wrong";
        for (Commented &query : readQueries(folder, "what is wrong"))
            m_problem.wrongQueries.push_back({std::move(query.sql), std::move(query.comment)});
        if (m_problem.wrongQueries.empty())
            m_files.fault(folder, "", "holds no wrong query (a .sql file)");
    }

    void readRightQueries()
    {
        for (Commented &query : readQueries(m_folder + "/right", "what is different"))
            m_problem.rightQueries.push_back({std::move(query.sql), std::move(query.comment)});
    }

    void readEquivalentMutants()
    {
        if (std::ranges::count(m_files.files(m_folder, ".json"), "equivalent.json") == 0)
            return;
        const std::optional<Json> json = m_files.json(m_folder + "/equivalent.json", "pack_equivalent");
        for (std::size_t i = 0; json && i < json->size(); ++i)
            m_problem.equivalentMutants.push_back(
                {(*json)[i].at("mutant").get<std::string>(), (*json)[i].at("why").get<std::string>()});
    }

    struct Commented {
        std::string sql;
        std::string comment;
    };

    std::vector<Commented> readQueries(const std::string &folder, const std::string &saying)
    {
        std::vector<Commented> queries;
        const std::vector<std::string> names = m_files.files(folder, ".sql");
        for (const std::string &name : names) {
            const std::string file = inFolder(folder, name);
            const std::string text = m_files.prose(file);
            Commented query = split(text);
            if (!text.empty() && query.comment.empty())
                m_files.fault(file, "line 1", "must be a comment (-- ...) that says " + saying);
            if (!text.empty() && query.sql.empty())
                m_files.fault(file, "", "has no query after its comment");
            queries.push_back(std::move(query));
        }
        m_files.allowOnly(folder, names);
        return queries;
    }

    // The comment lines at the beginning are parted from the query.
    static Commented split(std::string_view text)
    {
        Commented query;
        while (text.starts_with("--")) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(2, end - 2);
            line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
            line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
            if (!query.comment.empty() && !line.empty())
                query.comment += ' ';
            query.comment += line;
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        query.sql = text;
        return query;
    }

    PackFiles &m_files;
    const std::vector<Dataset> &m_datasets;
    const std::vector<Topic> &m_topics;
    std::string m_folder;
    std::string m_json;
    Dataset m_dataset;
    Problem m_problem;
};

} // namespace

Problem readProblem(PackFiles &files, const std::string &slug, const std::vector<Dataset> &datasets,
                    const std::vector<Topic> &topics)
{
    return ProblemReader(files, slug, datasets, topics).read();
}

} // namespace sqlgym::content
