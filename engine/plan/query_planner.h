// One statement's planning: private to plan/.
#pragma once

#include "plan/planner.h"

#include <unordered_set>

namespace sqlgym::plan {

class QueryPlanner {
public:
    QueryPlanner(sql::BoundStatement &statement, PlannedStatement &plan, ConstantEvaluator &evaluator,
                 const PlanOptions &options)
        : m_statement(statement), m_plan(plan), m_folder(statement, evaluator), m_stop(evaluator.context().stop),
          m_options(options)
    {
    }

    /// nullptr: the stop slot says why.
    QueryPlan *planQuery(sql::Query &query);

private:
    bool planSteps(QueryPlan &plan);
    bool failed() const { return m_stop.raised(); }
    void decline(const std::string &what) { m_stop.decline(what); }

    // query_planner.cpp
    bool findsWorkingTable(sql::Query &query);
    void planCtes(sql::Query &query);
    void preprocess(sql::Query &query);
    void planSublinksOf(sql::Expr *expr);
    sql::Query *leftOf(const sql::Query &query);
    void planSetOperation(QueryPlan &plan);
    SetOperationPlan *planSetNode(QueryPlan &plan, const sql::SetOperationNode *node, const SetOperationPlan *parent);
    void makeDegenerate(QueryPlan &plan);
    void splitHaving(QueryPlan &plan, std::vector<sql::Expr *> &where);
    void collectParameters(QueryPlan &plan);
    bool findKeys(const std::vector<sql::SortKey> &keys, const sql::Query &query, std::vector<KeyOps> &ops,
                  bool hashed);

    // grouping.cpp
    void planGrouping(QueryPlan &plan);
    void planAggregate(GroupPlan &group, sql::AggregateExpr *aggregate);
    void replaceKeys(QueryPlan &plan);
    void planWindows(QueryPlan &plan);
    void orderWindows(QueryPlan &plan);
    void findUsedAbove(QueryPlan &plan);

    // joins.cpp
    Node *makeNode(NodeKind kind);
    Node *planFrom(QueryPlan &plan, const std::vector<sql::FromNode *> &items, std::vector<sql::Expr *> quals);
    void flatten(QueryPlan &plan, sql::FromNode *node, std::vector<sql::FromNode *> &items,
                 std::vector<sql::Expr *> &quals);
    Node *planItem(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals);
    void rememberConditions(QueryPlan &plan, const std::vector<sql::Expr *> &conditions);
    void markJoined(const std::vector<sql::Expr *> &quals);
    Node *planOuterJoin(QueryPlan &plan, sql::FromNode *item, std::vector<sql::Expr *> &quals);
    Node *planLeaf(QueryPlan &plan, int range);
    Node *planRows(QueryPlan &plan, int range);
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
};

} // namespace sqlgym::plan
