// GROUP BY and aggregates.
#pragma once

#include "exec/hash_chains.h"
#include "exec/operator.h"
#include "exec/quals.h"
#include "exec/row_keeper.h"
#include "runtime/function.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// One aggregate call: its arguments, its state in a group, and what DISTINCT, ORDER BY and FILTER ask for.
class AggregateCall {
public:
    AggregateCall(Execution &run, value::Context &lasting, const sql::AggregateExpr &expr,
                  const std::vector<plan::KeyOps> &orderOps, const std::vector<plan::KeyOps> &distinctOps);
    ~AggregateCall();
    AggregateCall(const AggregateCall &) = delete;
    AggregateCall &operator=(const AggregateCall &) = delete;

    void compile(Compiler &compiler);
    std::size_t stateSize() const;
    void start(char *state);
    /// Evaluates the arguments, to no other end than their errors.
    void tryArguments() const;
    /// Takes the current row in; arguments are evaluated in the compiler's scratch.
    void step(char *state);
    Datum finish(char *state);
    /// Frees what a group holds beyond arenas.
    void drop(char *state);

private:
    struct Collected;
    struct Seen;
    struct Best;
    void feed(char *state, const Datum *arguments);
    bool collect(char *state, const Datum *arguments);
    bool seenBefore(char *state, const Datum *arguments);
    void watchOrder(char *state, const Datum *arguments);
    void watchExtreme(char *state, const Datum &value);
    void watchSum(char *state, const Datum &value);
    void feedCollected(char *state);
    Datum finishOrderedSet(char *state);
    bool checkFraction(double fraction);
    Datum percentile(const std::vector<const Datum *> &rows, double fraction);
    Datum finishPercentile(std::vector<const Datum *> *rows);
    Datum finishHypothetical(char *state);
    bool isHypothetical() const { return m_orderedSet >= OrderedSet::Rank; }
    char *inner(char *state) const { return state + kHeader; }

    static constexpr std::size_t kHeader = 32;
    Execution &m_run;
    value::Context &m_lasting;
    const sql::AggregateExpr &m_expr;
    const runtime::AggregateFunction *m_function = nullptr;
    const std::vector<plan::KeyOps> &m_orderOps;
    const std::vector<plan::KeyOps> &m_distinctOps;
    std::vector<Oid> m_types;
    runtime::CallSite m_site;
    std::vector<Operand> m_arguments;
    std::vector<Datum> m_values;
    bool m_hasFilter = false;
    Operand m_filter;
    enum class OrderedSet { None, Mode, Continuous, Discrete, Rank, DenseRank, PercentRank, CumeDist };
    OrderedSet m_orderedSet = OrderedSet::None;
    std::vector<Operand> m_direct;
    bool m_sorted = false;        ///< rows are collected and sorted before they are fed
    bool m_hashed = false;        ///< DISTINCT where the order of feeding does not show
    bool m_showsSpelling = false; ///< which of equal values it takes can be seen
    bool m_showsOrder = false;    ///< array_agg and its like
    int m_extreme = 0;            ///< 1 max, -1 min of values that can be spelled in several ways
    runtime::CompareFunction m_compare = nullptr;
    bool m_floatSum = false; ///< sums of floats: their last digits follow the order of the rows
};

/// Of some types equal values can look different: 1.0 and 1.00, 1 day and 24 hours, 0 and -0.
bool canBeSpelledTwice(Oid oid);

/// Gives one row per group: the group range's row, and for plain columns the rows of the group's first member.
class GroupOperator final : public Operator {
public:
    GroupOperator(Execution &run, Scope &scope, const plan::QueryPlan &plan, OperatorPtr child,
                  std::unique_ptr<RowKeeper> keeper, Code &code, Runner &runner);
    ~GroupOperator() override;
    void open() override;
    bool next() override;

private:
    struct Group {
        const Datum *keys;
        const Datum **rows;
        char *state;
        std::uint32_t set;
    };
    void clear();
    bool fill();
    void lookFurther();
    bool stepSet(std::size_t set);
    bool addGroup(std::size_t set, std::uint64_t hash);
    void hideColumns(const Group &group);
    void compareErrors();

    Execution &m_run;
    Scope &m_scope;
    const plan::QueryPlan &m_plan;
    OperatorPtr m_child;
    std::unique_ptr<RowKeeper> m_keeper;
    Scratch m_keyScratch;
    Scratch m_argumentScratch;
    Scratch m_lasting;
    std::vector<Operand> m_keys;
    std::vector<std::unique_ptr<AggregateCall>> m_calls;
    std::vector<std::size_t> m_offsets;
    std::size_t m_stateSize = 0;
    std::vector<Datum> m_current;
    std::vector<std::vector<bool>> m_inSet;
    std::vector<std::unique_ptr<HashChains>> m_chains;
    std::vector<std::vector<std::uint32_t>> m_groupOfEntry;
    std::vector<Group> m_groups;
    std::size_t m_at = 0;
};

} // namespace sqlgym::exec
