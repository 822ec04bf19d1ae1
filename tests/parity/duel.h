// Generated queries on two engines: PostgreSQL says what is right, the embedded engine may decline but never differ.
#pragma once

#include "compare.h"
#include "query_tree.h"
#include "sandbox/confirm.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sqlgym::parity {

struct DuelOptions {
    int leastAgreeing = 0;    ///< percent; fewer prove too little
    bool wordForWord = false; ///< of run-time errors the words count too, not only the SQLSTATE
    bool showDeclined = false;
    bool showErrors = false;
    bool showFeatures = false; ///< how much of what was compared and declined
    bool print = false;        ///< each query before it is run: the last one is what broke everything
};

/// Counts the verdicts, and prints each difference as a case for a .sqltest file, made small.
class Duel {
public:
    Duel(std::unique_ptr<sandbox::Sandbox> oracle, std::unique_ptr<sandbox::Sandbox> engine, DuelOptions options);

    /// PostgreSQL in another way: an answer must agree with it there too, or be marked as depending on row order.
    void addWay(std::string name, std::unique_ptr<sandbox::Sandbox> way);

    /// A dataset on all. False, and the reason printed, when one has none.
    bool load(const std::string &dataset, const std::string &setup);
    /// `features`: what the query is made of, to be counted.
    void run(const std::string &dataset, const QueryNode::Ptr &query, const std::set<std::string> &features = {});
    int comparisons() const { return m_comparisons; }

    /// Prints the figures ("2000 generated queries, ..."). What the program exits with: 0 when nothing is wrong or
    /// broken, PostgreSQL's confirmation never differs, and enough agree.
    int finish(const std::string &what) const;

private:
    struct Judgement {
        Comparison found;
        sandbox::Agreement confirmation = sandbox::Agreement::NoWord;
        bool marked = false;   ///< as depending on row order
        bool chance = false;   ///< and PostgreSQL's answers do differ
        bool reworded = false; ///< the same SQLSTATE, for another value
    };
    struct Way {
        std::string name;
        std::unique_ptr<sandbox::Sandbox> sandbox;
    };
    struct Count {
        int all = 0, declined = 0, wrong = 0;
    };
    Judgement judge(const std::string &dataset, const QueryNode &query);
    void askOtherWays(const sandbox::Request &request, bool ordered, const sandbox::Outcome &engine,
                      const Answer &usual, Judgement &judgement);
    void report(const std::string &dataset, const QueryNode::Ptr &query, const Comparison &found);
    int of(Verdict verdict) const;

    std::unique_ptr<sandbox::Sandbox> m_oracle;
    std::unique_ptr<sandbox::Sandbox> m_engine;
    std::vector<Way> m_ways;
    DuelOptions m_options;
    std::map<Verdict, int> m_verdicts;
    std::map<std::string, int> m_declined;
    std::set<std::string> m_seen;
    std::map<std::string, int> m_kinds;
    int m_comparisons = 0;
    int m_confirmed = 0;
    int m_contradicted = 0; ///< what exact mode would have had to take back
    int m_errors = 0;
    int m_marked = 0;
    int m_chance = 0;
    int m_reworded = 0;
    int m_shown = 0;
    std::map<std::string, Count> m_features;
};

} // namespace sqlgym::parity
