// What the executor runs: for each query of a statement a tree of scans and joins, and the steps above it.
//
// A query's rows are kept as one pointer per range entry (exec/frame.h), so a join combines pointers and copies no row.
// Expressions stay those of the typed tree, folded and rewritten in place. Entries beyond the query's own range
// hold what grouping, windows and set-returning functions compute; expressions above them read them as columns.
#pragma once

#include "plan/analysis.h"
#include "runtime/compare.h"
#include "sql/bound.h"

#include <deque>
#include <unordered_map>
#include <vector>

namespace sqlgym::plan {

/// How values of a sort, group or join key are compared: the type's default order.
struct KeyOps {
    runtime::CompareFunction compare = nullptr;
    runtime::HashFunction hash = nullptr; ///< may be nullptr for keys that are only sorted
    bool descending = false;
    bool nullsFirst = false;
};

struct QueryPlan;

/// left = right, both of one hashable type (or of the integer family).
struct HashKey {
    sql::Expr *left = nullptr;
    sql::Expr *right = nullptr;
    KeyOps ops;
};

enum class NodeKind : std::uint8_t {
    OneRow,
    Table,
    Subquery,
    Function,
    Values,
    Cte,
    SetOperation,
    Change,
    Given,
    NestedLoop,
    HashJoin
};
enum class JoinType : std::uint8_t { Inner, Left, Full };

/// A step that sets the row pointers of `ranges`. Quals are tested on what it gives, in their order.
struct Node {
    NodeKind kind = NodeKind::OneRow;
    RangeSet ranges = 0;
    RangeSet needs = 0;          ///< ranges of this query that must be set first (LATERAL)
    double rows = 1;             ///< estimate
    bool dependsOnOuter = false; ///< reads outer queries' rows: its result changes from one opening to the next
    bool empty = false;          ///< PostgreSQL knows while planning that no row comes of it
    bool opensAgain = false;     ///< dependsOnOuter, and is bound to be opened once for each of those rows
    std::vector<sql::Expr *> quals;

    int range = -1;                ///< leaves
    QueryPlan *subplan = nullptr;  ///< Subquery; Change: its source
    QueryPlan *conflict = nullptr; ///< Change: ON CONFLICT DO UPDATE
    std::vector<HashKey> probe;    ///< Table, Subquery, Cte: column (left) = expression of outer queries or lateral
                                   ///< neighbours (right)

