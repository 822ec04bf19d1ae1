// The binder's inside: one class over several files (bind_*.cpp), a stage of PostgreSQL's parse analysis each.
#pragma once

#include "base/memory_account.h"
#include "base/stop.h"
#include "catalogue/catalogue.h"
#include "sql/bind.h"
#include "sql/change.h"
#include "value/context.h"

#include <pg_query/pg_query.pb-c.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sqlgym::sql {

using Node = PgQuery__Node;

/// Columns of a target list, fields of a row: PostgreSQL's MaxTupleAttributeNumber.
constexpr std::size_t kMaxTargets = 1664;

/// Thrown and caught inside this target only: bind() turns them into values.
struct BindFailure {
    base::Diagnostic diagnostic;
};
struct BindDeclined {
    std::string feature;
};

/// Where an expression stands: decides what is allowed in it and how errors name the place.
enum class Place : std::uint8_t {
    None,
    SelectTarget,
    Where,
    Having,
    Filter,
    GroupBy,
    OrderBy,
    DistinctOn,
    JoinOn,
    JoinUsing,
    Limit,
    Offset,
    FromFunction,
    FromSubselect,
    WindowPartition,
    WindowOrder,
    WindowFrame,
    Values,
    ValuesSingle,
    InsertTarget,
    UpdateSource,
    Returning,
    Check,
    Default,
    Generated,
    IndexExpression,
    IndexPredicate,
    Transform,
};

/// One column that a name in FROM offers.
struct NamedColumn {
    std::string name;
    int range = -1;
    int column = -1;
    Expr *merged = nullptr; ///< a USING column of a FULL JOIN (or of a merged side): this expression instead
    ResultColumn shape;
};

/// What FROM brings into scope: a table, a subquery, a join.
struct NamespaceItem {
    std::string name; ///< alias or table name; empty: cannot be named (an unaliased join)
    std::string schema;
    int range = -1; ///< -1: a join
    bool nameVisible = true;
    bool columnsVisible = true;
    bool lateralOnly = false;
    bool lateralOk = true;
    bool isTarget = false; ///< of UPDATE or DELETE
    std::vector<NamedColumn> columns;
};

struct Scope {
    Scope *parent = nullptr;
    Query *query = nullptr;
    Place place = Place::None;
    std::vector<NamespaceItem> items;
    std::vector<NamespaceItem> everSeen; ///< all range entries with a name, for error messages
    std::vector<CteDefinition *> ctes;
    std::vector<const PgQuery__CommonTableExpr *> futureCtes;
    std::vector<const PgQuery__WindowDef *> windowDefinitions;
    bool lateralActive = false;
    bool hasAggregates = false;
    bool hasWindows = false;
    bool hasSetFunctions = false;
    int setFunctionLocation = -1; ///< of the last one bound
    bool resolveUnknowns = true;
};

enum class CoercionContext : std::uint8_t { Implicit, Assignment, Explicit };
enum class CoercionForm : std::uint8_t { ImplicitCast, ExplicitCast };
enum class CoercionPath : std::uint8_t { None, Function, Relabel, Array, ViaText };

class Binder {
public:
    Binder(std::string_view sql, const SchemaView &schema, const value::Session &session, BoundStatement &statement);

    /// Declines COLLATE where it might decide something.
    void finishCollations() const;

    // bind_select.cpp, bind_setop.cpp, bind_with.cpp
    Query *bindSelect(const PgQuery__SelectStmt &stmt, Scope *parent, bool resolveUnknowns);

protected:
    // ---- failing (binder.cpp)
    [[noreturn]] void fail(std::string_view sqlstate, std::string message, int location = -1, std::string detail = {},
                           std::string hint = {}) const;
    [[noreturn]] void decline(std::string feature) const;
    std::string withRowType(std::string message) const;
    int positionOf(int location) const;
    /// For what PostgreSQL looks at when it has no longer the statement's text at hand.
    template <typename F> static auto withoutPosition(F &&work)
    {
        try {
            return work();
        } catch (BindFailure &failure) {
            failure.diagnostic.position = 0;
            throw;
        }
    }
    /// Turns what the runtime raised while converting a literal into a failure at `location`.
    void checkStop(int location);

