// A result as text cells in one buffer: what every engine answers and every screen, grader and file reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sandbox {

/// `type` is pg_type.typname ("int4", "numeric", "_text").
struct Column {
    std::string name;
    std::string type;

    bool operator==(const Column &) const = default;
};

/// Columns and rows of cells in PostgreSQL's text output; NULL is nullopt. 8 bytes a cell beyond the text.
class ResultTable {
public:
    using Cell = std::optional<std::string_view>;

    std::vector<Column> columns;

    std::size_t rowCount() const { return columns.empty() ? m_emptyRows : m_ends.size() / columns.size(); }
    std::size_t columnCount() const { return columns.size(); }
    Cell cell(std::size_t row, std::size_t column) const
    {
        const std::size_t index = row * columns.size() + column;
        if (m_ends[index] & kNull)
            return std::nullopt;
        const std::uint64_t begin = index == 0 ? 0 : m_ends[index - 1] & ~kNull;
        return std::string_view(m_bytes).substr(begin, m_ends[index] - begin);
    }
    /// Cells are appended row by row, left to right; `columns` must be set before.
    void append(Cell cell)
    {
        if (cell)
            m_bytes.append(*cell);
        m_ends.push_back(m_bytes.size() | (cell ? 0 : kNull));
    }
    /// A row of a result without columns (SELECT FROM t).
    void appendEmptyRow() { ++m_emptyRows; }
    void reserve(std::size_t rows, std::size_t bytes)
    {
        m_ends.reserve(rows * columns.size());
        m_bytes.reserve(bytes);
    }

    // The flat form, in which a result travels between processes: the text of all cells, and where each cell ends.
    // A NULL's end is that of the cell before it, with bit 63 set.

    std::string_view flatBytes() const { return m_bytes; }
    std::span<const std::uint64_t> flatEnds() const { return m_ends; }
    std::size_t emptyRows() const { return m_emptyRows; }
    void setEmptyRows(std::size_t rows) { m_emptyRows = rows; }
    void appendFlatBytes(std::string_view bytes) { m_bytes.append(bytes); }
    /// Makes bytes that came before into cells. False, and nothing done, when the ends do not fit them: they are
    /// taken from a stranger.
    [[nodiscard]] bool appendFlatEnds(std::span<const std::uint64_t> ends)
    {
        std::uint64_t previous = m_ends.empty() ? 0 : m_ends.back() & ~kNull;
        for (const std::uint64_t end : ends) {
            const std::uint64_t offset = end & ~kNull;
            if (offset < previous || offset > m_bytes.size() || ((end & kNull) != 0 && offset != previous))
                return false;
            previous = offset;
        }
        m_ends.insert(m_ends.end(), ends.begin(), ends.end());
        return true;
    }

    std::size_t memoryBytes() const { return m_bytes.capacity() + m_ends.capacity() * sizeof(std::uint64_t); }

private:
    static constexpr std::uint64_t kNull = std::uint64_t{1} << 63;
    std::string m_bytes;
    std::vector<std::uint64_t> m_ends;
    std::size_t m_emptyRows = 0;
};

} // namespace sqlgym::sandbox
