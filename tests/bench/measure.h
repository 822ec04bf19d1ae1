// Clocks and averages of the benches.
#pragma once

#include <cstddef>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace sqlgym::bench {

/// Microseconds on the wall and of the processor.
struct Spent {
    double wall = 0;
    double cpu = 0;
};

double wallNow();
/// This process' processor time, user and system.
double cpuNow();
/// The same of the living threads of another process, which waits; 0 when it cannot be read.
double cpuOf(pid_t process);

/// Of a process that lives; 0 when it cannot be read.
double residentPeakMegabytes(pid_t process);

double median(std::vector<double> values);
double geometricMean(const std::vector<double> &values);

template <typename F> Spent timed(F &&run)
{
    const double cpu = cpuNow();
    const double wall = wallNow();
    run();
    return {wallNow() - wall, cpuNow() - cpu};
}

/// What a result says: two answers with the same digests hold the same rows, in any order or (`ordered`) in this one.
class Digest {
public:
    explicit Digest(bool ordered) : m_ordered(ordered) {}
    /// `text.data()` is nullptr for NULL.
    void cell(std::string_view text);
    void endRow();

    std::size_t rows() const { return m_rows; }
    std::size_t exact() const { return m_exact; }
    /// With fractions read as numbers: SQLite has no decimals and shows fewer digits.
    std::size_t lenient() const { return m_lenient; }

private:
    bool m_ordered;
    std::size_t m_rows = 0;
    std::size_t m_exact = 0;
    std::size_t m_lenient = 0;
    std::size_t m_rowExact = 0;
    std::size_t m_rowLenient = 0;
};

} // namespace sqlgym::bench
