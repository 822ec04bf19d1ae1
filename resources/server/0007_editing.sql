-- What instructors do: problems from draft to published, what hidden tests said, and order in the community. Learners read
-- here what their own visible tests said.

CREATE FUNCTION private.require_instructor() RETURNS varchar
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF NOT api.is_admin() THEN
        RAISE EXCEPTION 'this is for instructors' USING ERRCODE = '42501';
    END IF;
    RETURN caller;
END $$;

-- A draft is nobody's but the instructors' until it is published. Its definition is resources/schemas/definition.schema.json.
CREATE TABLE private.drafts (
    problem_id varchar PRIMARY KEY,
    definition jsonb NOT NULL,
    author_id varchar REFERENCES public.users(id) ON DELETE SET NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz
);
CREATE INDEX drafts_author ON private.drafts(author_id);

-- What each member of a definition must be, as a jsonpath predicate of it, and in words.
CREATE TABLE private.definition_rules (
    member text PRIMARY KEY,
    required boolean NOT NULL,
    predicate jsonpath NOT NULL,
    words text NOT NULL
);
INSERT INTO private.definition_rules VALUES
    ('title', true, '$.type() == "string" && $ like_regex "^[^[:cntrl:]]{1,200}$" && $ like_regex "[^ ]"', 'a line of at most 200 characters'),
    ('slug', true, '$.type() == "string" && $ like_regex "^[a-z0-9]+(-[a-z0-9]+)*$" && $ like_regex "^.{1,80}$"', 'small letters and digits in words joined by "-"'),
    ('topic', true, '$.type() == "string"', 'a topic''s name'),
    ('difficulty', true, '$ == "Beginner" || $ == "Easy" || $ == "Medium" || $ == "Hard" || $ == "Expert"', 'Beginner, Easy, Medium, Hard or Expert'),
    ('order', true, '$.type() == "number" && $ >= 1 && $ <= 1000000 && $.floor() == $', 'a whole number from 1'),
    ('tags', true, 'strict $.type() == "array" && $.size() <= 20 && !exists($[*] ? (@.type() != "string"))', 'a list of at most 20 texts'),
    ('company', false, '$.type() == "string" && $ like_regex "^[^[:cntrl:]]{1,100}$"', 'a line of at most 100 characters'),
    ('premium', false, '$.type() == "boolean"', 'true or false'),
    ('statement', true, '$.type() == "string" && $ like_regex "[^[:space:]]"', 'a text'),
    ('contract', true, '$.grain.type() == "string" && $.columns.type() == "array" && $.columns.size() >= 1 && !exists($.columns[*] ? (!(@.name.type() == "string" && @."type".type() == "string"))) && ($.row_order == "ignored" || $.row_order == "strict" || $.row_order == "by_columns")', 'an object with "grain", "columns" and "row_order"'),
    ('rules', false, '$.type() == "object"', 'an object'),
    ('hints', true, 'strict $.type() == "array" && $.size() >= 1 && $.size() <= 5 && !exists($[*] ? (@.type() != "string"))', 'a list of one to five texts'),
    ('solution', true, '$.sql.type() == "string" && $.sql like_regex "[^[:space:]]" && $.explanation.type() == "string"', 'an object with "sql" and "explanation"'),
    ('tables', true, '$.type() == "array" && $.size() >= 1 && $.size() <= 50 && !exists($[*] ? (!(@.name like_regex "^[a-z_][a-z0-9_]{0,62}$" && @.columns.type() == "array" && @.columns.size() >= 1 && @.rows.type() == "array"))) && !exists($[*].columns[*] ? (!(@.name.type() == "string" && @."type" like_regex "^[a-z][a-z0-9 ]*([(][0-9]+(, ?[0-9]+)?[)])?( with(out)? time zone)?(\\[\\])?$")))', 'a list of tables with "name", "columns" (name and type) and "rows" (of texts and nulls)'),
    ('tests', true, '$.type() == "array" && $.size() >= 1 && $.size() <= 100 && !exists($[*] ? (!(@.name.type() == "string" && @.name like_regex "^[^[:cntrl:]]{1,200}$" && @.hidden.type() == "boolean" && @.tables.type() == "object" && @.expected.columns.type() == "array" && @.expected.rows.type() == "array")))', 'a list of tests with "name", "hidden", "tables" and "expected"'),
    ('expected_hash', false, '$ like_regex "^[0-9a-f]{64}$"', '64 hexadecimal digits');