    JoinType join = JoinType::Inner;
    Node *left = nullptr;
    Node *right = nullptr;              ///< the side that is hashed, or repeated by a nested loop
    std::vector<HashKey> keys;          ///< HashJoin
    bool keepRight = false;             ///< the right side, its keys included, is the same at each opening
    std::vector<sql::Expr *> condition; ///< beyond `keys`; decides matching in outer joins
};

struct GroupPlan {
    std::vector<sql::Expr *> keys; ///< over the rows below
    std::vector<KeyOps> ops;
    std::vector<std::vector<int>> sets; ///< at least one
    bool hasSets = false;               ///< GROUPING SETS, CUBE or ROLLUP were written
    std::vector<const sql::GroupingExpr *> groupings;
    std::vector<sql::AggregateExpr *> aggregates;
    std::vector<const sql::Expr *> readAs;                ///< per aggregate: the node that stands for it in expressions
    std::vector<std::pair<const sql::Expr *, int>> again; ///< further nodes that stand for an aggregate
    std::vector<std::vector<KeyOps>> orderOps;            ///< per aggregate
    std::vector<std::vector<KeyOps>> distinctOps;         ///< per aggregate
};

struct WindowPlan {
    int window = 0; ///< index into Query::windows
    std::vector<sql::WindowExpr *> functions;
    std::vector<int> columns; ///< their columns in the window range
    std::vector<KeyOps> partitionOps;
    std::vector<KeyOps> orderOps;
};

struct SetOperationPlan {
    const sql::SetOperationNode *node = nullptr;
    QueryPlan *leaf = nullptr;
    std::vector<KeyOps> ops;
    SetOperationPlan *left = nullptr;
    SetOperationPlan *right = nullptr;
};

/// source -> gate -> grouping -> having -> windows -> targets -> DISTINCT -> ORDER BY -> LIMIT.
///
/// The group range holds keys, aggregates and GROUPING()s; the window range one column per window function.
struct QueryPlan {
    sql::Query *query = nullptr;
    Node *source = nullptr;
    const QueryPlan *parent = nullptr; ///< whose rows its outer references read; nullptr: none that is planned
    bool joined = false;               ///< an EXISTS or IN that PostgreSQL joins with its parent's tables
    bool empty = false;                ///< PostgreSQL knows while planning that it has no rows
    bool stopsEarly = false;           ///< PostgreSQL may compute fewer of its rows, for a condition on them
    bool early = false; ///< PostgreSQL merges it with its parent, where its select list may be computed before a join
    std::vector<sql::Expr *> innerQuals; ///< all conditions of FROM and WHERE but those of outer joins
    bool qualsMayRaise = false;          ///< one of them can fail
    std::vector<std::vector<sql::Expr *>> outerConditions; ///< per outer join those of it, when one can fail
    bool fullJoinFails = false;                            ///< there is a FULL JOIN that PostgreSQL cannot carry out
    const sql::FromNode *onlyItem = nullptr;               ///< what FROM comes down to, when it is one item
    bool topJoinFails = false;                             ///< the same of the one that is the whole FROM
    RangeSet guarded = 0;                                  ///< subqueries whose columns PostgreSQL guards, see HeldBack
    RangeSet nullable = 0;                                 ///< ranges that an outer join may fill with NULLs
    std::vector<sql::Expr *> lateQuals;                    ///< tested last, see PlanOptions
    std::vector<sql::Expr *> gate; ///< quals without columns of this query: tested once, before anything runs
    SetOperationPlan *setOperation = nullptr;
    int groupRange = -1;
    int windowRange = -1;
    int setRange = -1;    ///< set-returning functions of the select list
    int keySetRange = -1; ///< those that are grouped by
    int rangeCount = 0;   ///< with the three above
    bool grouped = false;
    GroupPlan group;
    std::vector<sql::Expr *> having;
    std::vector<WindowPlan> windows;
    std::vector<KeyOps> distinctOps;
    std::vector<KeyOps> orderOps;
    std::size_t visibleColumns = 0; ///< targets before the junk
    bool rowsAlike = false;         ///< the select list is the same in all rows
    bool groupsMayStop = false;     ///< sorted groups under a LIMIT: the last ones may never be computed
    bool endsAtFirstRow = false;    ///< the first row that passes gives all aggregates
    bool readsNoRows = false;       ///< nor is it needed
    bool volatileQuery = false;
    /// Of a recursive CTE around it, other rows in each round; or a CTE around it that reads rows further out.
    bool readsWorkingTable = false;
    bool severalTables = false; ///< an error in a qual may depend on PostgreSQL's plan
    RangeSet usedAbove = 0;     ///< ranges read above the grouping or window step
    /// Columns, aggregates and the like of outer queries that the query (and those in it) reads, with how many levels
    /// up from this query's owner they lie.
    std::vector<sql::Expr *> parameters;
};

/// A planned CTE that is computed once and read by its references.
struct CtePlan {
    QueryPlan *query = nullptr;     ///< plain
    QueryPlan *initial = nullptr;   ///< recursive: the non-recursive term
    bool initialIsSet = false;      ///< which is a set operation: it takes the place of the whole
    QueryPlan *recursive = nullptr; ///< recursive: the other term
    std::vector<KeyOps> ops;        ///< recursive UNION: to find duplicates
};

/// Owns the plan's own nodes; the expressions belong to the bound statement.
struct PlannedStatement {
    QueryPlan *root = nullptr;
    std::unordered_map<const sql::Query *, QueryPlan *> sublinks;
    std::unordered_map<const sql::CteDefinition *, CtePlan> ctes;
    std::deque<QueryPlan> queries;
    std::deque<Node> nodes;
    std::deque<SetOperationPlan> setOperations;
};

} // namespace sqlgym::plan
