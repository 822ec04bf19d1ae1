#include "verify/try_mutants.h"

#include "grading/grade.h"
#include "mutants/mutator.h"
#include "verify/same_result.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <set>

namespace sqlgym::verify {

namespace {

using grading::Outcome;
using grading::TestVerdict;
using grading::Verdict;

enum class Fate : std::uint8_t { Invalid, Killed, Survived, Unknown };

// Refused whatever the data: by the analysis of the statement, or for a constant that is none of its type.
bool isInvalid(const Verdict &verdict)
{
    if (verdict.tests.size() != 1 || verdict.tests[0].outcome != Outcome::Error)
        return false;
    const std::string &state = verdict.tests[0].diagnostic.sqlstate;
    return state.starts_with("42") || state.starts_with("0A") || state == "22P02" || state == "22007";
}

Fate fateOf(const Verdict &verdict)
{
    if (verdict.correct)
        return Fate::Survived;
    if (verdict.tests.empty() || isInvalid(verdict))
        return verdict.tests.empty() ? Fate::Unknown : Fate::Invalid;
    const Outcome last = verdict.tests.back().outcome;
    const bool open = last == Outcome::Cancelled || last == Outcome::Failed || last == Outcome::Unsupported;
    return open ? Fate::Unknown : Fate::Killed;
}

std::vector<mutants::TableShape> shapes(const content::Problem &problem)
{
    std::vector<mutants::TableShape> out;
    for (const content::Table &table : problem.tables) {
        mutants::TableShape shape{table.name, {}, table.primaryKey};
        for (const content::TableColumn &column : table.columns) {
            const bool key = std::ranges::find(table.primaryKey, column.name) != table.primaryKey.end();
            shape.columns.push_back({column.name, column.type, column.notNull || key});
        }
        out.push_back(std::move(shape));
    }
    return out;
}

std::string percent(double rate)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", rate * 100);
    return text;
}

class MutantTrial {
public:
    MutantTrial(const content::Problem &problem, const Engines &engines, Mutants mutants, base::CancelToken &cancel,
                PackReport &report)
        : m_problem(problem), m_prepared(problem), m_engines(engines), m_mutants(mutants), m_cancel(cancel),
          m_report(report)
    {
        m_tally.problem = problem.slug;
        for (const content::EquivalentMutant &listed : problem.equivalentMutants)
            m_listed.insert(mutants::inOneForm(listed.sql));
    }

    void run()
    {
        if (!runMutantsOf(m_problem.solutionSql, "solution", true))
            return;
        for (const content::RightQuery &right : m_problem.rightQueries) {
            // A second approach, which learners are shown.
            if (m_problem.solutionExplanation.find(right.sql) != std::string::npos &&
                !runMutantsOf(right.sql, "right query (" + right.way + ")", false))
                return;
        }
        judge();
        m_report.mutants.push_back(std::move(m_tally));
    }

private:
    void found(FindingKind kind, const std::string &query, const std::string &detail)
    {
        m_report.findings.push_back({kind, m_problem.slug, {}, query, detail});
    }

    // False when there is nothing to go by.
    bool runMutantsOf(const std::string &sql, const std::string &name, bool enough)
    {
        auto mutator = mutants::Mutator::of(sql, shapes(m_problem));
        if (!mutator) {
            found(FindingKind::Broken, name, mutator.error().message);
            return false;
        }
        m_seen.insert(mutator->original());
        if (fate(mutator->original(), name + ", as its mutants are written") != Fate::Survived) {
            if (!m_cancel.cancelled())
                found(FindingKind::Broken, name, "It fails when it is written as its mutants are.");
            return false;
        }
        const std::vector<std::size_t> killed = runSingles(*mutator);
        if (enough)
            runSlips(*mutator);
        if (enough)
            runJoined(*mutator, killed);
        return !m_cancel.cancelled();
    }

    std::vector<std::size_t> runSingles(const mutants::Mutator &mutator)
    {
        std::vector<std::size_t> killed;
        for (std::size_t i = 0; i < mutator.singles().size() && !m_cancel.cancelled(); ++i) {
            const mutants::Mutant &mutant = mutator.singles()[i];
            if (m_seen.insert(mutant.sql).second && tried(mutant, true) == Fate::Killed)
                killed.push_back(i);
        }
        return killed;
    }

    void runSlips(const mutants::Mutator &mutator)
    {
        for (const mutants::Mutant &slip : mutator.slips()) {
            if (m_tally.singles >= kFewestMutants || m_cancel.cancelled())
                break;
            if (m_seen.insert(slip.sql).second)
                tried(slip, true);
        }
    }

    void runJoined(mutants::Mutator &mutator, const std::vector<std::size_t> &killed)
    {
        constexpr int kDraws = 300;
        std::mt19937 random(8);
        for (int draw = 0; draw < 2 * kDraws && killed.size() > 1 && !m_cancel.cancelled(); ++draw) {
            if (m_tally.singles + m_tally.joined >= kFewestMutants)
                break;
            std::set<std::size_t> changes;
            for (int i = 0; i < (draw < kDraws ? 2 : 3); ++i)
                changes.insert(killed[random() % killed.size()]);
            const auto mutant = mutator.together({changes.begin(), changes.end()});
            if (mutant && m_seen.insert(mutant->sql).second)
                tried(*mutant, false);
        }
    }