-- `whole`: all of it must be there and nothing else, as for publishing; else what is known of it must be right.
CREATE FUNCTION private.check_definition(definition jsonb, whole boolean) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    wrong text;
BEGIN
    IF pg_catalog.jsonb_typeof(definition) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'the definition is no object' USING ERRCODE = '22023';
    ELSIF pg_catalog.octet_length(definition::text) > 4000000 THEN
        RAISE EXCEPTION 'the definition is too long' USING ERRCODE = '54000', HINT = 'At most 4,000,000 bytes.';
    END IF;
    SELECT pg_catalog.string_agg(pg_catalog.format('"%s" must be %s', r.member, r.words), '; ' ORDER BY r.member) INTO wrong
    FROM private.definition_rules r
    WHERE CASE WHEN definition ? r.member
               THEN pg_catalog.jsonb_path_match(definition -> r.member, r.predicate, '{}', true) IS NOT TRUE
               ELSE whole AND r.required END;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'the definition is not right: %', wrong USING ERRCODE = '22023';
    END IF;
    SELECT pg_catalog.string_agg(m.member, ', ') INTO wrong FROM pg_catalog.jsonb_object_keys(definition) m(member)
    WHERE whole AND m.member NOT IN (SELECT r.member FROM private.definition_rules r);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'the definition has members that nobody knows: %', pg_catalog.left(wrong, 200) USING ERRCODE = '22023';
    END IF;
END $$;

