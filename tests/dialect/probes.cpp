#include "probes.h"

#include "sections.h"

namespace sqlgym::dialect {

const char *const kSampleSetup = "CREATE TABLE t(id int PRIMARY KEY, a int, b text, n numeric, d date);"
                                 "CREATE TABLE u(id int PRIMARY KEY, t int REFERENCES t, s text);"
                                 "INSERT INTO t VALUES (1, 1, 'x', 1.5, '2024-01-01'), (2, 2, 'y', 2.5, '2024-02-01');"
                                 "INSERT INTO u VALUES (1, 1, 'p'), (2, 1, 'q');"
                                 "CREATE VIEW v AS SELECT id, b FROM t;"
                                 "CREATE TYPE mood AS ENUM ('sad', 'ok');"
                                 "CREATE DOMAIN positive AS int CHECK (VALUE > 0)";

namespace {

constexpr const char *kOneSession = "there is one session, and nobody to wait for";
constexpr const char *kNoServer = "it looks into a server, and there is none";
constexpr const char *kNoPrograms = "programs inside the database are not part of practising queries";

constexpr Probe kProbes[] = {
    {"Queries", "SELECT, WHERE, ORDER BY", "SELECT a FROM t WHERE a > 1 ORDER BY a DESC NULLS LAST"},
    {"Queries", "DISTINCT", "SELECT DISTINCT a FROM t"},
    {"Queries", "DISTINCT ON", "SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, id"},
    {"Queries", "LIMIT and OFFSET", "SELECT a FROM t ORDER BY id LIMIT 1 OFFSET 1"},
    {"Queries", "FETCH FIRST ... WITH TIES", "SELECT a FROM t ORDER BY a FETCH FIRST 1 ROW WITH TIES"},
    {"Queries", "VALUES", "VALUES (1, 'a'), (2, 'b')"},
    {"Queries", "TABLE t", "TABLE t"},
    {"Queries", "ORDER BY ... USING", "SELECT a FROM t ORDER BY a USING >"},
    {"Queries", "TABLESAMPLE", "SELECT a FROM t TABLESAMPLE BERNOULLI (50)", "its rows are drawn at random"},
    {"Queries", "FOR UPDATE, FOR SHARE", "SELECT a FROM t FOR UPDATE", kOneSession},
    {"Queries", "SELECT ... INTO", "SELECT a INTO w FROM t"},
    {"Joins", "INNER, LEFT, RIGHT JOIN", "SELECT * FROM t LEFT JOIN u ON u.t = t.id"},
    {"Joins", "FULL JOIN", "SELECT * FROM t FULL JOIN u ON u.t = t.id"},
    {"Joins", "FULL JOIN on something else than equality", "SELECT * FROM t FULL JOIN u ON u.t < t.id",
     "PostgreSQL refuses most of these; which ones is its planner's to say"},
    {"Joins", "CROSS JOIN", "SELECT * FROM t CROSS JOIN u"},
    {"Joins", "NATURAL JOIN", "SELECT * FROM t NATURAL JOIN u"},
    {"Joins", "USING (...)", "SELECT * FROM t JOIN u USING (id)"},
    {"Joins", "USING (...) AS alias", "SELECT * FROM t JOIN u USING (id) AS j"},
    {"Joins", "LATERAL", "SELECT * FROM t, LATERAL (SELECT max(id) FROM u WHERE u.t = t.id) AS m"},
    {"Joins", "functions in FROM", "SELECT * FROM generate_series(1, 3) AS g(i)"},
    {"Joins", "WITH ORDINALITY", "SELECT * FROM unnest(ARRAY[1, 2]) WITH ORDINALITY AS x(i, n)"},
    {"Joins", "ROWS FROM (...)", "SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS r"},
    {"Joins", "column definition lists", "SELECT * FROM json_to_record('{}') AS r(a int)"},
    {"Joins", "XMLTABLE", "SELECT * FROM XMLTABLE('/a' PASSING '<a/>' COLUMNS b text)", "XML is left out as a whole"},
    {"Subqueries and WITH", "scalar subqueries", "SELECT (SELECT max(a) FROM t)"},
    {"Subqueries and WITH", "EXISTS, IN, ANY, ALL", "SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.t = t.id)"},
    {"Subqueries and WITH", "(a, b) IN (SELECT ...)", "SELECT (1, 2) IN (SELECT a, id FROM t)"},
    {"Subqueries and WITH", "(a, b) = (SELECT ...)", "SELECT (1, 2) = (SELECT a, id FROM t LIMIT 1)"},
    {"Subqueries and WITH", "ARRAY(SELECT ...)", "SELECT ARRAY(SELECT a FROM t ORDER BY 1)"},
    {"Subqueries and WITH", "WITH", "WITH c AS (SELECT 1 AS x) SELECT * FROM c"},
    {"Subqueries and WITH", "WITH RECURSIVE",
     "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT * FROM c"},
    {"Subqueries and WITH", "MATERIALIZED", "WITH c AS NOT MATERIALIZED (SELECT 1 AS x) SELECT * FROM c"},
    {"Subqueries and WITH", "INSERT, UPDATE or DELETE in WITH",
     "WITH c AS (DELETE FROM u RETURNING id) SELECT count(*) FROM c"},
    {"Subqueries and WITH", "SEARCH and CYCLE",
     "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3) SEARCH DEPTH FIRST BY n SET o "
     "SELECT * FROM c"},
    {"Set operations", "UNION, UNION ALL", "SELECT a FROM t UNION SELECT id FROM u"},
    {"Set operations", "INTERSECT, EXCEPT, and their ALL", "SELECT a FROM t EXCEPT ALL SELECT id FROM u"},
    {"Grouping", "GROUP BY, HAVING", "SELECT a, count(*) FROM t GROUP BY a HAVING count(*) > 0"},
    {"Grouping", "GROUPING SETS, ROLLUP, CUBE, GROUPING()", "SELECT a, b, GROUPING(a) FROM t GROUP BY ROLLUP (a, b)"},
    {"Grouping", "DISTINCT and ORDER BY inside aggregates", "SELECT string_agg(DISTINCT b, ',' ORDER BY b) FROM t"},
    {"Grouping", "FILTER", "SELECT count(*) FILTER (WHERE a > 1) FROM t"},
    {"Windows", "OVER (PARTITION BY ... ORDER BY ...)", "SELECT sum(a) OVER (PARTITION BY b ORDER BY id) FROM t"},
    {"Windows", "named windows", "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY id)"},
    {"Windows", "ROWS, RANGE and GROUPS frames",
     "SELECT sum(a) OVER (ORDER BY a GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t"},
    {"Windows", "RANGE over dates with intervals",
     "SELECT sum(a) OVER (ORDER BY d RANGE BETWEEN '1 month' PRECEDING AND CURRENT ROW) FROM t"},
    {"Windows", "EXCLUDE", "SELECT sum(a) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) FROM t"},
    {"Expressions", "CASE, COALESCE, NULLIF", "SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END, nullif(a, 1) FROM t"},
    {"Expressions", "GREATEST, LEAST", "SELECT greatest(a, id) FROM t"},
    {"Expressions", "CAST and ::", "SELECT CAST('1' AS int), 1::text"},
    {"Expressions", "BETWEEN, IN, IS DISTINCT FROM", "SELECT a BETWEEN SYMMETRIC 1 AND 2, a IS DISTINCT FROM 1 FROM t"},
    {"Expressions", "LIKE, ILIKE, SIMILAR TO, ~", "SELECT b LIKE 'x%', b ILIKE 'X', b SIMILAR TO 'x', b ~ 'x' FROM t"},
    {"Expressions", "EXTRACT, SUBSTRING, OVERLAY, POSITION, TRIM",
     "SELECT extract(year FROM d), substring(b FROM 1), position('a' IN b), trim(both ' ' FROM b) FROM t"},
    {"Expressions", "AT TIME ZONE", "SELECT now() AT TIME ZONE 'UTC'"},
    {"Expressions", "AT TIME ZONE with a place's name", "SELECT timestamptz '2024-01-01' AT TIME ZONE 'Europe/Paris'",
     "it needs the tables of the world's time zones"},
    {"Expressions", "OVERLAPS",
     "SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-05', date '2024-03-01')"},
    {"Expressions", "CURRENT_DATE, now()", "SELECT current_date, now(), localtimestamp"},
    {"Expressions", "CURRENT_USER and its like", "SELECT current_user", kNoServer},
    {"Expressions", "arrays: ARRAY[...], subscripts, slices", "SELECT (ARRAY[1, 2, 3])[1:2]"},
    {"Expressions", "rows: ROW(...), comparisons", "SELECT (1, 2) < (1, 3)"},
    {"Expressions", "fields of rows", "SELECT (x).a FROM (SELECT t AS x FROM t) AS s"},
    {"Expressions", "ROW IS DISTINCT FROM ROW", "SELECT (1, 2) IS DISTINCT FROM (1, 3)"},
    {"Expressions", "subscripts of jsonb", "SELECT ('{\"a\": 1}'::jsonb)['a']"},
    {"Expressions", "NORMALIZE", "SELECT normalize(b) FROM t"},
    {"Expressions", "COLLATE", "SELECT b COLLATE \"C\" FROM t",
     "texts are ordered by their bytes here, as the server does; other orders are not at hand"},
    {"Expressions", "bit strings", "SELECT B'101'"},
    {"Expressions", "XML", "SELECT xmlelement(name a)", "XML is left out as a whole"},
    {"Changing data", "INSERT", "INSERT INTO t (id, a) VALUES (9, 9)"},
    {"Changing data", "INSERT ... SELECT", "INSERT INTO u SELECT id + 10, id, b FROM t"},
    {"Changing data", "ON CONFLICT", "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 0"},
    {"Changing data", "UPDATE ... FROM", "UPDATE t SET a = u.id FROM u WHERE u.id = t.id"},
    {"Changing data", "UPDATE ... SET (a, b) = (SELECT ...)", "UPDATE t SET (a, b) = (SELECT 1, 'z')"},
    {"Changing data", "DELETE ... USING", "DELETE FROM u USING t WHERE u.t = t.id"},
    {"Changing data", "RETURNING", "UPDATE t SET a = a + 1 RETURNING id, a"},
    {"Changing data", "MERGE", "MERGE INTO t USING u ON u.t = t.id WHEN MATCHED THEN UPDATE SET a = 1"},
    {"Changing data", "changing simple views", "UPDATE v SET b = 'z' WHERE id = 1"},
    {"Changing data", "TRUNCATE", "TRUNCATE u"},
    {"Changing data", "COPY", "COPY t TO STDOUT", "it reads and writes files"},
    {"Defining tables", "CREATE TABLE with PRIMARY KEY, UNIQUE, NOT NULL, CHECK, REFERENCES, DEFAULT",
     "CREATE TABLE w(id int PRIMARY KEY, t int REFERENCES t, c int NOT NULL CHECK (c > 0) DEFAULT 1, UNIQUE (t))"},
    {"Defining tables", "serial and identity columns", "CREATE TABLE w(id int GENERATED ALWAYS AS IDENTITY, s serial)"},
    {"Defining tables", "generated columns", "CREATE TABLE w(a int, b int GENERATED ALWAYS AS (a * 2) STORED)"},
    {"Defining tables", "CREATE TABLE AS", "CREATE TABLE w AS SELECT a FROM t"},
    {"Defining tables", "temporary tables", "CREATE TEMP TABLE w(a int)"},
    {"Defining tables", "CREATE VIEW", "CREATE VIEW w AS SELECT a FROM t"},
    {"Defining tables", "CREATE INDEX", "CREATE INDEX ON t (a)"},
    {"Defining tables", "CREATE SEQUENCE", "CREATE SEQUENCE q"},
    {"Defining tables", "CREATE TYPE ... AS ENUM", "CREATE TYPE w AS ENUM ('a', 'b')"},
    {"Defining tables", "CREATE TYPE ... AS (...)", "CREATE TYPE w AS (a int)"},
    {"Defining tables", "CREATE DOMAIN", "CREATE DOMAIN w AS int CHECK (VALUE > 0)"},
    {"Defining tables", "DROP TABLE, DROP VIEW", "DROP TABLE u"},
    {"Defining tables", "ALTER TABLE", "ALTER TABLE t ADD COLUMN z int"},
    {"Defining tables", "COMMENT ON", "COMMENT ON TABLE t IS 'x'"},
    {"Defining tables", "CREATE SCHEMA", "CREATE SCHEMA w"},
    {"Defining tables", "CREATE MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW w AS SELECT 1"},
    {"Defining tables", "partitions and inheritance", "CREATE TABLE w(a int) PARTITION BY RANGE (a)"},
    {"Defining tables", "CREATE FUNCTION, triggers, DO", "DO $$ BEGIN END $$", kNoPrograms},
    {"Defining tables", "GRANT and REVOKE", "GRANT SELECT ON t TO PUBLIC", "there is one user"},
    {"Sessions", "BEGIN, COMMIT, ROLLBACK, SAVEPOINT", "BEGIN; SAVEPOINT s; ROLLBACK TO s; COMMIT"},
    {"Sessions", "SET and SHOW of settings that change no answer", "SET application_name = 'x'; SHOW search_path"},
    {"Sessions", "EXPLAIN", "EXPLAIN SELECT 1", "the plans are not PostgreSQL's"},
    {"Sessions", "PREPARE and EXECUTE", "PREPARE p AS SELECT 1"},
    {"Sessions", "cursors", "DECLARE c CURSOR FOR SELECT 1"},
    {"Sessions", "VACUUM, ANALYZE", "ANALYZE t"},
    {"Sessions", "LOCK", "LOCK TABLE t", kOneSession},
    {"Sessions", "LISTEN and NOTIFY", "LISTEN c", kOneSession},
    {"Sessions", "system tables (pg_catalog, information_schema)", "SELECT * FROM pg_class", kNoServer},
};

} // namespace

std::span<const Probe> probes() { return kProbes; }

} // namespace sqlgym::dialect
