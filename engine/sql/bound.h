// The typed tree that binding makes: PostgreSQL's Query and expression nodes, with every name resolved, every overload
// chosen and every implicit cast written out. Evaluating it needs the catalogue and the runtime, not the SQL text.
#pragma once

#include "sql/definition_statements.h"
#include "sql/schema.h"
#include "sql/session_statements.h"
#include "value/datum.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::sql {

using value::Datum;
using value::Oid;

struct Query;

enum class ExprKind : std::uint8_t {
    Constant,
    Column,
    Function,
    Aggregate,
    Window,
    Boolean,
    NullTest,
    BooleanTest,
    Case,
    CaseInput,
    Coalesce,
    MinMax,
    NullIf,
    Distinct,
    ArrayOperator,
    ArrayConstructor,
    Row,
    RowCompare,
    Field,
    Subscript,
    Sublink,
    Relabel,
    ConvertViaText,
    ArrayConvert,
    SqlValue,
    Grouping,
};

/// `type`, `typmod`, `collation` (0 = none) are those of the result. `location` is a byte offset into the statement's
/// text, -1 = none.
struct Expr {
    ExprKind kind;
    Oid type = 0;
    std::int32_t typmod = -1;
    Oid collation = 0;
    int location = -1;

    explicit Expr(ExprKind k) : kind(k) {}
    virtual ~Expr() = default;
    Expr(const Expr &) = default;
    Expr &operator=(const Expr &) = default;
};

template <ExprKind Kind> struct ExprOf : Expr {
    static constexpr ExprKind kKind = Kind;
    ExprOf() : Expr(Kind) {}
};

/// nullptr when `expr` is of another kind.
template <typename T> T *as(Expr *expr) { return expr && expr->kind == T::kKind ? static_cast<T *>(expr) : nullptr; }
template <typename T> const T *as(const Expr *expr)
{
    return expr && expr->kind == T::kKind ? static_cast<const T *>(expr) : nullptr;
}

/// A literal (already in the type's internal form; type `unknown` never reaches a finished tree except in
/// untyped NULLs and select lists, where it has become text).
struct ConstantExpr : ExprOf<ExprKind::Constant> {
    Datum value = Datum::null();
};

/// As a column: the identity of a table's row, int8. Made for UPDATE and DELETE alone.
inline constexpr int kRowIdentity = -2;

/// Column `column` (from 0) of range entry `range` of the query `levelsUp` levels out (0 = this query).
/// column -1: the whole row, as a record.
struct ColumnExpr : ExprOf<ExprKind::Column> {
    int levelsUp = 0;
    int range = 0;
    int column = 0;
};

/// A function or operator call. `function` is a pg_proc OID; look up strictness, volatility, cost and symbol there.
struct FunctionExpr : ExprOf<ExprKind::Function> {
    Oid function = 0;
    Oid op = 0; ///< pg_operator OID when written as an operator, else 0
    bool returnsSet = false;
    bool variadicArray = false; ///< VARIADIC array passed, or trailing arguments gathered into an array
    bool implicitCast = false;  ///< made by coercion, not written by the learner
    bool explicitCast = false;  ///< written as CAST or ::
    std::vector<Expr *> arguments;
};

struct SortKey {
    int target = 0; ///< index into the list the key belongs to (targets, or AggregateExpr::arguments)
    Oid less = 0;   ///< the '<' or '>' operator used
    Oid equal = 0;  ///< the '=' operator
    bool descending = false;
    bool nullsFirst = false;
};

/// `arguments` for count(*) are empty. Ordered-set aggregates: `direct` are the direct arguments, `arguments` the
/// sorted ones. Trailing arguments that exist only for ORDER BY come after the first `argumentCount`.
struct AggregateExpr : ExprOf<ExprKind::Aggregate> {
    Oid function = 0;
    int levelsUp = 0; ///< > 0: belongs to an outer query (its value is constant here)
    bool star = false;
    bool distinct = false;
    bool variadicArray = false;
    std::vector<Expr *> direct;
    std::vector<Expr *> arguments;
    std::size_t argumentCount = 0;
    std::vector<SortKey> orderBy;
    std::vector<SortKey> distinctKeys; ///< one per argument when distinct
    Expr *filter = nullptr;
};

