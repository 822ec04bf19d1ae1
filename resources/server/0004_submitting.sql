-- Handing in and giving up. One UUID, made by the client, names the job, the submission and the verdict.

-- Checks. What is too long is not looked at further.

CREATE FUNCTION private.check_uuid(id text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    IF id IS NULL OR pg_catalog.octet_length(id) <> 36 OR id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN
        RAISE EXCEPTION 'the id is not a UUID in small letters' USING ERRCODE = '22P02';
    END IF;
END $$;

CREATE FUNCTION private.check_length(value text, what text, most integer) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    IF pg_catalog.length(value) > most THEN
        RAISE EXCEPTION '% is too long', what USING ERRCODE = '54000', HINT = pg_catalog.format('At most %s characters.', most);
    END IF;
END $$;

CREATE FUNCTION private.check_text(value text, what text, most integer) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    PERFORM private.check_length(value, what, most);
    IF value IS NULL OR pg_catalog.btrim(value, E' \t\n\r') = '' THEN
        RAISE EXCEPTION '% is empty', what USING ERRCODE = '22023';
    END IF;
END $$;

-- Names and titles: one line, nothing that a terminal or a list would act on.
CREATE FUNCTION private.check_line(value text, what text, most integer) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    PERFORM private.check_length(value, what, most);
    IF value ~ E'[[:cntrl:]\u2028-\u202E\u2066-\u2069]' THEN
        RAISE EXCEPTION '% holds characters that cannot be seen', what USING ERRCODE = '22023';
    END IF;
END $$;

CREATE FUNCTION private.check_url(value text, what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    PERFORM private.check_line(value, what, 2000);
    IF value !~ '^https?://[^[:space:][:cntrl:]<>"]+$' THEN
        RAISE EXCEPTION '% is no web address', what USING ERRCODE = '22023', HINT = 'It begins with https:// or http://.';
    END IF;
END $$;

-- So many of a kind in the minute that the first of them begins. What is rolled back did nothing and counts for
-- nothing.
CREATE TABLE private.rates (
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    kind text NOT NULL,
    since timestamptz NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (user_id, kind)
);
CREATE FUNCTION private.check_rate(caller varchar, what text, per_minute integer) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    seen integer;
BEGIN
    INSERT INTO private.rates AS r (user_id, kind, since, count) VALUES (caller, what, pg_catalog.clock_timestamp(), 1)
    ON CONFLICT (user_id, kind) DO UPDATE
        SET count = CASE WHEN excluded.since < r.since + interval '1 minute' THEN r.count + 1 ELSE 1 END,
            since = CASE WHEN excluded.since < r.since + interval '1 minute' THEN r.since ELSE excluded.since END
    RETURNING r.count INTO seen;
    IF seen > per_minute THEN
        RAISE EXCEPTION 'too much in one minute' USING ERRCODE = '53400', HINT = 'Wait a moment and try again.';
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
        IF (known.user_id, known.problem_id, known.sql_query) IS DISTINCT FROM (caller, submit.problem_id, submit.query) THEN
            RAISE EXCEPTION 'this id stands for another submission' USING ERRCODE = '23505';
        END IF;
        RETURN submit.id;
    END IF;
    PERFORM private.require_visible(submit.problem_id);
    IF pg_catalog.octet_length(submit.query) > 20000 THEN
        RAISE EXCEPTION 'the query is too long' USING ERRCODE = '54000', HINT = 'At most 20,000 bytes are judged.';
    END IF;
    PERFORM private.check_text(submit.query, 'the query', 20000);
    -- One's own submissions come one after the other, so that the count below holds.
    PERFORM FROM public.users u WHERE u.id = caller FOR NO KEY UPDATE;
    IF (SELECT pg_catalog.count(*) FROM public.problem_submissions s
        WHERE s.user_id = caller AND s.created_at > pg_catalog.now()::timestamp - interval '1 minute') >= 30 THEN
        RAISE EXCEPTION 'too many submissions in a minute' USING ERRCODE = '53400', HINT = 'Wait a moment and try again.';
    END IF;
    -- Written offline up to a month ago, though not before there was an account; nothing is written tomorrow.
    SELECT LEAST(GREATEST(COALESCE(submit.written_at, pg_catalog.now()), pg_catalog.now() - interval '31 days', u.created_at),
                 pg_catalog.now())
    INTO written FROM public.users u WHERE u.id = caller;
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
    PERFORM private.check_rate(caller, 'give up', 60);
    INSERT INTO private.give_ups (user_id, problem_id, id) VALUES (caller, give_up.problem_id, give_up.id)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND AND NOT EXISTS (SELECT FROM private.give_ups g WHERE g.user_id = caller AND g.problem_id = give_up.problem_id) THEN
        RAISE EXCEPTION 'this id stands for something else' USING ERRCODE = '23505';
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION api.submit(text, text, text, timestamptz), api.give_up(text, text) TO sqlgym_client;
