// Proves a content pack on both engines before anybody learns from it.
#pragma once

#include "base/cancel_token.h"
#include "content/problem.h"
#include "sandbox/sandbox.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sqlgym::verify {

enum class FindingKind : std::uint8_t {
    Declined,       ///< the embedded engine declines the query or the data: counted, no fault of the pack
    EnginesDiffer,  ///< the engines give different results, names, types or errors
    SolutionFails,  ///< the solution does not pass a test
    WrongPasses,    ///< a wrong query passes all tests
    WrongFails,     ///< a wrong query does not even run: it proves nothing about the tests
    RightFails,     ///< a right query is refused by a test
    ExpectedStale,  ///< the expected output is not what PostgreSQL gives now
    DependsOnOrder, ///< chance decides the rows of the solution or of a right query
    BadRule,        ///< a test's rules cannot hold: unknown construct, order by a column that is not there
    Missing,        ///< no tests, no solution, no wrong queries
    MutantsSurvive, ///< too many mutants of the solution pass all tests
    NotEquivalent,  ///< a mutant that the pack lists as equivalent is refused by a test, or is none
    Broken,         ///< a sandbox failed, or the run was cut off
};

struct Finding {
    FindingKind kind = FindingKind::Broken;
    std::string problem; ///< slug
    std::string test;    ///< its name; empty = the whole problem
    std::string query;   ///< "solution", "wrong query 2 (counts NULLs)"; empty = none
    std::string detail;  ///< a sentence

    /// Everything but Declined makes a pack bad.
    bool isFault() const { return kind != FindingKind::Declined; }
};

/// "late-returns, test 2-ties, solution: 1 row is missing."
std::string findingLine(const Finding &finding);
/// "engines_differ" and so on, for scripts.
std::string findingWord(FindingKind kind);

/// What the tests of a problem did to the mutants of its solution (mutants/mutator.h). Those that PostgreSQL refuses to
/// run at all are none, and not counted.
struct MutantTally {
    std::string problem; ///< slug
    int singles = 0;     ///< with one change
    int joined = 0;      ///< with two or three, where there are few with one
    int killed = 0;      ///< refused by a test; `killedSingles` of them have one change
    int killedSingles = 0;
    int equivalent = 0; ///< survivors that the pack lists
    int invalid = 0;    ///< not counted: they do not bind
    int declined = 0;   ///< decided by PostgreSQL alone
    struct Survivor {
        std::string sql;
        std::string what;
        bool single = true;
    };
    std::vector<Survivor> survivors; ///< that the pack does not list

    /// Killed among those that can be: 0 to 1, the lesser of the rates of all and of those with one change.
    double killRate() const;
};

struct PackReport {
    std::vector<Finding> findings;
    std::vector<MutantTally> mutants; ///< in the order of the problems, where they were asked for
    int problems = 0;
    int tests = 0;
    int runs = 0;      ///< query x test, each on both engines
    int equalRuns = 0; ///< of them, with the same result on both
    int declinedRuns = 0;
    bool cancelled = false;
    bool good() const;
};

/// Called after each problem, on the thread that proved it, never by two at once.
using VerifyProgress = std::function<void(const content::Problem &problem, int done, int total)>;

/// Mutants of the solution, and of which engines their verdict is asked.
enum class Mutants : std::uint8_t {
    None,
    Embedded, ///< and PostgreSQL for what is declined or survives
    Both,     ///< and compared with each other
};

/// How many mutants a problem should have at least, and the share that the tests have to kill.
inline constexpr int kFewestMutants = 40;
inline constexpr double kKillRate = 0.95;

/// What one thread runs queries on: two sandboxes that no other thread uses.
struct Engines {
    sandbox::Sandbox &embedded;
    sandbox::Sandbox &postgres;
};

/// Runs every solution, every right and every wrong query of every problem on every test, on both engines, and demands:
///   the same result on both (a decline is counted as a decline, not as equal), letter for letter, as a bag of rows
///   where the rules ignore order; the solution and the right queries pass all tests; each wrong query runs, and fails
///   at least one (on PostgreSQL); the expected outputs are what PostgreSQL gives for the solution now, letter for
///   letter, in the order that the rules ask for; no solution's or right query's rows are left to chance; every rule
///   can hold. With mutants also: at least kKillRate of each problem's mutants fail a test, and those that the pack
///   lists as equivalent are mutants and pass all.
///
/// Threads: one for each of `workers`, the first being the caller's; problems go to whoever is free. The report is the
///   same however many there are.
PackReport verifyPack(const content::Pack &pack, const std::vector<Engines> &workers, base::CancelToken &cancel,
                      const VerifyProgress &progress = {}, Mutants mutants = Mutants::None);

} // namespace sqlgym::verify
