-- The judges' side of the queue: a job is taken under a lease, decided once, and handed on when its judge is gone. Judges
-- call the functions below and read the content; they write nothing else.

CREATE TABLE private.leases (
    job_id varchar(100) PRIMARY KEY,
    judge text NOT NULL,
    attempt integer NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX leases_judge ON private.leases(judge);
CREATE TABLE private.judges (
    name text PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    judged bigint NOT NULL DEFAULT 0
);
CREATE INDEX sqlgym_fallback_open ON public.fallback_submissions(created_at, job_id) WHERE status IN ('pending', 'running');

CREATE FUNCTION private.job_failed(job text, reason text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    UPDATE public.problem_submissions SET status = 'failed', error_message = pg_catalog.left(reason, 4000),
        completed_at = pg_catalog.now() WHERE id = job AND status = 'pending';
    UPDATE public.fallback_submissions SET status = 'failed', processed_at = pg_catalog.now() WHERE job_id = job;
    DELETE FROM private.leases WHERE job_id = job;
$$;

-- Up to `most` jobs, the oldest first: those that wait, and those whose judge let the lease run out; where few wait, this
-- judge's share of them, lest others stand idle. A job that was taken three times in vain is failed by itself, with a reason.
CREATE FUNCTION private.claim_jobs(judge text, most integer, seconds integer)
RETURNS TABLE (job_id text, attempt integer, user_id text, problem_id text, query text, written_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    job record;
    tries integer;
    judges integer;
    share integer := LEAST(GREATEST(claim_jobs.most, 1), 100);
BEGIN
    INSERT INTO private.judges AS j (name) VALUES (claim_jobs.judge)
    ON CONFLICT (name) DO UPDATE SET seen_at = pg_catalog.now();
    SELECT pg_catalog.count(*) INTO judges FROM private.judges j WHERE j.seen_at > pg_catalog.now() - interval '1 minute';
    SELECT GREATEST((pg_catalog.count(*) + judges - 1) / judges, 1) INTO share
    FROM (SELECT FROM public.fallback_submissions f WHERE f.status IN ('pending', 'running') AND f.status = 'pending'
          LIMIT judges * share) waiting;
    FOR job IN
        SELECT f.job_id AS id, f.data ->> 'written_at' AS written, s.sql_query, s.user_id AS owner, s.problem_id AS problem
        FROM public.fallback_submissions f JOIN public.problem_submissions s ON s.id = f.job_id
        WHERE f.status IN ('pending', 'running') AND NOT EXISTS (
            SELECT FROM private.leases l WHERE l.job_id = f.job_id AND l.expires_at > pg_catalog.now())
        ORDER BY f.created_at, f.job_id LIMIT share FOR UPDATE OF f SKIP LOCKED
    LOOP
        INSERT INTO private.leases AS l (job_id, judge, attempt, expires_at)
        VALUES (job.id, claim_jobs.judge, 1, pg_catalog.now() + pg_catalog.make_interval(secs => seconds))
        ON CONFLICT ON CONSTRAINT leases_pkey DO UPDATE
            SET judge = excluded.judge, attempt = l.attempt + 1, expires_at = excluded.expires_at
            WHERE l.expires_at <= pg_catalog.now()
        RETURNING l.attempt INTO tries;
        IF tries IS NULL THEN
            CONTINUE; -- taken by another between the look and the lock
        ELSIF tries > 3 THEN
            PERFORM private.job_failed(job.id, 'This query could not be judged: the judge broke off three times.');
            CONTINUE;
        END IF;
        UPDATE public.fallback_submissions f SET status = 'running' WHERE f.job_id = job.id AND f.status <> 'running';
        job_id := job.id;
        attempt := tries;
        user_id := job.owner;
        problem_id := job.problem;
        query := job.sql_query;
        written_at := job.written::timestamptz;
        RETURN NEXT;
    END LOOP;
END $$;

-- The jobs of a living judge stay its own. Answers those that are.
CREATE FUNCTION private.renew_leases(judge text, seconds integer, jobs text[]) RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    INSERT INTO private.judges AS j (name) VALUES (renew_leases.judge)
    ON CONFLICT (name) DO UPDATE SET seen_at = pg_catalog.now();
    RETURN QUERY UPDATE private.leases l SET expires_at = pg_catalog.now() + pg_catalog.make_interval(secs => seconds)
        WHERE l.judge = renew_leases.judge AND l.job_id = ANY (jobs) RETURNING l.job_id::text;
END $$;

-- First in the transaction that writes a verdict: whether this judge still holds the job. From here to the end of the
-- transaction nobody else decides it, and nobody else decides anything of the same learner, for each verdict's figures are
-- reckoned from all before it. False: there is nothing to write.
CREATE FUNCTION private.open_verdict(job_id text, judge text, attempt integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    PERFORM FROM public.users u JOIN public.problem_submissions s ON s.user_id = u.id WHERE s.id = open_verdict.job_id
    FOR NO KEY UPDATE OF u;
    PERFORM FROM public.fallback_submissions f WHERE f.job_id = open_verdict.job_id AND f.status = 'running' FOR UPDATE;
    RETURN FOUND AND EXISTS (SELECT FROM private.leases l WHERE l.job_id = open_verdict.job_id
                             AND l.judge = open_verdict.judge AND l.attempt = open_verdict.attempt);
END $$;

-- Writes a verdict: rows as JSON objects with the columns' names ("submission", "problem_submission", "results", "session",
-- "progress" or null, "badges"), and "sandbox", the name of what it ran in. False: another judge has the job, or it is done.
CREATE FUNCTION private.write_verdict(job_id text, judge text, attempt integer, verdict jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    job public.problem_submissions;
    told public.problem_submissions;
BEGIN
    IF NOT private.open_verdict(write_verdict.job_id, write_verdict.judge, write_verdict.attempt) THEN
        RETURN false;
    END IF;
    SELECT s.* INTO STRICT job FROM public.problem_submissions s WHERE s.id = write_verdict.job_id;
    told := pg_catalog.jsonb_populate_record(NULL::public.problem_submissions, verdict -> 'problem_submission');
    -- Whose it is, and what was handed in, is the queue's to say.
    INSERT INTO public.submissions (id, user_id, problem_id, query, is_correct, execution_time, submitted_at)
    SELECT job.id, job.user_id, job.problem_id, job.sql_query, v.is_correct, v.execution_time, v.submitted_at
    FROM pg_catalog.jsonb_populate_record(NULL::public.submissions, verdict -> 'submission') v;
    UPDATE public.problem_submissions s SET status = told.status, rows_returned = told.rows_returned,
        execution_time_ms = told.execution_time_ms, error_message = pg_catalog.left(told.error_message, 4000),
        result_data = told.result_data, completed_at = pg_catalog.now()
    WHERE s.id = job.id;
    INSERT INTO public.execution_results (id, submission_id, test_case_id, status, execution_time_ms, memory_used_mb,
        rows_affected, query_result, error_message, is_correct, validation_details, created_at)
    SELECT v.id, job.id, v.test_case_id, v.status, v.execution_time_ms, v.memory_used_mb, v.rows_affected, v.query_result,
        v.error_message, v.is_correct, v.validation_details, pg_catalog.now()
    FROM pg_catalog.jsonb_populate_recordset(NULL::public.execution_results, verdict -> 'results') v
    WHERE EXISTS (SELECT FROM public.test_cases t WHERE t.id = v.test_case_id);
    INSERT INTO public.problem_sessions AS p (id, user_id, problem_id, first_query_at, completed_at, total_time_spent_seconds,
        created_at, updated_at)
    SELECT v.id, job.user_id, job.problem_id, v.first_query_at, v.completed_at, v.total_time_spent_seconds, v.created_at, v.updated_at
    FROM pg_catalog.jsonb_populate_record(NULL::public.problem_sessions, verdict -> 'session') v
    ON CONFLICT (id) DO UPDATE SET first_query_at = excluded.first_query_at, completed_at = excluded.completed_at,
        updated_at = excluded.updated_at
        WHERE p.user_id = excluded.user_id AND p.problem_id = excluded.problem_id;
    IF pg_catalog.jsonb_typeof(verdict -> 'progress') = 'object' THEN
        INSERT INTO public.user_progress AS p (id, user_id, topic_id, problems_attempted, problems_solved, total_submissions,
            successful_submissions, average_execution_time_ms, best_execution_time_ms, total_time_spent_minutes,
            current_difficulty, highest_difficulty_solved, hint_usage_count, average_attempts_per_problem, streak_count,
            max_streak_count, experience_points, first_attempt_at, last_activity_at, created_at, updated_at)
        SELECT v.id, job.user_id, v.topic_id, v.problems_attempted, v.problems_solved, v.total_submissions,
            v.successful_submissions, v.average_execution_time_ms, v.best_execution_time_ms, v.total_time_spent_minutes,
            v.current_difficulty, v.highest_difficulty_solved, v.hint_usage_count, v.average_attempts_per_problem,
            v.streak_count, v.max_streak_count, v.experience_points, v.first_attempt_at, v.last_activity_at, v.created_at,
            v.updated_at
        FROM pg_catalog.jsonb_populate_record(NULL::public.user_progress, verdict -> 'progress') v
        ON CONFLICT (user_id, topic_id) DO UPDATE SET problems_attempted = excluded.problems_attempted,
            problems_solved = excluded.problems_solved, total_submissions = excluded.total_submissions,
            successful_submissions = excluded.successful_submissions,
            average_execution_time_ms = excluded.average_execution_time_ms,
            best_execution_time_ms = excluded.best_execution_time_ms,
            total_time_spent_minutes = excluded.total_time_spent_minutes, current_difficulty = excluded.current_difficulty,
            highest_difficulty_solved = excluded.highest_difficulty_solved, hint_usage_count = excluded.hint_usage_count,
            average_attempts_per_problem = excluded.average_attempts_per_problem, streak_count = excluded.streak_count,
            max_streak_count = excluded.max_streak_count, experience_points = excluded.experience_points,
            first_attempt_at = LEAST(p.first_attempt_at, excluded.first_attempt_at),
            last_activity_at = GREATEST(p.last_activity_at, excluded.last_activity_at), updated_at = pg_catalog.now();
    END IF;
    INSERT INTO public.user_badges (id, user_id, badge_id, earned_at)
    SELECT v.id, job.user_id, v.badge_id, v.earned_at
    FROM pg_catalog.jsonb_populate_recordset(NULL::public.user_badges, verdict -> 'badges') v
    WHERE EXISTS (SELECT FROM public.badges b WHERE b.id = v.badge_id)
    ON CONFLICT DO NOTHING;
    UPDATE public.user_sandboxes b SET schema_name = verdict ->> 'sandbox', status = 'ACTIVE', last_used_at = pg_catalog.now(),
        expires_at = pg_catalog.now() + interval '1 hour'
    WHERE b.user_id = job.user_id AND b.problem_id = job.problem_id;
    IF NOT FOUND THEN
        INSERT INTO public.user_sandboxes (id, user_id, problem_id, schema_name, expires_at)
        VALUES (pg_catalog.gen_random_uuid()::text, job.user_id, job.problem_id, verdict ->> 'sandbox',
                pg_catalog.now() + interval '1 hour');
    END IF;
    UPDATE public.fallback_submissions f SET status = 'completed', processed_at = pg_catalog.now() WHERE f.job_id = job.id;
    DELETE FROM private.leases l WHERE l.job_id = job.id;
    UPDATE private.judges j SET judged = j.judged + 1, seen_at = pg_catalog.now() WHERE j.name = write_verdict.judge;
    RETURN true;
END $$;

-- The judge cannot decide it. With a reason: nobody can, it has failed. Without: the next judge takes it at once; `counts`
-- tells whether that was one of its three tries.
CREATE FUNCTION private.give_back(job_id text, judge text, attempt integer, counts boolean, reason text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    IF NOT private.open_verdict(give_back.job_id, give_back.judge, give_back.attempt) THEN
        RETURN false;
    ELSIF reason IS NOT NULL THEN
        PERFORM private.job_failed(give_back.job_id, reason);
    ELSE
        UPDATE private.leases l SET expires_at = pg_catalog.now(), attempt = l.attempt - CASE WHEN counts THEN 0 ELSE 1 END
        WHERE l.job_id = give_back.job_id;
        NOTIFY sqlgym_jobs;
    END IF;
    RETURN true;
END $$;

-- An orderly end.
CREATE FUNCTION private.judge_leaves(judge text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
    UPDATE private.leases l SET expires_at = pg_catalog.now(), attempt = l.attempt - 1 WHERE l.judge = judge_leaves.judge;
    DELETE FROM private.judges j WHERE j.name = judge_leaves.judge;
$$;

-- What a learner did, as progress reckons it: kind (EventKind's order: 2 submitted, 3 a hint, 4 gave up), problem, when.
-- In PL/pgSQL, which keeps the plan from call to call.
CREATE FUNCTION private.learner_events(user_id text)
RETURNS TABLE (kind integer, problem_id text, at timestamp, correct boolean, milliseconds integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    RETURN QUERY SELECT 2, s.problem_id::text, s.submitted_at, s.is_correct, s.execution_time
    FROM public.submissions s WHERE s.user_id = learner_events.user_id
    UNION ALL
    SELECT 3, h.problem_id::text, h.used_at::timestamp, false, NULL FROM private.hints_used h WHERE h.user_id = learner_events.user_id
    UNION ALL
    SELECT 4, g.problem_id::text, g.given_up_at::timestamp, false, NULL FROM private.give_ups g WHERE g.user_id = learner_events.user_id;
END $$;

-- Changes whenever a problem's rows do.
CREATE FUNCTION private.problem_version(problem_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
    SELECT p.xmin || ' ' || (SELECT pg_catalog.string_agg(s.id || s.xmin::text, ',' ORDER BY s.id) FROM public.problem_schemas s
                             WHERE s.problem_id = p.id)
                  || ' ' || (SELECT pg_catalog.string_agg(t.id || t.xmin::text, ',' ORDER BY t.id) FROM public.test_cases t
                             WHERE t.problem_id = p.id)
    FROM public.problems p WHERE p.id = problem_version.problem_id
$$;

-- How it stands: well when a judge was seen within a minute and nothing waits for longer than one.
CREATE FUNCTION private.queue_health() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
    SELECT pg_catalog.jsonb_build_object('waiting', q.waiting, 'running', q.running, 'oldest_seconds', q.oldest, 'judges', j.all_of_them,
        'healthy', j.alive > 0 AND q.oldest < 60)
    FROM (SELECT pg_catalog.count(*) FILTER (WHERE f.status = 'pending') AS waiting,
                 pg_catalog.count(*) FILTER (WHERE f.status = 'running') AS running,
                 COALESCE(extract(epoch FROM pg_catalog.now()::timestamp - min(f.created_at) FILTER (WHERE f.status = 'pending')), 0)::integer AS oldest
          FROM public.fallback_submissions f WHERE f.status IN ('pending', 'running')) q,
         (SELECT pg_catalog.count(*) FILTER (WHERE g.seen_at > pg_catalog.now() - interval '1 minute') AS alive,
                 COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', g.name, 'judged', g.judged,
                     'seen_seconds', extract(epoch FROM pg_catalog.now() - g.seen_at)::integer) ORDER BY g.name), '[]') AS all_of_them
          FROM private.judges g WHERE g.seen_at > pg_catalog.now() - interval '1 day') j
$$;

GRANT EXECUTE ON FUNCTION private.claim_jobs(text, integer, integer), private.renew_leases(text, integer, text[]),
    private.open_verdict(text, text, integer), private.write_verdict(text, text, integer, jsonb),
    private.give_back(text, text, integer, boolean, text), private.judge_leaves(text), private.learner_events(text),
    private.problem_version(text), private.queue_health(), api.schema_version() TO sqlgym_judge;
GRANT SELECT ON public.problems, public.problem_schemas, public.test_cases, public.topics, public.badges,
    public.problem_sessions, public.user_progress, public.user_badges TO sqlgym_judge;

DO $$ DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['problems', 'problem_schemas', 'test_cases', 'topics', 'badges', 'problem_sessions',
                                'user_progress', 'user_badges'] LOOP
        EXECUTE format('CREATE POLICY sqlgym_judge ON public.%I FOR SELECT TO sqlgym_judge USING (true)', name);
    END LOOP;
END $$;