    template <typename T> T *make(int location = -1)
    {
        T *node = m_statement.make<T>();
        node->location = location;
        return node;
    }
    ConstantExpr *makeConstant(Oid type, Datum value, int location, std::int32_t typmod = -1);
    ConstantExpr *makeUnknown(std::string_view text, int location);
    ConstantExpr *makeNull(Oid type, int location);
    ConstantExpr *makeBool(bool value);
    ConstantExpr *makeInt4(std::int32_t value, int location = -1);
    BooleanExpr *makeBoolean(BooleanOp op, std::vector<Expr *> arguments, int location);
    Datum literalInput(Oid type, std::string_view text, std::int32_t typmod, int location);

    // ---- select (bind_select.cpp)
    Query *bindPlainSelect(const PgQuery__SelectStmt &stmt, Scope &scope);
    Query *bindValues(const PgQuery__SelectStmt &stmt, Scope &scope);
    Expr *bindLimit(Scope &scope, const Node *node, Place place, const PgQuery__SelectStmt &stmt);
    void resolveUnknownTargets(Query &query);
    void finishOrderAndLimit(const PgQuery__SelectStmt &stmt, Scope &scope, Query &query);
    Query *newQuery();
    void bindLocking(const PgQuery__SelectStmt &stmt, const Scope &scope);
    void checkLockable(const Query &query, const std::string &lock) const;
    void checkLocked(const PgQuery__RangeVar &relation, const Query &query, const std::string &lock) const;

    // ---- set operations (bind_setop.cpp)
    Query *bindSetOperation(const PgQuery__SelectStmt &stmt, Scope &scope);
    SetOperationNode *bindSetTree(const PgQuery__SelectStmt &stmt, Scope &scope, std::vector<ResultColumn> &columns,
                                  std::vector<Expr *> &leafExprs, bool isTop, CteDefinition *recursive);
    void unifySetColumns(const char *context, std::vector<ResultColumn> &out, SetOperationNode &node,
                         std::vector<ResultColumn> &left, std::vector<Expr *> &leftExprs,
                         std::vector<ResultColumn> &right, std::vector<Expr *> &rightExprs, Query &query);
    void convertLeaves(SetOperationNode &node, Query &query, const std::vector<ResultColumn> &columns);
    void finishSetQuery(const PgQuery__SelectStmt &stmt, Scope &scope, Query &query, SetOperationNode *tree,
                        const std::vector<ResultColumn> &columns);
    Query *wrapForConversion(Query *query, const std::vector<ResultColumn> &columns);

    // ---- WITH (bind_with.cpp)
    void bindWith(const PgQuery__WithClause &with, Scope &scope);
    void bindCte(const PgQuery__CommonTableExpr &cte, Scope &scope, bool recursive);
    void bindRecursiveCte(const PgQuery__CommonTableExpr &cte, Scope &scope, CteDefinition &definition);
    void nameCteColumns(const PgQuery__CommonTableExpr &cte, CteDefinition &definition);
    CteDefinition *findCte(Scope &scope, std::string_view name, int &levelsUp);

