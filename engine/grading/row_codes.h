// The cells of two results as small integers: equal cells, equal codes. Internal to grading.
#pragma once

#include "base/cancel_token.h"
#include "grading/decimal.h"
#include "sandbox/result_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sqlgym::grading {

/// 0 is NULL.
using Code = std::int32_t;

/// Gives equal cell forms equal codes, over both results.
class CellInterner {
public:
    /// `cancel` outlives this.
    explicit CellInterner(const base::CancelToken &cancel) : m_cancel(cancel) {}

    /// Everything that works on these cells stops soon when it is true, and leaves something of the right shape behind.
    bool cancelled() const { return m_cancel.cancelled(); }
    /// Row by row, as the table holds them.
    std::vector<Code> encode(const sandbox::ResultTable &table);
    const std::optional<Decimal> &number(Code code);

private:
    const base::CancelToken &m_cancel;
    std::unordered_map<std::string, Code> m_codes;
    std::vector<const std::string *> m_forms{nullptr};
    std::unordered_map<Code, std::optional<Decimal>> m_numbers;
};

/// One result's rows in the order of the expected columns.
struct CodeRows {
    std::size_t width = 0;
    std::size_t count = 0;
    std::vector<Code> codes;

    const Code *row(std::size_t index) const { return codes.data() + index * width; }
};

/// `columns[i]` is the column of `table` that stands for expected column i.
CodeRows arranged(const std::vector<Code> &codes, const sandbox::ResultTable &table, const std::vector<int> &columns);

} // namespace sqlgym::grading