/// `function` is a window function (prokind 'w') or an aggregate. `window` indexes Query::windows.
struct WindowExpr : ExprOf<ExprKind::Window> {
    Oid function = 0;
    bool star = false;
    bool isAggregate = false;
    int window = 0;
    std::vector<Expr *> arguments;
    Expr *filter = nullptr;
};

enum class BooleanOp : std::uint8_t { And, Or, Not };
struct BooleanExpr : ExprOf<ExprKind::Boolean> {
    BooleanOp op = BooleanOp::And;
    std::vector<Expr *> arguments;
};

struct NullTestExpr : ExprOf<ExprKind::NullTest> {
    Expr *argument = nullptr;
    bool isNot = false;
    bool ofRow = false; ///< SQL's rule for rows: all fields (not) null
};

enum class BooleanTest : std::uint8_t { IsTrue, IsNotTrue, IsFalse, IsNotFalse, IsUnknown, IsNotUnknown };
struct BooleanTestExpr : ExprOf<ExprKind::BooleanTest> {
    Expr *argument = nullptr;
    BooleanTest test = BooleanTest::IsTrue;
};

/// With `input`, the conditions hold CaseInputExpr in its place.
struct CaseExpr : ExprOf<ExprKind::Case> {
    Expr *input = nullptr;
    std::vector<std::pair<Expr *, Expr *>> branches; ///< condition, result
    Expr *otherwise = nullptr;                       ///< never nullptr: a NULL constant where ELSE is missing
};
/// The value of the innermost CASE's input.
struct CaseInputExpr : ExprOf<ExprKind::CaseInput> {};

struct CoalesceExpr : ExprOf<ExprKind::Coalesce> {
    std::vector<Expr *> arguments;
};
struct MinMaxExpr : ExprOf<ExprKind::MinMax> {
    bool greatest = false;
    std::vector<Expr *> arguments;
};
/// NULLIF(a, b): `equal` is the function of the '=' operator applied to the (coerced) arguments; the result is the
/// first argument.
struct NullIfExpr : ExprOf<ExprKind::NullIf> {
    Oid equal = 0;
    Oid op = 0;
    Expr *left = nullptr;
    Expr *right = nullptr;
};
/// a IS [NOT] DISTINCT FROM b.
struct DistinctExpr : ExprOf<ExprKind::Distinct> {
    Oid equal = 0;
    Oid op = 0;
    bool isNot = false;
    Expr *left = nullptr;
    Expr *right = nullptr;
};
/// left op ANY/ALL (array): `function` of the operator; IN lists arrive here too, over an ArrayConstructorExpr.
struct ArrayOperatorExpr : ExprOf<ExprKind::ArrayOperator> {
    Oid function = 0;
    Oid op = 0;
    bool any = true;
    Expr *left = nullptr;
    Expr *array = nullptr;
};
/// ARRAY[...]; `nested` when the elements are arrays themselves.
struct ArrayConstructorExpr : ExprOf<ExprKind::ArrayConstructor> {
    Oid elementType = 0;
    bool nested = false;
    std::vector<Expr *> elements;
};
struct RowExpr : ExprOf<ExprKind::Row> {
    std::vector<Expr *> fields;
    std::vector<std::string> names;
};
enum class RowCompareOp : std::uint8_t { Less, LessEqual, GreaterEqual, Greater };
/// (a, b) < (c, d) and its like; = and <> arrive as AND/OR of operators.
struct RowCompareExpr : ExprOf<ExprKind::RowCompare> {
    RowCompareOp op = RowCompareOp::Less;
    std::vector<Oid> operators;
    std::vector<Expr *> left;
    std::vector<Expr *> right;
};
struct FieldExpr : ExprOf<ExprKind::Field> {
    Expr *argument = nullptr;
    int field = 0;
};
/// container[lower:upper]...; `lower` entries are nullptr for plain subscripts.
struct SubscriptExpr : ExprOf<ExprKind::Subscript> {
    Expr *container = nullptr;
    bool isSlice = false;
    std::vector<Expr *> lower;
    std::vector<Expr *> upper;
};

enum class SublinkKind : std::uint8_t { Exists, Any, All, Scalar, Array };
/// Any/All: `left` are the outer expressions and `comparisons` the operator functions, one per column; the right side
/// is the query's columns through `coercions` (an expression over SublinkColumn placeholders: ColumnExpr with
/// range -1 and column i), or nullptr where none is needed. `useOr`: for row <>, columns combine by OR.
struct SublinkExpr : ExprOf<ExprKind::Sublink> {
    SublinkKind sublink = SublinkKind::Scalar;
    Query *query = nullptr;
    std::vector<Expr *> left;
    std::vector<Expr *> right; ///< ColumnExpr{range = -1, column = i}, possibly inside casts
    std::vector<Oid> operators;
    std::vector<Oid> comparisons;
    bool useOr = false;
    bool isJoined = false; ///< set in planning: PostgreSQL makes it a join with the tables around it
};

