#include "grading/prepared_problem.h"

#include "digest/digest.h"
#include "grading/compare.h"
#include "grading/summary.h"

namespace sqlgym::grading {

namespace {

Dataset datasetOf(std::string setup)
{
    std::string name = "t" + digest::sha256Hex(setup).substr(0, 32);
    return {std::move(name), std::move(setup)};
}

} // namespace

const Dataset &PreparedProblem::sample() const
{
    std::call_once(m_sampleMade, [this] { m_sample = datasetOf(content::setupSql(m_problem)); });
    return m_sample;
}

const std::vector<PreparedTest> &PreparedProblem::tests() const
{
    std::call_once(m_testsMade, [this] {
        for (const content::TestCase *test : testsInOrder(m_problem))
            m_tests.push_back({test, datasetOf(content::setupSql(m_problem, test)), expectedTable(test->expected)});
    });
    return m_tests;
}

} // namespace sqlgym::grading
