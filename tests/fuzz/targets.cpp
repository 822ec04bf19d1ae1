#include "targets.h"

#include <cstdio>
#include <cstdlib>

namespace sqlgym::fuzz {

const std::vector<Target> &targets()
{
    static const std::vector<Target> kTargets{
        {"sql",
         trySql,
         {"SELECT ",
          " FROM ",
          " WHERE ",
          " GROUP BY ",
          " ORDER BY ",
          " UNION ALL ",
          "(SELECT ",
          ")",
          "member",
          "visit",
          "name",
          "id",
          "born",
          " AND ",
          " OR NOT ",
          "count(*)",
          "sum(paid)",
          " OVER (",
          "PARTITION BY ",
          "CASE WHEN ",
          " THEN ",
          " END",
          "::int",
          "::text",
          "'2020-01-01'",
          "NULL",
          "1.5",
          "99999999999999999999",
          "-",
          "||",
          "=ANY(",
          " IN (",
          " JOIN ",
          " LEFT JOIN ",
          " USING (id)",
          " ON ",
          "WITH RECURSIVE t AS (",
          ", ",
          " AS ",
          "*",
          "$$",
          "/*",
          "--",
          "\n",
          ";",
          "\"",
          "'",
          "E'\\",
          "ARRAY[",
          "[1:2]",
          "VALUES (",
          "INSERT INTO member ",
          " LIMIT ",
          "generate_series(1,2)",
          "€",
          " BETWEEN ",
          " IS DISTINCT FROM ",
          "ROW(",
          " LATERAL ",
          "GROUPING SETS (",
          " FILTER (WHERE "},
         {}},
        {"types",
         tryType,
         {"2020-02-30", "12:00:00.5",  " BC",   "infinity", "NaN",
          "1e400",      "-",           "1 mon", " days",    "+02",
          "P1Y2M",      "{1,2,\"a\"}", "{{",    "}",        "NULL",
          "t",          "0x",          "\\x",   "00",       "99999999999",
          ".",          "E-9",         " ",     "[0:1]=",   "6f9619ff-8b86-d011-b42d-00c04fc964ff",
          "januar",     "-0",          "€"},
         {}},
        {"frames",
         tryFrames,
         {std::string(4, '\0'), std::string("\x01\0\0\0", 4), std::string("\xff\xff\xff\xff", 4),
          std::string("\x05\0\0\0\x10", 5), std::string("\x11", 1), std::string("\x12", 1), std::string("\x14", 1),
          std::string(8, '\x7f')},
         frameSeeds()},
        {"json",
         tryJson,
         {"{",         "}",           "[",       "]",           "\"rows\"",  "\"columns\"",
          "\"name\"",  "\"type\"",    ":",       ",",           "null",      "1e999",
          "-0",        "\"\\ud800\"", "true",    "\"slug\"",    "\"order\"", "\"markdown\"",
          "\"level\"", "\"text\"",    "\"sql\"", "\"integer\"", "\n",        "\"\"",
          "€"},
         {}},
    };
    return kTargets;
}

void require(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

} // namespace sqlgym::fuzz
