// Arguments worth trying: boundaries of each type, and random values of a fixed seed.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace sqlgym::tests {

/// Dates, times, intervals, templates, units and JSON; nullptr when there is no pool of that name.
const std::vector<std::string> *momentPool(const std::string &name);

class Pools {
public:
    explicit Pools(unsigned seed) : m_random(seed) {}

    /// A value of the type `typname` (pg_type's name) as text; besides types there are "date template", "date source",
    /// "number template", "number source", "unit", "zone", "regex", "regex subject" and those of patternPool().
    std::string pick(const std::string &typname);
    bool knows(const std::string &typname) const;
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(m_random); }
    const std::string &oneOf(const std::vector<std::string> &texts) { return texts[below(texts.size())]; }

private:
    std::string randomInteger(int bits);
    std::string randomNumeric();
    std::string randomFloat(bool single);
    std::string randomText();
    std::string randomDate();
    std::string randomTime();
    std::string randomInterval();

    std::mt19937 m_random;
};

} // namespace sqlgym::tests
