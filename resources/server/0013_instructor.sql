-- What instructors read page by page, and the figures of one problem. Rows go by the policies of 0003.

-- Pages begin after a key, newest first; each filter has an index in that order.
CREATE INDEX sqlgym_problem_submissions_page ON public.problem_submissions(created_at DESC, id DESC);
CREATE INDEX sqlgym_problem_submissions_user_page ON public.problem_submissions(user_id, created_at DESC, id DESC);
CREATE INDEX sqlgym_problem_submissions_problem_page ON public.problem_submissions(problem_id, created_at DESC, id DESC);
CREATE INDEX sqlgym_problem_submissions_status_page ON public.problem_submissions(status, created_at DESC, id DESC);
CREATE INDEX sqlgym_submissions_verdict_page ON public.submissions(is_correct, submitted_at DESC, id DESC);
CREATE INDEX sqlgym_submissions_problem_verdict_page ON public.submissions(problem_id, is_correct, submitted_at DESC, id DESC);

-- Of a problem: who solved it, in how many attempts and how long; what went wrong in its newest two thousand submissions,
-- by SQLSTATE and by test. "minutes" is NULL where no client told of time.
CREATE FUNCTION api.problem_report(problem_id text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    report jsonb;
BEGIN
    PERFORM private.require_instructor();
    WITH recent AS MATERIALIZED (
        SELECT p.id, p.user_id FROM public.problem_submissions p WHERE p.problem_id = problem_report.problem_id
        ORDER BY p.created_at DESC, p.id DESC LIMIT 2000
    ), results AS MATERIALIZED (
        SELECT n.id, n.user_id, r.test_case_id, r.is_correct, r.validation_details -> 'error' ->> 'sqlstate' AS state,
            r.validation_details -> 'error' ->> 'message' AS message
        FROM recent n JOIN public.execution_results r ON r.submission_id = n.id WHERE NOT r.is_correct
    ), learners AS (
        SELECT s.user_id, pg_catalog.min(s.submitted_at) FILTER (WHERE s.is_correct) AS solved_at
        FROM public.submissions s WHERE s.problem_id = problem_report.problem_id GROUP BY s.user_id
    ), attempts AS (
        SELECT l.user_id, pg_catalog.count(*) AS attempts
        FROM learners l JOIN public.submissions s ON s.user_id = l.user_id AND s.problem_id = problem_report.problem_id
            AND s.submitted_at <= l.solved_at GROUP BY l.user_id
    ), spent AS (
        SELECT e.user_id, pg_catalog.sum(e.total_time_spent_seconds) AS seconds FROM public.problem_sessions e
        WHERE e.problem_id = problem_report.problem_id AND e.total_time_spent_seconds > 0 GROUP BY e.user_id
    )
    SELECT pg_catalog.jsonb_build_object(
        'learners', (SELECT pg_catalog.count(*) FROM learners),
        'solvers', (SELECT pg_catalog.count(l.solved_at) FROM learners l),
        'submissions', (SELECT pg_catalog.count(*) FROM public.submissions s WHERE s.problem_id = problem_report.problem_id),
        'attempts', (SELECT pg_catalog.percentile_disc(0.5) WITHIN GROUP (ORDER BY a.attempts) FROM attempts a),
        'minutes', (SELECT pg_catalog.round((pg_catalog.percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds) / 60)::numeric, 1)
                    FROM spent t),
        'recent', (SELECT pg_catalog.count(*) FROM recent),
        'errors', (SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(e) ORDER BY e.submissions DESC, e.state), '[]') FROM (
            SELECT r.state, pg_catalog.min(r.message) AS message, pg_catalog.count(DISTINCT r.id) AS submissions,
                pg_catalog.count(DISTINCT r.user_id) AS learners
            FROM results r WHERE r.state IS NOT NULL GROUP BY r.state ORDER BY 3 DESC, 1 LIMIT 8) e),
        'tests', (SELECT COALESCE(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(e) ORDER BY e.submissions DESC, e.name), '[]') FROM (
            SELECT t.name, t.is_hidden IS NOT FALSE AS hidden, pg_catalog.count(DISTINCT r.id) AS submissions,
                pg_catalog.count(DISTINCT r.user_id) AS learners
            FROM results r JOIN public.test_cases t ON t.id = r.test_case_id GROUP BY t.id ORDER BY 3 DESC, 1 LIMIT 12) e))
    INTO report;
    RETURN report;
END $$;

GRANT EXECUTE ON FUNCTION api.problem_report(text) TO sqlgym_client;
