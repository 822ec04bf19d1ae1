-- Handing in and giving up. One UUID, made by the client, names the job, the submission and the verdict.

CREATE FUNCTION private.check_uuid(id text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    IF id IS NULL OR id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
        RAISE EXCEPTION 'the id is not a UUID in small letters' USING ERRCODE = '22P02';
    END IF;
END $$;

CREATE FUNCTION private.require_visible(problem_id text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    IF NOT COALESCE(api.can_see(problem_id), false) THEN
        RAISE EXCEPTION 'there is no such problem for you' USING ERRCODE = '42501';
    END IF;
END $$;

-- Answers again what it answered when the same id comes again; refuses an id that stands for something else.
CREATE FUNCTION api.submit(id text, problem_id text, query text, written_at timestamptz) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
    written timestamptz;
    known record;
BEGIN
    PERFORM private.check_uuid(submit.id);
    SELECT s.user_id, s.problem_id, s.sql_query INTO known FROM public.problem_submissions s WHERE s.id = submit.id;
    IF FOUND THEN
        IF known.user_id <> caller OR known.problem_id <> submit.problem_id OR known.sql_query <> submit.query THEN
            RAISE EXCEPTION 'this id stands for another submission' USING ERRCODE = '23505';
        END IF;
        RETURN submit.id;
    END IF;
    PERFORM private.require_visible(submit.problem_id);
    IF submit.query IS NULL OR pg_catalog.btrim(submit.query, E' \t\n\r') = '' THEN
        RAISE EXCEPTION 'there is no query' USING ERRCODE = '22023';
    ELSIF pg_catalog.octet_length(submit.query) > 20000 THEN
        RAISE EXCEPTION 'the query is too long' USING ERRCODE = '54000', HINT = 'At most 20,000 bytes are judged.';
    END IF;
    -- One's own submissions come one after the other, so that the count below holds.
    PERFORM FROM public.users u WHERE u.id = caller FOR NO KEY UPDATE;
    IF (SELECT pg_catalog.count(*) FROM public.problem_submissions s
        WHERE s.user_id = caller AND s.created_at > pg_catalog.now()::timestamp - interval '1 minute') >= 20 THEN
        RAISE EXCEPTION 'too many submissions in a minute' USING ERRCODE = '53400', HINT = 'Wait a moment and try again.';
    END IF;
    -- Written offline up to a month ago; nothing is written tomorrow.
    written := LEAST(GREATEST(COALESCE(submit.written_at, pg_catalog.now()), pg_catalog.now() - interval '31 days'), pg_catalog.now());
    INSERT INTO public.problem_submissions (id, user_id, problem_id, sql_query, status)
    VALUES (submit.id, caller, submit.problem_id, submit.query, 'pending')
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN -- the same id at the same moment
        RETURN api.submit(submit.id, submit.problem_id, submit.query, submit.written_at);
    END IF;
    INSERT INTO public.fallback_submissions (id, job_id, data, status)
    VALUES (submit.id, submit.id, pg_catalog.jsonb_build_object('user_id', caller, 'problem_id', submit.problem_id,
                                                                'written_at', written), 'pending');
    NOTIFY sqlgym_jobs;
    RETURN submit.id;
END $$;

CREATE FUNCTION api.give_up(id text, problem_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_uuid(give_up.id);
    PERFORM private.require_visible(give_up.problem_id);
    INSERT INTO private.give_ups (user_id, problem_id, id) VALUES (caller, give_up.problem_id, give_up.id)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND AND NOT EXISTS (SELECT FROM private.give_ups g WHERE g.user_id = caller AND g.problem_id = give_up.problem_id) THEN
        RAISE EXCEPTION 'this id stands for something else' USING ERRCODE = '23505';
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION api.submit(text, text, text, timestamptz), api.give_up(text, text) TO sqlgym_client;
