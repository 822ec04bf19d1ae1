// What a problem is made of, as the content pack, the cache's JSON columns and the grader share it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::content {

using Cell = std::optional<std::string>;
using Row = std::vector<Cell>;

enum class Difficulty : std::uint8_t { Beginner, Easy, Medium, Hard, Expert };

struct ContractColumn {
    std::string name;
    std::string type; ///< pg_type.typname
    std::string meaning;
};

enum class RowOrder : std::uint8_t {
    Ignored,   ///< rows are a bag
    Strict,    ///< the whole sequence is decided by the problem
    ByColumns, ///< sorted by `orderBy`; ties in any order
};

struct OrderKey {
    std::string column;
    bool descending = false;
    bool nullsFirst = false;
};

/// problems.expected_display: what one row is and how it is compared. Shown beside the statement, read by the grader.
struct OutputContract {
    std::string grain; ///< "one row per member"
    std::vector<ContractColumn> columns;
    RowOrder rowOrder = RowOrder::Ignored;
    std::vector<OrderKey> orderBy;
    std::string ties;     ///< how ties are broken, in words
    std::string nulls;    ///< how NULLs appear, in words
    std::string rounding; ///< in words; empty = exact
};

/// test_cases.validation_rules.
struct ValidationRules {
    RowOrder rowOrder = RowOrder::Ignored;
    std::vector<OrderKey> orderBy;
    bool namesMatter = false;         ///< aliases decide only if the contract says so
    bool columnOrderMatters = true;   ///< false: columns are matched by name
    std::optional<double> tolerance;  ///< absolute, for numeric and float columns; none = exact
    std::vector<std::string> mustUse; ///< constructs decided on the parse tree: "JOIN", "WINDOW", "CTE", ...
    std::vector<std::string> mustNotUse;
    /// Of a problem that changes data: the SELECT that looks at the tables after the statement, in its transaction.
    /// What it returns is compared. Empty: the statement's own result is.
    std::string resultQuery;
};

struct TableColumn {
    std::string name;
    std::string type; ///< as in DDL: "numeric(8,2)", "varchar(40)"
    bool notNull = false;
    std::string description;
};

struct ForeignKey {
    std::vector<std::string> columns;
    std::string table;
    std::vector<std::string> referenced;
};

/// One row of problem_schemas.
struct Table {
    std::string name;
    std::string description;
    std::vector<TableColumn> columns;
    std::vector<std::string> primaryKey;
    std::vector<std::vector<std::string>> unique;
    std::vector<ForeignKey> foreignKeys;
    std::vector<std::string> checks; ///< boolean expressions in SQL
    std::vector<Row> rows;           ///< PostgreSQL text input per cell; nullopt = NULL
};

struct Hint {
    int level = 1; ///< 1 a nudge, 2 the approach, 3 nearly the query
    std::string text;
};

/// test_cases.input_data: tables whose rows replace those of the problem's data.
struct TableOverlay {
    std::string table;
    std::vector<Row> rows;
};

struct ExpectedOutput {
    std::vector<ContractColumn> columns; ///< name and type
    std::vector<Row> rows;
};

struct TestCase {
    std::string id;
    std::string name;
    std::string description;
    std::vector<TableOverlay> input;
    ExpectedOutput expected;
    ValidationRules rules;
    bool hidden = true;
    int orderIndex = 0;
    int timeoutSeconds = 5;
    int memoryLimitMb = 64;
    int displayLimit = 10;
};

/// A plausible wrong query and what is wrong with it: the tests must reject it.
struct WrongQuery {
    std::string sql;
    std::string mistake;
};

/// A query that the tests must accept, though it looks otherwise than the solution, and what is different.
struct RightQuery {
    std::string sql;
    std::string way;
};

/// A mutant of the solution that no test can refuse, and why its answer is always the solution's.
struct EquivalentMutant {
    std::string sql;
    std::string why;
};

struct Problem {
    std::string id; ///< uuid5(kContentNamespace, slug)
    std::string slug;
    std::string title;
    std::string topic; ///< the topic's slug
    Difficulty difficulty = Difficulty::Medium;
    std::vector<std::string> tags;
    std::string company;
    bool premium = false;
    std::string question; ///< Markdown
    OutputContract contract;
    std::vector<Hint> hints;
    std::string solutionSql;
    std::string solutionExplanation; ///< Markdown
    std::vector<Table> tables;       ///< in an order in which they can be created
    std::vector<TestCase> tests;
    std::vector<WrongQuery> wrongQueries;            ///< in packs only, not in the database
    std::vector<RightQuery> rightQueries;            ///< likewise
    std::vector<EquivalentMutant> equivalentMutants; ///< likewise
    std::string expectedHash;
    int orderIndex = 0;
};

struct Topic {
    std::string id;
    std::string slug;
    std::string name;
    std::string description;
    Difficulty difficulty = Difficulty::Beginner;
    int orderIndex = 0;
    std::string parent; ///< slug; empty = none
};

struct Badge {
    std::string id;
    std::string slug;
    std::string name;
    std::string description;
    std::string icon;
    std::string criteriaJson; ///< badges.criteria, validated
    int pointsReward = 0;
    std::string rarity;
};

/// A content pack in memory.
struct Pack {
    std::string name;
    std::string title;
    std::string version;
    std::vector<Topic> topics;
    std::vector<Problem> problems;
    std::vector<Badge> badges;
};

/// The text that the editor holds at first, as the question shows it; empty: the problem is answered from nothing.
std::string starterSql(const std::string &question);

/// The SQL that creates and fills a problem's tables, with a test's rows in place of the sample rows where it has some.
/// Several statements; deterministic, so that it can serve as a dataset's key.
std::string setupSql(const Problem &problem, const TestCase *test = nullptr);

} // namespace sqlgym::content
