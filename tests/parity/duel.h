// Generated queries on two engines: PostgreSQL says what is right, the embedded engine may decline but never differ.
#pragma once

#include "compare.h"
#include "query_tree.h"
#include "sandbox/confirm.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace sqlgym::parity {

struct DuelOptions {
    int leastAgreeing = 0; ///< percent; fewer prove too little
    bool showDeclined = false;
    bool showErrors = false;
};

/// Counts the verdicts, and prints each difference as a case for a .sqltest file, made small.
class Duel {
public:
    Duel(std::unique_ptr<sandbox::Sandbox> oracle, std::unique_ptr<sandbox::Sandbox> engine, DuelOptions options);

    /// A dataset on both. False, and the reason printed, when either has none.
    bool load(const std::string &dataset, const std::string &setup);
    void run(const std::string &dataset, const QueryNode::Ptr &query);
    int comparisons() const { return m_comparisons; }

    /// Prints the figures ("2000 generated queries, ..."). What the program exits with: 0 when nothing is wrong or
    /// broken, PostgreSQL's confirmation never differs, and enough agree.
    int finish(const std::string &what) const;

private:
    struct Judgement {
        Comparison found;
        sandbox::Agreement confirmation = sandbox::Agreement::NoWord;
    };
    Judgement judge(const std::string &dataset, const QueryNode &query);
    void report(const std::string &dataset, const QueryNode::Ptr &query, const Comparison &found);
    int of(Verdict verdict) const;

    std::unique_ptr<sandbox::Sandbox> m_oracle;
    std::unique_ptr<sandbox::Sandbox> m_engine;
    DuelOptions m_options;
    std::map<Verdict, int> m_verdicts;
    std::map<std::string, int> m_declined;
    std::set<std::string> m_seen;
    std::map<std::string, int> m_kinds;
    int m_comparisons = 0;
    int m_confirmed = 0;
    int m_contradicted = 0; ///< what exact mode would have had to take back
    int m_errors = 0;
    int m_shown = 0;
};

} // namespace sqlgym::parity
