// Sorting in the order in which PostgreSQL leaves equal rows: its in-memory sort is Bentley and McIlroy's quicksort
// with a test for sorted input, which is not stable but is deterministic.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sqlgym::exec {

/// `compare(a, b)` is <0, 0, >0. Falls back to a stable merge sort on input built to make quicksort quadratic.
/// Source: J. Bentley, M. McIlroy, "Engineering a Sort Function" (1993); PostgreSQL 15, sort_template.h, for the
/// limits.
template <typename T, typename Compare> class ServerSort {
public:
    explicit ServerSort(Compare compare) : m_compare(std::move(compare)) {}

    void operator()(T *first, std::size_t count)
    {
        int depth = 8;
        for (std::size_t n = count; n > 0; n >>= 1)
            depth += 4;
        sort(first, count, depth);
    }

private:
    static constexpr std::size_t kInsertion = 7, kNinther = 40;

    bool isSorted(const T *first, std::size_t count)
    {
        for (std::size_t i = 1; i < count; ++i) {
            if (m_compare(first[i - 1], first[i]) > 0)
                return false;
        }
        return true;
    }

    void insertion(T *first, std::size_t count)
    {
        for (std::size_t i = 1; i < count; ++i) {
            for (std::size_t k = i; k > 0 && m_compare(first[k - 1], first[k]) > 0; --k)
                std::swap(first[k], first[k - 1]);
        }
    }

    T *median(T *a, T *b, T *c)
    {
        if (m_compare(*a, *b) < 0)
            return m_compare(*b, *c) < 0 ? b : m_compare(*a, *c) < 0 ? c : a;
        return m_compare(*b, *c) > 0 ? b : m_compare(*a, *c) < 0 ? a : c;
    }

    T *pivot(T *first, std::size_t count)
    {
        T *middle = first + count / 2;
        if (count == kInsertion)
            return middle;
        T *low = first, *high = first + (count - 1);
        if (count > kNinther) {
            const std::size_t step = count / 8;
            low = median(low, low + step, low + 2 * step);
            middle = median(middle - step, middle, middle + step);
            high = median(high - 2 * step, high - step, high);
        }
        return median(low, middle, high);
    }

    void sort(T *first, std::size_t count, int depth)
    {
        while (!isSorted(first, count)) {
            if (count < kInsertion)
                return insertion(first, count);
            if (depth-- == 0) {
                std::stable_sort(first, first + count, [this](const T &a, const T &b) { return m_compare(a, b) < 0; });
                return;
            }
            std::swap(*first, *pivot(first, count));
            // Equal elements gather at both ends and are swapped into the middle afterwards.
            T *equalLow = first + 1, *low = first + 1;
            T *high = first + (count - 1), *equalHigh = high;
            for (;;) {
                int order = 0;
                while (low <= high && (order = m_compare(*low, *first)) <= 0) {
                    if (order == 0)
                        std::swap(*equalLow++, *low);
                    ++low;
                }
                while (low <= high && (order = m_compare(*high, *first)) >= 0) {
                    if (order == 0)
                        std::swap(*high, *equalHigh--);
                    --high;
                }
                if (low > high)
                    break;
                std::swap(*low++, *high--);
            }
            T *end = first + count;
            const auto below = std::min(equalLow - first, low - equalLow);
            std::swap_ranges(first, first + below, low - below);
            const auto above = std::min(equalHigh - high, end - equalHigh - 1);
            std::swap_ranges(low, low + above, end - above);
            const auto smaller = static_cast<std::size_t>(low - equalLow);
            const auto greater = static_cast<std::size_t>(equalHigh - high);
            if (smaller <= greater) {
                if (smaller > 1)
                    sort(first, smaller, depth);
                if (greater <= 1)
                    return;
                first = end - greater;
                count = greater;
            } else {
                if (greater > 1)
                    sort(end - greater, greater, depth);
                if (smaller <= 1)
                    return;
                count = smaller;
            }
        }
    }

    Compare m_compare;
};

template <typename T, typename Compare> void serverSort(T *first, std::size_t count, Compare compare)
{
    ServerSort<T, Compare>(std::move(compare))(first, count);
}

} // namespace sqlgym::exec
