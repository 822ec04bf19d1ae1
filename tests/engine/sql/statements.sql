-- Statements, one a line, right and wrong, that the binder and PostgreSQL's PREPARE must judge alike. Asked of a real
-- PostgreSQL 15 whenever the test runs: no answer is written here. The tables are those of schema.sql beside this file.

-- names and columns
SELECT 1
SELECT 1 AS a, 'x' AS b, NULL AS c, 2.5 AS d, true, 1e3, 99999999999, 99999999999999999999
SELECT * FROM member
SELECT m.* FROM member m
SELECT member.* FROM member m
SELECT m.name, m.id FROM member AS m
SELECT nme FROM member
SELECT m.nme FROM member m
SELECT x.name FROM member m
SELECT name FROM member, club
SELECT id FROM member m JOIN visit v ON v.member_id = m.id
SELECT public.member.name FROM public.member
SELECT public.member.name FROM member m
SELECT * FROM nowhere
SELECT * FROM nowhere.member
SELECT * FROM membr
SELECT "Name" FROM member
SELECT "Mixed" FROM odd
SELECT mixed FROM odd
SELECT "Mixed", "select", "häuser" FROM odd
SELECT '€€', plyer FROM member
SELECT a.id FROM member a, member a
SELECT * FROM member m, member m
SELECT *
SELECT * FROM (SELECT 1)
SELECT * FROM (SELECT 1) AS t
SELECT t.* FROM (SELECT 1, 2 AS b) AS t
SELECT t.x, t.y FROM (SELECT 1, 2) AS t(x, y)
SELECT * FROM (SELECT 1, 2) AS t(x, y, z)
SELECT * FROM (SELECT 1 AS a, 2 AS a) t
SELECT a FROM (SELECT 1 AS a, 2 AS a) t
SELECT member FROM member
SELECT m FROM member m
SELECT name.foo FROM member
SELECT (m).name FROM member m
SELECT (m).nme FROM member m
SELECT (m.name).x FROM member m
SELECT FROM member
SELECT count FROM member
SELECT m.count FROM member m
SELECT id AS id, id id2 FROM member
SELECT name AS "name", upper(name), upper(name) || 'x', -id, id::text, (id), CASE WHEN true THEN 1 END FROM member
SELECT (SELECT name FROM member), (SELECT 1 AS one), EXISTS (SELECT 1), ARRAY[1, 2], ARRAY(SELECT 1), (1, 2)
SELECT coalesce(name, 'x'), greatest(1, 2), least(1, 2), nullif(1, 2), name IS NULL, NOT true FROM member
SELECT current_date, localtimestamp, current_user
SELECT extract(year FROM born), date_part('year', born), position('a' IN name), substring(name FROM 2 FOR 3), trim(name), overlay(name PLACING 'x' FROM 1) FROM member
SELECT born AT TIME ZONE 'UTC' FROM member
SELECT visited_at AT TIME ZONE 'UTC' FROM visit
SELECT name COLLATE "C" FROM member
SELECT id COLLATE "C" FROM member
SELECT name COLLATE "nothing" FROM member

