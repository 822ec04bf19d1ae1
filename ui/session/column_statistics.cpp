#include "session/column_statistics.h"

#include "value/context.h"
#include "value/numeric.h"
#include "value/numeric_sum.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <unordered_map>

namespace sqlgym::session {

namespace {

namespace numeric = value::numeric;

constexpr std::size_t kPollRows = 4096;

enum class Family { Number, Identifier, SortedText, Moment, Other };

/// By pg_type.typname. SortedText: the output, compared by bytes, sorts as the values do (text by COLLATE "C").
Family familyOf(std::string_view type)
{
    static constexpr std::array<std::string_view, 7> kNumbers{"int2",   "int4",   "int8", "numeric",
                                                              "float4", "float8", "money"};
    static constexpr std::array<std::string_view, 10> kSorted{"text", "varchar", "bpchar", "name",   "char",
                                                              "bool", "uuid",    "bytea",  "varbit", "time"};
    static constexpr std::array<std::string_view, 3> kMoments{"date", "timestamp", "timestamptz"};
    if (std::ranges::find(kNumbers, type) != kNumbers.end())
        return Family::Number;
    if (type == "oid")
        return Family::Identifier;
    if (std::ranges::find(kSorted, type) != kSorted.end())
        return Family::SortedText;
    return std::ranges::find(kMoments, type) != kMoments.end() ? Family::Moment : Family::Other;
}

/// Years of four digits, ours, not infinite: then the text sorts as the moments do.
bool isPlainMoment(std::string_view text)
{
    return text.size() >= 10 && text[4] == '-' && text.front() >= '0' && text.front() <= '9' && !text.ends_with("BC");
}

/// Money as its number; everything else as it is.
std::string_view withoutCurrency(std::string_view text, bool money, std::string &room)
{
    if (!money)
        return text;
    room.clear();
    std::ranges::copy_if(text, std::back_inserter(room), [](char c) { return c != '$' && c != ','; });
    return room;
}

/// What equal numbers share: 2, 2.0 and 2.00; 0 and -0.
std::string_view byValue(std::string_view number)
{
    if (number.find_first_of(".-") == number.npos || number.find('e') != number.npos)
        return number;
    if (number.find('.') != number.npos) {
        number.remove_suffix(number.size() - 1 - number.find_last_not_of('0'));
        if (number.ends_with('.'))
            number.remove_suffix(1);
    }
    return number == "-0" ? number.substr(1) : number;
}

/// Sum, average, smallest and largest of numbers, exactly.
class Numbers {
public:
    void add(std::string_view text, std::string_view shown)
    {
        m_each.reset();
        const value::Datum n = numeric::parse(text, m_eachContext);
        if (m_stop.raised())
            return;
        ++m_count;
        const auto kind = numeric::kindOf(n);
        if (kind == numeric::Kind::Finite)
            m_sum.add(n, m_sumContext);
        m_nan = m_nan || kind == numeric::Kind::NaN;
        m_up = m_up || kind == numeric::Kind::PositiveInfinity;
        m_down = m_down || kind == numeric::Kind::NegativeInfinity;
        if (m_count == 1 || numeric::compare(n, m_smallest.number) < 0)
            m_smallest.keep(text, shown, *this);
        if (m_count == 1 || numeric::compare(n, m_largest.number) > 0)
            m_largest.keep(text, shown, *this);
    }

    void finish(ColumnStatistics &out)
    {
        if (m_count == 0 || m_stop.raised())
            return;
        out.smallest = m_smallest.shown;
        out.largest = m_largest.shown;
        if (m_nan || (m_up && m_down)) {
            out.sum = out.average = "NaN";
        } else if (m_up || m_down) {
            out.sum = out.average = m_up ? "Infinity" : "-Infinity";
        } else {
            const value::Datum sum = m_sum.result(m_sumContext);
            out.sum = numeric::toText(sum);
            const value::Datum count = numeric::ofInt(static_cast<std::int64_t>(m_count));
            out.average = numeric::toText(numeric::divide(sum, count, m_sumContext));
        }
    }

private:
    struct Extreme {
        value::Datum number;
        std::string shown;
        std::unique_ptr<value::Arena> room;

        void keep(std::string_view text, std::string_view as, Numbers &all)
        {
            if (room)
                room->reset();
            else
                room = std::make_unique<value::Arena>(all.m_account, all.m_stop);
            value::Context cx{*room, all.m_stop, all.m_cancel, all.m_session};
            number = numeric::parse(text, cx);
            shown = as;
        }
    };

    base::MemoryAccount m_account;
    base::Stop m_stop;
    base::CancelToken m_cancel;
    value::Session m_session;
    value::Arena m_each{m_account, m_stop};
    value::Arena m_kept{m_account, m_stop};
    value::Context m_eachContext{m_each, m_stop, m_cancel, m_session};
    value::Context m_sumContext{m_kept, m_stop, m_cancel, m_session};
    numeric::Sum m_sum{};
    std::uint64_t m_count = 0;
    bool m_nan = false, m_up = false, m_down = false;
    Extreme m_smallest, m_largest;
};

struct Seen {
    std::uint64_t rows = 0;
    std::uint64_t first = 0;
    std::string_view shown;
};

std::vector<ColumnStatistics::Frequent> mostFrequent(const std::vector<Seen> &all)
{
    std::vector<Seen> best(std::min(all.size(), ColumnStatistics::kMostFrequent));
    std::ranges::partial_sort_copy(
        all, best, [](const Seen &a, const Seen &b) { return a.rows != b.rows ? a.rows > b.rows : a.first < b.first; });
    std::vector<ColumnStatistics::Frequent> out;
    out.reserve(best.size());
    for (const Seen &each : best)
        out.push_back({std::string(each.shown), each.rows});
    return out;
}

} // namespace

std::optional<ColumnStatistics> columnStatistics(const sandbox::ResultTable &table,
                                                 const std::vector<std::uint32_t> *rows, std::size_t column,
                                                 const base::CancelToken &cancel)
{
    const std::string_view type = table.columns[column].type;
    const Family family = familyOf(type);
    const bool money = type == "money", numbers = family == Family::Number;
    ColumnStatistics out;
    out.rows = rows ? rows->size() : table.rowCount();
    Numbers sums;
    std::string room;
    std::unordered_map<std::string_view, std::size_t> places;
    std::vector<Seen> seen;
    bool sorts = family == Family::SortedText || family == Family::Moment;
    std::optional<std::string_view> smallest, largest;
    for (std::uint64_t i = 0; i < out.rows; ++i) {
        if (i % kPollRows == 0 && cancel.cancelled())
            return std::nullopt;
        const auto cell = table.cell(rows ? (*rows)[i] : i, column);
        if (!cell) {
            ++out.nulls;
            continue;
        }
        const std::string_view key = numbers && !money ? byValue(*cell) : *cell;
        const auto [place, fresh] = places.try_emplace(key, seen.size());
        if (fresh)
            seen.push_back({0, i, *cell});
        ++seen[place->second].rows;
        if (numbers) {
            sums.add(withoutCurrency(*cell, money, room), *cell);
        } else if (sorts && fresh) {
            sorts = family != Family::Moment || isPlainMoment(*cell);
            smallest = smallest ? std::min(*smallest, *cell) : *cell;
            largest = largest ? std::max(*largest, *cell) : *cell;
        }
    }
    out.distinct = seen.size();
    out.frequent = mostFrequent(seen);
    if (sorts && smallest) {
        out.smallest = *smallest;
        out.largest = *largest;
    }
    sums.finish(out);
    return out;
}

} // namespace sqlgym::session
