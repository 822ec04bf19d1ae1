#include "content/json_shapes.h"

namespace sqlgym::content {

namespace {

Json toJson(const std::vector<OrderKey> &keys)
{
    Json list = Json::array();
    for (const OrderKey &key : keys)
        list.push_back({{"column", key.column}, {"descending", key.descending}, {"nulls_first", key.nullsFirst}});
    return list;
}

std::vector<OrderKey> orderFromJson(const Json &json)
{
    std::vector<OrderKey> keys;
    for (const Json &key : json) {
        // PostgreSQL's default: NULLs are larger than everything.
        const bool descending = key.value("descending", false);
        keys.push_back({key.at("column").get<std::string>(), descending, key.value("nulls_first", descending)});
    }
    return keys;
}

std::vector<OrderKey> orderMember(const Json &json)
{
    return json.contains("order_by") ? orderFromJson(json.at("order_by")) : std::vector<OrderKey>();
}

} // namespace

std::string_view rowOrderWord(RowOrder order)
{
    switch (order) {
    case RowOrder::Ignored:
        return "ignored";
    case RowOrder::Strict:
        return "strict";
    case RowOrder::ByColumns:
        return "by_columns";
    }
    return {};
}

RowOrder rowOrderFromWord(const std::string &word)
{
    for (const RowOrder order : {RowOrder::Ignored, RowOrder::Strict, RowOrder::ByColumns}) {
        if (word == rowOrderWord(order))
            return order;
    }
    throw Json::other_error::create(501, "row_order \"" + word + "\" is not ignored, strict or by_columns", nullptr);
}

Json toJson(const std::vector<Row> &rows)
{
    Json list = Json::array();
    for (const Row &row : rows) {
        Json cells = Json::array();
        for (const Cell &cell : row)
            cells.push_back(cell ? Json(*cell) : Json());
        list.push_back(std::move(cells));
    }
    return list;
}

std::vector<Row> rowsFromJson(const Json &json)
{
    std::vector<Row> rows;
    rows.reserve(json.size());
    for (const Json &cells : json) {
        Row row;
        row.reserve(cells.size());
        for (const Json &cell : cells) {
            if (cell.is_null())
                row.emplace_back(std::nullopt);
            else
                row.emplace_back(cell.get<std::string>());
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Json toJson(const OutputContract &contract)
{
    Json columns = Json::array();
    for (const ContractColumn &column : contract.columns)
        columns.push_back({{"name", column.name}, {"type", column.type}, {"meaning", column.meaning}});
    return {{"grain", contract.grain},
            {"columns", std::move(columns)},
            {"row_order", rowOrderWord(contract.rowOrder)},
            {"order_by", toJson(contract.orderBy)},
            {"ties", contract.ties},
            {"nulls", contract.nulls},
            {"rounding", contract.rounding}};
}

OutputContract contractFromJson(const Json &json)
{
    OutputContract contract;
    contract.grain = json.at("grain").get<std::string>();
    for (const Json &column : json.at("columns"))
        contract.columns.push_back({column.at("name").get<std::string>(), column.at("type").get<std::string>(),
                                    column.value("meaning", std::string())});
    contract.rowOrder = rowOrderFromWord(json.at("row_order").get<std::string>());
    contract.orderBy = orderMember(json);
    contract.ties = json.value("ties", std::string());
    contract.nulls = json.value("nulls", std::string());
    contract.rounding = json.value("rounding", std::string());
    return contract;
}

Json toJson(const ValidationRules &rules)
{
    return {{"row_order", rowOrderWord(rules.rowOrder)},
            {"order_by", toJson(rules.orderBy)},
            {"names_matter", rules.namesMatter},
            {"column_order_matters", rules.columnOrderMatters},
            {"tolerance", rules.tolerance ? Json(*rules.tolerance) : Json()},
            {"must_use", rules.mustUse},
            {"must_not_use", rules.mustNotUse},
            {"result_query", rules.resultQuery.empty() ? Json() : Json(rules.resultQuery)}};
}

ValidationRules rulesFromJson(const Json &json)
{
    ValidationRules rules;
    rules.rowOrder = rowOrderFromWord(json.value("row_order", std::string("ignored")));
    rules.orderBy = orderMember(json);
    rules.namesMatter = json.value("names_matter", false);
    rules.columnOrderMatters = json.value("column_order_matters", true);
    if (json.contains("tolerance") && !json.at("tolerance").is_null())
        rules.tolerance = json.at("tolerance").get<double>();
    rules.mustUse = json.value("must_use", std::vector<std::string>());
    rules.mustNotUse = json.value("must_not_use", std::vector<std::string>());
    if (json.contains("result_query") && !json.at("result_query").is_null())
        rules.resultQuery = json.at("result_query").get<std::string>();
    return rules;
}

Json columnsToJson(const std::vector<TableColumn> &columns)
{
    Json list = Json::array();
    for (const TableColumn &column : columns)
        list.push_back({{"name", column.name},
                        {"type", column.type},
                        {"not_null", column.notNull},
                        {"description", column.description}});
    return list;
}

std::vector<TableColumn> tableColumnsFromJson(const Json &json)
{
    std::vector<TableColumn> columns;
    for (const Json &column : json)
        columns.push_back({column.at("name").get<std::string>(), column.at("type").get<std::string>(),
                           column.value("not_null", false), column.value("description", std::string())});
    return columns;
}

Json constraintsToJson(const Table &table)
{
    Json foreignKeys = Json::array();
    for (const ForeignKey &key : table.foreignKeys)
        foreignKeys.push_back({{"columns", key.columns}, {"table", key.table}, {"referenced", key.referenced}});
    return {{"primary_key", table.primaryKey},
            {"unique", table.unique},
            {"foreign_keys", std::move(foreignKeys)},
            {"checks", table.checks}};
}

void constraintsFromJson(const Json &json, Table &table)
{
    table.primaryKey = json.value("primary_key", std::vector<std::string>());
    table.unique = json.value("unique", std::vector<std::vector<std::string>>());
    table.foreignKeys.clear();
    if (json.contains("foreign_keys")) {
        for (const Json &key : json.at("foreign_keys"))
            table.foreignKeys.push_back({key.at("columns").get<std::vector<std::string>>(),
                                         key.at("table").get<std::string>(),
                                         key.at("referenced").get<std::vector<std::string>>()});
    }
    table.checks = json.value("checks", std::vector<std::string>());
}

Json toJson(const ExpectedOutput &output)
{
    Json columns = Json::array();
    for (const ContractColumn &column : output.columns)
        columns.push_back({{"name", column.name}, {"type", column.type}});
    return {{"columns", std::move(columns)}, {"rows", toJson(output.rows)}};
}

ExpectedOutput expectedFromJson(const Json &json)
{
    ExpectedOutput output;
    for (const Json &column : json.at("columns"))
        output.columns.push_back({column.at("name").get<std::string>(), column.at("type").get<std::string>(), {}});
    output.rows = rowsFromJson(json.at("rows"));
    return output;
}

std::string explain(const Json::exception &failure)
{
    const std::string text = failure.what();
    const std::size_t close = text.find("] ");
    return text.starts_with("[json.exception") && close != std::string::npos ? text.substr(close + 2) : text;
}

std::string dumped(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

} // namespace sqlgym::content
