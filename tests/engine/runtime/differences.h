// Collects cases, asks both sides, and reports where they differ.
#pragma once

#include "engine.h"
#include "oracle.h"

#include <string>
#include <vector>

namespace sqlgym::tests {

class Differences {
public:
    explicit Differences(Oracle &oracle) : m_oracle(oracle) {}

    /// `expression` is PostgreSQL's side; `ours` the runtime's answer.
    void add(std::string expression, std::string ours);
    void addQuery(std::string query, std::string ours);
    /// Asks, prints what differs, and returns how many do. Declined cases are counted apart.
    int settle(const char *what);
    /// declined / all so far.
    double declinedShare() const { return m_total ? static_cast<double>(m_declined) / m_total : 0; }

private:
    struct Case {
        std::string expression;
        std::string ours;
    };
    int compare(const std::vector<Case> &cases, const std::vector<std::string> &theirs);

    Oracle &m_oracle;
    std::vector<Case> m_expressions;
    std::vector<Case> m_queries;
    int m_total = 0;
    int m_declined = 0;
};

} // namespace sqlgym::tests