    // ---- FROM (bind_from.cpp)
    void bindFrom(Scope &scope, Node **list, std::size_t count);
    FromNode *bindFromItem(Scope &scope, const Node &node, std::vector<NamespaceItem> &out);
    FromNode *bindRangeVar(Scope &scope, const PgQuery__RangeVar &var, std::vector<NamespaceItem> &out);
    FromNode *bindSubselect(Scope &scope, const PgQuery__RangeSubselect &sub, std::vector<NamespaceItem> &out);
    FromNode *bindRangeFunction(Scope &scope, const PgQuery__RangeFunction &function, std::vector<NamespaceItem> &out);
    void bindWideUnnest(Scope &scope, const PgQuery__FuncCall &call, std::vector<Expr *> &out);
    FromNode *bindJoin(Scope &scope, const PgQuery__JoinExpr &join, std::vector<NamespaceItem> &out);
    NamedColumn mergedColumn(JoinKind join, const std::string &name, Expr *left, Expr *right);
    void bindUsing(Scope &scope, const PgQuery__JoinExpr &join, FromNode &node, const std::vector<NamespaceItem> &left,
                   const std::vector<NamespaceItem> &right, std::vector<NamedColumn> &merged,
                   std::vector<std::string> &names);
    FromNode *addRange(Scope &scope, RangeEntry entry, const PgQuery__Alias *alias, std::vector<NamespaceItem> &out,
                       const std::string &schema = {});
    Query *bindViewText(const TableDefinition &view);
    void checkCheckOption(const Query &query) const;
    void openViewTarget(const std::shared_ptr<const TableDefinition> &view, bool nested);
    void nameAsView(NamespaceItem &item) const;
    void closeViewTarget(Change &change);
    void addDatabaseTable(Scope &scope, const PgQuery__RangeVar &var, RangeEntry &entry, const ViewSource *&source);
    void applyAlias(const PgQuery__Alias *alias, RangeEntry &entry, int location);
    /// A name of more parts than a schema and a name: of another database, or of too many parts.
    [[noreturn]] void failQualified(const std::vector<std::string> &names, const char *kind, bool quoted,
                                    int location = -1) const;
    /// Fails for a table named with a database.
    void checkDatabase(const PgQuery__RangeVar &var, bool withPosition = true) const;
    /// The table that a statement changes; PostgreSQL's error when there is none.
    void bindFromBesideTarget(Scope &scope, Node **list, std::size_t count);
    std::shared_ptr<const TableDefinition> openTarget(const PgQuery__RangeVar &var) const;
    void checkNameConflicts(const std::vector<NamespaceItem> &a, const std::vector<NamespaceItem> &b);
    void setLateral(std::vector<NamespaceItem> &items, bool lateralOnly, bool lateralOk);
    /// json_to_record(...) AS t(a int, b text): the columns after it; none where there is no such list.
    std::vector<ResultColumn> definedColumns(Expr &expr, std::span<Node *const> definitions);
    std::vector<ResultColumn> functionColumns(Expr &call, const std::string &functionName,
                                              const PgQuery__RangeFunction &range, bool only);

    // ---- names (bind_names.cpp)
    Expr *bindColumnRef(Scope &scope, const PgQuery__ColumnRef &ref);
    Expr *findColumn(Scope &scope, std::string_view name, int location);
    NamespaceItem *findItem(Scope &scope, std::string_view schema, std::string_view name, int location, int &levelsUp);
    Expr *columnOf(Scope &scope, const NamespaceItem &item, const NamedColumn &column, int levelsUp, int location);
    Expr *wholeRow(Scope &scope, const NamespaceItem &item, int levelsUp, int location);
    const NamespaceItem *findEntry(Scope &scope, std::string_view schema, std::string_view name);
    [[noreturn]] void missingTable(Scope &scope, std::string_view schema, std::string_view name, int location);
    [[noreturn]] void missingColumn(Scope &scope, std::string_view relation, std::string_view name, int location);
    void markCorrelated(Scope &scope, int levelsUp);
    void checkLateral(const Scope &scope, const NamespaceItem &item, int location) const;

    // ---- target list (bind_targets.cpp)
    void bindTargets(Scope &scope, Node **list, std::size_t count, std::vector<TargetEntry> &out);
    void expandStar(Scope &scope, const PgQuery__ColumnRef &ref, std::vector<TargetEntry> &out);
    void expandItem(Scope &scope, const NamespaceItem &item, int levelsUp, int location, std::vector<TargetEntry> &out);
    std::string columnName(const Node &node);
    int figureName(const Node *node, std::string &name);

