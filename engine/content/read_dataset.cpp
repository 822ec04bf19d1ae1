// datasets/NAME: dataset.json and a CSV file per table; the same tables with other rows in others/NAME.
#include "content/csv.h"
#include "content/pack_parts.h"

#include <algorithm>

namespace sqlgym::content {

namespace {

class DatasetReader {
public:
    DatasetReader(PackFiles &files, const std::string &name)
        : m_files(files), m_folder("datasets/" + name), m_json(m_folder + "/dataset.json")
    {
        m_dataset.name = name;
    }

    Dataset read()
    {
        std::vector<std::string> known{"dataset.json", "README.md"};
        if (const std::optional<Json> json = m_files.json(m_json, "pack_dataset")) {
            const Json &tables = json->at("tables");
            for (std::size_t i = 0; i < tables.size(); ++i)
                addTable(tables.at(i), "/tables/" + std::to_string(i));
            for (const Table &table : m_dataset.tables)
                known.push_back(table.name + ".csv");
            readOthers(known);
            m_files.allowOnly(m_folder, known);
        }
        return std::move(m_dataset);
    }

private:
    void fault(const std::string &path, const std::string &what) { m_files.fault(m_json, path, what); }

    const Table *find(const std::string &name) const
    {
        const auto found = std::ranges::find(m_dataset.tables, name, &Table::name);
        return found == m_dataset.tables.end() ? nullptr : &*found;
    }

    void addTable(const Json &json, const std::string &path)
    {
        Table table;
        table.name = json.at("name").get<std::string>();
        table.description = json.value("description", std::string());
        table.columns = tableColumnsFromJson(json.at("columns"));
        constraintsFromJson(json, table);
        if (find(table.name))
            fault(path + "/name", "there is another table \"" + table.name + "\"");
        checkColumns(table, path);
        for (std::size_t i = 0; i < table.foreignKeys.size(); ++i)
            checkForeignKey(table, table.foreignKeys[i], path + "/foreign_keys/" + std::to_string(i));
        table.rows = readRows(m_folder, table);
        m_dataset.tables.push_back(std::move(table));
    }

    void checkColumns(const Table &table, const std::string &path)
    {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (columnIndex(table.columns, table.columns[i].name) != static_cast<int>(i))
                fault(path + "/columns/" + std::to_string(i) + "/name",
                      "there is another column \"" + table.columns[i].name + "\"");
        }
        checkNames(table, table.primaryKey, path + "/primary_key");
        for (std::size_t i = 0; i < table.unique.size(); ++i)
            checkNames(table, table.unique[i], path + "/unique/" + std::to_string(i));
    }

    void checkNames(const Table &table, const std::vector<std::string> &names, const std::string &path)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (columnIndex(table.columns, names[i]) < 0)
                fault(path + "/" + std::to_string(i), "table " + table.name + " has no column \"" + names[i] + "\"");
        }
    }

    void checkForeignKey(const Table &table, const ForeignKey &key, const std::string &path)
    {
        checkNames(table, key.columns, path + "/columns");
        const Table *target = key.table == table.name ? &table : find(key.table);
        if (!target) {
            fault(path + "/table", "no table above this one is called \"" + key.table + "\"");
            return;
        }
        checkNames(*target, key.referenced, path + "/referenced");
        if (key.columns.size() != key.referenced.size())
            fault(path + "/referenced", "must name as many columns as /columns does");
    }

    // Rows for all tables that tests may take in place of the dataset's, a folder each.
    void readOthers(std::vector<std::string> &known)
    {
        const std::vector<std::string> folders = m_files.subfolders(m_folder);
        if (std::ranges::find(folders, "others") == folders.end())
            return;
        known.emplace_back("others");
        const std::string others = m_folder + "/others";
        const std::vector<std::string> names = m_files.subfolders(others);
        m_files.allowOnly(others, names);
        for (const std::string &name : names) {
            if (!isSlug(name)) {
                m_files.fault(others + "/" + name, "",
                              "must be named in lower-case letters and digits, with '-' between words");
                continue;
            }
            std::vector<std::string> csv;
            for (const Table &table : m_dataset.tables) {
                m_dataset.others[name].push_back({table.name, readRows(others + "/" + name, table)});
                csv.push_back(table.name + ".csv");
            }
            m_files.allowOnly(others + "/" + name, csv);
        }
    }

    std::vector<Row> readRows(const std::string &folder, const Table &table)
    {
        std::vector<Row> rows;
        const std::string file = folder + "/" + table.name + ".csv";
        const std::optional<std::string> text = m_files.text(file);
        if (!text)
            return rows;
        base::Result<Csv> csv = parseCsv(*text);
        if (!csv) {
            m_files.fault(file, "", csv.error().message);
            return rows;
        }
        if (csv->rows.empty() || !isHeader(csv->rows.front(), table)) {
            m_files.fault(file, "line 1", "must name the columns as dataset.json does, in the same order");
            return rows;
        }
        for (std::size_t i = 1; i < csv->rows.size(); ++i) {
            checkRow(file, csv->lines[i], csv->rows[i], table);
            rows.push_back(std::move(csv->rows[i]));
        }
        return rows;
    }

    static bool isHeader(const Row &row, const Table &table)
    {
        return std::ranges::equal(row, table.columns, [](const Cell &cell, const TableColumn &column) {
            return cell && *cell == column.name;
        });
    }

    void checkRow(const std::string &file, int line, const Row &row, const Table &table)
    {
        const std::string place = "line " + std::to_string(line);
        if (row.size() != table.columns.size()) {
            m_files.fault(file, place,
                          "has " + std::to_string(row.size()) + " values for " + std::to_string(table.columns.size()) +
                              " columns");
            return;
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i] && table.columns[i].notNull)
                m_files.fault(file, place,
                              "column " + table.columns[i].name + " must not be NULL (write \"\" for an empty text)");
        }
    }

    PackFiles &m_files;
    std::string m_folder;
    std::string m_json;
    Dataset m_dataset;
};

} // namespace

int columnIndex(const std::vector<TableColumn> &columns, const std::string &name)
{
    const auto found = std::ranges::find(columns, name, &TableColumn::name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

std::vector<Dataset> readDatasets(PackFiles &files)
{
    std::vector<Dataset> datasets;
    const std::vector<std::string> names = files.folders("datasets");
    for (const std::string &name : names) {
        if (isSlug(name))
            datasets.push_back(DatasetReader(files, name).read());
        else
            files.fault("datasets/" + name, "",
                        "must be named in lower-case letters and digits, with '-' between words");
    }
    files.allowOnly("datasets", names);
    return datasets;
}

} // namespace sqlgym::content
