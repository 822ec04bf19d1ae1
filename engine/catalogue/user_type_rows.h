// Between catalogue.cpp and user_types.cpp.
#pragma once

#include "catalogue/catalogue.h"

namespace sqlgym::catalogue {

const TypeRow *findUserType(Oid oid);

} // namespace sqlgym::catalogue
