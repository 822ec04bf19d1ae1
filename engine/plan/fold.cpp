#include "plan/fold.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "plan/support.h"
#include "runtime/relabel.h"

namespace sqlgym::plan {

using namespace sql;

namespace {

const ConstantExpr *constant(const Expr *expr) { return as<ConstantExpr>(expr); }

/// The negation of a comparison or a test as one of its own kind; nullptr where there is none. A new node: the old one
/// may hang in other places too.
Expr *negationOf(BoundStatement &statement, Expr *expr)
{
    if (const auto *test = as<NullTestExpr>(expr)) {
        auto *turned = statement.make<NullTestExpr>(*test);
        turned->isNot = !test->isNot;
        return test->ofRow ? nullptr : turned;
    }
    if (const auto *test = as<BooleanTestExpr>(expr)) {
        // Tests stand in pairs: IS TRUE, IS NOT TRUE, ...
        auto *turned = statement.make<BooleanTestExpr>(*test);
        turned->test = BooleanTest(unsigned(test->test) ^ 1u);
        return turned;
    }
    const auto *call = as<FunctionExpr>(expr);
    const auto *array = as<ArrayOperatorExpr>(expr);
    const auto *op = call && call->op ? catalogue::findOperator(call->op)
                     : array          ? catalogue::findOperator(array->op)
                                      : nullptr;
    const auto *negator = op ? catalogue::findOperator(op->negator) : nullptr;
    if (!negator)
        return nullptr;
    Expr *turned = nullptr;
    if (call) {
        auto *other = statement.make<FunctionExpr>(*call);
        other->op = negator->oid;
        other->function = negator->function;
        turned = other;
    } else {
        auto *other = statement.make<ArrayOperatorExpr>(*array);
        other->op = negator->oid;
        other->function = negator->function;
        other->any = !array->any;
        turned = other;
    }
    return findUnsupported(turned).empty() ? turned : nullptr;
}

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
    case ExprKind::Column:
    case ExprKind::Grouping:
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
            as<FunctionExpr>(as<ArrayConvertExpr>(slot)->element) &&
            isFoldable(as<FunctionExpr>(as<ArrayConvertExpr>(slot)->element)->function))
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
        foldWhenConstant(slot);
}

void Folder::foldBoolean(Expr *&slot)
{
    auto *boolean = as<BooleanExpr>(slot);
    if (boolean->op == BooleanOp::Not)
        return foldNot(slot);
    const bool isAnd = boolean->op == BooleanOp::And;
    std::vector<Expr *> waiting(boolean->arguments.rbegin(), boolean->arguments.rend());
    std::vector<Expr *> kept;
    bool sawNull = false;
    const auto flatten = [&](Expr *argument) {
        auto *inner = as<BooleanExpr>(argument);
        if (!inner || inner->op != boolean->op)
            return false;
        waiting.insert(waiting.end(), inner->arguments.rbegin(), inner->arguments.rend());
        return true;
    };
    while (!waiting.empty() && !m_evaluator.context().stop.raised()) {
        Expr *argument = waiting.back();
        waiting.pop_back();
        if (flatten(argument))
            continue;
        fold(argument);
        if (flatten(argument))
            continue;
        const auto *value = constant(argument);
        if (!value)
            kept.push_back(argument);
        else if (value->value.isNull)
            sawNull = true;
        else if (value->value.isTrue() != isAnd) {
            // What follows is never looked at, so its errors never show.
            slot = makeBool(!isAnd);
            return;
        }
    }
    if (kept.empty() && !sawNull) {
        slot = makeBool(isAnd);
        return;
    }
    if (sawNull) {
        auto *null = m_statement.make<ConstantExpr>();
        null->type = catalogue::type::kBool;
        kept.push_back(null);
    }
    if (kept.size() == 1) {
        slot = kept.front();
        return;
    }
    boolean->arguments = std::move(kept);
}

void Folder::foldCondition(Expr *&slot)
{
    if (const auto *value = constant(slot)) {
        if (value->value.isNull)
            slot = makeBool(false);
        return;
    }
    auto *boolean = as<BooleanExpr>(slot);
    if (!boolean || boolean->op == BooleanOp::Not)
        return;
    const bool isAnd = boolean->op == BooleanOp::And;
    std::vector<Expr *> kept;
    for (Expr *&argument : boolean->arguments) {
        foldCondition(argument);
        const auto *value = constant(argument);
        if (!value) {
            kept.push_back(argument);
        } else if (value->value.isTrue() != isAnd) {
            slot = argument;
            return;
        }
    }
    if (kept.empty())
        slot = makeBool(isAnd);
    else if (kept.size() == 1)
        slot = kept.front();
    else
        boolean->arguments = std::move(kept);
}

void Folder::foldNot(Expr *&slot)
{
    foldChildren(slot);
    if (m_evaluator.context().stop.raised())
        return;
    auto *negation = as<BooleanExpr>(slot);
    Expr *inner = negation->arguments.front();
    if (const auto *value = constant(inner))
        return become(slot, value->value.isNull ? Datum::null() : Datum::ofBool(!value->value.isTrue()));
    if (Expr *turned = negationOf(m_statement, inner)) {
        slot = turned;
        return;
    }
    auto *boolean = as<BooleanExpr>(inner);
    if (!boolean)
        return;
    if (boolean->op == BooleanOp::Not) {
        slot = boolean->arguments.front();
        return;
    }
    // NOT (a OR b) is NOT a AND NOT b: as quals they are then weighed apart.
    auto *turned = m_statement.make<BooleanExpr>();
    turned->type = boolean->type;
    turned->location = boolean->location;
    turned->op = boolean->op == BooleanOp::And ? BooleanOp::Or : BooleanOp::And;
    for (Expr *argument : boolean->arguments) {
        auto *negated = m_statement.make<BooleanExpr>();
        negated->type = boolean->type;
        negated->op = BooleanOp::Not;
        negated->arguments.push_back(argument);
        turned->arguments.push_back(negated);
    }
    slot = turned;
    foldBoolean(slot);
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

void Folder::foldConvert(Expr *&slot)
{
    foldChildren(slot);
    auto *convert = as<ConvertViaTextExpr>(slot);
    const auto *value = constant(convert->argument);
    if (!value)
        return;
    const auto *from = catalogue::findType(convert->argument->type);
    const auto *to = catalogue::findType(convert->type);
    if (from && to && isFoldableSymbol(from->output) && isFoldableSymbol(to->input))
        foldWhenConstant(slot);
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
