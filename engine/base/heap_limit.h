// What a run really takes from the heap, held against a limit where the program counts it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <limits>

namespace sqlgym::base {

/// Bytes that `operator new` handed out and did not get back. Only a program that replaces it counts (the child's
/// counted_heap.cpp, which may tell it up to a page per thread late, so that it can be below zero for a moment);
/// elsewhere this stays 0 and HeapLimit bounds nothing.
inline std::atomic<std::ptrdiff_t> heapBytes{0};

inline std::size_t heapUsed()
{
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(heapBytes.load(std::memory_order_relaxed), 0));
}

/// The most that heapBytes may become through this thread; `operator new` throws std::bad_alloc beyond.
inline thread_local std::size_t heapLimit = std::numeric_limits<std::size_t>::max();

/// MemoryAccount counts what an engine knows it keeps. What functions and libraries take for a moment (a text while it
/// grows, a regular expression's states) is bounded by this: `bytes` above what is taken now, for this thread, until
/// the end of the scope.
class HeapLimit {
public:
    explicit HeapLimit(std::size_t bytes) : m_before(heapLimit)
    {
        const std::size_t used = heapUsed();
        heapLimit = bytes < std::numeric_limits<std::size_t>::max() - used ? used + bytes
                                                                           : std::numeric_limits<std::size_t>::max();
    }
    ~HeapLimit() { heapLimit = m_before; }
    HeapLimit(const HeapLimit &) = delete;
    HeapLimit &operator=(const HeapLimit &) = delete;

private:
    std::size_t m_before;
};

} // namespace sqlgym::base
