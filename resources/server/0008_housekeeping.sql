-- What judges do besides judging: what is over goes, in small batches, and figures are worked out once for many readers.

-- Sandboxes that were not used go from ACTIVE over EXPIRED to CLEANUP_PENDING, a call each, and then away. Judges hold
-- nothing for a learner between submissions, so that nothing but the row is left to remove.
CREATE FUNCTION private.age_sandboxes(most integer) RETURNS integer
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    WITH due AS (
        SELECT s.id, s.status FROM public.user_sandboxes s
        WHERE s.expires_at < pg_catalog.now() ORDER BY s.expires_at LIMIT most FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM public.user_sandboxes s USING due d WHERE d.id = s.id AND d.status = 'CLEANUP_PENDING' RETURNING 1
    ), aged AS (
        UPDATE public.user_sandboxes s SET status = CASE d.status WHEN 'ACTIVE' THEN 'EXPIRED' ELSE 'CLEANUP_PENDING' END::public.sandbox_status
        FROM due d WHERE d.id = s.id AND d.status <> 'CLEANUP_PENDING' RETURNING 1
    )
    SELECT ((SELECT pg_catalog.count(*) FROM gone) + (SELECT pg_catalog.count(*) FROM aged))::integer
$$;

-- Removes up to `most` rows of each kind that is over. Answers how many; one that is `most` has more to do.
CREATE FUNCTION private.housekeep(most integer) RETURNS TABLE (kind text, done integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    batch integer := LEAST(GREATEST(COALESCE(most, 0), 0), 10000);
BEGIN
    kind := 'sandboxes';
    done := private.age_sandboxes(batch);
    RETURN NEXT;
    kind := 'execution_results';
    DELETE FROM public.execution_results r WHERE r.id IN (
        SELECT o.id FROM public.execution_results o WHERE o.created_at < pg_catalog.now()::timestamp - interval '6 months'
        ORDER BY o.created_at LIMIT batch FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
    kind := 'cache_entries';
    DELETE FROM public.cache_entries c WHERE c.id IN (
        SELECT o.id FROM public.cache_entries o WHERE o.expires_at < pg_catalog.now()::timestamp
        ORDER BY o.expires_at LIMIT batch FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
    kind := 'sessions';
    DELETE FROM private.sessions s WHERE s.token_hash IN (
        SELECT o.token_hash FROM private.sessions o
        WHERE o.expires_at < pg_catalog.now() OR o.revoked_at IS NOT NULL
        ORDER BY o.expires_at LIMIT batch FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
    kind := 'rates';
    DELETE FROM private.rates r WHERE (r.user_id, r.kind) IN (
        SELECT o.user_id, o.kind FROM private.rates o WHERE o.since < pg_catalog.now() - interval '1 hour'
        LIMIT batch FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
    -- A lease that ran out is needed while its job is open: it counts the tries.
    kind := 'leases';
    DELETE FROM private.leases l WHERE l.job_id IN (
        SELECT o.job_id FROM private.leases o
        WHERE o.expires_at < pg_catalog.now() - interval '1 hour' AND NOT EXISTS (
            SELECT FROM public.fallback_submissions f WHERE f.job_id = o.job_id AND f.status IN ('pending', 'running'))
        LIMIT batch FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
    kind := 'judges';
    DELETE FROM private.judges j WHERE j.seen_at < pg_catalog.now() - interval '7 days';
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
    -- Verdicts are in problem_submissions; the queue keeps a month for whoever asks what happened.
    kind := 'jobs';
    DELETE FROM public.fallback_submissions f WHERE f.id IN (
        SELECT o.id FROM public.fallback_submissions o
        WHERE o.status NOT IN ('pending', 'running') AND o.processed_at < pg_catalog.now()::timestamp - interval '31 days'
        ORDER BY o.created_at LIMIT batch FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS done = ROW_COUNT;
    RETURN NEXT;
END $$;

-- Figures: cache_entries of the namespaces "leaderboard" and "problem", {"version": 1, "value": ...}.

CREATE FUNCTION private.keep_figure(of_namespace text, of_key text, value jsonb, lasts interval) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    INSERT INTO public.cache_entries AS c (id, cache_key, namespace, data, expires_at)
    VALUES (pg_catalog.gen_random_uuid()::text, of_key, of_namespace, pg_catalog.jsonb_build_object('version', 1, 'value', value),
            pg_catalog.now()::timestamp + lasts)
    ON CONFLICT (cache_key, namespace) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at, created_at = pg_catalog.now();
$$;

-- The first hundred of those who want to be on it. XP are those of progress and of badges.
CREATE FUNCTION private.refresh_leaderboard() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    board jsonb;
BEGIN
    SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('user_id', r.id, 'xp', r.xp, 'problems_solved', r.problems_solved)
                                         ORDER BY r.xp DESC, r.problems_solved DESC, r.id), '[]') INTO board
    FROM (SELECT u.id, u.problems_solved,
                 COALESCE((SELECT pg_catalog.sum(p.experience_points) FROM public.user_progress p WHERE p.user_id = u.id), 0)
                 + COALESCE((SELECT pg_catalog.sum(b.points_reward) FROM public.user_badges e JOIN public.badges b ON b.id = e.badge_id
                             WHERE e.user_id = u.id), 0) AS xp
          FROM private.preferences f JOIN public.users u ON u.id = f.user_id WHERE f.leaderboard
          ORDER BY xp DESC, u.problems_solved DESC, u.id LIMIT 100) r;
    PERFORM private.keep_figure('leaderboard', 'all', board, interval '1 day');
    RETURN pg_catalog.jsonb_array_length(board);
END $$;

-- The figures of up to `most` problems, those first whose figures are missing or oldest, none twice in ten minutes.
CREATE FUNCTION private.refresh_problem_figures(most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    problem varchar;
    done integer := 0;
BEGIN
    FOR problem IN
        SELECT p.id FROM public.problems p
        LEFT JOIN public.cache_entries c ON c.namespace = 'problem' AND c.cache_key = p.id
        WHERE c.id IS NULL OR c.created_at < pg_catalog.now()::timestamp - interval '10 minutes'
        ORDER BY c.created_at NULLS FIRST, p.id LIMIT LEAST(GREATEST(COALESCE(most, 0), 0), 1000)
    LOOP
        PERFORM private.keep_figure('problem', problem, (
            SELECT pg_catalog.jsonb_build_object('learners', pg_catalog.count(DISTINCT s.user_id),
                'solvers', pg_catalog.count(DISTINCT s.user_id) FILTER (WHERE s.is_correct),
                'submissions', pg_catalog.count(*), 'correct', pg_catalog.count(*) FILTER (WHERE s.is_correct),
                'upvotes', (SELECT pg_catalog.count(*) FROM public.problem_interactions i WHERE i.problem_id = problem AND i.upvote),
                'downvotes', (SELECT pg_catalog.count(*) FROM public.problem_interactions i WHERE i.problem_id = problem AND i.downvote))
            FROM public.submissions s WHERE s.problem_id = problem), interval '7 days');
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

-- Whoever left the board is off it at once, though its figures are worked out only now and then.
CREATE FUNCTION api.leaderboard() RETURNS TABLE (place integer, user_id text, username text, xp bigint, problems_solved integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT (pg_catalog.row_number() OVER (ORDER BY e.at))::integer, u.id::text, u.username::text, (e.value ->> 'xp')::bigint,
        (e.value ->> 'problems_solved')::integer
    FROM public.cache_entries c, pg_catalog.jsonb_array_elements(c.data -> 'value') WITH ORDINALITY e(value, at)
    JOIN public.users u ON u.id = e.value ->> 'user_id' JOIN private.preferences f ON f.user_id = u.id AND f.leaderboard
    WHERE c.namespace = 'leaderboard' AND c.cache_key = 'all' AND (SELECT api.current_user_id()) IS NOT NULL
    ORDER BY e.at
$$;

CREATE FUNCTION api.problem_figures() RETURNS TABLE (problem_id text, learners integer, solvers integer, submissions integer,
    correct integer, upvotes integer, downvotes integer, at timestamp)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT p.id::text, (v ->> 'learners')::integer, (v ->> 'solvers')::integer, (v ->> 'submissions')::integer, (v ->> 'correct')::integer,
        (v ->> 'upvotes')::integer, (v ->> 'downvotes')::integer, c.created_at
    FROM public.cache_entries c JOIN public.problems p ON p.id = c.cache_key CROSS JOIN LATERAL (SELECT c.data -> 'value') x(v)
    WHERE c.namespace = 'problem' AND (SELECT api.current_user_id()) IS NOT NULL
$$;

GRANT EXECUTE ON FUNCTION api.leaderboard(), api.problem_figures() TO sqlgym_client;
GRANT EXECUTE ON FUNCTION private.housekeep(integer), private.refresh_leaderboard(), private.refresh_problem_figures(integer)
    TO sqlgym_judge;
