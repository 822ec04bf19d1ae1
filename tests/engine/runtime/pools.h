// Arguments worth trying: boundaries of each type, and random values of a fixed seed.
#pragma once

#include "value/datum.h"

#include <random>
#include <string>
#include <vector>

namespace sqlgym::tests {

class Pools {
public:
    explicit Pools(unsigned seed) : m_random(seed) {}

    /// A value of the type `typname` (pg_type's name) as text.
    std::string pick(const std::string &typname);
    bool knows(const std::string &typname) const;
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(m_random); }
    const std::string &oneOf(const std::vector<std::string> &texts) { return texts[below(texts.size())]; }

private:
    std::string randomInteger(int bits);
    std::string randomNumeric();
    std::string randomFloat(bool single);
    std::string randomText();

    std::mt19937 m_random;
};

} // namespace sqlgym::tests