-- Rows of texts and nulls, each with `width` cells; `place` names them in the message.
CREATE FUNCTION private.check_rows(rows jsonb, width integer, place text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    PERFORM FROM pg_catalog.jsonb_array_elements(rows) r
    WHERE CASE WHEN pg_catalog.jsonb_typeof(r.value) = 'array' THEN pg_catalog.jsonb_array_length(r.value) <> width
        OR EXISTS (SELECT FROM pg_catalog.jsonb_array_elements(r.value) c WHERE pg_catalog.jsonb_typeof(c.value) NOT IN ('string', 'null'))
        ELSE true END;
    IF FOUND THEN
        RAISE EXCEPTION 'the rows of % are not lists of texts and nulls, one a column', place USING ERRCODE = '22023';
    END IF;
END $$;

-- Rows as long as their columns, tests of tables that there are, names once.
CREATE FUNCTION private.check_tables(definition jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    wrong text;
BEGIN
    PERFORM private.check_rows(t.value -> 'rows', pg_catalog.jsonb_array_length(t.value -> 'columns'), 'the table ' || (t.value ->> 'name'))
    FROM pg_catalog.jsonb_array_elements(definition -> 'tables') t;
    SELECT n.name INTO wrong
    FROM (SELECT 'table ' || (t.value ->> 'name') FROM pg_catalog.jsonb_array_elements(definition -> 'tables') t
          UNION ALL SELECT 'test ' || (t.value ->> 'name') FROM pg_catalog.jsonb_array_elements(definition -> 'tests') t) n(name)
    GROUP BY n.name HAVING pg_catalog.count(*) > 1 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the % comes twice', wrong USING ERRCODE = '22023';
    END IF;
    SELECT o.key INTO wrong
    FROM pg_catalog.jsonb_array_elements(definition -> 'tests') t, pg_catalog.jsonb_each(t.value -> 'tables') o
    WHERE NOT EXISTS (SELECT FROM pg_catalog.jsonb_array_elements(definition -> 'tables') d WHERE d.value ->> 'name' = o.key)
       OR pg_catalog.jsonb_path_match(o.value, '$.columns.type() == "array" && $.rows.type() == "array"', '{}', true) IS NOT TRUE
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a test replaces the rows of "%", which is no table of the problem or has no columns and rows', wrong
            USING ERRCODE = '22023';
    END IF;
    PERFORM private.check_rows(o.value -> 'rows', pg_catalog.jsonb_array_length(o.value -> 'columns'), 'the test ' || (t.value ->> 'name'))
    FROM pg_catalog.jsonb_array_elements(definition -> 'tests') t, pg_catalog.jsonb_each(t.value -> 'tables') o;
    PERFORM private.check_rows(t.value #> '{expected,rows}', pg_catalog.jsonb_array_length(t.value #> '{expected,columns}'), 'the test ' || (t.value ->> 'name'))
    FROM pg_catalog.jsonb_array_elements(definition -> 'tests') t;
END $$;

-- Keeps a draft; the last one saved is the draft. Another's may be gone on with.
CREATE FUNCTION api.save_problem(id text, definition jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_instructor();
BEGIN
    PERFORM private.check_uuid(save_problem.id);
    PERFORM private.check_rate(caller, 'draft', 60);
    PERFORM private.check_definition(save_problem.definition, false);
    INSERT INTO private.drafts AS d (problem_id, definition, author_id) VALUES (save_problem.id, save_problem.definition, caller)
    ON CONFLICT (problem_id) DO UPDATE SET definition = excluded.definition, author_id = excluded.author_id,
        saved_at = pg_catalog.now(), published_at = NULL
        WHERE d.definition IS DISTINCT FROM excluded.definition;
END $$;

CREATE FUNCTION api.drafts() RETURNS TABLE (problem_id text, title text, author text, saved_at timestamptz, published_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT d.problem_id::text, d.definition ->> 'title', u.username::text, d.saved_at, d.published_at
    FROM private.drafts d LEFT JOIN public.users u ON u.id = d.author_id WHERE (SELECT api.is_admin())
    ORDER BY d.saved_at DESC, d.problem_id
$$;

CREATE FUNCTION api.draft(problem_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT d.definition FROM private.drafts d WHERE d.problem_id = draft.problem_id AND (SELECT api.is_admin())
$$;

-- The rows of one table with every column in its place, from those that name only some; the others are NULL.
CREATE FUNCTION private.widened(columns jsonb, given jsonb, rows jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT COALESCE(pg_catalog.jsonb_agg(
        (SELECT pg_catalog.jsonb_agg(COALESCE((SELECT r.value -> (s.at - 1)::integer
                                               FROM pg_catalog.jsonb_array_elements_text(given) WITH ORDINALITY s(name, at)
                                               WHERE s.name = c.value ->> 'name' LIMIT 1), 'null') ORDER BY c.at)
         FROM pg_catalog.jsonb_array_elements(columns) WITH ORDINALITY c(value, at)) ORDER BY r.at), '[]')
    FROM pg_catalog.jsonb_array_elements(rows) WITH ORDINALITY r(value, at)
$$;

CREATE FUNCTION private.publish_tables(problem text, tables jsonb) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    DELETE FROM public.problem_schemas s WHERE s.problem_id = problem
        AND s.table_name NOT IN (SELECT t.value ->> 'name' FROM pg_catalog.jsonb_array_elements(tables) t);
    INSERT INTO public.problem_schemas AS s (id, problem_id, table_name, schema_definition, sample_data, indexes, constraints)
    SELECT pg_catalog.gen_random_uuid()::text, problem, t.value ->> 'name',
        pg_catalog.jsonb_build_object('order', t.at - 1, 'description', COALESCE(t.value ->> 'description', ''), 'columns', t.value -> 'columns'),
        pg_catalog.jsonb_build_object('rows', t.value -> 'rows'),
        (SELECT COALESCE(pg_catalog.json_agg(k.index), '[]') FROM (
            SELECT pg_catalog.jsonb_build_object('name', (t.value ->> 'name') || '_pkey', 'columns', t.value -> 'primary_key', 'unique', true)
            WHERE pg_catalog.jsonb_array_length(t.value -> 'primary_key') > 0
            UNION ALL
            SELECT pg_catalog.jsonb_build_object('name', (t.value ->> 'name') || '_' || (
                SELECT pg_catalog.string_agg(c.value, '_' ORDER BY c.at) FROM pg_catalog.jsonb_array_elements_text(u.value) WITH ORDINALITY c(value, at)) || '_key',
                'columns', u.value, 'unique', true)
            FROM pg_catalog.jsonb_array_elements(t.value -> 'unique') u) k(index)),
        pg_catalog.json_build_object('primary_key', COALESCE(t.value -> 'primary_key', '[]'), 'unique', COALESCE(t.value -> 'unique', '[]'),
            'foreign_keys', COALESCE(t.value -> 'foreign_keys', '[]'), 'checks', COALESCE(t.value -> 'checks', '[]'))
    FROM pg_catalog.jsonb_array_elements(tables) WITH ORDINALITY t(value, at)
    ON CONFLICT (problem_id, table_name) DO UPDATE SET schema_definition = excluded.schema_definition,
        sample_data = excluded.sample_data, indexes = excluded.indexes, constraints = excluded.constraints, updated_at = pg_catalog.now();
$$;

-- A test is known by its name. One that is no longer wanted goes, unless results refer to it: then nobody sees it.
CREATE FUNCTION private.publish_tests(problem text, definition jsonb) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    DELETE FROM public.test_cases c WHERE c.problem_id = problem
        AND c.name NOT IN (SELECT t.value ->> 'name' FROM pg_catalog.jsonb_array_elements(definition -> 'tests') t)
        AND NOT EXISTS (SELECT FROM public.execution_results r WHERE r.test_case_id = c.id);
    UPDATE public.test_cases c SET name = c.id, is_hidden = true, order_index = -1, updated_at = pg_catalog.now()
    WHERE c.problem_id = problem AND c.order_index IS DISTINCT FROM -1
        AND c.name NOT IN (SELECT t.value ->> 'name' FROM pg_catalog.jsonb_array_elements(definition -> 'tests') t);
    INSERT INTO public.test_cases AS c (id, problem_id, name, description, input_data, expected_output, preview_expected_output,
        validation_rules, is_hidden, order_index, timeout_seconds, memory_limit_mb, display_limit)
    SELECT pg_catalog.gen_random_uuid()::text, problem, t.value ->> 'name', t.value ->> 'description',
        pg_catalog.jsonb_build_object('tables', (
            SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('table', o.key,
                'rows', private.widened(d.value -> 'columns', o.value -> 'columns', o.value -> 'rows')) ORDER BY d.at), '[]')
            FROM pg_catalog.jsonb_each(t.value -> 'tables') o
            JOIN pg_catalog.jsonb_array_elements(definition -> 'tables') WITH ORDINALITY d(value, at) ON d.value ->> 'name' = o.key)),
        t.value -> 'expected',
        pg_catalog.jsonb_build_object('columns', t.value #> '{expected,columns}', 'row_count', pg_catalog.jsonb_array_length(t.value #> '{expected,rows}'),
            'rows', pg_catalog.jsonb_path_query_array(t.value, '$.expected.rows[0 to $last]',
                pg_catalog.jsonb_build_object('last', COALESCE((t.value ->> 'display_limit')::integer, 10) - 1))),
        pg_catalog.jsonb_build_object('row_order', definition #> '{contract,row_order}', 'order_by', COALESCE(definition #> '{contract,order_by}', '[]'))
            || COALESCE(definition -> 'rules', '{}'),
        (t.value ->> 'hidden')::boolean, t.at - 1, COALESCE((t.value ->> 'timeout_seconds')::integer, 5),
        COALESCE((t.value ->> 'memory_limit_mb')::integer, 64), COALESCE((t.value ->> 'display_limit')::integer, 10)
    FROM pg_catalog.jsonb_array_elements(definition -> 'tests') WITH ORDINALITY t(value, at)
    ON CONFLICT (problem_id, name) DO UPDATE SET description = excluded.description, input_data = excluded.input_data,
        expected_output = excluded.expected_output, preview_expected_output = excluded.preview_expected_output,
        validation_rules = excluded.validation_rules, is_hidden = excluded.is_hidden, order_index = excluded.order_index,
        timeout_seconds = excluded.timeout_seconds, memory_limit_mb = excluded.memory_limit_mb,
        display_limit = excluded.display_limit, updated_at = pg_catalog.now();
$$;

-- From draft to problem, whole or not at all; published already, it stays as it is. What learners did stays, judged as it was.
CREATE FUNCTION api.publish_problem(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_instructor();
    draft private.drafts;
    d jsonb;
    topic varchar;
BEGIN
    PERFORM private.check_uuid(publish_problem.id);
    SELECT x.* INTO draft FROM private.drafts x WHERE x.problem_id = publish_problem.id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no draft of this problem' USING ERRCODE = '22023', HINT = 'Save it first.';
    ELSIF draft.published_at IS NOT NULL THEN
        RETURN;
    END IF;
    d := draft.definition;
    PERFORM private.check_rate(caller, 'publish', 20);
    PERFORM private.check_definition(d, true);
    PERFORM private.check_tables(d);
    SELECT t.id INTO topic FROM public.topics t
    WHERE d ->> 'topic' IN (t.id, t.name, pg_catalog.regexp_replace(pg_catalog.lower(t.name), '[^a-z0-9]+', '-', 'g'))
    ORDER BY (t.id = d ->> 'topic') DESC, (t.name = d ->> 'topic') DESC, t.id LIMIT 1;
    IF topic IS NULL THEN
        RAISE EXCEPTION 'there is no topic "%"', pg_catalog.left(d ->> 'topic', 100) USING ERRCODE = '22023';
    END IF;
    -- Two who publish under one name come one after the other.
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('sqlgym.slug:' || (d ->> 'slug'), 0));
    IF EXISTS (SELECT FROM public.problems p WHERE p.question ->> 'slug' = d ->> 'slug' AND p.id <> publish_problem.id) THEN
        RAISE EXCEPTION 'another problem is called "%" already', d ->> 'slug' USING ERRCODE = '23505', HINT = 'Take another slug.';
    END IF;
    INSERT INTO public.problems AS p (id, title, question, difficulty, tags, hints, company, topic_id, premium, master_solution,
        expected_display, expected_hash)
    VALUES (publish_problem.id, d ->> 'title',
        pg_catalog.jsonb_build_object('slug', d -> 'slug', 'order', d -> 'order', 'markdown', d -> 'statement'),
        d ->> 'difficulty', (d -> 'tags')::json,
        (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('level', h.at, 'text', h.value) ORDER BY h.at)
         FROM pg_catalog.jsonb_array_elements_text(d -> 'hints') WITH ORDINALITY h(value, at)),
        d ->> 'company', topic, COALESCE((d ->> 'premium')::boolean, false), d -> 'solution', d -> 'contract', d ->> 'expected_hash')
    ON CONFLICT ON CONSTRAINT problems_pkey DO UPDATE SET title = excluded.title, question = excluded.question, difficulty = excluded.difficulty,
        tags = excluded.tags, hints = excluded.hints, company = excluded.company, topic_id = excluded.topic_id,
        premium = excluded.premium, master_solution = excluded.master_solution, expected_display = excluded.expected_display,
        expected_hash = excluded.expected_hash, updated_at = pg_catalog.now();
    PERFORM private.publish_tables(publish_problem.id, d -> 'tables');
    PERFORM private.publish_tests(publish_problem.id, d);
    UPDATE private.drafts x SET published_at = pg_catalog.now() WHERE x.problem_id = publish_problem.id;
END $$;

-- What a submission's tests said: to instructors all, to its learner what visible tests said.
CREATE FUNCTION api.test_details(submission_id text) RETURNS TABLE (test_case_id text, name text, is_hidden boolean, status text,
    is_correct boolean, execution_time_ms integer, memory_used_mb double precision, rows_affected integer, query_result jsonb,
    error_message text, validation_details jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT t.id::text, t.name::text, t.is_hidden IS NOT FALSE, r.status::text, r.is_correct, r.execution_time_ms, r.memory_used_mb,
        r.rows_affected, r.query_result, r.error_message, r.validation_details
    FROM public.submissions s JOIN public.execution_results r ON r.submission_id = s.id JOIN public.test_cases t ON t.id = r.test_case_id
    WHERE s.id = test_details.submission_id
      AND (api.is_admin() OR s.user_id = api.current_user_id() AND t.is_hidden IS FALSE AND api.can_see(s.problem_id))
    ORDER BY t.order_index, t.name
$$;

-- Moderation: hidden from everybody but instructors, until it is shown again.

CREATE TABLE private.moderated (
    kind text NOT NULL,
    target_id varchar NOT NULL,
    id varchar UNIQUE NOT NULL,
    by_id varchar REFERENCES public.users(id) ON DELETE SET NULL,
    reason text NOT NULL,
    hidden boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, target_id)
);
CREATE INDEX moderated_by ON private.moderated(by_id);
ALTER TABLE private.reports ADD COLUMN closed_at timestamptz;

CREATE FUNCTION api.moderate(id text, kind text, target_id text, hidden boolean, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_instructor();
BEGIN
    PERFORM private.check_uuid(moderate.id);
    IF EXISTS (SELECT FROM private.moderated m WHERE m.id = moderate.id) THEN
        RETURN;
    END IF;
    PERFORM private.check_text(moderate.reason, 'the reason', 2000);
    PERFORM private.check_target(moderate.kind, moderate.target_id);
    PERFORM private.check_rate(caller, 'moderate', 60);
    IF moderate.hidden IS NULL THEN
        RAISE EXCEPTION 'it is hidden or shown' USING ERRCODE = '22023';
    END IF;
    INSERT INTO private.moderated AS m (kind, target_id, id, by_id, reason, hidden)
    VALUES (moderate.kind, moderate.target_id, moderate.id, caller, moderate.reason, moderate.hidden)
    ON CONFLICT ON CONSTRAINT moderated_pkey DO UPDATE SET id = excluded.id, by_id = excluded.by_id, reason = excluded.reason,
        hidden = excluded.hidden, at = pg_catalog.now();
    UPDATE private.reports r SET closed_at = pg_catalog.now()
    WHERE r.kind = moderate.kind AND r.target_id = moderate.target_id AND r.closed_at IS NULL;
END $$;

CREATE FUNCTION api.close_report(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    PERFORM private.require_instructor();
    PERFORM private.check_uuid(close_report.id);
    UPDATE private.reports r SET closed_at = pg_catalog.now() WHERE r.id = close_report.id AND r.closed_at IS NULL;
END $$;

CREATE FUNCTION api.reports(closed boolean) RETURNS TABLE (id text, kind text, target_id text, reporter text, reason text,
    created_at timestamptz, closed_at timestamptz, hidden boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT r.id::text, r.kind, r.target_id::text, u.username::text, r.reason, r.created_at, r.closed_at, COALESCE(m.hidden, false)
    FROM private.reports r JOIN public.users u ON u.id = r.user_id
    LEFT JOIN private.moderated m ON m.kind = r.kind AND m.target_id = r.target_id
    WHERE (SELECT api.is_admin()) AND (reports.closed IS TRUE OR r.closed_at IS NULL)
    ORDER BY r.created_at DESC, r.id LIMIT 500
$$;

-- What the caller hid, and what instructors hid from all but themselves; nobody is hidden from themselves.
CREATE OR REPLACE FUNCTION api.hidden_ids(kind text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE(pg_catalog.array_agg(x.id), '{}') FROM (
        SELECT h.target_id::text FROM private.hidden h WHERE h.user_id = api.current_user_id() AND h.kind = hidden_ids.kind
        UNION
        SELECT m.target_id::text FROM private.moderated m
        WHERE m.kind = hidden_ids.kind AND m.hidden AND NOT api.is_admin() AND m.target_id IS DISTINCT FROM api.current_user_id()) x(id)
$$;
DROP POLICY sqlgym_read ON public.solutions;
CREATE POLICY sqlgym_read ON public.solutions FOR SELECT TO sqlgym_client
    USING ((created_by = (SELECT api.current_user_id()) OR problem_id = ANY ((SELECT api.open_problems())::text[]))
           AND id <> ALL ((SELECT api.hidden_ids('solution'))::text[]) AND created_by <> ALL ((SELECT api.hidden_ids('user'))::text[]));

GRANT EXECUTE ON FUNCTION api.save_problem(text, jsonb), api.drafts(), api.draft(text), api.publish_problem(text),
    api.test_details(text), api.moderate(text, text, text, boolean, text), api.close_report(text), api.reports(boolean) TO sqlgym_client;
