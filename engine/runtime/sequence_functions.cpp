// nextval() and its like: what they know is the database's (value::Relations).
#include "runtime/families.h"

namespace sqlgym::runtime {

namespace {

/// Calls `ask` where there is a database to ask.
template <typename F> Datum askRelations(Call &call, F &&ask)
{
    if (call.cx.session.relations)
        return ask(*call.cx.session.relations);
    call.cx.stop.decline("sequences");
    return Datum::null();
}

Datum nextval(Call &call, const Datum *a)
{
    return askRelations(call, [&](value::Relations &known) { return known.nextval(a[0].int64, call.cx); });
}

Datum currval(Call &call, const Datum *a)
{
    return askRelations(call, [&](value::Relations &known) { return known.currval(a[0].int64, call.cx); });
}

Datum lastval(Call &call, const Datum *)
{
    return askRelations(call, [&](value::Relations &known) { return known.lastval(call.cx); });
}

Datum setval(Call &call, const Datum *a)
{
    return askRelations(call,
                        [&](value::Relations &known) { return known.setval(a[0].int64, a[1].int64, true, call.cx); });
}

Datum setvalCalled(Call &call, const Datum *a)
{
    return askRelations(
        call, [&](value::Relations &known) { return known.setval(a[0].int64, a[1].int64, a[2].isTrue(), call.cx); });
}

Datum textRegclass(Call &call, const Datum *a)
{
    return askRelations(call, [&](value::Relations &known) { return known.find(a[0].text(), call.cx); });
}

Datum serialSequence(Call &call, const Datum *a)
{
    return askRelations(
        call, [&](value::Relations &known) { return known.serialSequence(a[0].text(), a[1].text(), call.cx); });
}

constexpr ScalarEntry kScalars[] = {
    {"nextval_oid", nextval},
    {"currval_oid", currval},
    {"lastval", lastval},
    {"setval_oid", setval},
    {"setval3_oid", setvalCalled},
    {"text_regclass", textRegclass},
    {"pg_get_serial_sequence", serialSequence},
};

} // namespace

Family sequenceFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
