#include "grading/row_codes.h"

#include "grading/cell_form.h"

namespace sqlgym::grading {

std::vector<Code> CellInterner::encode(const sandbox::ResultTable &table)
{
    std::vector<Code> codes;
    codes.reserve(table.rowCount() * table.columnCount());
    for (std::size_t row = 0; row < table.rowCount() && !cancelled(); ++row) {
        for (std::size_t column = 0; column < table.columnCount(); ++column) {
            const auto cell = table.cell(row, column);
            if (!cell) {
                codes.push_back(0);
                continue;
            }
            const auto [at, isNew] =
                m_codes.try_emplace(cellForm(table.columns[column].type, *cell), static_cast<Code>(m_forms.size()));
            if (isNew)
                m_forms.push_back(&at->first);
            codes.push_back(at->second);
        }
    }
    codes.resize(table.rowCount() * table.columnCount());
    return codes;
}

const std::optional<Decimal> &CellInterner::number(Code code)
{
    const auto [at, isNew] = m_numbers.try_emplace(code);
    if (isNew && code != 0)
        at->second = Decimal::parse(*m_forms[static_cast<std::size_t>(code)]);
    return at->second;
}

CodeRows arranged(const std::vector<Code> &codes, const sandbox::ResultTable &table, const std::vector<int> &columns)
{
    CodeRows rows;
    rows.width = columns.size();
    rows.count = table.rowCount();
    rows.codes.reserve(rows.count * rows.width);
    for (std::size_t row = 0; row < rows.count; ++row) {
        for (const int column : columns)
            rows.codes.push_back(codes[row * table.columnCount() + static_cast<std::size_t>(column)]);
    }
    return rows;
}

} // namespace sqlgym::grading