    // ---- ORDER BY, GROUP BY, DISTINCT (bind_sort.cpp)
    int findTarget(Scope &scope, Query &query, const Node &node, Place place, bool sql92);
    void checkGroupTarget(const Expr &target, int location) const;
    int addTargetExpr(Query &query, Expr *expr);
    SortKey sortKeyFor(Query &query, int target, const PgQuery__SortBy *by, int location);
    std::vector<SortKey> bindSortClause(Scope &scope, Query &query, Node **list, std::size_t count, Place place,
                                        bool sql92);
    void bindGroupClause(Scope &scope, Query &query, const PgQuery__SelectStmt &stmt);
    std::vector<std::vector<int>> groupingSetOf(Scope &scope, Query &query, const Node &node);
    int groupKeyOf(Scope &scope, Query &query, const Node &node);
    void bindDistinct(Scope &scope, Query &query, const PgQuery__SelectStmt &stmt);
    SortKey groupKeyFor(Query &query, int target, int location);
    void resolveUnknownTarget(Query &query, int target);
    SortKey makeSortKey(Oid type, int location, bool descending, bool nullsFirst, int target);

    // ---- windows (bind_window.cpp)
    void bindWindows(Scope &scope, Query &query);
    int windowIndex(Scope &scope, const PgQuery__WindowDef &definition);
    Expr *bindFrameOffset(Scope &scope, Query &query, const Node *node, const WindowClause &window, int frameOptions,
                          bool end);

    // ---- aggregates and grouping (bind_aggregate.cpp)
    std::size_t pairHypotheticalArguments(const PgQuery__FuncCall &call, const std::string &name,
                                          std::vector<Expr *> &arguments);
    Expr *bindAggregateCall(Scope &scope, const PgQuery__FuncCall &call, const catalogue::FunctionRow &row,
                            std::vector<Expr *> arguments, Oid resultType, bool variadicArray, Expr *filter);
    Expr *bindWindowCall(Scope &scope, const PgQuery__FuncCall &call, const catalogue::FunctionRow &row,
                         std::vector<Expr *> arguments, Oid resultType, Expr *filter);
    void checkWithinGroup(const PgQuery__FuncCall &call, const catalogue::FunctionRow &row) const;
    void checkAggregatePlace(Scope &scope, AggregateExpr &aggregate, int location);
    void checkGroupingPlace(const Scope &scope, int location) const;
    void checkWindowPlace(const Scope &scope, int location) const;
    void checkSetFunctionPlace(const Scope &scope, int location) const;
    void checkRecursiveAggregates(Query &query) const;
    void checkGrouping(Scope &scope, Query &query);
    void resolveGrouping(Query &query, Expr &expr);
    int levelOf(const Expr &expr, int depth, int &aggregateLevel, const Expr *&found, bool &hasWindow) const;
    Scope *scopeAt(Scope &scope, int levelsUp) const;

