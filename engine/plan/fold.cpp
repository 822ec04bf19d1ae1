#include "plan/fold.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "plan/support.h"
#include "runtime/relabel.h"

namespace sqlgym::plan {

using namespace sql;

namespace {

const ConstantExpr *constant(const Expr *expr) { return as<ConstantExpr>(expr); }

} // namespace

Folder::Folder(BoundStatement &statement, ConstantEvaluator &evaluator) : m_statement(statement), m_evaluator(evaluator)
{
}

bool Folder::isFoldable(Oid function) const
{
    const auto *row = catalogue::findFunction(function);
    return row && isFoldable(row->volatility);
}

/// A type's input or output function, by its symbol.
bool Folder::isFoldableSymbol(std::string_view symbol) const
{
    const auto named = catalogue::functionsNamed(symbol);
    return !named.empty() && isFoldable(named.front()->volatility);
}

void Folder::foldApart(Expr *&slot)
{
    ConstantExpr *outside = std::exchange(m_caseInput, nullptr);
    fold(slot);
    m_caseInput = outside;
}

void Folder::foldEstimated(Expr *&slot)
{
    m_estimating = true;
    fold(slot);
    m_estimating = false;
}

void Folder::become(Expr *&slot, const Datum &datum)
{
    auto *folded = m_statement.make<ConstantExpr>();
    folded->type = slot->type;
    folded->typmod = slot->typmod;
    folded->collation = slot->collation;
    folded->location = slot->location;
    folded->value = datum;
    slot = folded;
}

Expr *Folder::makeBool(bool isTrue)
{
    auto *folded = m_statement.make<ConstantExpr>();
    folded->type = catalogue::type::kBool;
    folded->value = Datum::ofBool(isTrue);
    return folded;
}

void Folder::foldChildren(Expr *expr)
{
    eachChild(expr, [&](Expr *&child) { fold(child); });
}

bool Folder::childrenConstant(Expr *expr)
{
    bool all = true;
    eachChild(expr, [&](Expr *&child) { all = all && constant(child); });
    return all;
}

void Folder::foldWhenConstant(Expr *&slot)
{
    if (!m_evaluator.context().stop.raised() && childrenConstant(slot))
        replaceByValue(slot);
}

void Folder::replaceByValue(Expr *&slot)
{
    const Datum datum = m_evaluator.evaluate(slot);
    if (!m_evaluator.context().stop.raised() && !m_evaluator.passedOver())
        become(slot, datum);
}

void Folder::fold(Expr *&slot)
{
    if (m_evaluator.context().stop.raised())
        return;
    switch (slot->kind) {
    case ExprKind::Constant:
    case ExprKind::Grouping:
        return;
    case ExprKind::Column:
        if (m_whenColumn && !m_estimating)
            m_whenColumn(*as<ColumnExpr>(slot));
        return;
    case ExprKind::SqlValue:
        if (m_estimating)
            foldWhenConstant(slot);
        return;
    case ExprKind::CaseInput:
        if (m_caseInput) {
            const Oid type = slot->type;
            become(slot, m_caseInput->value);
            slot->type = type;
        }
        return;
    case ExprKind::Function:
        return foldFunction(slot);
    case ExprKind::Boolean:
        return foldBoolean(slot);
    case ExprKind::Case:
        return foldCase(slot);
    case ExprKind::Coalesce:
        return foldCoalesce(slot);
    case ExprKind::NullTest:
        return foldNullTest(slot);
    case ExprKind::BooleanTest:
        return foldBooleanTest(slot);
    case ExprKind::Relabel:
        return foldRelabel(slot);
    case ExprKind::ConvertViaText:
        return foldConvert(slot);
    case ExprKind::NullIf:
    case ExprKind::Distinct:
    case ExprKind::ArrayOperator:
        return foldComparison(slot);
    case ExprKind::MinMax:
    case ExprKind::ArrayConstructor:
    case ExprKind::Row:
    case ExprKind::Subscript:
        foldChildren(slot);
        return foldWhenConstant(slot);
    case ExprKind::Field: {
        foldChildren(slot);
        auto *field = as<FieldExpr>(slot);
        if (auto *row = as<RowExpr>(field->argument);
            row && field->field >= 0 && std::size_t(field->field) < row->fields.size())
            slot = row->fields[std::size_t(field->field)];
        else
            foldWhenConstant(slot);
        return;
    }
    case ExprKind::ArrayConvert: {
        // The element expression has a CaseInput of its own, whatever CASE is around.
        ConstantExpr *outside = m_caseInput;
        fold(as<ArrayConvertExpr>(slot)->argument);
        m_caseInput = nullptr;
        fold(as<ArrayConvertExpr>(slot)->element);
        m_caseInput = outside;
        if (!m_evaluator.context().stop.raised() && constant(as<ArrayConvertExpr>(slot)->argument) &&
            isFoldableElement(as<ArrayConvertExpr>(slot)->element))
            replaceByValue(slot);
        return;
    }
    case ExprKind::Aggregate:
    case ExprKind::Window:
    case ExprKind::RowCompare:
    case ExprKind::Sublink:
        return foldChildren(slot);
    }
}

void Folder::foldFunction(Expr *&slot)
{
    foldChildren(slot);
    auto *function = as<FunctionExpr>(slot);
    const auto *row = catalogue::findFunction(function->function);
    if (!row || row->returnsSet || function->returnsSet || row->result == catalogue::type::kRecord ||
        m_evaluator.context().stop.raised())
        return;
    bool allConstant = true;
    bool nullInput = false;
    for (Expr *argument : function->arguments) {
        const auto *value = constant(argument);
        allConstant = allConstant && value;
        nullInput = nullInput || (value && value->value.isNull);
    }
    if (row->strict && nullInput)
        return become(slot, Datum::null());
    if (allConstant && isFoldable(row->volatility))
        return foldWhenConstant(slot);
    foldBooleanEquality(slot);
}

void Folder::foldCase(Expr *&slot)
{
    auto *choice = as<CaseExpr>(slot);
    ConstantExpr *outside = m_caseInput;
    if (choice->input)
        fold(choice->input);
    ConstantExpr *input = choice->input ? as<ConstantExpr>(choice->input) : nullptr;
    std::vector<std::pair<Expr *, Expr *>> kept;
    Expr *decided = nullptr;
    for (auto &branch : choice->branches) {
        m_caseInput = choice->input ? input : outside;
        fold(branch.first);
        m_caseInput = outside;
        if (m_evaluator.context().stop.raised())
            return;
        const auto *value = constant(branch.first);
        if (value && !value->value.isTrue())
            continue;
        fold(branch.second);
        if (value) {
            decided = branch.second;
            break;
        }
        kept.push_back(branch);
    }
    if (decided)
        choice->otherwise = decided;
    else
        fold(choice->otherwise);
    if (m_evaluator.context().stop.raised())
        return;
    if (kept.empty()) {
        slot = choice->otherwise;
        return;
    }
    choice->branches = std::move(kept);
}

void Folder::foldCoalesce(Expr *&slot)
{
    auto *coalesce = as<CoalesceExpr>(slot);
    std::vector<Expr *> kept;
    for (Expr *&argument : coalesce->arguments) {
        fold(argument);
        if (m_evaluator.context().stop.raised())
            return;
        const auto *value = constant(argument);
        if (value && value->value.isNull)
            continue;
        if (value && kept.empty()) {
            slot = argument;
            return;
        }
        kept.push_back(argument);
        if (value)
            break;
    }
    if (kept.empty())
        return become(slot, Datum::null());
    coalesce->arguments = std::move(kept);
}

void Folder::foldNullTest(Expr *&slot)
{
    foldChildren(slot);
    auto *test = as<NullTestExpr>(slot);
    if (const auto *value = constant(test->argument); value && !test->ofRow)
        become(slot, Datum::ofBool(value->value.isNull != test->isNot));
    else if (auto *row = as<RowExpr>(test->argument); row && test->ofRow)
        foldRowTest(slot, *row, test->isNot);
}

/// ROW(a, b) IS NULL is a test of each field; a constant one decides before the others are computed.
void Folder::foldRowTest(Expr *&slot, const RowExpr &row, bool isNot)
{
    std::vector<Expr *> tests;
    for (Expr *field : row.fields) {
        if (const auto *value = constant(field)) {
            if (value->value.isNull == isNot)
                return become(slot, Datum::ofBool(false));
            continue;
        }
        auto *test = m_statement.make<NullTestExpr>();
        test->type = catalogue::type::kBool;
        test->location = slot->location;
        test->argument = field;
        test->isNot = isNot;
        tests.push_back(test);
    }
    if (tests.empty())
        return become(slot, Datum::ofBool(true));
    if (tests.size() == 1) {
        slot = tests.front();
        return;
    }
    auto *all = m_statement.make<BooleanExpr>();
    all->type = catalogue::type::kBool;
    all->location = slot->location;
    all->op = BooleanOp::And;
    all->arguments = std::move(tests);
    slot = all;
}

void Folder::foldBooleanTest(Expr *&slot)
{
    foldChildren(slot);
    if (constant(as<BooleanTestExpr>(slot)->argument))
        foldWhenConstant(slot);
}

void Folder::foldRelabel(Expr *&slot)
{
    foldChildren(slot);
    const Expr *argument = as<RelabelExpr>(slot)->argument;
    if (const auto *value = constant(as<RelabelExpr>(slot)->argument))
        become(slot, runtime::relabelChanges(argument->type, slot->type) ? runtime::relabelled(value->value, slot->type)
                                                                         : value->value);
}

bool Folder::isFoldableConversion(Oid from, Oid to) const
{
    const auto *source = catalogue::findType(from);
    const auto *target = catalogue::findType(to);
    return source && target && isFoldableSymbol(source->output) && isFoldableSymbol(target->input);
}

void Folder::foldConvert(Expr *&slot)
{
    foldChildren(slot);
    const auto *convert = as<ConvertViaTextExpr>(slot);
    const auto *value = constant(convert->argument);
    if (value && (value->value.isNull || isFoldableConversion(convert->argument->type, convert->type)))
        foldWhenConstant(slot);
}

/// What is done with each element of an array.
bool Folder::isFoldableElement(Expr *expr) const
{
    bool foldable = true;
    eachChild(expr, [&](Expr *&child) { foldable = foldable && isFoldableElement(child); });
    switch (expr->kind) {
    case ExprKind::Function:
        return foldable && isFoldable(as<FunctionExpr>(expr)->function);
    case ExprKind::ConvertViaText:
        return foldable && isFoldableConversion(as<ConvertViaTextExpr>(expr)->argument->type, expr->type);
    case ExprKind::Relabel:
    case ExprKind::CaseInput:
    case ExprKind::Constant:
        return foldable;
    default:
        return false;
    }
}

void Folder::foldComparison(Expr *&slot)
{
    foldChildren(slot);
    Oid function = 0;
    if (auto *nullIf = as<NullIfExpr>(slot)) {
        function = nullIf->equal;
        // With a NULL on either side the left one is the answer; the other side is not looked at.
        for (const Expr *side : {nullIf->left, nullIf->right})
            if (const auto *value = constant(side); value && value->value.isNull) {
                slot = nullIf->left;
                return;
            }
    } else if (auto *distinct = as<DistinctExpr>(slot))
        function = distinct->equal;
    else
        function = as<ArrayOperatorExpr>(slot)->function;
    if (isFoldable(function))
        foldWhenConstant(slot);
}

} // namespace sqlgym::plan
