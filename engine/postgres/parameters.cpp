#include "postgres/parameters.h"

#include <libpq-fe.h>

namespace sqlgym::postgres {

base::Result<Parameters> parseDsn(const std::string &dsn)
{
    char *message = nullptr;
    PQconninfoOption *options = PQconninfoParse(dsn.c_str(), &message);
    if (options == nullptr) {
        std::string text = message != nullptr ? message : "out of memory";
        PQfreemem(message);
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return base::Error{"postgres", "bad_dsn", "This is no PostgreSQL connection string: " + text + "."};
    }
    Parameters parameters;
    for (const PQconninfoOption *option = options; option->keyword != nullptr; ++option) {
        if (option->val != nullptr)
            parameters[option->keyword] = option->val;
    }
    PQconninfoFree(options);
    return parameters;
}

std::string sessionOptions()
{
    return "-c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres -c extra_float_digits=1"
           " -c bytea_output=hex -c xmloption=content -c standard_conforming_strings=on"
           " -c default_text_search_config=pg_catalog.english -c lc_monetary=C -c lc_numeric=C -c lc_time=C"
           " -c jit=off -c max_parallel_workers_per_gather=0 -c default_transaction_isolation=read\\ committed"
           " -c default_transaction_read_only=off -c row_security=on -c client_min_messages=notice"
           " -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0";
}

} // namespace sqlgym::postgres