    // ---- expressions (bind_expr.cpp, bind_expr_special.cpp)
    Expr *bindExpr(Scope &scope, const Node *node, Place place);
    Expr *bindNode(Scope &scope, const Node *node);
    Expr *bindConstant(const PgQuery__AConst &constant);
    Expr *bindOperator(Scope &scope, const PgQuery__AExpr &expr);
    Expr *bindIn(Scope &scope, const PgQuery__AExpr &expr);
    Expr *bindBetween(Scope &scope, const PgQuery__AExpr &expr);
    Expr *bindDistinctFrom(Scope &scope, const PgQuery__AExpr &expr);
    Expr *bindNullIf(Scope &scope, const PgQuery__AExpr &expr);
    Expr *bindBoolean(Scope &scope, const PgQuery__BoolExpr &expr);
    Expr *bindCase(Scope &scope, const PgQuery__CaseExpr &expr);
    Expr *bindCoalesce(Scope &scope, const PgQuery__CoalesceExpr &expr);
    Expr *bindMinMax(Scope &scope, const PgQuery__MinMaxExpr &expr);
    Expr *bindSqlValue(const PgQuery__SQLValueFunction &function);
    Expr *bindSublink(Scope &scope, const PgQuery__SubLink &link);
    Expr *bindRowSublink(Scope &scope, const std::string &op, const Node &row, const PgQuery__SubLink &link,
                         int location);
    SublinkExpr *subqueryColumn(Scope &scope, const PgQuery__SelectStmt &select, std::size_t index, int location);
    Expr *bindCast(Scope &scope, const PgQuery__TypeCast &cast);
    Expr *bindArray(Scope &scope, const PgQuery__AArrayExpr &array, Oid arrayType, Oid elementType,
                    std::int32_t typmod);
    Expr *bindIndirection(Scope &scope, const PgQuery__AIndirection &node);
    Expr *bindCollate(Scope &scope, const PgQuery__CollateClause &clause);
    /// Both sides of an operator that compares bytes under every collation there is here.
    void compareCollated(const std::string &name, const Expr *left, const Expr *right);
    Expr *bindJsonbSubscripts(Scope &scope, Expr *document, const std::vector<const PgQuery__AIndices *> &indices,
                              int location);
    Expr *bindSubscripts(Scope &scope, Expr *container, const std::vector<const PgQuery__AIndices *> &indices,
                         int location);
    Expr *bindField(Scope &scope, Expr *record, std::string_view name, int location);
    const NamespaceItem *itemOfRow(Scope &scope, const Expr *record) const;
    bool expandRow(Scope &scope, const Node &node, Place place, std::vector<TargetEntry> &out);
    Expr *rowsDistinct(const RowExpr &left, const RowExpr &right, bool isNot, int location);
    Expr *distinctOf(Expr *left, Expr *right, bool isNot, int location);
    Expr *bindRow(Scope &scope, const PgQuery__RowExpr &row);
    Expr *bindNullTest(Scope &scope, const PgQuery__NullTest &test);
    Expr *bindBooleanTest(Scope &scope, const PgQuery__BooleanTest &test);
    Expr *bindGrouping(Scope &scope, const PgQuery__GroupingFunc &function);
    Expr *rowComparison(const std::string &shown, std::vector<Expr *> left, std::vector<Expr *> right, int location);

    // ---- functions and operators (bind_function.cpp, bind_operator.cpp, overload.cpp)
    Expr *bindFunctionCall(Scope &scope, const PgQuery__FuncCall &call);
    void checkFunctionSchema(const PgQuery__FuncCall &call) const;
    Expr *functionCall(Scope &scope, const PgQuery__FuncCall &call, const std::string &name,
                       std::vector<Expr *> arguments, const std::vector<std::string> &argumentNames);
    Expr *makeOperator(const std::string &name, Expr *left, Expr *right, int location);
    Expr *makeArrayOperator(const std::string &name, bool any, Expr *left, Expr *array, int location);
    struct Candidate {
        const catalogue::FunctionRow *function = nullptr;
        const catalogue::OperatorRow *op = nullptr;
        std::vector<Oid> types;
        int variadicCount = 0; ///< arguments gathered into the variadic array
        int defaultsUsed = 0;
        std::vector<int> order; ///< named notation: position of each given argument
    };
    const catalogue::OperatorRow *findBinaryOperator(const std::string &name, Oid left, Oid right, int location);
    const catalogue::OperatorRow *findPrefixOperator(const std::string &name, Oid right, int location);
    std::vector<Candidate> matching(const std::vector<Candidate> &candidates, const std::vector<Oid> &types);
    const Candidate *selectCandidate(std::vector<Candidate> &candidates, const std::vector<Oid> &types);
    std::vector<Candidate> functionCandidates(const std::string &name, std::size_t argumentCount,
                                              const std::vector<std::string> &argumentNames, bool expandVariadic);
    Oid resolvePolymorphic(std::vector<Oid> &declared, const std::vector<Oid> &actual, Oid result);
    bool polymorphicConsistent(const std::vector<Oid> &declared, const std::vector<Oid> &actual) const;

