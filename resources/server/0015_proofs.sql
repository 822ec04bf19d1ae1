-- A draft is proven before it is published: a judge runs its solution, its right and its wrong queries and mutants of the
-- solution on both engines. What is published is the very definition that was proven.

-- A pack's problem in one definition: what only its author needs is kept with the draft.
INSERT INTO private.definition_rules VALUES
    ('misconceptions', false, 'strict $.type() == "array" && $.size() <= 8 && !exists($[*] ? (@.type() != "string"))', 'a list of at most eight texts'),
    ('wrong_queries', false, 'strict $.type() == "array" && $.size() <= 50 && !exists($[*] ? (!(@.type() == "object" && @.sql.type() == "string" && @.mistake.type() == "string")))', 'a list of at most 50 objects with "sql" and "mistake"'),
    ('right_queries', false, 'strict $.type() == "array" && $.size() <= 50 && !exists($[*] ? (!(@.type() == "object" && @.sql.type() == "string" && @.way.type() == "string")))', 'a list of at most 50 objects with "sql" and "way"'),
    ('equivalent', false, 'strict $.type() == "array" && $.size() <= 500 && !exists($[*] ? (!(@.type() == "object" && @.mutant.type() == "string" && @.why.type() == "string")))', 'a list of objects with "mutant" and "why"');

CREATE TABLE private.proofs (
    problem_id varchar PRIMARY KEY REFERENCES private.drafts(problem_id) ON DELETE CASCADE,
    digest text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'good', 'bad')),
    requested_at timestamptz NOT NULL DEFAULT now(),
    judge text,
    attempt integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    runs integer NOT NULL DEFAULT 0,
    report jsonb,
    finished_at timestamptz
);
CREATE INDEX proofs_open ON private.proofs(requested_at) WHERE state IN ('waiting', 'running');

-- Which definition: the same for the same members and values, whatever their order and spaces.
CREATE FUNCTION private.definition_digest(definition jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(definition::text, 'UTF8')), 'hex')
$$;

-- Whether it could be published if it were proven; its topic. Held until the end of the transaction: the slug's name.
CREATE FUNCTION private.check_publishable(problem text, d jsonb) RETURNS varchar
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    topic varchar;
BEGIN
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
    IF EXISTS (SELECT FROM public.problems p WHERE p.question ->> 'slug' = d ->> 'slug' AND p.id <> problem) THEN
        RAISE EXCEPTION 'another problem is called "%" already', d ->> 'slug' USING ERRCODE = '23505', HINT = 'Take another slug.';
    END IF;
    RETURN topic;
END $$;

