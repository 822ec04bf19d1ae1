// One statement's planning: private to plan/.
#pragma once

#include "plan/outer_joins.h"
#include "plan/planner.h"

#include <map>
#include <set>
#include <unordered_set>

namespace sqlgym::plan {

class QueryPlanner {
public:
    QueryPlanner(sql::BoundStatement &statement, PlannedStatement &plan, ConstantEvaluator &evaluator,
                 const PlanOptions &options)
        : m_statement(statement), m_plan(plan), m_folder(statement, evaluator), m_stop(evaluator.context().stop),
          m_options(options)
    {
        m_folder.whenColumn([this](const sql::ColumnExpr &column) { foldColumn(column); });
    }

    /// nullptr: the stop slot says why.
    QueryPlan *planQuery(sql::Query &query);
    void keepRowsOf(const sql::Query &query) { m_marksRows.insert(&query); }

private:
    bool planSteps(QueryPlan &plan);
    bool failed() const { return m_stop.raised(); }
    void decline(const std::string &what) { m_stop.decline(what); }

    // query_planner.cpp
    bool findsWorkingTable(sql::Query &query);
    void planCtes(sql::Query &query);
    void preprocess(sql::Query &query);
    void foldColumn(const sql::ColumnExpr &column);
    void foldAppendMembers(sql::Query &query);
    void preprocessJoin(sql::FromNode *node, bool optional);
    void foldCondition(sql::Expr *&condition, const void *owner, bool optional);
    void planJoinedSublinks(sql::Expr *condition, const void *owner, bool optional);
    void planSublinksOf(sql::Expr *expr);
    sql::Query *leftOf(const sql::Query &query);
    void planSetOperation(QueryPlan &plan);
    SetOperationPlan *planSetNode(QueryPlan &plan, const sql::SetOperationNode *node, const SetOperationPlan *parent);
    void makeDegenerate(QueryPlan &plan);
    void splitHaving(QueryPlan &plan, std::vector<sql::Expr *> &where);
    void collectParameters(QueryPlan &plan);
    bool findKeys(const std::vector<sql::SortKey> &keys, const sql::Query &query, std::vector<KeyOps> &ops,
                  bool hashed);

    // change_source.cpp
    void planSource(QueryPlan &plan, sql::Change &change);
    void foldConflict(const sql::Change &change);
    void foldReturning(QueryPlan &plan, const sql::Query &source);
    Node *planRows(QueryPlan &plan, int range);

    // grouping.cpp
    void planGrouping(QueryPlan &plan);
    void planAggregate(GroupPlan &group, sql::AggregateExpr *aggregate);
    void findEnds(QueryPlan &plan);
    void replaceKeys(QueryPlan &plan);
    void planWindows(QueryPlan &plan);
    void orderWindows(QueryPlan &plan);
    void findUsedAbove(QueryPlan &plan);

    // joins.cpp
    Node *makeNode(NodeKind kind);
    Node *planFrom(QueryPlan &plan, const std::vector<sql::FromNode *> &items, std::vector<sql::Expr *> quals);
    void flatten(QueryPlan &plan, sql::FromNode *node, std::vector<sql::FromNode *> &items,
                 std::vector<sql::Expr *> &quals);
    void liftGates(sql::FromNode *node, std::vector<sql::Expr *> &gates);
    Node *planItem(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals);
    Node *planInnerJoin(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals);
    struct InnerJoin {
        std::vector<sql::FromNode *> items;
        std::vector<sql::Expr *> own;
        std::vector<std::pair<const sql::FromNode *, sql::Expr *>> falseOn;
        bool never = false; ///< it has a constant FALSE that is not about one item
        void addFalse(const sql::FromNode *item);
    };
    InnerJoin takeInnerJoin(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals);
    void flattenBelow(QueryPlan &plan, sql::FromNode *node, InnerJoin &join);
    void planSubqueries(QueryPlan &plan, const std::vector<sql::FromNode *> &items, std::vector<sql::Expr *> quals);
    void findSubqueries(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals,
                        std::map<int, std::vector<sql::Expr *>> &conditions);
    bool isUnsure(const QueryPlan &plan) const;
    Node *makeEmpty(RangeSet ranges);
    sql::Expr *makeFalse();
    bool findsNone(sql::Expr *qual);
    void rememberConditions(QueryPlan &plan, const std::vector<sql::Expr *> &conditions);
    void markJoined(const std::vector<sql::Expr *> &quals);
    Node *planOuterJoin(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals);
    Node *planLeaf(QueryPlan &plan, int range);

