#include "engine.h"

#include "base/clock.h"
#include "postgres/connection.h"
#include "runtime/compare.h"
#include "runtime/io.h"
#include "value/calendar.h"

namespace sqlgym::tests {

namespace {

using value::Datum;

/// One run's memory and settings.
struct Run {
    base::MemoryAccount account{std::size_t{512} << 20};
    base::Stop stop;
    base::CancelToken cancel;
    value::Session session;
    value::Arena arena{account, stop};
    value::Context cx{arena, stop, cancel, session};

    /// Now, as PostgreSQL has it: what a zone's clocks show may depend on it.
    Run() { session.transactionTimestamp = base::Clock().now() - value::kUnixToPostgresDays * value::kMicrosPerDay; }
};

std::string stopText(const base::Stop &stop)
{
    if (stop.reason() == base::StopReason::Declined)
        return "declined: " + stop.feature();
    if (stop.reason() != base::StopReason::Error)
        return "stopped";
    const auto &d = stop.diagnostic();
    return "!" + d.sqlstate + " " + d.message + " | " + d.detail + " | " + d.hint;
}

std::string show(value::Oid type, const Datum &datum)
{
    if (datum.isNull)
        return "NULL";
    std::string out = "=";
    runtime::textOut(type, datum, out);
    return out;
}

/// False when reading failed (stop is raised).
bool read(const std::vector<TypedArgument> &arguments, std::vector<Datum> &out, Run &run)
{
    out.clear();
    for (const auto &a : arguments) {
        out.push_back(a.text ? runtime::textIn(a.type, *a.text, -1, run.cx) : Datum::null());
        if (run.stop.raised())
            return false;
    }
    return true;
}

std::vector<value::Oid> typesOf(const std::vector<TypedArgument> &arguments)
{
    std::vector<value::Oid> types;
    for (const auto &a : arguments)
        types.push_back(a.type);
    return types;
}

struct Site {
    explicit Site(const std::vector<TypedArgument> &arguments, value::Oid resultType) : types(typesOf(arguments))
    {
        site.argumentTypes = types;
        site.resultType = resultType;
    }
    ~Site()
    {
        if (site.release && site.memory)
            site.release(site.memory);
    }
    Site(const Site &) = delete;
    Site &operator=(const Site &) = delete;

    std::vector<value::Oid> types;
    runtime::CallSite site;
};

} // namespace

std::string literal(const TypedArgument &argument)
{
    if (!argument.text)
        return "NULL::" + argument.typeName;
    return postgres::quoteLiteral(*argument.text) + "::" + argument.typeName;
}

std::string callScalar(const std::string &symbol, const std::vector<TypedArgument> &arguments, value::Oid resultType,
                       bool strict)
{
    Run run;
    std::vector<Datum> values;
    if (!read(arguments, values, run))
        return stopText(run.stop);
    for (const auto &v : values) {
        if (strict && v.isNull)
            return "NULL";
    }
    const auto function = runtime::findScalar(symbol);
    if (!function)
        return "missing";
    Site site(arguments, resultType);
    runtime::Call call{run.cx, site.site, values.size()};
    const Datum result = function(call, values.data());
    return run.stop.raised() ? stopText(run.stop) : show(resultType, result);
}

std::string readBack(const TypedArgument &argument, std::int32_t typmod)
{
    Run run;
    const Datum read = runtime::textIn(argument.type, *argument.text, typmod, run.cx);
    return run.stop.raised() ? stopText(run.stop) : show(argument.type, read);
}

std::string compareValues(const TypedArgument &a, const TypedArgument &b)
{
    Run run;
    std::vector<Datum> values;
    if (!read({a, b}, values, run))
        return stopText(run.stop);
    const int order = runtime::findCompare(a.type)(values[0], values[1]);
    const auto hash = runtime::findHash(a.type);
    if (order == 0 && hash(values[0]) != hash(values[1]))
        return "hash";
    const Datum copy = value::copyDatum(values[0], run.arena);
    if (show(a.type, copy) != show(a.type, values[0]) || runtime::findCompare(a.type)(copy, values[0]) != 0)
        return "copy";
    return order < 0 ? "=-1" : order > 0 ? "=1" : "=0";
}

std::string callSet(const std::string &symbol, const std::vector<TypedArgument> &arguments, value::Oid resultType)
{
    Run run;
    std::vector<Datum> values;
    if (!read(arguments, values, run))
        return stopText(run.stop);
    const auto *function = runtime::findSet(symbol);
    if (!function)
        return "missing";
    Site site(arguments, resultType);
    runtime::Call call{run.cx, site.site, values.size()};
    void *state = function->open(call, values.data());
    std::string out;
    Datum column = Datum::null();
    while (!run.stop.raised() && function->next(call, state, &column)) {
        if (!out.empty())
            out += '\n';
        out += show(resultType, column);
    }
    if (run.stop.raised())
        return stopText(run.stop);
    return out.empty() ? "none" : out;
}

std::string callAggregate(const std::string &key, const std::vector<TypedArgument> &columns,
                          const std::vector<std::vector<TypedArgument>> &rows, value::Oid resultType,
                          std::size_t leaving)
{
    Run run;
    const auto *aggregate = runtime::findAggregate(key);
    if (!aggregate)
        return "missing";
    Site site(columns, resultType);
    runtime::Call call{run.cx, site.site, site.types.size()};
    std::vector<std::max_align_t> memory(aggregate->stateSize / sizeof(std::max_align_t) + 1);
    std::memset(static_cast<void *>(memory.data()), 0, memory.size() * sizeof(std::max_align_t));
    aggregate->initialise(call, memory.data());
    const auto skipped = [&](const std::vector<Datum> &row) {
        bool skip = false;
        for (const auto &v : row)
            skip = skip || (aggregate->skipNulls && v.isNull);
        return skip;
    };
    std::vector<std::vector<Datum>> values(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!read(rows[i], values[i], run))
            return leaving ? "restart" : stopText(run.stop); // the whole group's error is another case's
        if (!skipped(values[i]))
            aggregate->step(call, memory.data(), values[i].data());
        if (run.stop.raised())
            return leaving ? "restart" : stopText(run.stop); // the whole group's error is another case's
    }
    if (leaving && !aggregate->inverse)
        return "restart";
    for (std::size_t i = 0; i < leaving; ++i) {
        if (!skipped(values[i]) && !aggregate->inverse(call, memory.data(), values[i].data()))
            return "restart";
    }
    const Datum result = aggregate->finish(call, memory.data());
    return run.stop.raised() ? stopText(run.stop) : show(resultType, result);
}

} // namespace sqlgym::tests
