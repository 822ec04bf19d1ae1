// A problem's data in another order on disk, so that no query passes by the luck of it.
#pragma once

#include "content/problem.h"

namespace sqlgym::judge {

/// The same tables, tests and rows; the rows of each table, and of what each test puts in its place, in an order that
/// the problem's id decides. A relation has no order: a query that answers otherwise now was never right.
content::Problem shuffled(content::Problem problem);

} // namespace sqlgym::judge