/// Same bits, another type.
struct RelabelExpr : ExprOf<ExprKind::Relabel> {
    bool implicitCast = false; ///< made by coercion, not written by the learner
    Expr *argument = nullptr;
};
/// typoutput, then typinput of the result type.
struct ConvertViaTextExpr : ExprOf<ExprKind::ConvertViaText> {
    bool implicitCast = false;
    Expr *argument = nullptr;
};
/// Element by element: `element` holds CaseInputExpr for the element.
struct ArrayConvertExpr : ExprOf<ExprKind::ArrayConvert> {
    Expr *argument = nullptr;
    Expr *element = nullptr;
};

enum class SqlValue : std::uint8_t {
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    LocalTime,
    LocalTimestamp,
    CurrentUser,
    SessionUser,
    CurrentCatalog,
    CurrentSchema,
};
struct SqlValueExpr : ExprOf<ExprKind::SqlValue> {
    SqlValue value = SqlValue::CurrentDate;
};
/// GROUPING(...): indexes into Query::groupBy.
struct GroupingExpr : ExprOf<ExprKind::Grouping> {
    std::vector<Expr *> arguments; ///< as written; `keys` is what counts
    std::vector<int> keys;
};

struct TargetEntry {
    Expr *expr = nullptr;
    std::string name;
    bool junk = false; ///< computed for ORDER BY, GROUP BY or DISTINCT ON only; not part of the result
};

enum class JoinKind : std::uint8_t { Inner, Left, Right, Full };

/// FROM: a leaf (a range entry) or a join of two.
struct FromNode {
    bool isJoin = false;
    int range = -1;
    JoinKind join = JoinKind::Inner;
    FromNode *left = nullptr;
    FromNode *right = nullptr;
    Expr *condition = nullptr; ///< nullptr = always true
    bool lateralRight = false;
};

struct ResultColumn {
    std::string name;
    Oid type = 0;
    std::int32_t typmod = -1;
    Oid collation = 0;
    std::string typeName = {}; ///< of a result: where the type is a table's row, that table's; empty: the type's own
};

/// Change: the rows that INSERT, UPDATE or DELETE leaves or takes; Given: a row that whoever runs the query puts there.
enum class RangeKind : std::uint8_t { Table, Subquery, Function, Values, Cte, SetOperation, Change, Given };

struct Change;

struct CteDefinition {
    std::string name;
    Query *query = nullptr;
    bool recursive = false; ///< refers to itself: query is a set operation, non-recursive term left
    bool unionAll = false;  ///< recursive only
    int materialized = 0;   ///< 0 default, 1 MATERIALIZED, 2 NOT MATERIALIZED
    int references = 0;
    std::vector<ResultColumn> columns;
};

/// One entry of a query's range table; `columns` are what a ColumnExpr's `column` indexes.
struct RangeEntry {
    RangeKind kind = RangeKind::Table;
    std::string alias;
    std::vector<ResultColumn> columns;
    bool lateral = false;
    std::shared_ptr<const TableDefinition> table; ///< Table
    Query *subquery = nullptr;                    ///< Subquery
    std::shared_ptr<const TableDefinition> view;  ///< Subquery: the view that it is the query of
    std::vector<Expr *> functions;                ///< Function: several = ROWS FROM
    std::vector<int> functionColumns;             ///< columns each function gives
    bool ordinality = false;
    std::vector<std::vector<Expr *>> values; ///< Values
    CteDefinition *cte = nullptr;            ///< Cte
    Change *change = nullptr;                ///< Change
    bool selfReference = false;              ///< Cte: the working table inside its own recursive term
};

enum class SetOp : std::uint8_t { Union, Intersect, Except };
/// A leaf is a range entry (a Subquery); otherwise an operation on two nodes. Leaves' columns are already of the
/// common types.
struct SetOperationNode {
    bool isLeaf = false;
    int range = -1;
    SetOp op = SetOp::Union;
    bool all = false;
    SetOperationNode *left = nullptr;
    SetOperationNode *right = nullptr;
    std::vector<SortKey> keys; ///< one per column, unless UNION ALL
};

