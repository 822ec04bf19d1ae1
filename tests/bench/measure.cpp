#include "measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <sys/resource.h>

namespace sqlgym::bench {

namespace {

std::size_t mixIn(std::size_t seed, std::string_view text)
{
    return (seed ^ std::hash<std::string_view>()(text)) * 0x9E3779B97F4A7C15ull + (seed >> 31);
}

bool isFraction(std::string_view text)
{
    return text.find('.') != text.npos && text.find_first_not_of("-.0123456789") == text.npos;
}

} // namespace

double wallNow()
{
    using namespace std::chrono;
    return duration<double, std::micro>(steady_clock::now().time_since_epoch()).count();
}

double cpuNow()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto micros = [](const timeval &t) { return double(t.tv_sec) * 1e6 + double(t.tv_usec); };
    return micros(used.ru_utime) + micros(used.ru_stime);
}

double cpuOf(pid_t process)
{
    double micros = 0;
    std::error_code gone;
    for (const auto &thread : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task", gone)) {
        // Nanoseconds on a processor come first.
        std::ifstream file(thread.path() / "schedstat");
        double nanoseconds = 0;
        file >> nanoseconds;
        micros += nanoseconds / 1000;
    }
    return micros;
}

double residentPeakMegabytes(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    constexpr std::string_view kPeak = "VmHWM:";
    for (std::string line; std::getline(file, line);)
        if (line.compare(0, kPeak.size(), kPeak) == 0)
            return std::strtod(line.c_str() + kPeak.size(), nullptr) / 1024;
    return 0;
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double geometricMean(const std::vector<double> &values)
{
    double sum = 0;
    for (const double value : values)
        sum += std::log(value);
    return values.empty() ? 0 : std::exp(sum / double(values.size()));
}

void Digest::cell(std::string_view text)
{
    if (!text.data()) {
        m_rowExact = mixIn(m_rowExact, "\1NULL");
        m_rowLenient = mixIn(m_rowLenient, "\1NULL");
        return;
    }
    m_rowExact = mixIn(m_rowExact, text);
    if (!isFraction(text)) {
        m_rowLenient = mixIn(m_rowLenient, text);
        return;
    }
    char rounded[64];
    std::snprintf(rounded, sizeof rounded, "%.2f", std::strtod(std::string(text).c_str(), nullptr));
    m_rowLenient = mixIn(m_rowLenient, rounded);
}

void Digest::endRow()
{
    ++m_rows;
    m_exact = m_ordered ? mixIn(m_exact, std::to_string(m_rowExact)) : m_exact + mixIn(m_rowExact, "row");
    m_lenient = m_ordered ? mixIn(m_lenient, std::to_string(m_rowLenient)) : m_lenient + mixIn(m_rowLenient, "row");
    m_rowExact = m_rowLenient = 0;
}

} // namespace sqlgym::bench
