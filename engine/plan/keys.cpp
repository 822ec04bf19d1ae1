#include "plan/keys.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"

namespace sqlgym::plan {

namespace {

namespace type = catalogue::type;

bool isInteger(value::Oid t) { return t == type::kInt2 || t == type::kInt4 || t == type::kInt8; }
bool isFloat(value::Oid t) { return t == type::kFloat4 || t == type::kFloat8; }

/// The type whose operator class applies: what the operator was declared for, unless that is polymorphic.
value::Oid keyType(value::Oid declared, value::Oid actual)
{
    const auto *row = catalogue::findType(declared);
    return row && row->kind == 'p' && declared != type::kRecord ? actual : declared;
}

} // namespace

bool findKeyOps(const sql::SortKey &key, value::Oid exprType, KeyOps &ops)
{
    ops.descending = key.descending;
    ops.nullsFirst = key.nullsFirst;
    const auto *op = catalogue::findOperator(key.less ? key.less : key.equal);
    if (!op)
        return false;
    const value::Oid t = keyType(op->left, exprType);
    const auto *ordering = catalogue::findOrdering(op->left);
    if (!ordering)
        ordering = catalogue::findOrdering(t);
    if (!ordering || (key.less && ordering->less != key.less && ordering->greater != key.less) ||
        (key.equal && ordering->equal != key.equal))
        return false;
    ops.compare = runtime::findCompare(t);
    ops.hash = runtime::findHash(t);
    return ops.compare != nullptr;
}

bool findHashOps(value::Oid equalOperator, value::Oid leftType, value::Oid rightType, KeyOps &ops)
{
    const auto *op = catalogue::findOperator(equalOperator);
    if (!op || !op->canHash || op->name != "=")
        return false;
    const value::Oid left = keyType(op->left, leftType);
    const value::Oid right = keyType(op->right, rightType);
    value::Oid t = left;
    if (isInteger(left) && isInteger(right))
        t = type::kInt8;
    else if (isFloat(left) && isFloat(right))
        t = type::kFloat8;
    else if (left != right)
        return false;
    ops.compare = runtime::findCompare(t);
    ops.hash = runtime::findHash(t);
    return ops.compare && ops.hash;
}

} // namespace sqlgym::plan
