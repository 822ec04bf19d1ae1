#include "exec/compiler.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "exec/eval_logic.h"
#include "exec/eval_values.h"
#include "exec/sql_value.h"
#include "plan/keys.h"

namespace sqlgym::exec {

using namespace sql;
namespace type = catalogue::type;

std::unique_ptr<CallEvaluator> makeCall(Oid function, std::vector<Oid> types, value::Context &cx)
{
    const auto *row = catalogue::findFunction(function);
    const auto scalar = row ? runtime::findScalar(row->symbol) : nullptr;
    return scalar ? std::make_unique<CallEvaluator>(scalar, std::move(types), row->result, cx) : nullptr;
}

namespace {

bool isStrict(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    return row && row->strict;
}

bool isInteger(Oid t) { return t == type::kInt2 || t == type::kInt4 || t == type::kInt8; }

} // namespace

Operand Compiler::unsupported(const char *what)
{
    m_run.stop.decline(what);
    return constant(Datum::null());
}

std::vector<Operand> Compiler::compileAll(const std::vector<Expr *> &list)
{
    std::vector<Operand> operands;
    operands.reserve(list.size());
    for (Expr *expr : list)
        operands.push_back(compile(expr));
    return operands;
}

Operand Compiler::compileSlot(const Expr &expr)
{
    for (Scope *scope = m_scope; scope; scope = scope->outer)
        if (const auto slot = scope->computed.find(&expr); slot != scope->computed.end())
            return column(&scope->rows[std::size_t(slot->second.range)], slot->second.column);
    return unsupported("an aggregate or window function in this place");
}

Operand Compiler::compileColumn(const ColumnExpr &expr)
{
    if (expr.range < 0) {
        if (!m_sublinkRows)
            return unsupported("a subquery in this place");
        return column(m_sublinkRows, expr.column);
    }
    Scope *scope = m_scope ? m_scope->at(expr.levelsUp) : nullptr;
    if (!scope)
        return unsupported("a column in this place");
    const Datum *const *row = &scope->rows[std::size_t(expr.range)];
    if (expr.column >= 0)
        return column(row, expr.column);
    if (expr.column == kRowIdentity)
        return own(m_code.make<RowIdentityEvaluator>(row));
    const RangeEntry &entry = scope->query->range[std::size_t(expr.range)];
    std::vector<Oid> types;
    std::vector<std::string> names;
    for (const ResultColumn &field : entry.columns) {
        types.push_back(field.type);
        names.push_back(field.name);
    }
    return own(
        m_code.make<WholeRowEvaluator>(row, m_run.nullRow.data(), std::move(types), std::move(names), expr.type, m_cx));
}

Operand Compiler::compileCall(const FunctionExpr &expr)
{
    const auto *row = catalogue::findFunction(expr.function);
    if (!row || expr.returnsSet)
        return unsupported("a set-returning function in this place");
    std::vector<Operand> arguments = compileAll(expr.arguments);
    if (arguments.size() == 2)
        if (Evaluator *fast = makeFastCall(m_code, row->symbol, arguments[0], arguments[1], m_cx))
            return own(fast);
    std::vector<Oid> types;
    for (const Expr *argument : expr.arguments)
        types.push_back(argument->type);
    const auto scalar = runtime::findScalar(row->symbol);
    if (!scalar) {
        m_run.stop.decline("function " + std::string(row->name));
        return constant(Datum::null());
    }
    if (expr.variadicArray && row->variadic == catalogue::type::kAny)
        return own(m_code.make<VariadicEvaluator>(scalar, std::move(types), expr.type, std::move(arguments), m_cx,
                                                  row->name == "format"));
    auto call = std::make_unique<CallEvaluator>(scalar, std::move(types), expr.type, m_cx);
    return own(m_code.make<FunctionEvaluator>(std::move(call), row->strict, std::move(arguments), m_run.stop));
}

Operand Compiler::compileCase(const CaseExpr &expr)
{
    auto *choice = m_code.make<CaseEvaluator>();
    const Datum *outside = m_caseInput;
    if (expr.input) {
        choice->hasInput = true;
        choice->inputOperand = compile(expr.input);
    }
    for (const auto &[condition, result] : expr.branches) {
        m_caseInput = expr.input ? &choice->input : outside;
        const Operand test = compile(condition);
        m_caseInput = outside;
        choice->branches.emplace_back(test, compile(result));
    }
    choice->otherwise = compile(expr.otherwise);
    return own(choice);
}

Operand Compiler::compileArrayOperator(const ArrayOperatorExpr &expr)
{
    const Operand left = compile(expr.left);
    const Operand array = compile(expr.array);
    const auto *arrayType = catalogue::findType(expr.array->type);
    const Oid element = arrayType ? arrayType->element : 0;
    plan::KeyOps ops;
    if (array.isConstant() && !array.constant.isNull && array.constant.array->elementCount > 8 && expr.any &&
        plan::findHashOps(expr.op, expr.left->type, element, ops))
        return own(m_code.make<InListEvaluator>(left, *array.constant.array, ops));
    auto call = makeCall(expr.function, {expr.left->type, element}, m_cx);
    if (!call)
        return unsupported("this operator with ANY or ALL");
    return own(
        m_code.make<ArrayOperatorEvaluator>(left, array, std::move(call), isStrict(expr.function), expr.any, m_run));
}

Operand Compiler::compile(Expr *expr)
{
    switch (expr->kind) {
    case ExprKind::Constant:
        return constant(as<ConstantExpr>(expr)->value);
    case ExprKind::Column:
        return compileColumn(*as<ColumnExpr>(expr));
    case ExprKind::Function:
        if (m_scope && m_scope->computed.count(expr))
            return compileSlot(*expr);
        return compileCall(*as<FunctionExpr>(expr));
    case ExprKind::Aggregate:
    case ExprKind::Window:
    case ExprKind::Grouping:
        return compileSlot(*expr);
    case ExprKind::Boolean: {
        auto *boolean = as<BooleanExpr>(expr);
        auto arguments = compileAll(boolean->arguments);
        if (boolean->op == BooleanOp::And)
            return own(m_code.make<AndEvaluator>(std::move(arguments)));
        if (boolean->op == BooleanOp::Or)
            return own(m_code.make<OrEvaluator>(std::move(arguments)));
        return own(m_code.make<NotEvaluator>(arguments.front()));
    }
    case ExprKind::NullTest: {
        auto *test = as<NullTestExpr>(expr);
        return own(m_code.make<NullTestEvaluator>(compile(test->argument), test->isNot, test->ofRow));
    }
    case ExprKind::BooleanTest: {
        auto *test = as<BooleanTestExpr>(expr);
        return own(m_code.make<BooleanTestEvaluator>(compile(test->argument), test->test));
    }
    case ExprKind::Case:
        return compileCase(*as<CaseExpr>(expr));
    case ExprKind::CaseInput:
        if (!m_caseInput)
            return unsupported("CASE in this place");
        return own(m_code.make<ReadEvaluator>(m_caseInput));
    case ExprKind::Coalesce:
        return own(m_code.make<CoalesceEvaluator>(compileAll(as<CoalesceExpr>(expr)->arguments)));
    case ExprKind::MinMax: {
        auto *choice = as<MinMaxExpr>(expr);
        const auto compare = runtime::findCompare(expr->type);
        if (!compare)
            return unsupported("GREATEST and LEAST of such a type");
        return own(m_code.make<MinMaxEvaluator>(compileAll(choice->arguments), compare, choice->greatest));
    }
    case ExprKind::NullIf: {
        auto *nullIf = as<NullIfExpr>(expr);
        auto call = makeCall(nullIf->equal, {nullIf->left->type, nullIf->right->type}, m_cx);
        if (!call)
            return unsupported("NULLIF of such types");
        return own(m_code.make<NullIfEvaluator>(compile(nullIf->left), compile(nullIf->right), std::move(call)));
    }
    case ExprKind::Distinct: {
        auto *distinct = as<DistinctExpr>(expr);
        auto call = makeCall(distinct->equal, {distinct->left->type, distinct->right->type}, m_cx);
        if (!call)
            return unsupported("IS DISTINCT FROM of such types");
        return own(m_code.make<DistinctEvaluator>(compile(distinct->left), compile(distinct->right), std::move(call),
                                                  distinct->isNot));
    }
    case ExprKind::ArrayOperator:
        return compileArrayOperator(*as<ArrayOperatorExpr>(expr));
    case ExprKind::ArrayConstructor: {
        auto *array = as<ArrayConstructorExpr>(expr);
        return own(m_code.make<ArrayEvaluator>(compileAll(array->elements), array->elementType, array->nested, m_cx));
    }
    case ExprKind::Row: {
        auto *row = as<RowExpr>(expr);
        std::vector<Oid> types;
        for (const Expr *field : row->fields)
            types.push_back(field->type);
        return own(m_code.make<RowEvaluator>(compileAll(row->fields), std::move(types), row->names, expr->type, m_cx));
    }
    case ExprKind::RowCompare: {
        auto *compare = as<RowCompareExpr>(expr);
        std::vector<runtime::CompareFunction> functions;
        for (Oid op : compare->operators) {
            const auto *row = catalogue::findOperator(op);
            if (!row || (row->left != row->right && !(isInteger(row->left) && isInteger(row->right))))
                return unsupported("comparing rows of such types");
            functions.push_back(runtime::findCompare(isInteger(row->left) ? type::kInt8 : row->left));
            if (!functions.back())
                return unsupported("comparing rows of such types");
        }
        return own(m_code.make<RowCompareEvaluator>(compileAll(compare->left), compileAll(compare->right),
                                                    std::move(functions), compare->op));
    }
    case ExprKind::Field:
        return own(m_code.make<FieldEvaluator>(compile(as<FieldExpr>(expr)->argument), as<FieldExpr>(expr)->field));
    case ExprKind::Subscript: {
        auto *subscript = as<SubscriptExpr>(expr);
        if (subscript->isSlice) {
            std::vector<std::optional<Operand>> lower, upper;
            for (Expr *bound : subscript->lower)
                lower.push_back(bound ? std::optional(compile(bound)) : std::nullopt);
            for (Expr *bound : subscript->upper)
                upper.push_back(bound ? std::optional(compile(bound)) : std::nullopt);
            return own(
                m_code.make<SliceEvaluator>(compile(subscript->container), std::move(lower), std::move(upper), m_cx));
        }
        if (const auto *type = catalogue::findType(subscript->container->type); !type->isTrueArray)
            return own(m_code.make<FixedSubscriptEvaluator>(
                compile(subscript->container), compileAll(subscript->upper),
                subscript->type == catalogue::type::kFloat8 ? sizeof(double) : 2 * sizeof(double)));
        return own(m_code.make<SubscriptEvaluator>(compile(subscript->container), compileAll(subscript->upper)));
    }
    case ExprKind::Sublink:
        return compileSublink(*as<SublinkExpr>(expr));
    case ExprKind::Relabel: {
        auto *relabel = as<RelabelExpr>(expr);
        if (!runtime::relabelChanges(relabel->argument->type, expr->type))
            return compile(relabel->argument);
        return own(m_code.make<RelabelEvaluator>(compile(relabel->argument), expr->type));
    }
    case ExprKind::ConvertViaText: {
        auto *convert = as<ConvertViaTextExpr>(expr);
        return own(
            m_code.make<ConvertEvaluator>(compile(convert->argument), convert->argument->type, expr->type, m_cx));
    }
    case ExprKind::ArrayConvert: {
        auto *convert = as<ArrayConvertExpr>(expr);
        const auto *arrayType = catalogue::findType(expr->type);
        auto *made = m_code.make<ArrayConvertEvaluator>(arrayType ? arrayType->element : 0, m_cx);
        made->argument = compile(convert->argument);
        const Datum *outside = m_caseInput;
        m_caseInput = &made->input;
        made->element = compile(convert->element);
        m_caseInput = outside;
        return own(made);
    }
    case ExprKind::SqlValue: {
        const auto *value = as<SqlValueExpr>(expr);
        return constant(sqlValue(value->value, expr->typmod, m_cx));
    }
    }
    return unsupported("this kind of expression");
}

} // namespace sqlgym::exec