    // ---- coercion (bind_coerce.cpp, coercion_rules.cpp)
    bool canCoerce(const std::vector<Oid> &from, const std::vector<Oid> &to, CoercionContext context) const;
    bool canCoerce(Oid from, Oid to, CoercionContext context) const;
    CoercionPath findPath(Oid to, Oid from, CoercionContext context, Oid &function) const;
    Expr *coerce(Expr *expr, Oid to, std::int32_t typmod, CoercionContext context, CoercionForm form, int location);
    Expr *coerceTo(Expr *expr, Oid to, std::int32_t typmod, CoercionContext context, CoercionForm form, int location);
    Expr *coerceTypmod(Expr *expr, Oid to, std::int32_t typmod, CoercionContext context, CoercionForm form,
                       int location);
    Expr *applyCast(Expr *expr, CoercionPath path, Oid function, Oid to, std::int32_t typmod, CoercionContext context,
                    CoercionForm form, int location);
    Expr *coerceToBoolean(Expr *expr, const char *construct);
    Expr *coerceToType(Expr *expr, Oid type, const char *construct);
    Oid selectCommonType(const std::vector<Expr *> &exprs, const char *context, Expr **which = nullptr);
    bool commonTypeWorks(Oid type, const std::vector<Expr *> &exprs) const;
    Expr *coerceToCommon(Expr *expr, Oid type, const char *context);
    std::int32_t commonTypmod(const std::vector<Expr *> &exprs, Oid type) const;

    // ---- types (bind_type.cpp)
    Oid bindTypeName(const PgQuery__TypeName &name, std::int32_t &typmod);
    std::int32_t bindTypmod(Oid type, const PgQuery__TypeName &name);
    Oid typeFromNames(const std::vector<std::string> &names) const;
    std::string typeNameText(const PgQuery__TypeName &name) const;

    // ---- statements other than SELECT (bind_change.cpp, bind_insert.cpp, bind_conflict.cpp, bind_update.cpp,
    // bind_view.cpp, bind_stored.cpp)
    Query *bindChange(const Node &node, Scope *parent);
    Change &startChange(ChangeKind kind, const PgQuery__RangeVar &relation, const PgQuery__WithClause *with,
                        Scope &scope, std::vector<NamespaceItem> &items);
    Query *finishChange(Change &change, Scope &scope);
    void bindModifyTarget(const PgQuery__RangeVar &relation, const Change &change, Scope &scope);
    void bindReturning(Scope &scope, Node **list, std::size_t count, std::vector<TargetEntry> &out);
    void moveReturning(Query &query, Query &source);
    void checkGenerated(Expr &expr, const TableDefinition &table);
    void bindGenerated(const TableDefinition &table, std::vector<std::pair<int, Expr *>> &out);
    void bindChecks(const TableDefinition &table, std::vector<Expr *> &out);
    /// A list as the parse tree keeps it.
    struct NodeList {
        Node **items = nullptr;
        std::size_t count = 0;
    };
    Query *bindModify(Change &change, Scope &scope, const PgQuery__RangeVar &relation, NodeList others, Node *where,
                      NodeList returning, NodeList assignments);
    int targetColumn(const TableDefinition &table, const PgQuery__ResTarget &target) const;
    Query *bindDelete(const PgQuery__DeleteStmt &stmt, Scope *parent);
    Query *bindUpdate(const PgQuery__UpdateStmt &stmt, Scope *parent);
    void bindAssignments(Scope &scope, Node **list, std::size_t count, const TableDefinition &table,
                         std::vector<int> &columns, std::vector<int> *numbered);
    Expr *bindAssigned(Scope &scope, const Node &value);
    Expr *assignedColumn(Scope &scope, const PgQuery__MultiAssignRef &part);
    Query *bindInsert(const PgQuery__InsertStmt &stmt, Scope *parent);
    void bindInsertColumns(const PgQuery__InsertStmt &stmt, Change &insert, std::vector<int> &locations);
    void bindInsertSource(const PgQuery__InsertStmt &stmt, Scope &scope, Change &insert,
                          const std::vector<int> &locations);
    void bindInsertValues(const PgQuery__InsertStmt &stmt, Scope &around, Change &insert,
                          const std::vector<int> &locations);
    void applyOverriding(const PgQuery__InsertStmt &stmt, Change &insert);
    void checkInsertCount(const PgQuery__InsertStmt &stmt, const Change &insert, const std::vector<Expr *> &row,
                          const std::vector<int> &locations);
    void bindConflict(const PgQuery__OnConflictClause &clause, Scope &scope, Change &insert);
    void bindArbiter(const PgQuery__OnConflictClause &clause, Scope &scope, Change &insert);
    void checkArbiter(const PgQuery__OnConflictClause &clause, const Change &insert) const;
    void checkRowTypes(const Query &query) const;
    std::string statementName(const Node &node) const;
    Expr *bindCheck(const CheckDefinition &check, const TableDefinition &table);
    std::shared_ptr<const TableDefinition> findAsOf(const PgQuery__RangeVar &var, const ViewSource *&source) const;
    void nameAsOf(const ViewSource &source, const TableDefinition &table, NamespaceItem &item) const;
    Expr *bindOver(const Node &node, const TableDefinition *table, Place place, const NamesAsOf *names = nullptr);
    Expr *bindStandalone(std::string_view expression, const TableDefinition *table, Oid type, std::int32_t typmod,
                         Place place, const NamesAsOf *names = nullptr);
    Expr *assignTo(Expr *expr, const ColumnDefinition &column, int location);

