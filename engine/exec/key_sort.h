// Sorting by several keys in the order in which PostgreSQL leaves equal rows.
#pragma once

#include "exec/key_values.h"
#include "exec/server_sort.h"
#include "exec/sort_prefix.h"

#include <array>
#include <cstddef>
#include <vector>

namespace sqlgym::exec {

/// Sorts by comparing two numbers that stand for the first two keys, and values only where those leave it open.
template <typename T, typename ValueOf> class KeySort {
public:
    /// `valueOf(item, i)` is the item's value of key `i`.
    KeySort(const std::vector<plan::KeyOps> &ops, ValueOf valueOf, Execution &run)
        : m_ops(ops), m_valueOf(std::move(valueOf)), m_run(run)
    {
    }

    /// False: the run has been stopped.
    bool operator()(T *first, std::size_t count)
    {
        if (m_ops.empty())
            return !m_run.stopped();
        const std::size_t bytes = count * sizeof(Item);
        if (count < kFewest)
            sortValues(first, count);
        else if (m_run.charge(bytes)) {
            if (!sortItems(first, count))
                sortValues(first, count);
            m_run.account.release(bytes);
        }
        return !m_run.stopped();
    }

private:
    static constexpr std::size_t kFewest = 24, kPrefixes = 2;
    struct Item {
        std::array<std::uint64_t, kPrefixes> prefix;
        T item;
    };

    int compareFrom(std::size_t key, const T &a, const T &b) const
    {
        for (; key < m_ops.size(); ++key)
            if (const int order = orderValues(m_valueOf(a, key), m_valueOf(b, key), m_ops[key]))
                return order;
        return 0;
    }

    /// When the run has to end every comparison answers "equal": what is left then counts as sorted.
    void sortValues(T *first, std::size_t count)
    {
        serverSort(first, count, [this](const T &a, const T &b) { return m_run.proceed() ? compareFrom(0, a, b) : 0; });
    }

    /// False: the values have no such numbers.
    bool sortItems(T *first, std::size_t count)
    {
        std::vector<SortPrefix> prefixes;
        for (std::size_t k = 0; k < kPrefixes && k < m_ops.size(); ++k)
            prefixes.emplace_back(m_ops[k]);
        std::vector<Item> items(count);
        std::size_t used = prefixes.size();
        for (std::size_t k = 0; k < used; ++k) {
            for (std::size_t i = 0; i < count && prefixes[k].usable(); ++i)
                items[i].prefix[k] = prefixes[k].of(m_valueOf(first[i], k));
            if (!prefixes[k].usable())
                used = k;
        }
        if (used == 0)
            return false;
        for (std::size_t i = 0; i < count; ++i)
            items[i].item = first[i];
        serverSort(items.data(), count, [&](const Item &a, const Item &b) {
            if (!m_run.proceed())
                return 0;
            for (std::size_t k = 0; k < used; ++k) {
                if (a.prefix[k] != b.prefix[k])
                    return a.prefix[k] < b.prefix[k] ? -1 : 1;
                if (!prefixes[k].decides(a.prefix[k]))
                    return compareFrom(k, a.item, b.item);
            }
            return compareFrom(used, a.item, b.item);
        });
        for (std::size_t i = 0; i < count; ++i)
            first[i] = items[i].item;
        return true;
    }

    const std::vector<plan::KeyOps> &m_ops;
    ValueOf m_valueOf;
    Execution &m_run;
};

} // namespace sqlgym::exec
