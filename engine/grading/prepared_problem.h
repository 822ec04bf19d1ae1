// What every run and check of a problem needs again, made once.
#pragma once

#include "content/problem.h"
#include "sandbox/result_table.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sqlgym::grading {

/// Data as the statements that make it, under the name a sandbox keeps it by: made from their hash, so that equal data
/// has one name.
struct Dataset {
    std::string name;
    std::string setup;
};

struct PreparedTest {
    const content::TestCase *test = nullptr;
    Dataset data;
    sandbox::ResultTable expected;
};

/// A problem's sample data and its tests, in their order. Each is made when first asked for and then kept; any thread
/// may ask. Making them costs more than running a short query does, so whoever grades a problem again keeps this.
class PreparedProblem {
public:
    /// Of a problem that somebody else keeps, unchanged, for as long. Implicit: a problem is what is graded.
    PreparedProblem(const content::Problem &problem) : m_problem(problem) {}
    explicit PreparedProblem(std::shared_ptr<const content::Problem> problem)
        : m_shared(std::move(problem)), m_problem(*m_shared)
    {
    }

    const content::Problem &problem() const { return m_problem; }
    const Dataset &sample() const;
    const std::vector<PreparedTest> &tests() const;

private:
    std::shared_ptr<const content::Problem> m_shared;
    const content::Problem &m_problem;
    mutable std::once_flag m_sampleMade;
    mutable std::once_flag m_testsMade;
    mutable Dataset m_sample;
    mutable std::vector<PreparedTest> m_tests;
};

} // namespace sqlgym::grading