    // contradictions.cpp
    bool haveContradiction(const std::vector<sql::Expr *> &quals);

    // full_joins.cpp
    bool isFullJoinPlain(const QueryPlan &plan) const;
    void reduceJoins(const QueryPlan &plan, const std::vector<sql::Expr *> &where);

    // estimates.cpp
    void estimate(const QueryPlan &plan, const std::vector<sql::Expr *> &conditions);
    void estimate(const QueryPlan &plan, sql::Expr *condition);
    void estimateValue(const QueryPlan &plan, const sql::Expr *expr);

    // joins.cpp
    void finishLeaf(QueryPlan &plan, Node *leaf, std::vector<sql::Expr *> quals);
    Node *joinAll(std::vector<Node *> items, std::vector<sql::Expr *> &quals);
    Node *joinTwo(JoinType type, Node *left, Node *right, std::vector<sql::Expr *> conditions);
    bool asHashKey(sql::Expr *qual, RangeSet left, RangeSet right, HashKey &key);
    double estimateLeaf(QueryPlan &plan, const Node &leaf, const std::vector<sql::Expr *> &quals);

    sql::BoundStatement &m_statement;
    PlannedStatement &m_plan;
    Folder m_folder;
    base::Stop &m_stop;
    const PlanOptions &m_options;
    const QueryPlan *m_enclosing = nullptr;                   ///< the query that is being planned
    std::unordered_set<const sql::CteDefinition *> m_working; ///< CTEs that read a working table
    /// Per source of a change the query of its RETURNING list, which is folded with it.
    std::unordered_map<const sql::Query *, QueryPlan *> m_returning;
    std::unordered_map<const sql::Change *, QueryPlan *> m_sources; ///< planned
    /// Sources of UPDATE and DELETE: PostgreSQL keeps the whole rows of all that they read.
    std::unordered_set<const sql::Query *> m_marksRows;
    std::unordered_set<const sql::Query *> m_heldBack; ///< PostgreSQL merges them with what is around them
    /// EXISTS and IN whose constant conditions PostgreSQL tests above all that it joins them with; or where that is
    /// the question.
    std::unordered_set<const sql::Query *> m_testedAbove, m_maybeTestedAbove;
    std::unordered_set<const sql::FromNode *> m_emptied; ///< joins directly under a constant FALSE
    /// Queries with an IN of which PostgreSQL may fold a part.
    std::unordered_set<const sql::Query *> m_foldsWhenJoined;
    std::unordered_set<const sql::Expr *> m_pushedDown; ///< conditions that went into a subquery
    std::set<std::pair<const sql::Query *, int>> m_foldedColumns;
    std::unordered_set<const sql::Query *>
        m_withJoined; ///< an EXISTS or IN above all joins is joined with their tables
    JoinedSublinks m_joined;
    /// Per query of an IN that is joined those of its columns of which NULL equals nothing.
    std::unordered_map<const sql::Query *, std::vector<std::size_t>> m_compared;
    struct PlannedSubquery {
        Node *leaf;
        std::vector<sql::Expr *> quals; ///< that stay above it
    };
    std::map<std::pair<const QueryPlan *, int>, PlannedSubquery> m_subqueries;
};

} // namespace sqlgym::plan