    std::string_view m_sql;
    const SchemaView &m_schema;
    BoundStatement &m_statement;
    base::MemoryAccount m_account;
    /// Expressions under COLLATE that have not reached a place where the collation is known to make no difference.
    std::unordered_map<const Expr *, std::string> m_collated;
    base::Stop m_stop;
    base::CancelToken m_cancel;
    value::Session m_session;
    std::map<const void *, Query *> m_sublinkQueries; ///< by parse node: what names a scalar subquery's column
    int m_depth = 0;
    const PgQuery__IntoClause *m_into = nullptr;     ///< of SELECT INTO, once it has been seen to
    const PgQuery__SelectStmt *m_lockable = nullptr; ///< a subquery that runs once, where FOR UPDATE may stand
    bool m_bindsAgain = false;                       ///< what is bound stands in the tree more often than in the text
    std::set<const CteDefinition *> m_boundAgain;    ///< the common table expressions in it
    const TableDefinition *m_view = nullptr;         ///< whose text is being bound
    std::vector<ViewSource> *m_sources = nullptr;    ///< CREATE VIEW: takes what the query reads
    /// A view that the statement changes. `columns`: where its columns are in `base`; `face` is `base` under the
    /// view's names. With a `reason` it cannot be changed, and all three are the view itself.
    struct ViewTarget {
        std::shared_ptr<const TableDefinition> view, base, face;
        std::vector<int> columns = {};
        Expr *where = nullptr;
        const char *reason = nullptr;
    };
    std::optional<ViewTarget> m_viewTarget;
    bool m_sawTableRow = false;
    std::string m_rowTable; ///< the table all whole rows are of; empty: there are several, or other rows
    bool m_sawOtherRow = false;

    friend struct DepthGuard;
};

/// Bounds recursion over the parse tree.
struct DepthGuard {
    explicit DepthGuard(Binder &binder) : m_binder(binder)
    {
        if (++m_binder.m_depth > 6'000)
            m_binder.decline("an expression nested this deeply");
    }
    ~DepthGuard() { --m_binder.m_depth; }
    DepthGuard(const DepthGuard &) = delete;
    DepthGuard &operator=(const DepthGuard &) = delete;

private:
    Binder &m_binder;
};

// Small helpers over the parse tree (parse_nodes.cpp).
/// The String nodes of a list, as text.
std::vector<std::string> stringsOf(Node *const *list, std::size_t count);
/// exprLocation() of a parse node: the leftmost location in it, -1 = none.
int locationOf(const Node *node);
/// exprLocation() of a bound expression.
int locationOf(const Expr *expr);
const char *nodeName(const Node &node);

bool isPolymorphic(Oid type);
/// getBaseType, TypeCategory, and whether the type is its category's preferred one.
char categoryOf(Oid type);
bool isPreferred(Oid type);
inline std::string typeText(Oid type) { return catalogue::formatType(type); }

} // namespace sqlgym::sql