    Fate tried(const mutants::Mutant &mutant, bool single)
    {
        const Fate what = fate(mutant.sql, "mutant (" + mutant.what + ": " + mutant.sql + ")");
        if (what == Fate::Unknown)
            return what;
        if (what == Fate::Invalid) {
            ++m_tally.invalid;
            return what;
        }
        ++(single ? m_tally.singles : m_tally.joined);
        m_tried.insert(mutant.sql);
        const bool listed = m_listed.contains(mutant.sql);
        if (what == Fate::Killed) {
            ++m_tally.killed;
            m_tally.killedSingles += single ? 1 : 0;
            if (listed)
                found(FindingKind::NotEquivalent, "equivalent.json", "A test refuses it: " + mutant.sql);
        } else if (listed) {
            ++m_tally.equivalent;
        } else {
            m_tally.survivors.push_back({mutant.sql, mutant.what, single});
        }
        return what;
    }

    Fate fate(const std::string &sql, const std::string &name)
    {
        grading::GradeOptions options;
        options.untilFirstFault = true;
        const Verdict embedded = grading::grade(m_prepared, sql, m_engines.embedded, m_cancel, options);
        const Fate here = fateOf(embedded);
        const bool declined = !embedded.tests.empty() && embedded.tests.back().outcome == Outcome::Unsupported;
        if (here == Fate::Unknown && !declined) {
            broken(embedded, name);
            return here;
        }
        if (!declined && here != Fate::Survived && m_mutants != Mutants::Both)
            return here;
        m_tally.declined += declined ? 1 : 0;
        const Verdict postgres = grading::grade(m_prepared, sql, m_engines.postgres, m_cancel, options);
        const Fate there = fateOf(postgres);
        if (there == Fate::Unknown) {
            broken(postgres, name);
            return there;
        }
        compare(embedded, postgres, name);
        // Either may refuse it: only the embedded engine sees luck, and rows that no ORDER BY decides come as they
        // like.
        return here == Fate::Killed ? here : there;
    }

    void broken(const Verdict &verdict, const std::string &name)
    {
        if (!m_cancel.cancelled())
            found(FindingKind::Broken, name, verdict.tests.empty() ? verdict.sentence : verdict.tests.back().sentence);
    }

    // As far as both got: the one may have stopped where the other went on.
    void compare(const Verdict &embedded, const Verdict &postgres, const std::string &name)
    {
        for (std::size_t i = 0; i < std::min(embedded.tests.size(), postgres.tests.size()); ++i) {
            const TestVerdict &here = embedded.tests[i], &there = postgres.tests[i];
            const bool limited = here.outcome == Outcome::Timeout || here.outcome == Outcome::MemoryLimit ||
                                 there.outcome == Outcome::Timeout || there.outcome == Outcome::MemoryLimit;
            if (limited || here.outcome == Outcome::Unsupported)
                return;
            // Which row breaks a constraint first is up to the order in which rows come.
            if (here.outcome == Outcome::Error && here.diagnostic.sqlstate.starts_with("23") &&
                here.diagnostic.sqlstate == there.diagnostic.sqlstate)
                return;
            if (const std::string difference = differenceOf(here, there); !difference.empty())
                m_report.findings.push_back(
                    {FindingKind::EnginesDiffer, m_problem.slug, here.testName, name, difference});
        }
    }

    void judge()
    {
        for (const std::string &listed : m_listed) {
            if (!m_tried.contains(listed))
                found(FindingKind::NotEquivalent, "equivalent.json", "No mutant of the solution is: " + listed);
        }
        if (m_tally.killRate() >= kKillRate)
            return;
        std::string detail = "The tests kill " + percent(m_tally.killRate()) + " of the mutants, " +
                             percent(kKillRate) + " are asked for. These pass:";
        for (const MutantTally::Survivor &survivor : m_tally.survivors)
            detail += "\n    " + survivor.what + ": " + survivor.sql;
        found(FindingKind::MutantsSurvive, {}, detail);
    }

    const content::Problem &m_problem;
    const grading::PreparedProblem m_prepared;
    const Engines &m_engines;
    const Mutants m_mutants;
    base::CancelToken &m_cancel;
    PackReport &m_report;
    MutantTally m_tally;
    std::set<std::string> m_listed;
    std::set<std::string> m_seen;  // not to be tried again
    std::set<std::string> m_tried; // and found to be mutants
};

} // namespace

double MutantTally::killRate() const
{
    const auto rate = [](int dead, auto alive) {
        return dead + alive == 0 ? 1.0 : static_cast<double>(dead) / static_cast<double>(dead + alive);
    };
    return std::min(rate(killed, static_cast<long>(survivors.size())),
                    rate(killedSingles, std::ranges::count(survivors, true, &Survivor::single)));
}

void tryMutants(const content::Problem &problem, const Engines &engines, Mutants mutants, base::CancelToken &cancel,
                PackReport &report)
{
    if (!problem.solutionSql.empty() && !problem.tests.empty())
        MutantTrial(problem, engines, mutants, cancel, report).run();
}

} // namespace sqlgym::verify