enum class FrameMode : std::uint8_t { Range, Rows, Groups };
enum class FrameBound : std::uint8_t {
    UnboundedPreceding,
    OffsetPreceding,
    CurrentRow,
    OffsetFollowing,
    UnboundedFollowing
};
enum class FrameExclusion : std::uint8_t { None, CurrentRow, Group, Ties };

struct WindowClause {
    std::vector<SortKey> partitionBy; ///< targets index Query::targets
    std::vector<SortKey> orderBy;
    bool hasFrame = false; ///< false: RANGE UNBOUNDED PRECEDING .. CURRENT ROW
    FrameMode mode = FrameMode::Range;
    FrameBound start = FrameBound::UnboundedPreceding;
    FrameBound end = FrameBound::CurrentRow;
    FrameExclusion exclusion = FrameExclusion::None;
    Expr *startOffset = nullptr;
    Expr *endOffset = nullptr;
};

enum class DistinctKind : std::uint8_t { None, All, On };

/// A SELECT (or VALUES, or set operation). Sort, group and distinct keys index `targets`.
///
/// Set operation: `setOperation` is set, range holds the leaves and, last, a SetOperation entry to which the targets
/// refer; `from`, `where`, grouping and windows are empty.
struct Query {
    std::vector<CteDefinition *> ctes;
    std::vector<RangeEntry> range;
    std::vector<FromNode *> from; ///< comma-separated items; none = one row
    Expr *where = nullptr;
    std::vector<TargetEntry> targets;
    std::vector<SortKey> groupBy;               ///< the distinct grouping columns
    bool grouped = false;                       ///< aggregates, GROUP BY or HAVING
    std::vector<std::vector<int>> groupingSets; ///< indexes into groupBy; empty = one set of all
    bool groupDistinct = false;
    Expr *having = nullptr;
    std::vector<WindowClause> windows;
    DistinctKind distinct = DistinctKind::None;
    std::vector<SortKey> distinctKeys;
    std::vector<SortKey> orderBy;
    Expr *limit = nullptr;  ///< int8
    Expr *offset = nullptr; ///< int8
    bool withTies = false;
    SetOperationNode *setOperation = nullptr;
    bool hasAggregates = false;
    bool hasWindows = false;
    bool hasSetFunctions = false; ///< set-returning functions in the select list
    bool correlated = false;      ///< refers to columns of an outer query
    bool hasWith = false;         ///< written with WITH, even where the planner has taken it in
};

enum class StatementKind : std::uint8_t {
    Select,
    Change,
    CreateTable,
    CreateTableAs,
    RefreshView,
    CreateView,
    Drop,
    CreateIndex,
    CreateType,
    Truncate,
    AlterTable,
    Sequence,
    AlterEnum,
    Transaction,
    Set,
    Show,
    Ignored
};

/// The change that `query` is about; nullptr for a SELECT.
inline Change *changeOf(const Query &query) { return query.range.empty() ? nullptr : query.range.front().change; }

/// A bound statement owns its nodes.
class BoundStatement {
public:
    StatementKind kind = StatementKind::Select;
    Query *query = nullptr; ///< Select; Change: its RETURNING list, range 0 being the change
    CreateTableStatement create;
    DropStatement drop;
    TruncateStatement truncate;
    AlterTableStatement alter;
    SequenceStatement sequence;
    AlterEnumStatement alterEnum;
    CreateTypeStatement type;
    CreateIndexStatement index;
    TransactionStatement transaction;
    SettingStatement setting;
    std::string ignoredTag; ///< StatementKind::Ignored: a command with no effect here (COMMENT, ANALYZE)

    BoundStatement();
    ~BoundStatement();
    BoundStatement(BoundStatement &&) noexcept;
    BoundStatement &operator=(BoundStatement &&) noexcept;

    template <typename T, typename... Args> T *make(Args &&...args)
    {
        auto node = std::make_shared<T>(std::forward<Args>(args)...);
        m_nodes.push_back(node);
        return node.get();
    }
    /// Constants' memory: lives as long as the statement.
    value::Arena &arena();

private:
    struct Memory;
    std::vector<std::shared_ptr<void>> m_nodes;
    std::unique_ptr<Memory> m_memory;
};

} // namespace sqlgym::sql