-- Asks the judges. What waits, runs or was found good already stays as it is; what was found bad is tried again.
CREATE FUNCTION api.verify_problem(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_instructor();
    d jsonb;
BEGIN
    PERFORM private.check_uuid(verify_problem.id);
    SELECT x.definition INTO d FROM private.drafts x WHERE x.problem_id = verify_problem.id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no draft of this problem' USING ERRCODE = '22023', HINT = 'Save it first.';
    END IF;
    PERFORM private.check_rate(caller, 'verify', 20);
    PERFORM private.check_publishable(verify_problem.id, d);
    INSERT INTO private.proofs AS p (problem_id, digest) VALUES (verify_problem.id, private.definition_digest(d))
    ON CONFLICT (problem_id) DO UPDATE SET digest = excluded.digest, state = 'waiting', requested_at = pg_catalog.now(), judge = NULL,
        attempt = 0, lease_until = NULL, runs = 0, report = NULL, finished_at = NULL
        WHERE p.digest <> excluded.digest OR p.state = 'bad';
    NOTIFY sqlgym_proofs;
END $$;

-- Nobody goes on with it; what is found already stays.
CREATE FUNCTION api.cancel_verification(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    PERFORM private.require_instructor();
    PERFORM private.check_uuid(cancel_verification.id);
    DELETE FROM private.proofs p WHERE p.problem_id = cancel_verification.id AND p.state IN ('waiting', 'running');
END $$;

-- How the last proof stands; `current`: it is of the draft as it is now.
CREATE FUNCTION api.verification(problem_id text) RETURNS TABLE (state text, current boolean, runs integer, report jsonb,
    requested_at timestamptz, finished_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT p.state, p.digest = private.definition_digest(d.definition), p.runs, p.report, p.requested_at, p.finished_at
    FROM private.proofs p JOIN private.drafts d ON d.problem_id = p.problem_id
    WHERE p.problem_id = verification.problem_id AND (SELECT api.is_admin())
$$;

-- The judges' side. The oldest that waits, or whose judge let its lease run out; what was edited since is not proven any more.
CREATE FUNCTION private.claim_proof(judge text, seconds integer) RETURNS TABLE (problem_id text, digest text, definition jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    proof private.proofs;
    d jsonb;
BEGIN
    LOOP
        SELECT p.* INTO proof FROM private.proofs p
        WHERE p.state IN ('waiting', 'running') AND (p.state = 'waiting' OR p.lease_until <= pg_catalog.now())
        ORDER BY p.requested_at, p.problem_id LIMIT 1 FOR UPDATE SKIP LOCKED;
        EXIT WHEN NOT FOUND;
        SELECT x.definition INTO d FROM private.drafts x WHERE x.problem_id = proof.problem_id;
        IF private.definition_digest(d) <> proof.digest THEN
            DELETE FROM private.proofs p WHERE p.problem_id = proof.problem_id;
        ELSIF proof.attempt >= 3 THEN
            UPDATE private.proofs p SET state = 'bad', finished_at = pg_catalog.now(), report = pg_catalog.jsonb_build_object('good', false,
                'findings', pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('kind', 'broken', 'fault', true, 'field', '',
                    'detail', 'The judge broke off three times.')))
            WHERE p.problem_id = proof.problem_id;
        ELSE
            UPDATE private.proofs p SET state = 'running', judge = claim_proof.judge, attempt = p.attempt + 1, runs = 0,
                lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => seconds)
            WHERE p.problem_id = proof.problem_id;
            problem_id := proof.problem_id;
            digest := proof.digest;
            definition := d;
            RETURN NEXT;
            EXIT;
        END IF;
    END LOOP;
END $$;

-- It goes on: `runs` queries were run. False: it is not wanted any more, or another's.
CREATE FUNCTION private.continue_proof(problem_id text, digest text, judge text, runs integer, seconds integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    UPDATE private.proofs p SET runs = continue_proof.runs, lease_until = pg_catalog.now() + pg_catalog.make_interval(secs => seconds)
    WHERE p.problem_id = continue_proof.problem_id AND p.digest = continue_proof.digest AND p.judge = continue_proof.judge
      AND p.state = 'running';
    RETURN FOUND;
END $$;

-- `report` NULL: not decided, the next judge takes it; `counts` tells whether that was one of its three tries.
CREATE FUNCTION private.finish_proof(problem_id text, digest text, judge text, report jsonb, counts boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    UPDATE private.proofs p SET lease_until = NULL, report = finish_proof.report,
        state = CASE WHEN finish_proof.report IS NULL THEN 'waiting' WHEN finish_proof.report -> 'good' = 'true' THEN 'good' ELSE 'bad' END,
        attempt = p.attempt - CASE WHEN finish_proof.report IS NULL AND NOT counts THEN 1 ELSE 0 END,
        finished_at = CASE WHEN finish_proof.report IS NOT NULL THEN pg_catalog.now() END
    WHERE p.problem_id = finish_proof.problem_id AND p.digest = finish_proof.digest AND p.judge = finish_proof.judge
      AND p.state = 'running';
    RETURN FOUND;
END $$;

-- As before, and only what was proven.
CREATE OR REPLACE FUNCTION api.publish_problem(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_instructor();
    draft private.drafts;
    proof private.proofs;
    d jsonb;
    topic varchar;
    explained jsonb;
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
    topic := private.check_publishable(publish_problem.id, d);
    SELECT p.* INTO proof FROM private.proofs p
    WHERE p.problem_id = publish_problem.id AND p.digest = private.definition_digest(d);
    IF proof.state IS NULL THEN
        RAISE EXCEPTION 'this draft has not been verified as it is now' USING ERRCODE = '55000', HINT = 'Verify it first.';
    ELSIF proof.state = 'bad' THEN
        RAISE EXCEPTION 'this draft was verified and has faults' USING ERRCODE = '55000', HINT = 'Mend them and verify it again.';
    ELSIF proof.state <> 'good' THEN
        RAISE EXCEPTION 'this draft is being verified' USING ERRCODE = '55000', HINT = 'Wait until that is done.';
    END IF;
    explained := d -> 'solution';
    IF pg_catalog.jsonb_array_length(d -> 'misconceptions') > 0 THEN
        explained := explained || pg_catalog.jsonb_build_object('explanation', (d #>> '{solution,explanation}') || E'\n\n**Easily got wrong**\n'
            || (SELECT pg_catalog.string_agg(E'\n- ' || m.text, '' ORDER BY m.at)
                FROM pg_catalog.jsonb_array_elements_text(d -> 'misconceptions') WITH ORDINALITY m(text, at)));
    END IF;
    INSERT INTO public.problems AS p (id, title, question, difficulty, tags, hints, company, topic_id, premium, master_solution,
        expected_display, expected_hash)
    VALUES (publish_problem.id, d ->> 'title',
        pg_catalog.jsonb_build_object('slug', d -> 'slug', 'order', d -> 'order', 'markdown', d -> 'statement'),
        d ->> 'difficulty', (d -> 'tags')::json,
        (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('level', h.at, 'text', h.value) ORDER BY h.at)
         FROM pg_catalog.jsonb_array_elements_text(d -> 'hints') WITH ORDINALITY h(value, at)),
        d ->> 'company', topic, COALESCE((d ->> 'premium')::boolean, false), explained, d -> 'contract',
        COALESCE(proof.report ->> 'expected_hash', d ->> 'expected_hash'))
    ON CONFLICT ON CONSTRAINT problems_pkey DO UPDATE SET title = excluded.title, question = excluded.question, difficulty = excluded.difficulty,
        tags = excluded.tags, hints = excluded.hints, company = excluded.company, topic_id = excluded.topic_id,
        premium = excluded.premium, master_solution = excluded.master_solution, expected_display = excluded.expected_display,
        expected_hash = excluded.expected_hash, updated_at = pg_catalog.now();
    PERFORM private.publish_tables(publish_problem.id, d -> 'tables');
    PERFORM private.publish_tests(publish_problem.id, d);
    UPDATE private.drafts x SET published_at = pg_catalog.now() WHERE x.problem_id = publish_problem.id;
END $$;

-- A problem to be edited: its draft, or, of one that came with a pack, what the tables hold of it. NULL: there is none.
CREATE FUNCTION api.problem_definition(problem_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    found_one jsonb;
BEGIN
    PERFORM private.require_instructor();
    SELECT x.definition INTO found_one FROM private.drafts x WHERE x.problem_id = problem_definition.problem_id;
    IF FOUND THEN
        RETURN found_one;
    END IF;
    SELECT pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('company', p.company)) || pg_catalog.jsonb_build_object(
        'title', p.title, 'slug', p.question -> 'slug', 'topic', t.name, 'difficulty', p.difficulty, 'order', p.question -> 'order',
        'tags', COALESCE(p.tags::jsonb, '[]'), 'premium', p.premium IS TRUE, 'statement', p.question -> 'markdown',
        'contract', p.expected_display, 'solution', p.master_solution,
        'hints', (SELECT COALESCE(pg_catalog.jsonb_agg(h.value -> 'text' ORDER BY (h.value ->> 'level')::integer), '[]')
                  FROM pg_catalog.jsonb_array_elements(p.hints::jsonb) h),
        'rules', (SELECT COALESCE(pg_catalog.jsonb_strip_nulls(c.validation_rules - 'row_order' - 'order_by'), '{}')
                  FROM public.test_cases c WHERE c.problem_id = p.id AND c.order_index IS DISTINCT FROM -1
                  ORDER BY c.order_index, c.name LIMIT 1),
        'tables', (SELECT COALESCE(pg_catalog.jsonb_agg(s.constraints::jsonb || pg_catalog.jsonb_build_object('name', s.table_name,
                'description', s.schema_definition -> 'description', 'columns', s.schema_definition -> 'columns',
                'rows', COALESCE(s.sample_data -> 'rows', '[]')) ORDER BY (s.schema_definition ->> 'order')::integer), '[]')
            FROM public.problem_schemas s WHERE s.problem_id = p.id),
        'tests', (SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', c.name,
                'description', COALESCE(c.description, ''), 'hidden', c.is_hidden IS NOT FALSE, 'expected', c.expected_output,
                'display_limit', COALESCE(c.display_limit, 10), 'timeout_seconds', COALESCE(c.timeout_seconds, 5),
                'memory_limit_mb', COALESCE(c.memory_limit_mb, 64), 'tables', (
                    SELECT COALESCE(pg_catalog.jsonb_object_agg(o.value ->> 'table', pg_catalog.jsonb_build_object('rows', o.value -> 'rows',
                        'columns', (SELECT pg_catalog.jsonb_agg(x.value -> 'name' ORDER BY x.at) FROM public.problem_schemas s,
                            pg_catalog.jsonb_array_elements(s.schema_definition -> 'columns') WITH ORDINALITY x(value, at)
                            WHERE s.problem_id = p.id AND s.table_name = o.value ->> 'table'))), '{}')
                    FROM pg_catalog.jsonb_array_elements(c.input_data -> 'tables') o)) ORDER BY c.order_index, c.name), '[]')
            FROM public.test_cases c WHERE c.problem_id = p.id AND c.order_index IS DISTINCT FROM -1))
    INTO found_one FROM public.problems p LEFT JOIN public.topics t ON t.id = p.topic_id WHERE p.id = problem_definition.problem_id;
    RETURN found_one;
END $$;

GRANT EXECUTE ON FUNCTION api.verify_problem(text), api.cancel_verification(text), api.verification(text),
    api.problem_definition(text) TO sqlgym_client;
GRANT EXECUTE ON FUNCTION private.claim_proof(text, integer), private.continue_proof(text, text, text, integer, integer),
    private.finish_proof(text, text, text, jsonb, boolean) TO sqlgym_judge;
