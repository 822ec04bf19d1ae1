// Window functions: all rows are kept, each window sorts and numbers them.
#pragma once

#include "exec/operator.h"
#include "exec/quals.h"
#include "exec/row_keeper.h"
#include "exec/window_frame.h"
#include "runtime/function.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace sqlgym::exec {

class WindowOperator;

enum class WindowKind : std::uint8_t {
    Aggregate,
    RowNumber,
    Rank,
    DenseRank,
    PercentRank,
    CumeDist,
    Ntile,
    Lag,
    Lead,
    FirstValue,
    LastValue,
    NthValue
};

/// One function over one window.
class WindowCall {
public:
    WindowCall(Execution &run, value::Context &lasting, const sql::WindowExpr &expr, int slot);
    ~WindowCall();
    WindowCall(const WindowCall &) = delete;
    WindowCall &operator=(const WindowCall &) = delete;

    void compile(Compiler &compiler);
    int slot() const { return m_slot; }
    /// Do rows that tie in the window's order get answers that depend on how they happen to lie?
    bool showsOrder(const sql::WindowClause &clause) const;

    /// Computes the answers of one partition; `rows` are its rows' numbers in the operator.
    bool compute(WindowOperator &owner, const Partition &partition, const std::vector<std::uint32_t> &rows,
                 FrameFinder &frames);

private:
    void watchSpelling(WindowOperator &owner, const std::vector<std::uint32_t> &rows);
    bool computeAggregate(WindowOperator &owner, const Partition &partition, const std::vector<std::uint32_t> &rows,
                          FrameFinder &frames);
    bool readArguments(WindowOperator &owner, std::uint32_t row);
    bool step(WindowOperator &owner, std::uint32_t row, value::Context &cx, char *state);
    bool leave(WindowOperator &owner, std::span<const std::uint32_t> rows, value::Context &cx, char *state);
    void initialise(value::Context &cx, char *state);
    Datum finish(value::Context &cx, char *state);
    bool ntile(WindowOperator &owner, const Partition &partition, const std::vector<std::uint32_t> &rows);
    Datum shifted(WindowOperator &owner, const std::vector<std::uint32_t> &rows, std::size_t row);
    Datum inFrame(WindowOperator &owner, const std::vector<std::uint32_t> &rows, std::size_t row, const Frame &frame);
    Datum argument(std::size_t index);

    Execution &m_run;
    value::Context &m_lasting;
    const sql::WindowExpr &m_expr;
    int m_slot;
    WindowKind m_kind = WindowKind::Aggregate;
    const runtime::AggregateFunction *m_function = nullptr;
    std::vector<Oid> m_types;
    runtime::CallSite m_site;
    std::vector<Operand> m_arguments;
    std::vector<Datum> m_values;
    bool m_hasFilter = false;
    bool m_invertible = false; ///< rows can leave a frame without the others being read again
    Operand m_filter;
};

class WindowOperator final : public Operator {
public:
    WindowOperator(Execution &run, Scope &scope, const plan::QueryPlan &plan, OperatorPtr child,
                   std::unique_ptr<RowKeeper> keeper, Code &code, Runner &runner);
    ~WindowOperator() override { discardAll(); }
    void open() override;
    bool next() override;

    /// Stands on row `row`, with a fresh scratch for what is computed there.
    void standOn(std::uint32_t row)
    {
        m_scratch.arena.reset();
        m_store.restore(row);
    }
    void answer(std::uint32_t row, int slot, const Datum &datum)
    {
        m_answers[row * m_slots + std::size_t(slot)] = datum;
    }

private:
    struct Window {
        const plan::WindowPlan *plan;
        std::vector<Operand> keys; ///< partition, then order
        std::vector<std::unique_ptr<WindowCall>> calls;
        std::unique_ptr<FrameFinder> frames;
        Operand startOffset;
        Operand endOffset;
        bool showsOrder = false;
    };
    bool compute(Window &window);
    void findPeers(const Window &window, Partition &partition) const;
    void watchTies(const Partition &partition, const std::vector<std::uint32_t> &rows);
    void discardAll();

    Execution &m_run;
    Scope &m_scope;
    const plan::QueryPlan &m_plan;
    OperatorPtr m_child;
    std::unique_ptr<RowKeeper> m_keeper;
    Scratch m_scratch;
    Scratch m_lasting;
    RowStore m_store;
    std::vector<Window> m_windows;
    std::vector<std::pair<int, int>> m_shown; ///< range and column of what the select list reads
    std::size_t m_slots = 0;
    std::vector<Datum> m_answers;
    std::size_t m_charged = 0;
    std::size_t m_at = 0;
    std::vector<std::uint32_t> m_order; ///< the rows as the windows so far have sorted them
};

} // namespace sqlgym::exec
