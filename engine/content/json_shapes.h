// The structs of problem.h as JSON values: shared by the database's columns and the files of a pack. Internal to
// content: nlohmann-json throws, and the callers here catch.
#pragma once

// Exceptions then name the JSON path of what they did not like.
#ifndef JSON_DIAGNOSTICS
#define JSON_DIAGNOSTICS 1
#endif
#include "content/problem.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace sqlgym::content {

using Json = nlohmann::json;

/// A word of the JSON shapes for an enumerator, and back. Unknown words throw Json::exception.
std::string_view rowOrderWord(RowOrder order);
RowOrder rowOrderFromWord(const std::string &word);

Json toJson(const std::vector<Row> &rows);
std::vector<Row> rowsFromJson(const Json &json);

Json toJson(const OutputContract &contract);
OutputContract contractFromJson(const Json &json);

Json toJson(const ValidationRules &rules);
ValidationRules rulesFromJson(const Json &json);

/// The column definitions of schema_definition.
Json columnsToJson(const std::vector<TableColumn> &columns);
std::vector<TableColumn> tableColumnsFromJson(const Json &json);

/// Primary key, unique, foreign keys and checks: problem_schemas.constraints.
Json constraintsToJson(const Table &table);
void constraintsFromJson(const Json &json, Table &table);

Json toJson(const ExpectedOutput &output);
ExpectedOutput expectedFromJson(const Json &json);

/// What a nlohmann exception says, without its bracketed prefix: "(/columns/0/type) type must be string, but is
/// number".
std::string explain(const Json::exception &failure);

/// Compact text; bytes that are no UTF-8 become U+FFFD instead of throwing.
std::string dumped(const Json &json);

} // namespace sqlgym::content
