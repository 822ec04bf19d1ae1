// Between the structs of problem.h and the JSON columns of the database. The shapes are the JSON Schema files in
// resources/schemas, one per column, named after it.
#pragma once

#include "base/result.h"
#include "content/problem.h"

#include <string>

namespace sqlgym::content {

/// The JSON columns of a row of problems. The plain columns carry the rest: id, title, difficulty (difficultyName()),
/// company, topic_id, premium, expected_hash. s3_data_source and s3_datasets are NULL for packaged content.
struct ProblemColumns {
    std::string question; ///< {"slug", "order", "markdown"}
    std::string tags;
    std::string hints;
    std::string masterSolution; ///< {"sql", "explanation"}; empty = NULL, not (yet) known here
    std::string expectedDisplay;
};

/// The JSON columns of a row of problem_schemas; the name is table_name.
struct TableColumns {
    std::string
        schemaDefinition; ///< {"order", "description", "columns"}: "order" is where the table stands in Problem::tables
    std::string sampleData; ///< {"rows"}; empty = NULL
    std::string indexes;    ///< those that the constraints imply, for people and tools; never read back
    std::string constraints;
};

/// The JSON columns of a row of test_cases.
struct TestColumns {
    std::string inputData;
    std::string expectedOutput;
    std::string previewExpectedOutput; ///< the first displayLimit rows; never read back
    std::string validationRules;
};

ProblemColumns problemColumns(const Problem &problem);
/// `order` is the table's index in Problem::tables.
TableColumns tableColumns(const Table &table, int order);
TestColumns testColumns(const TestCase &test);

/// Fill the members that the columns hold and leave all others alone.
/// Errors: content/bad_column  names the column and the JSON path.
base::Result<void> readProblemColumns(const ProblemColumns &columns, Problem &problem);
/// Gives the table's `order`: sort by it to rebuild Problem::tables.
base::Result<int> readTableColumns(const TableColumns &columns, Table &table);
base::Result<void> readTestColumns(const TestColumns &columns, TestCase &test);

} // namespace sqlgym::content
