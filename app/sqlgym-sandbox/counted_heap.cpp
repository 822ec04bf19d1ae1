// The child's heap: libc's, with every byte counted (base/heap_limit.h). The forms of new and delete that are not here
// call these in the end; those for over-aligned types stay libc's, uncounted, as nothing large is over-aligned.
#include "base/heap_limit.h"

#include <cstdlib>
#include <malloc.h>
#include <new>

#ifndef SQLGYM_SANITIZED // they have allocators of their own

namespace {

constexpr std::size_t kLarge = 8u << 20;
constexpr std::size_t kManyHoles = 16u << 20;
constexpr std::ptrdiff_t kBatch = 4096;

/// What this thread took and has not yet told heapBytes: a small block costs no locked instruction. A thread that ends
/// leaves less than a batch untold.
thread_local std::ptrdiff_t untold = 0;

void count(std::ptrdiff_t bytes)
{
    untold += bytes;
    if (untold < kBatch && untold > -kBatch)
        return;
    sqlgym::base::heapBytes.fetch_add(untold, std::memory_order_relaxed);
    untold = 0;
}

/// What earlier runs gave back stays with the process, so that the next ones need not ask for it. A large block does
/// not fit into those holes: they go first, or the process would hold both.
void giveHolesBack()
{
    if (::mallinfo2().fordblks > kManyHoles)
        ::malloc_trim(1u << 20);
}

} // namespace

void *operator new(std::size_t bytes)
{
    using namespace sqlgym::base;
    if (heapLimit != std::numeric_limits<std::size_t>::max()) {
        const std::size_t used = heapUsed();
        if (used > heapLimit || bytes > heapLimit - used)
            throw std::bad_alloc();
    }
    if (bytes >= kLarge)
        giveHolesBack();
    void *memory = std::malloc(bytes);
    if (!memory)
        throw std::bad_alloc();
    count(static_cast<std::ptrdiff_t>(::malloc_usable_size(memory)));
    return memory;
}

void operator delete(void *memory) noexcept
{
    if (memory)
        count(-static_cast<std::ptrdiff_t>(::malloc_usable_size(memory)));
    std::free(memory);
}

void operator delete(void *memory, std::size_t) noexcept { ::operator delete(memory); }

#endif
