#include "targets.h"

#include "content/csv.h"
#include "content/json_columns.h"
#include "content/json_schema.h"

#include <array>

namespace sqlgym::fuzz {

void tryJson(std::string_view bytes)
{
    if (bytes.empty())
        return;
    constexpr std::array<std::string_view, 8> kColumns{
        "question",         "hints",      "master_solution", "expected_display",
        "validation_rules", "input_data", "expected_output", "constraints"};
    const auto which = static_cast<unsigned char>(bytes[0] - '0') % (kColumns.size() + 1);
    const std::string text(bytes.substr(1));
    if (which == kColumns.size()) {
        const auto csv = content::parseCsv(text);
        require(!csv || csv->rows.size() == csv->lines.size(), "each row of a CSV file has a line");
        return;
    }
    const auto checked = content::checkColumn(kColumns[which], text);
    content::Problem problem;
    content::Table table;
    content::TestCase test;
    const auto read =
        which < 4
            ? content::readProblemColumns({which == 0 ? text : R"({"slug":"a","order":1,"markdown":"b"})", "[]",
                                           which == 1 ? text : "[]", which == 2 ? text : "", which == 3 ? text : "{}"},
                                          problem)
            : content::readTestColumns(
                  {which == 5 ? text : "{}", which == 6 ? text : "{}", "", which == 4 ? text : "{}"}, test);
    if (which == 7)
        static_cast<void>(
            content::readTableColumns({R"({"order":0,"description":"","columns":[]})", "", "", text}, table));
    static_cast<void>(checked);
    static_cast<void>(read);
}

} // namespace sqlgym::fuzz
