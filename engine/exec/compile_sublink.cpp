#include "catalogue/catalogue.h"
#include "exec/compiler.h"
#include "exec/runner.h"
#include "exec/sublink.h"
#include "plan/keys.h"

namespace sqlgym::exec {

using namespace sql;

Operand Compiler::compileSublink(SublinkExpr &expr)
{
    if (!m_runner)
        return unsupported("a subquery in this place");
    const auto found = m_runner->statement().sublinks.find(expr.query);
    if (found == m_runner->statement().sublinks.end() || !found->second)
        return unsupported("a subquery in this place");
    const plan::QueryPlan &plan = *found->second;
    RowSourcePtr query = m_runner->build(plan, m_scope);
    if (expr.sublink != SublinkKind::Any && expr.sublink != SublinkKind::All) {
        std::vector<Operand> parameters = compileAll(plan.parameters);
        if (expr.sublink == SublinkKind::Scalar)
            return own(m_code.make<ScalarSublink>(m_run, plan, std::move(query), std::move(parameters)));
        if (expr.sublink == SublinkKind::Exists)
            return own(m_code.make<ExistsSublink>(m_run, plan, std::move(query), std::move(parameters)));
        const auto *type = catalogue::findType(expr.type);
        return own(
            m_code.make<ArraySublink>(m_run, plan, std::move(query), std::move(parameters), type ? type->element : 0));
    }
    const bool any = expr.sublink == SublinkKind::Any;
    auto *compared = m_code.make<ComparedSublink>(m_run, plan, std::move(query), any, expr.useOr);
    compared->left = compileAll(expr.left);
    Compiler inner(m_code, m_run, m_scope, compared->context(), m_runner);
    inner.m_sublinkRows = compared->currentRow();
    bool hashable = any && !expr.useOr;
    std::vector<plan::KeyOps> hashOps;
    for (std::size_t i = 0; i < expr.left.size(); ++i) {
        Operand right;
        if (i < expr.right.size() && expr.right[i])
            right = inner.compile(expr.right[i]);
        else
            right = column(compared->currentRow(), int(i));
        compared->right.push_back(right);
        const Oid rightType =
            i < expr.right.size() && expr.right[i] ? expr.right[i]->type : plan.query->targets[i].expr->type;
        auto call = makeCall(expr.comparisons[i], {expr.left[i]->type, rightType}, compared->context());
        if (!call)
            return unsupported("this operator with a subquery");
        const auto *row = catalogue::findFunction(expr.comparisons[i]);
        compared->strict.push_back(row && row->strict);
        compared->comparisons.push_back(std::move(call));
        plan::KeyOps ops;
        hashable = hashable && i < expr.operators.size() &&
                   plan::findHashOps(expr.operators[i], expr.left[i]->type, rightType, ops);
        hashOps.push_back(ops);
    }
    if (hashable)
        compared->hashOps = std::move(hashOps);
    return own(compared);
}

} // namespace sqlgym::exec
