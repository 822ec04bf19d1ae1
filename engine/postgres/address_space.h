// The memory of another process on this machine: seen and capped from outside.
#pragma once

#include <cstdint>
#include <sys/types.h>

namespace sqlgym::postgres {

/// What PostgreSQL cannot allocate under a cap, it reports as SQLSTATE 53200, and the session lives on.
class AddressSpace {
public:
    explicit AddressSpace(pid_t process) : m_process(process) {}
    ~AddressSpace();
    AddressSpace(const AddressSpace &) = delete;
    AddressSpace &operator=(const AddressSpace &) = delete;

    /// Bytes that the process has; 0 = cannot be told.
    std::uint64_t bytes();
    /// The process gets so many at most, or up to kSlack more: a cap that is in force and near enough is left alone.
    /// False when not permitted.
    bool limit(std::uint64_t bytes);
    void lift();

    static constexpr std::uint64_t kSlack = std::uint64_t{1} << 20;

private:
    pid_t m_process;
    int m_statistics = -1; ///< /proc/PID/statm
    std::uint64_t m_limit = 0;
};

} // namespace sqlgym::postgres