-- literals and casts
SELECT 'abc'::int
SELECT '12'::int, '12'::int8, ' 12 '::int2
SELECT '99999'::int2
SELECT 99999::int2
SELECT 'x'::bool
SELECT 'yes'::bool
SELECT '2020-02-30'::date
SELECT date '2020-02-28', timestamp '2020-01-01 12:00', interval '1 day', time '12:00'
SELECT date 'tomorow'
SELECT interval '1 dya'
SELECT '1.5'::int
SELECT 1.5::int, 1.5::text, 1::bool, true::int, 'a'::char, 'abc'::char(2), 'abc'::varchar(2), 12.345::numeric(4,1)
SELECT 12.345::numeric(4,9)
SELECT 12.345::numeric(2000)
SELECT 1::numeric(0)
SELECT 'x'::varchar(0)
SELECT 1::nosuchtype
SELECT 1::int[]
SELECT '{1,2}'::int[]
SELECT '{1,x}'::int[]
SELECT true::numeric
SELECT born::int FROM member
SELECT born::timestamp, born::text, born::timestamptz FROM member
SELECT id::date FROM member
SELECT id::bool, id::float8, id::numeric(10,2), id::varchar(3) FROM member
SELECT name::int, name::date, name::bool FROM member
SELECT CAST(name AS integer) FROM member
SELECT CAST(NULL AS nothing)
SELECT 1::double precision, 1::real, 1::smallint, 1::decimal, 'x'::character varying
SELECT 'x'::text::int
SELECT NULL::int + 1
SELECT '1' + 1
SELECT '1' + '2'
SELECT 'a' || 'b'
SELECT 1 || 'b'
SELECT 1 || 2
SELECT 'a' || 1.5 || true || NULL
SELECT name || id FROM member
SELECT born || id FROM member
SELECT id || id FROM member
SELECT ARRAY[1] || 2, 2 || ARRAY[1], ARRAY[1] || ARRAY[2]
SELECT ARRAY[1] || 'x'
SELECT ARRAY[1, 'x']
SELECT ARRAY[1, 2.5], ARRAY['a', 'b'], ARRAY[NULL, 1], ARRAY[[1,2],[3,4]]
SELECT ARRAY[1, true]
SELECT ARRAY[]
SELECT ARRAY[]::int[]
SELECT (ARRAY[1,2])[1], (ARRAY[1,2])[1:2]
SELECT (ARRAY[1,2])['x']
SELECT id[1] FROM member
SELECT -'1'
SELECT - '1.5', + '2'
SELECT @ -5, |/ 4, 5 !
SELECT 2147483648, -2147483648, 2147483647 + 1
SELECT 0x1F
SELECT 1_000
SELECT U&'\0041'
SELECT E'\x41', E'a\nb'
SELECT B'101', X'1F'
SELECT $$dollar$$, $t$ tagged $t$
SELECT 1 2
SELECT 'unterminated
SELECT "unterminated
SELECT $x$ unterminated
SELECT /* unterminated

-- operators
SELECT 1 + 1, 1 + 1.0, 1 / 2, 1 % 2, 2 ^ 3, 2.0 ^ 3, 1::int2 + 1::int2, 1::int8 * 2, 1.5 * 2, 1::float8 / 3
SELECT id + name FROM member
SELECT born + 1, born - born, born + interval '1 day', born - interval '1 mon' FROM member
SELECT born + born FROM member
SELECT born + 1.5 FROM member
SELECT born - 'x' FROM member
SELECT born > '2020-01-01' FROM member
SELECT born > '2020-13-01' FROM member
SELECT born = 1 FROM member
SELECT name = 1 FROM member
SELECT id = '1' FROM member
SELECT id = 'x' FROM member
SELECT name > 5 FROM member
SELECT paid = 0, paid > 1.5, paid = '1.5' FROM visit
SELECT 1 = true
SELECT true > false, true AND NULL, NULL OR NULL
SELECT 1 AND true
SELECT true AND 1
SELECT NOT 1
SELECT NOT 'x'
SELECT NOT 't'
SELECT 'a' LIKE 'b', 'a' ILIKE 'b', 'a' ~ 'b', 'a' NOT LIKE 'b', 'a' SIMILAR TO 'b'
SELECT 1 LIKE 'b'
SELECT id LIKE '1%' FROM member
SELECT born LIKE '2020%' FROM member
SELECT 1 IN (1, 2, 3), 1 IN ('1', 2), 1 NOT IN (1.5, 2)
SELECT 1 IN (1, 'x')
SELECT 1 IN (1, true)
SELECT name IN ('a', 'b', NULL) FROM member
SELECT name IN (1, 2) FROM member
SELECT 1 BETWEEN 0 AND 2, 1 NOT BETWEEN 0 AND 2.5, 1 BETWEEN SYMMETRIC 3 AND 0
SELECT name BETWEEN 1 AND 2 FROM member
SELECT 1 IS DISTINCT FROM NULL, 1 IS NOT DISTINCT FROM 2
SELECT 1 IS DISTINCT FROM 'x'
SELECT 1 IS TRUE
SELECT true IS TRUE, NULL IS UNKNOWN, true IS NOT FALSE
SELECT 1 IS NULL, NULL IS NOT NULL
SELECT 1 == 1
SELECT 1 <> 2, 1 != 2
SELECT 1 === 2
SELECT 1 @@@ 2
SELECT name # name FROM member
SELECT 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 2, 8 >> 1
SELECT 5.0 & 3
SELECT 1 = ANY (ARRAY[1,2]), 1 = ALL (ARRAY[1,2]), 1 <> ALL ('{1,2}')
SELECT 1 = ANY (1)
SELECT 1 = ANY (ARRAY['x'])
SELECT 'x' = ANY ('{a,b}')
SELECT 1 + ANY (ARRAY[1])
SELECT (1, 2) = (1, 2), (1, 2) < (1, 3), ROW(1, 'a') = ROW(1, 'b')
SELECT (1, 2) = (1, 2, 3)
SELECT (1, 2) = (1, 'x')
SELECT (1, 2) IS NULL, (1, NULL) IS NOT NULL
SELECT ROW()
SELECT (id, name) IN (SELECT id, name FROM member) FROM member
SELECT (id, name) IN (SELECT id FROM member) FROM member
SELECT id IN (SELECT id, name FROM member) FROM member

-- functions
SELECT upper('x'), lower('x'), length('x'), char_length('x'), substr('abc', 2), left('abc', 1), replace('a', 'b', 'c')
SELECT upper(1)
SELECT upper()
SELECT upper('a', 'b')
SELECT nosuch(1)
SELECT nosuch('x', 1.5, NULL)
SELECT nosuch(name, id) FROM member
SELECT lenght(name) FROM member
SELECT length(id) FROM member
SELECT length(5)
SELECT round(1.5), round(1.234, 2), round(1.5::float8), round(id) FROM member
SELECT round(1.5::float8, 2)
SELECT round('1.5')
SELECT abs(-1), abs(-1.5), abs('-1'), abs(id), ceil(1.2), floor(1), sqrt(4), power(2, 3), mod(5, 2), sign(-1) FROM member
SELECT mod(5.5, 2), mod(5, 2.5), mod(5::float8, 2)
SELECT trunc(1.5, 1), trunc(1.5::float8), ln(2), log(10), log(2, 8), exp(1), pi()
SELECT random(), now(), clock_timestamp()
SELECT age(born), age(born, born), date_trunc('month', born), to_char(born, 'YYYY'), make_date(2020, 1, 1) FROM member
SELECT date_trunc('month', name) FROM member
SELECT date_trunc(born, 'month') FROM member
SELECT extract(foo FROM born) FROM member
SELECT extract(year FROM name) FROM member
SELECT extract(year FROM '2020-01-01')
SELECT extract(year FROM date '2020-01-01'), extract(epoch FROM interval '1 day')
SELECT concat('a', 1, NULL, true), concat_ws(',', 'a', 2), format('%s', 1)
SELECT concat()
SELECT concat_ws()
SELECT coalesce(1, 2.5), coalesce(NULL, 'x'), coalesce(NULL), coalesce(id, 0.5) FROM member
SELECT coalesce(1, 'x')
SELECT coalesce(1, name) FROM member
SELECT coalesce(born, 'x') FROM member
SELECT coalesce()
SELECT greatest(1, 2.5), greatest('a', 'b'), least(born, '2020-01-01') FROM member
SELECT greatest(1, 'x')
SELECT greatest(1, true)
SELECT nullif(1, 'x')
SELECT nullif(1, 2.5), nullif('a', 'b'), nullif(name, '') FROM member
SELECT nullif(id, name) FROM member
SELECT nullif(1)
SELECT string_to_array('a,b', ','), array_length(ARRAY[1], 1), cardinality(ARRAY[1]), array_append(ARRAY[1], 2), array_to_string(ARRAY[1], ',')
SELECT array_append(ARRAY[1], 'x')
SELECT array_append(1, 2)
SELECT array_length(1, 1)
SELECT split_part('a', 'b', 1), regexp_replace('a', 'b', 'c'), starts_with('a', 'b'), strpos('a', 'b'), lpad('a', 3), repeat('a', 3), md5('a'), reverse('a'), initcap('a'), ascii('a'), chr(65)
SELECT split_part('a', 'b')
SELECT substring('abc', 2), substring('abc' FROM 2), substring('abc' FOR 2), substring('abc' FROM 'b')
SELECT substring(1, 2)
SELECT trim(BOTH 'x' FROM name), ltrim(name), rtrim(name, 'x'), btrim(name) FROM member
SELECT to_date('2020', 'YYYY'), to_number('1', '9'), to_timestamp(0), to_timestamp('2020', 'YYYY')
SELECT generate_series(1, 3)
SELECT generate_series(1, 3.5), generate_series(1::int8, 2)
SELECT generate_series('a', 'b')
SELECT generate_series(1)
SELECT unnest(ARRAY[1,2]), unnest('{a,b}'::text[])
SELECT unnest(1)
SELECT unnest('{1,2}')
SELECT coalesce(generate_series(1, 2), 0)
SELECT CASE WHEN true THEN generate_series(1, 2) END
SELECT count(generate_series(1, 2))
SELECT member_name(id) FROM member
SELECT name(id) FROM member
SELECT upper(VARIADIC ARRAY['a'])
SELECT concat(VARIADIC ARRAY['a', 'b'])
SELECT make_interval(days => 10), make_interval(days => 1, hours => 2)
SELECT make_interval(dayz => 10)
SELECT make_interval(days => 1, 2)
SELECT upper(DISTINCT name) FROM member
SELECT upper(name ORDER BY name) FROM member
SELECT upper(*) FROM member
SELECT upper(name) FILTER (WHERE true) FROM member
SELECT upper(name) OVER () FROM member
SELECT public.upper('x')
SELECT pg_catalog.upper('x')
SELECT nowhere.upper('x')
SELECT pg_typeof(1), version()

-- CASE
SELECT CASE WHEN true THEN 1 ELSE 2.5 END, CASE WHEN true THEN 'a' ELSE 'b' END, CASE WHEN true THEN NULL END
SELECT CASE id WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END FROM member
SELECT CASE WHEN true THEN 1 ELSE 'x' END
SELECT CASE WHEN true THEN 1 ELSE '2' END
SELECT CASE WHEN true THEN 'x' ELSE 1 END
SELECT CASE WHEN id THEN 1 END FROM member
SELECT CASE WHEN 1 THEN 2 END
SELECT CASE WHEN true THEN id ELSE name END FROM member
SELECT CASE WHEN true THEN born ELSE '2020-01-01' END FROM member
SELECT CASE WHEN true THEN born ELSE id END FROM member
SELECT CASE id WHEN 'x' THEN 1 END FROM member
SELECT CASE name WHEN 1 THEN 1 END FROM member
SELECT CASE WHEN true THEN 1 WHEN false THEN 2.5 ELSE 3::float8 END
SELECT CASE WHEN true THEN name ELSE 'x'::varchar(3) END FROM member
SELECT CASE WHEN true THEN born ELSE visited_at END FROM member, visit
SELECT CASE ELSE 1 END

-- WHERE, ORDER BY, LIMIT
SELECT 1 WHERE 1
SELECT 1 WHERE 'x'
SELECT 1 WHERE 't'
SELECT 1 WHERE NULL
SELECT name FROM member WHERE name
SELECT name AS n FROM member WHERE n = 'a'
SELECT name FROM member WHERE count(*) > 1
SELECT name FROM member WHERE row_number() OVER () = 1
SELECT name FROM member WHERE id = (SELECT id, name FROM member)
SELECT name FROM member WHERE id = ()
SELECT name FROM member ORDER BY 1
SELECT name FROM member ORDER BY 2
SELECT name FROM member ORDER BY 0
SELECT name FROM member ORDER BY -1
SELECT name FROM member ORDER BY 'x'
SELECT name FROM member ORDER BY 1.5
SELECT name FROM member ORDER BY NULL
SELECT name AS n FROM member ORDER BY n, upper(name)
SELECT name AS n FROM member ORDER BY upper(n)
SELECT name AS n, id AS n FROM member ORDER BY n
SELECT name AS id, id AS x FROM member ORDER BY id
SELECT name FROM member ORDER BY born DESC NULLS LAST, id ASC NULLS FIRST
SELECT name FROM member ORDER BY nosuch
SELECT name FROM member ORDER BY id USING <
SELECT name FROM member ORDER BY id USING +
SELECT DISTINCT name FROM member ORDER BY id
SELECT DISTINCT name FROM member ORDER BY upper(name)
SELECT DISTINCT upper(name) FROM member ORDER BY upper(name)
SELECT DISTINCT name, id FROM member ORDER BY id
SELECT DISTINCT ON (name) name, id FROM member ORDER BY name, id
SELECT DISTINCT ON (name) name, id FROM member ORDER BY id
SELECT DISTINCT ON (1) name FROM member
SELECT DISTINCT ON (3) name FROM member
SELECT DISTINCT ON (nosuch) name FROM member
SELECT name FROM member LIMIT 1
SELECT name FROM member LIMIT 'x'
SELECT name FROM member LIMIT '5'
SELECT name FROM member LIMIT 1.5 OFFSET 2
SELECT name FROM member LIMIT id
SELECT name FROM member LIMIT (SELECT 1)
SELECT name FROM member LIMIT count(*)
SELECT name FROM member LIMIT NULL OFFSET NULL
SELECT name FROM member LIMIT ALL
SELECT name FROM member LIMIT true
SELECT name FROM member OFFSET 1 ROWS FETCH FIRST 2 ROWS ONLY
SELECT name FROM member ORDER BY name FETCH FIRST 2 ROWS WITH TIES
SELECT name FROM member FETCH FIRST 2 ROWS WITH TIES
SELECT name FROM member LIMIT 1, 2
SELECT name FROM member ORDER BY j
SELECT j FROM odd ORDER BY j
SELECT DISTINCT j FROM odd
SELECT j FROM odd GROUP BY j
SELECT j = j FROM odd
SELECT p FROM odd ORDER BY p

-- GROUP BY and aggregates
SELECT count(*), count(id), sum(id), avg(id), min(name), max(born) FROM member
SELECT sum(paid), avg(paid), sum(paid::float8), sum(1::int2), sum(1::int8), avg(1.5), stddev(id), variance(paid) FROM visit, member
SELECT sum(name) FROM member
SELECT sum('1')
SELECT avg(born) FROM member
SELECT max(true)
SELECT bool_and(true), every(true), bool_or(id > 1), string_agg(name, ','), array_agg(id), array_agg(name ORDER BY id) FROM member
SELECT string_agg(name) FROM member
SELECT string_agg(id, ',') FROM member
SELECT string_agg(DISTINCT name, ',' ORDER BY name) FROM member
SELECT string_agg(DISTINCT name, ',' ORDER BY id) FROM member
SELECT count() FROM member
SELECT count(id, name) FROM member
SELECT count(DISTINCT id), count(DISTINCT (id, name)) FROM member
SELECT count(DISTINCT *) FROM member
SELECT sum(*) FROM member
SELECT count(*) FILTER (WHERE id > 1) FROM member
SELECT count(*) FILTER (WHERE id) FROM member
SELECT count(*) FILTER (WHERE count(*) > 1) FROM member
SELECT sum(count(*)) FROM member
SELECT sum(sum(id)) FROM member GROUP BY name
SELECT name, count(*) FROM member
SELECT name, count(*) FROM member GROUP BY name
SELECT name, id, count(*) FROM member GROUP BY name
SELECT m.name, m.born FROM member m GROUP BY m.id
SELECT m.name, v.paid FROM member m JOIN visit v ON v.member_id = m.id GROUP BY m.id
SELECT name FROM member GROUP BY id
SELECT * FROM member GROUP BY id
SELECT * FROM visit GROUP BY paid
SELECT name FROM member GROUP BY 1
SELECT name FROM member GROUP BY 2
SELECT name, count(*) FROM member GROUP BY 2
SELECT name FROM member GROUP BY 'x'
SELECT name AS n, count(*) FROM member GROUP BY n
SELECT upper(name) AS n, count(*) FROM member GROUP BY n
SELECT upper(name), count(*) FROM member GROUP BY upper(name)
SELECT lower(name), count(*) FROM member GROUP BY upper(name)
SELECT upper(name) || 'x', count(*) FROM member GROUP BY upper(name)
SELECT id + 1 FROM visit GROUP BY id + 1
SELECT id + 2 FROM member GROUP BY name, id + 1
SELECT born AS name, count(*) FROM member GROUP BY name
SELECT count(*) FROM member GROUP BY count(*)
SELECT count(*) AS c FROM member GROUP BY c
SELECT count(*) FROM member GROUP BY row_number() OVER ()
SELECT name FROM member HAVING count(*) > 1
SELECT count(*) FROM member HAVING count(*) > 1
SELECT name FROM member GROUP BY name HAVING id > 1
SELECT name FROM member GROUP BY name HAVING count(*)
SELECT name, count(*) AS c FROM member GROUP BY name HAVING c > 1
SELECT name FROM member GROUP BY name ORDER BY count(*)
SELECT name FROM member GROUP BY name ORDER BY id
SELECT count(*) FROM member ORDER BY name
SELECT (SELECT m.name) FROM member m GROUP BY m.id
SELECT (SELECT v.paid) FROM visit v GROUP BY v.member_id
SELECT (SELECT count(m.id) FROM club) FROM member m
SELECT (SELECT max(v.paid) FROM visit v WHERE v.member_id = m.id) FROM member m
SELECT m.name FROM member m WHERE (SELECT count(m.id)) > 1
SELECT name, count(*) FROM member GROUP BY ROLLUP (name)
SELECT name, born, count(*), grouping(name), grouping(name, born) FROM member GROUP BY CUBE (name, born)
SELECT name, grouping(id) FROM member GROUP BY name
SELECT grouping(name) FROM member
SELECT name, count(*) FROM member GROUP BY GROUPING SETS ((name), ())
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY paid) FROM visit
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY paid) FROM visit
SELECT mode() WITHIN GROUP (ORDER BY name) FROM member
SELECT percentile_cont(0.5) FROM visit
SELECT percentile_cont(paid) WITHIN GROUP (ORDER BY paid) FROM visit
SELECT sum(paid) WITHIN GROUP (ORDER BY paid) FROM visit
SELECT rank(1) WITHIN GROUP (ORDER BY id) FROM member
SELECT max(id) FROM member WHERE max(id) > 1
SELECT count(*) FROM member m JOIN visit v ON count(*) = 1
SELECT 1 FROM member GROUP BY ()
SELECT DISTINCT name, count(*) FROM member GROUP BY name, id
SELECT coalesce(name, 'x') FROM member GROUP BY coalesce(name, 'x')
SELECT CASE WHEN id > 1 THEN 'a' ELSE 'b' END AS k, count(*) FROM member GROUP BY k
SELECT id, name FROM member GROUP BY ROLLUP (id)
SELECT corr(paid, id), regr_slope(paid, id), covar_pop(id, id) FROM visit
SELECT json_agg(name), jsonb_agg(id), json_object_agg(id, name) FROM member
SELECT bit_and(id), bit_or(id) FROM member
SELECT bit_and(name) FROM member

-- windows
SELECT row_number() OVER (), rank() OVER (ORDER BY id), dense_rank() OVER w, ntile(4) OVER w FROM member WINDOW w AS (ORDER BY name)
SELECT row_number() FROM member
SELECT rank() OVER nosuch FROM member
SELECT sum(id) OVER (PARTITION BY name ORDER BY born), avg(id) OVER (), lag(name) OVER (ORDER BY id), lead(name, 2, 'x') OVER (ORDER BY id), first_value(id) OVER (), nth_value(id, 2) OVER () FROM member
SELECT lag(id, 1, 'x') OVER (ORDER BY id) FROM member
SELECT lag(id, 1, 2.5) OVER (ORDER BY id) FROM member
SELECT lag(id, 'x') OVER () FROM member
SELECT ntile('x') OVER () FROM member
SELECT sum(row_number() OVER ()) OVER () FROM member
SELECT sum(count(*)) OVER () FROM member
SELECT sum(id) OVER (ORDER BY sum(id)) FROM member GROUP BY name
SELECT name, sum(id) OVER () FROM member GROUP BY name
SELECT name, rank() OVER (ORDER BY count(*)) FROM member GROUP BY name
SELECT sum(row_number() OVER ()) FROM member
SELECT count(*) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM member
SELECT count(*) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM member
SELECT count(*) OVER (ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM member
SELECT count(*) OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED PRECEDING) FROM member
SELECT count(*) OVER (ROWS 1 FOLLOWING) FROM member
SELECT count(*) OVER (ROWS 'x' PRECEDING) FROM member
SELECT count(*) OVER (ROWS id PRECEDING) FROM member
SELECT count(*) OVER (RANGE 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY id RANGE 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY id, name RANGE 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY name RANGE 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY born RANGE interval '1 day' PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY born RANGE 1 PRECEDING) FROM member
SELECT count(*) OVER (GROUPS 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY id GROUPS 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY 1, 'x') FROM member
SELECT count(DISTINCT id) OVER () FROM member
SELECT array_agg(id ORDER BY id) OVER () FROM member
SELECT count(*) FILTER (WHERE id > 1) OVER () FROM member
SELECT row_number() FILTER (WHERE true) OVER () FROM member
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id) OVER () FROM member
SELECT rank() OVER (w ORDER BY id) FROM member WINDOW w AS (PARTITION BY name)
SELECT rank() OVER (w ORDER BY id) FROM member WINDOW w AS (ORDER BY name)
SELECT rank() OVER (w PARTITION BY id) FROM member WINDOW w AS (ORDER BY name)
SELECT rank() OVER (w) FROM member WINDOW w AS (ROWS 1 PRECEDING)
SELECT 1 FROM member WINDOW w AS (), w AS ()
SELECT 1 FROM member WINDOW w AS (x), x AS ()
SELECT name FROM member ORDER BY row_number() OVER (ORDER BY id)
SELECT name FROM member GROUP BY name HAVING rank() OVER () = 1
SELECT row_number() OVER (PARTITION BY j) FROM odd
SELECT generate_series(1, row_number() OVER ()) FROM member
SELECT row_number() OVER (PARTITION BY generate_series(1, 2)) FROM member

-- joins
SELECT * FROM member JOIN visit USING (id)
SELECT * FROM member NATURAL JOIN visit
SELECT * FROM member NATURAL JOIN club
SELECT id FROM member JOIN visit USING (id)
SELECT member.id, visit.id FROM member FULL JOIN visit USING (id)
SELECT * FROM member JOIN visit USING (nosuch)
SELECT * FROM member JOIN visit USING (name)
SELECT * FROM member JOIN visit USING (paid)
SELECT * FROM member a JOIN member b USING (id) JOIN member c USING (name)
SELECT * FROM member a JOIN member b USING (id, name)
SELECT * FROM member a JOIN member b USING (id, id)
SELECT name FROM member a JOIN member b USING (id)
SELECT * FROM member a JOIN odd ON a.id = odd.id
SELECT * FROM (SELECT 'x' AS k) a JOIN (SELECT 1 AS k) b USING (k)
SELECT k FROM (SELECT 1 AS k) a JOIN (SELECT 2.5 AS k) b USING (k)
SELECT k FROM (SELECT 1 AS k) a FULL JOIN (SELECT 2.5 AS k) b USING (k)
SELECT * FROM member JOIN visit ON member.id
SELECT * FROM member JOIN visit ON true
SELECT * FROM member JOIN visit
SELECT * FROM member CROSS JOIN visit
SELECT * FROM member m LEFT JOIN visit v ON v.member_id = m.id AND m.id > 1
SELECT * FROM member m, visit v JOIN club c ON c.id = m.club_id
SELECT * FROM member m JOIN visit v ON v.member_id = c.id JOIN club c ON c.id = m.club_id
SELECT * FROM member m, (SELECT m.id) s
SELECT * FROM member m, LATERAL (SELECT m.id AS x) s
SELECT * FROM member m LEFT JOIN LATERAL (SELECT m.id AS x) s ON true
SELECT * FROM member m RIGHT JOIN LATERAL (SELECT m.id AS x) s ON true
SELECT * FROM member m FULL JOIN LATERAL (SELECT m.id AS x) s ON true
SELECT * FROM (member m JOIN visit v ON v.member_id = m.id) j
SELECT j.paid FROM (member m JOIN visit v ON v.member_id = m.id) j
SELECT m.name FROM (member m JOIN visit v ON v.member_id = m.id) j
SELECT * FROM (member m JOIN visit v USING (id)) AS j(a, b, c)
SELECT u.id FROM (member m JOIN visit v USING (id) AS u)
SELECT * FROM member m JOIN member n ON m.id = n.id WHERE name = 'x'
SELECT * FROM member AS m(a, b) WHERE m.a = 1 AND b = 'x'
SELECT * FROM club AS c(a, b, d, e, f)
SELECT * FROM member m JOIN visit m ON true
SELECT * FROM member UNION JOIN visit

-- functions in FROM, VALUES
SELECT * FROM generate_series(1, 3)
SELECT * FROM generate_series(1, 3) AS g
SELECT g FROM generate_series(1, 3) AS g
SELECT g.g, g.generate_series FROM generate_series(1, 3) AS g
SELECT n FROM generate_series(1, 3) AS g(n)
SELECT * FROM generate_series(1, 3) WITH ORDINALITY
SELECT * FROM unnest(ARRAY[1,2], ARRAY['a']) AS t(x, y)
SELECT * FROM unnest(ARRAY[1,2]) WITH ORDINALITY AS t(x, n)
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS t(a, b)
SELECT * FROM upper('x')
SELECT * FROM sum(1)
SELECT * FROM nosuch(1)
SELECT * FROM generate_series(1, m.id), member m
SELECT * FROM member m, generate_series(1, m.id) g
SELECT * FROM regexp_matches('a', 'b')
SELECT * FROM current_date
VALUES (1, 'a'), (2, 'b')
VALUES (1, 'a'), (2)
VALUES (1), ('x')
VALUES (1), ('2'), (2.5)
VALUES (NULL), (1)
VALUES (NULL), (NULL)
VALUES (1) ORDER BY column1
VALUES (1) ORDER BY 2
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS t(a, b)
SELECT * FROM (VALUES (1, 'a'))
SELECT column1 FROM (VALUES (1)) t
VALUES (count(*))
VALUES (id)
SELECT * FROM (VALUES (1, true), (2.5, 't')) t

-- set operations
SELECT 1 UNION SELECT 2
SELECT 1 AS a UNION SELECT 2 AS b
SELECT 1 UNION SELECT 2.5
SELECT 1 UNION SELECT 'x'
SELECT 1 UNION SELECT '2'
SELECT 'a' UNION SELECT 'b'
SELECT NULL UNION SELECT NULL
SELECT NULL UNION SELECT 1
SELECT NULL UNION SELECT NULL UNION SELECT 1
SELECT 1, 2 UNION SELECT 1
SELECT 1 UNION SELECT name FROM member
SELECT id FROM member UNION SELECT born FROM member
SELECT name FROM member UNION SELECT id::text FROM member ORDER BY name
SELECT name FROM member UNION SELECT name FROM club ORDER BY member.name
SELECT name FROM member UNION SELECT name FROM club ORDER BY upper(name)
SELECT name FROM member UNION SELECT name FROM club ORDER BY 1 DESC LIMIT 3
SELECT name FROM member UNION SELECT name FROM club ORDER BY 2
SELECT name FROM member UNION SELECT name FROM club ORDER BY nosuch
SELECT name FROM member ORDER BY 1 UNION SELECT name FROM club
(SELECT name FROM member ORDER BY 1 LIMIT 1) UNION ALL (SELECT name FROM club LIMIT 1)
SELECT 1 INTERSECT SELECT 2 EXCEPT SELECT 3
SELECT j FROM odd UNION SELECT j FROM odd
SELECT j FROM odd UNION ALL SELECT j FROM odd
SELECT * FROM member UNION SELECT * FROM visit
SELECT * FROM member INTERSECT SELECT * FROM club
SELECT 'x'::varchar(3) UNION SELECT 'y'::varchar(5)
SELECT 'x'::varchar(3) UNION ALL SELECT 'y'::varchar(3)
SELECT 'x'::varchar(3) UNION SELECT 'y'::text
SELECT count(*) FROM (SELECT 1 UNION SELECT 2) t
SELECT 1 UNION SELECT 2 FOR UPDATE
SELECT ARRAY[1] UNION SELECT ARRAY[2.5]
SELECT true UNION SELECT 1

-- subqueries
SELECT (SELECT id, name FROM member)
SELECT (SELECT FROM member)
SELECT EXISTS (SELECT FROM member)
SELECT EXISTS (SELECT nosuch FROM member)
SELECT id FROM member WHERE id IN (SELECT nosuch FROM visit)
SELECT id FROM member WHERE id IN (SELECT member_id FROM visit WHERE paid > m.id)
SELECT id FROM member m WHERE id IN (SELECT member_id FROM visit WHERE paid > m.id)
SELECT id FROM member WHERE id IN (SELECT name FROM member)
SELECT id FROM member WHERE id = ANY (SELECT id FROM member)
SELECT id FROM member WHERE id > ALL (SELECT paid FROM visit)
SELECT id FROM member WHERE name > ALL (SELECT paid FROM visit)
SELECT id FROM member WHERE id = (SELECT 'x')
SELECT id FROM member WHERE id IN (SELECT '1')
SELECT id FROM member WHERE id NOT IN (SELECT NULL)
SELECT (SELECT max(id) FROM member) + 1, (SELECT name FROM member) || 'x'
SELECT (SELECT max(id) FROM member) + (SELECT name FROM member)
SELECT ARRAY(SELECT name FROM member), ARRAY(SELECT id FROM member ORDER BY 1)
SELECT ARRAY(SELECT id, name FROM member)
SELECT x FROM (SELECT id AS x FROM member WHERE x = 1) t
SELECT * FROM (SELECT id FROM member ORDER BY nosuch) t
SELECT * FROM member WHERE id = (SELECT id FROM club c WHERE c.nosuch = member.id)
SELECT (SELECT (SELECT m.id)) FROM member m
SELECT row_to_json(m) FROM member m

-- CTEs
WITH t AS (SELECT 1 AS a) SELECT a FROM t
WITH t AS (SELECT 1) SELECT * FROM t
WITH t(x) AS (SELECT 1, 2) SELECT * FROM t
WITH t(x, y) AS (SELECT 1) SELECT * FROM t
WITH t AS (SELECT 1), t AS (SELECT 2) SELECT * FROM t
WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b
WITH member AS (SELECT 1 AS z) SELECT * FROM member
WITH t AS (SELECT * FROM t) SELECT * FROM t
WITH t AS (SELECT nosuch) SELECT 1
WITH t AS (SELECT 'x') SELECT * FROM t WHERE "?column?" = 1
WITH t AS MATERIALIZED (SELECT 1 AS a) SELECT a, b FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t
WITH RECURSIVE t AS (SELECT 1 AS n UNION SELECT n + 1 FROM t) SELECT n FROM t LIMIT 5
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1.5 FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 'a' UNION ALL SELECT n || 'b' FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 'a'::varchar(5) UNION ALL SELECT n || 'b' FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT n + 1 FROM t UNION ALL SELECT 1) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT n + 1 FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT t.n + u.n FROM t, t u) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT max(n) FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t ORDER BY 1) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t LIMIT 5) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 INTERSECT SELECT n FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT m.id FROM member m LEFT JOIN t ON t.n = m.id) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t WHERE n IN (SELECT n FROM t)) SELECT * FROM t
WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM a
WITH RECURSIVE t(a, b) AS (SELECT 1, 2 UNION ALL SELECT 1 FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT t.m FROM t
WITH t AS (SELECT id FROM member) SELECT t.id, m.name FROM t JOIN member m USING (id)
WITH t AS (SELECT 1 AS a) SELECT (WITH u AS (SELECT a + 1 AS b FROM t) SELECT b FROM u)

-- INSERT, UPDATE, DELETE
INSERT INTO club VALUES (1, 'x', 'y')
INSERT INTO club (id, name) VALUES (1, 'x')
INSERT INTO club (id, nosuch) VALUES (1, 'x')
INSERT INTO club (id, id) VALUES (1, 2)
INSERT INTO club (id, name) VALUES (1)
INSERT INTO club (id) VALUES (1, 2)
INSERT INTO club VALUES (1, 2, 3, 4, 5, 6)
INSERT INTO club VALUES ('x', 'x', 'x')
INSERT INTO club VALUES ('1', 2, 3)
INSERT INTO club (id) VALUES (true)
INSERT INTO club (id) VALUES (1.5), (2)
INSERT INTO club (id, name) SELECT id, name FROM member
INSERT INTO club (id, name) SELECT name, id FROM member
INSERT INTO club (id, name) SELECT id FROM member
INSERT INTO club DEFAULT VALUES
INSERT INTO club (id, name) VALUES (DEFAULT, DEFAULT)
INSERT INTO nowhere VALUES (1)
INSERT INTO visit (paid, visited_at) VALUES ('x', now())
INSERT INTO visit (paid, visited_at) VALUES (1, '2020-01-01')
INSERT INTO visit (paid, visited_at) VALUES (1, 5)
INSERT INTO member (born) VALUES ('2020-02-30')
INSERT INTO member (name) VALUES (5)
INSERT INTO member (name) VALUES ('a very long name that is longer than the column allows it to be')
INSERT INTO member (born) SELECT '2020-01-01'
INSERT INTO member (born) SELECT name FROM member
INSERT INTO club VALUES (count(*))
INSERT INTO club (id) VALUES (id)

-- syntax
SELEC 1
SELECT FROM WHERE
SELECT 1 FROM
SELECT name FROM member WHERE
SELECT name, FROM member
SELECT (1
SELECT 1)
SELECT name FROM member GROUP name
SELECT name FROM member ORDER name
SELECT * FROM member WHERE name = 'x' AND
SELECT * FROM member LIMIT
SELECT '€ä', * FORM member
SELECT user FROM member
SELECT order FROM member
SELECT name AS order FROM member
SELECT name order FROM member
SELECT a FROM b JOIN c ON
SELECT CASE WHEN 1 THEN 2
SELECT DISTINCT ON name FROM member
SELECT 1;;
SELECT @
SELECT 1 +
SELECT * * FROM member
SELECT name FROM member WHERE name LIKE
SELECT [1]
SELECT `name` FROM member
SELECT name FROM member WHERE id = ?
SELECT TOP 5 * FROM member
SELECT IF(true, 1, 2)
SELECT ISNULL(name, 'x') FROM member
SELECT IFNULL(name, 'x') FROM member
SELECT getdate()
SELECT name + 'x' FROM member
SELECT DATEDIFF(day, born, born) FROM member
SELECT len(name) FROM member
SELECT nvl(name, 'x') FROM member
SELECT group_concat(name) FROM member
SELECT "x"
SELECT name FROM member WHERE name = "x"

-- what the first round of comparing taught, and its neighbours
SELECT k FROM (SELECT 1 AS k) a JOIN (SELECT 1.0 AS k) b USING (k)
SELECT k FROM (SELECT 1.0 AS k) a JOIN (SELECT 1 AS k) b USING (k)
SELECT k FROM (SELECT 1 AS k) a LEFT JOIN (SELECT 1.0 AS k) b USING (k)
SELECT k FROM (SELECT 1 AS k) a RIGHT JOIN (SELECT 1.0 AS k) b USING (k)
SELECT k FROM (SELECT 'a'::varchar(3) AS k) a JOIN (SELECT 'a'::varchar(5) AS k) b USING (k)
SELECT k FROM (SELECT 'a'::varchar(3) AS k) a FULL JOIN (SELECT 'a'::varchar(3) AS k) b USING (k)
SELECT k FROM (SELECT 'a'::char(3) AS k) a JOIN (SELECT 'a'::text AS k) b USING (k)
SELECT * FROM (SELECT 1 AS k, 'x' AS j) a JOIN (SELECT date '2020-01-01' AS k, 1 AS j) b USING (j, k)
SELECT j FROM odd a JOIN odd b USING (j)
SELECT p FROM odd a JOIN odd b USING (p)
SELECT -32768::int2, -9223372036854775808, - 2147483648, -(2147483648), -2147483649, -0, -1.50
SELECT 12abc
SELECT 1.5abc
SELECT 1e
SELECT 1e5x, 2
SELECT 12€ FROM member
SELECT 1a FROM member WHERE
SELECT $1x
SELECT DISTINCT ON (name, born) name FROM member ORDER BY name, id, born
SELECT DISTINCT ON (upper(name)) name FROM member ORDER BY name
SELECT DISTINCT ON (name) id FROM member ORDER BY id, name
SELECT string_agg(DISTINCT upper(name), ',' ORDER BY upper(name)) FROM member
SELECT string_agg(DISTINCT name::text, ',' ORDER BY name) FROM member
SELECT string_agg(name, ',' ORDER BY name DESC), array_agg(DISTINCT name ORDER BY name DESC) FROM member
SELECT string_agg(DISTINCT id::text, ',' ORDER BY id) FROM member
SELECT array_agg(DISTINCT paid ORDER BY paid DESC NULLS LAST) FROM visit
SELECT name::text FROM member ORDER BY name
SELECT DISTINCT name::text FROM member ORDER BY name
SELECT DISTINCT coalesce(name, 'x') FROM member ORDER BY coalesce(name, 'x')
SELECT sum(paid) FROM visit GROUP BY minutes::int ORDER BY minutes
SELECT count(*) OVER (ORDER BY active RANGE 1 PRECEDING) FROM member
SELECT count(*) OVER (ORDER BY paid RANGE 1 PRECEDING), count(*) OVER (ORDER BY rating RANGE 1.5 PRECEDING), count(*) OVER (ORDER BY minutes RANGE 1 PRECEDING) FROM visit
SELECT count(*) OVER (ORDER BY paid RANGE 'x' PRECEDING) FROM visit
SELECT count(*) OVER (ORDER BY visited_at RANGE '1 day' PRECEDING) FROM visit
SELECT count(*) OVER (ORDER BY id RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW) FROM member
SELECT mode() WITHIN GROUP (ORDER BY name) OVER () FROM member
SELECT sum(id) OVER (w) FROM member WINDOW w AS (ORDER BY id ROWS 1 PRECEDING)
SELECT sum(id) OVER w, sum(id) OVER (w ORDER BY id) FROM member WINDOW w AS (ROWS 1 PRECEDING)
SELECT sum(id) OVER (w ROWS 1 PRECEDING) FROM member WINDOW w AS (ROWS 1 PRECEDING)
SELECT percentile_cont(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY paid) FROM visit
SELECT percentile_cont('x') WITHIN GROUP (ORDER BY paid) FROM visit
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY name) FROM member
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY name) FROM member
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY paid, id) FROM visit
SELECT mode(1) WITHIN GROUP (ORDER BY name) FROM member
SELECT count(m) FROM member m
SELECT m IS NULL FROM member m
SELECT m = m FROM member m
SELECT m::text FROM member m
SELECT m = v FROM member m, visit v
SELECT s FROM (SELECT 1, 2) s
SELECT ROW(1, 2), (1, 'x')
SELECT upper(m) FROM member m
SELECT coalesce(m, m) FROM member m
SELECT ARRAY(SELECT 'x'::varchar(4)), ARRAY['x'::varchar(4)], ARRAY[1.5::numeric(4,1), 2]
SELECT ARRAY(SELECT ARRAY[1])
SELECT id FROM member WHERE id IN (SELECT FROM visit)
SELECT id FROM member WHERE (id, 1) IN (SELECT FROM visit)
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t GROUP BY n HAVING count(*) > 1) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n FROM t WHERE n < (SELECT max(id) FROM member)) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT row_number() OVER ()::int FROM t) SELECT * FROM t
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT DISTINCT n + 1 FROM t) SELECT * FROM t
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL (SELECT n + 1 FROM t UNION ALL SELECT 2)) SELECT * FROM t
WITH RECURSIVE t AS (SELECT 1 AS n), u AS (SELECT n FROM t) SELECT * FROM u
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT sum(n) FROM t
INSERT INTO club (id) SELECT nam FROM member
INSERT INTO club (id) SELECT town FROM member
INSERT INTO club (id) SELECT club.id FROM member
INSERT INTO club (id, name) VALUES (1, nam)
INSERT INTO club AS c (id) VALUES (c.id)
INSERT INTO club (id) VALUES (club.id)
INSERT INTO club (c.id) VALUES (1)
INSERT INTO club (id, name) (VALUES (1, 'a'), (2, 'b'))
INSERT INTO club (id, name) VALUES (1, 'a') ORDER BY 1
INSERT INTO club (id, name) VALUES (1, 'a'), (2)
INSERT INTO club (id, name) VALUES (1, 'a', 2), (2, 'b')
INSERT INTO club SELECT * FROM club
INSERT INTO club SELECT * FROM member
INSERT INTO odd (tags) VALUES ('{a,b}'), (ARRAY['c']), (NULL)
INSERT INTO odd (tags) VALUES ('a')
INSERT INTO odd ("Mixed") VALUES (1)
INSERT INTO odd (mixed) VALUES ('a')
INSERT INTO visit (minutes) VALUES (70000), (1)
INSERT INTO visit (minutes, rating) VALUES ('7', '1.5'), (1, 2)
INSERT INTO visit (visited_at) VALUES (current_date), ('2020-01-01')
INSERT INTO visit (paid) VALUES (true)
INSERT INTO member (active) VALUES (1)
INSERT INTO member (active) VALUES ('yes'), ('maybe')
SELECT * FROM member m, (SELECT born) s
SELECT * FROM visit v JOIN member m ON town = 'x' JOIN club c ON true
SELECT m.town FROM member m JOIN club c ON true
SELECT mm.name FROM member m
SELECT M.NAME FROM MEMBER M
SELECT visit.paid FROM member
SELECT nmae FROM member m, club c
SELECT boorn, nme FROM member
SELECT members.name FROM member
SELECT member_idd FROM visit
SELECT m.idd FROM member m
SELECT x FROM member
SELECT completely_different FROM member

-- everyday mistakes and shapes of learners
SELECT name, max(born) FROM member WHERE max(born) > '2000-01-01' GROUP BY name
SELECT club_id, count(*) total FROM member WHERE total > 1 GROUP BY club_id
SELECT club_id, name FROM member GROUP BY club_id HAVING count(*) > 1
SELECT c.name, count(m.id) FROM club c LEFT JOIN member m ON m.club_id = c.id GROUP BY c.name ORDER BY 2 DESC, c.name
SELECT c.name, count(m.id) FROM club c LEFT JOIN member m ON m.club_id = c.id GROUP BY 1 ORDER BY count(m.id) DESC
SELECT c.*, count(*) FROM club c JOIN member m ON m.club_id = c.id GROUP BY c.id
SELECT c.*, count(*) FROM club c JOIN member m ON m.club_id = c.id GROUP BY c.name
SELECT extract(year FROM born) AS y, count(*) FROM member GROUP BY y ORDER BY y
SELECT date_trunc('month', visited_at)::date AS month, sum(paid) FROM visit GROUP BY 1
SELECT to_char(visited_at, 'YYYY-MM') AS month, round(avg(paid), 2) FROM visit GROUP BY month
SELECT round(avg(rating), 2) FROM visit
SELECT round(avg(rating)::numeric, 2) FROM visit
SELECT sum(paid) / count(*), sum(minutes) * 1.0 / count(*), 100 * count(*) FILTER (WHERE paid > 1) / count(*) FROM visit
SELECT paid * rating, paid * minutes, rating * minutes, paid + 1, paid / 3 FROM visit
SELECT visited_at - visited_at, visited_at + 1 FROM visit
SELECT visited_at - born FROM visit, member
SELECT visited_at > born, visited_at::date = born FROM visit, member
SELECT now() - visited_at, current_date - born, age(visited_at) FROM visit, member
SELECT name || ' ' || born || ' ' || id FROM member
SELECT 'x' || NULL, NULL || NULL
SELECT name, CASE WHEN born < '1990-01-01' THEN 'old' WHEN born IS NULL THEN NULL ELSE 1 END FROM member
SELECT sum(CASE WHEN active THEN 1 ELSE 0 END), avg(CASE WHEN active THEN paid END) FROM member, visit
SELECT * FROM member WHERE active = 'true' AND active = 1
SELECT * FROM member WHERE active = 't' OR active IS TRUE OR NOT active
SELECT * FROM member WHERE name = NULL OR name IN (NULL)
SELECT * FROM member WHERE born BETWEEN '2000-01-01' AND '2000-12-31'
SELECT * FROM member WHERE born BETWEEN '2000-01-01' AND 'x'
SELECT * FROM member WHERE extract(year FROM born) = '2000'
SELECT * FROM member WHERE (club_id, active) = (1, true)
SELECT * FROM member WHERE name LIKE 5
SELECT * FROM member WHERE id LIKE 5
SELECT * FROM member WHERE upper(name) = upper('x') AND length(name) > '3'
SELECT name FROM member UNION ALL SELECT town FROM club UNION SELECT NULL ORDER BY 1
SELECT name, born FROM member EXCEPT SELECT name, NULL FROM club
SELECT name, id FROM member INTERSECT SELECT town, name FROM club
SELECT m1.name, m2.name FROM member m1 JOIN member m2 ON m1.id < m2.id AND m1.club_id = m2.club_id
SELECT name, rank() OVER (PARTITION BY club_id ORDER BY born DESC) AS r FROM member WHERE r = 1
SELECT * FROM (SELECT name, rank() OVER (PARTITION BY club_id ORDER BY born DESC) AS r FROM member) t WHERE r = 1
SELECT * FROM (SELECT name, rank() OVER (ORDER BY born) FROM member) WHERE rank = 1
SELECT paid - lag(paid) OVER (PARTITION BY member_id ORDER BY visited_at) AS diff, paid::float8 / sum(paid) OVER () FROM visit
SELECT first_value(name) OVER w, last_value(name) OVER w, count(*) OVER w FROM member WINDOW w AS (PARTITION BY club_id ORDER BY born ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
SELECT member_id, sum(paid) AS s, rank() OVER (ORDER BY sum(paid) DESC) FROM visit GROUP BY member_id
SELECT member_id, sum(paid) AS s, rank() OVER (ORDER BY s DESC) FROM visit GROUP BY member_id
SELECT m.name FROM member m WHERE NOT EXISTS (SELECT * FROM visit v WHERE v.member_id = m.id)
SELECT m.name FROM member m WHERE m.id NOT IN (SELECT v.member_id FROM visit v)
SELECT m.name FROM member m WHERE 2 < (SELECT count(*) FROM visit v WHERE v.member_id = m.id)
SELECT m.name, (SELECT sum(paid) FROM visit WHERE member_id = m.id) AS total FROM member m WHERE total > 5
SELECT m.name FROM member m ORDER BY (SELECT sum(paid) FROM visit v WHERE v.member_id = m.id) DESC NULLS LAST
SELECT name FROM member WHERE id = max(id)
SELECT name FROM member WHERE born = (SELECT max(born) FROM member)
SELECT name FROM member WHERE born = SELECT max(born) FROM member
SELECT name FROM member m LEFT JOIN visit v WHERE v.id IS NULL
SELECT name FROM member m INNER JOIN visit v ON m.id == v.member_id
SELECT count(*) count, sum(paid) sum FROM visit
SELECT date, year FROM member
SELECT sum(paid) over FROM visit
SELECT name value, id "key" FROM member
SELECT name from, id FROM member
SELECT MIN(name), Max(BORN) FROM Member
SELECT unnest(tags) AS tag, count(*) FROM odd GROUP BY tag
SELECT tags[1], cardinality(tags), 'a' = ANY (tags), tags || 'b', array_agg(tags) FROM odd GROUP BY tags
SELECT tags[name] FROM odd, member
SELECT string_agg(name, ', ' ORDER BY name) FILTER (WHERE active) FROM member GROUP BY club_id
SELECT seen::date, seen AT TIME ZONE 'UTC', extract(hour FROM seen), date_trunc('day', seen) FROM odd
SELECT seen = visited_at, seen > born FROM odd, visit, member
SELECT greatest(born, visited_at), coalesce(seen, visited_at) FROM odd, visit, member
SELECT "häuser" || 'x', length("häuser"), "häuser" = 'x', "häuser"::text FROM odd
