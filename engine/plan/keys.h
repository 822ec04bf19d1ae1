// Which comparison a sort, group, DISTINCT or join key stands for.
#pragma once

#include "plan/plan.h"

namespace sqlgym::plan {

/// False when the operators are not the type's default ordering or the type is not implemented.
bool findKeyOps(const sql::SortKey &key, value::Oid type, KeyOps &ops);

/// `a = b` by this operator, when both sides can be hashed alike.
bool findHashOps(value::Oid equalOperator, value::Oid leftType, value::Oid rightType, KeyOps &ops);

} // namespace sqlgym::plan
