#include "content/problem.h"

#include <algorithm>
#include <string_view>

namespace sqlgym::content {

namespace {

constexpr std::size_t kRowsPerInsert = 500;

void appendWrapped(std::string &out, std::string_view text, char quote)
{
    out += quote;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(quote, at), text.size());
        out.append(text, at, end - at);
        out += quote; // the closing one, or the first of two
        if (end == text.size())
            break;
        out += quote;
        at = end + 1;
    }
}

// Always quoted: a column may be called "order" or "Name".
std::string identifier(std::string_view name)
{
    std::string out;
    appendWrapped(out, name, '"');
    return out;
}

// A literal of unknown type, which PostgreSQL reads with the column's own input function. Nothing but the quote is
// special in it: standard_conforming_strings is on since 9.1.
void appendLiteral(std::string &out, const Cell &cell)
{
    if (cell)
        appendWrapped(out, *cell, '\'');
    else
        out += "NULL";
}

template <typename Items, typename Text> std::string joined(const Items &items, Text text)
{
    std::string out;
    for (const auto &item : items)
        out += (out.empty() ? "" : ", ") + text(item);
    return out;
}

std::string nameList(const std::vector<std::string> &names) { return "(" + joined(names, identifier) + ")"; }

std::string createTable(const Table &table, const std::vector<Table> &all)
{
    std::vector<std::string> parts;
    for (const TableColumn &column : table.columns)
        parts.push_back(identifier(column.name) + " " + column.type + (column.notNull ? " NOT NULL" : ""));
    if (!table.primaryKey.empty())
        parts.push_back("PRIMARY KEY " + nameList(table.primaryKey));
    for (const std::vector<std::string> &columns : table.unique)
        parts.push_back("UNIQUE " + nameList(columns));
    for (const ForeignKey &key : table.foreignKeys) {
        // A problem may use some tables of a dataset only; references to the others fall away.
        if (std::ranges::find(all, key.table, &Table::name) != all.end())
            parts.push_back("FOREIGN KEY " + nameList(key.columns) + " REFERENCES " + identifier(key.table) +
                            (key.referenced.empty() ? "" : " " + nameList(key.referenced)));
    }
    for (const std::string &check : table.checks)
        parts.push_back("CHECK (" + check + ")");
    std::string out = "CREATE TABLE " + identifier(table.name) + " (";
    for (std::size_t i = 0; i < parts.size(); ++i)
        out += (i == 0 ? "\n    " : ",\n    ") + parts[i];
    return out + "\n);\n";
}

void appendInserts(std::string &out, const Table &table, const std::vector<Row> &rows)
{
    const std::string head = "INSERT INTO " + identifier(table.name) + " (" +
                             joined(table.columns, [](const TableColumn &c) { return identifier(c.name); }) +
                             ") VALUES";
    std::size_t bytes = out.size();
    for (const Row &row : rows)
        for (const Cell &cell : row)
            bytes += 6 + (cell ? cell->size() : 0);
    out.reserve(bytes + bytes / 16);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % kRowsPerInsert == 0)
            out += head;
        out += "\n    (";
        for (std::size_t k = 0; k < rows[i].size(); ++k) {
            out += k == 0 ? "" : ", ";
            appendLiteral(out, rows[i][k]);
        }
        out += ')';
        out += i + 1 == rows.size() || (i + 1) % kRowsPerInsert == 0 ? ";\n" : ",";
    }
}

const std::vector<Row> &rowsOf(const Table &table, const TestCase *test)
{
    if (test) {
        const auto overlay = std::ranges::find(test->input, table.name, &TableOverlay::table);
        if (overlay != test->input.end())
            return overlay->rows;
    }
    return table.rows;
}

} // namespace

std::string setupSql(const Problem &problem, const TestCase *test)
{
    std::string out;
    for (const Table &table : problem.tables)
        out += createTable(table, problem.tables);
    for (const Table &table : problem.tables)
        appendInserts(out, table, rowsOf(table, test));
    return out;
}

} // namespace sqlgym::content
