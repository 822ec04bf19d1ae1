-- Learners' solutions: votes and bookmarks of them, what the judge said of their queries, and what was reported, as a queue.

CREATE TABLE private.solution_marks (
    solution_id varchar NOT NULL REFERENCES public.solutions(id) ON DELETE CASCADE,
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    vote smallint NOT NULL DEFAULT 0 CHECK (vote BETWEEN -1 AND 1),
    bookmark boolean NOT NULL DEFAULT false,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (solution_id, user_id)
);
CREATE INDEX solution_marks_user ON private.solution_marks(user_id);
CREATE TABLE private.solution_votes (
    solution_id varchar PRIMARY KEY REFERENCES public.solutions(id) ON DELETE CASCADE,
    up integer NOT NULL DEFAULT 0,
    down integer NOT NULL DEFAULT 0
);

-- Added to and taken from, as the other counters are.
CREATE FUNCTION private.count_vote() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    before integer := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.vote END;
    after integer := CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE NEW.vote END;
    solution varchar := CASE WHEN TG_OP = 'DELETE' THEN OLD.solution_id ELSE NEW.solution_id END;
BEGIN
    IF private.is_loading() OR before = after THEN
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        -- With the solution its row goes.
        UPDATE private.solution_votes v SET up = v.up - (before = 1)::integer, down = v.down - (before = -1)::integer
        WHERE v.solution_id = solution;
    ELSE
        INSERT INTO private.solution_votes AS v (solution_id, up, down)
        VALUES (solution, (after = 1)::integer, (after = -1)::integer)
        ON CONFLICT (solution_id) DO UPDATE SET up = v.up + (after = 1)::integer - (before = 1)::integer,
            down = v.down + (after = -1)::integer - (before = -1)::integer;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER count_vote AFTER INSERT OR UPDATE OR DELETE ON private.solution_marks
    FOR EACH ROW EXECUTE FUNCTION private.count_vote();

-- What the caller may see of a solution, as the policy of solutions has it.
CREATE FUNCTION private.sees_solution(solution_id text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT EXISTS (SELECT FROM public.solutions s WHERE s.id = sees_solution.solution_id
        AND (s.created_by = api.current_user_id() OR api.may_see_solutions(s.problem_id))
        AND s.id <> ALL (api.hidden_ids('solution')) AND s.created_by <> ALL (api.hidden_ids('user')))
$$;

-- NULL leaves a mark as it is. Nobody votes on what is their own.
CREATE FUNCTION api.mark_solution(solution_id text, vote integer, bookmark boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF NOT COALESCE(private.sees_solution(mark_solution.solution_id), false) THEN
        RAISE EXCEPTION 'there is no such solution for you' USING ERRCODE = '42501';
    ELSIF mark_solution.vote NOT BETWEEN -1 AND 1 THEN
        RAISE EXCEPTION 'a vote is for or against' USING ERRCODE = '22023';
    ELSIF mark_solution.vote <> 0 AND private.owner_of('solution', mark_solution.solution_id) = caller THEN
        RAISE EXCEPTION 'nobody votes on a solution of their own' USING ERRCODE = '42501';
    END IF;
    PERFORM private.check_rate(caller, 'interaction', 120);
    INSERT INTO private.solution_marks AS m (solution_id, user_id, vote, bookmark)
    VALUES (mark_solution.solution_id, caller, COALESCE(mark_solution.vote, 0), COALESCE(mark_solution.bookmark, false))
    ON CONFLICT ON CONSTRAINT solution_marks_pkey DO UPDATE SET vote = COALESCE(mark_solution.vote, m.vote),
        bookmark = COALESCE(mark_solution.bookmark, m.bookmark), updated_at = pg_catalog.now();
END $$;

CREATE FUNCTION api.edit_solution(id text, title text, content text, sql_code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_text(edit_solution.title, 'the title', 200);
    PERFORM private.check_line(edit_solution.title, 'the title', 200);
    PERFORM private.check_text(edit_solution.content, 'the explanation', 20000);
    PERFORM private.check_text(edit_solution.sql_code, 'the query', 20000);
    PERFORM private.check_rate(caller, 'edit', 60);
    IF NOT private.is_owned('solution', edit_solution.id, caller, false) THEN
        RAISE EXCEPTION 'there is no such solution of yours' USING ERRCODE = '42501';
    END IF;
    UPDATE public.solutions s SET title = edit_solution.title, content = edit_solution.content,
        sql_code = edit_solution.sql_code, updated_at = pg_catalog.now()
    WHERE s.id = edit_solution.id AND s.created_by = caller;
END $$;

-- A problem's solutions for whoever may see them, the best of them, with their votes and the caller's marks. `verdict`: what the
-- judge said when its writer handed in this very query; NULL: it was not handed in, or is not judged. `failing`: the
-- visible tests that it fails, and "" for hidden ones. `horizon`: whatever was done before that transaction is in the answer.
CREATE FUNCTION api.solutions_of(problem_id text) RETURNS TABLE (id text, author_id text, author text, title text, content text,
    sql_code text, official boolean, created_at timestamp, updated_at timestamp, up integer, down integer, vote integer,
    bookmark boolean, verdict boolean, failing text[], horizon bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH best AS (
        SELECT s.*, COALESCE(v.up, 0) AS up, COALESCE(v.down, 0) AS down
        FROM public.solutions s LEFT JOIN private.solution_votes v ON v.solution_id = s.id
        WHERE s.problem_id = solutions_of.problem_id
          AND (s.created_by = (SELECT api.current_user_id()) OR (SELECT api.may_see_solutions(solutions_of.problem_id)))
          AND s.id <> ALL ((SELECT api.hidden_ids('solution'))::text[])
          AND s.created_by <> ALL ((SELECT api.hidden_ids('user'))::text[])
        ORDER BY s.is_official DESC, s.created_by = (SELECT api.current_user_id()) DESC,
            COALESCE(v.up, 0) - COALESCE(v.down, 0) DESC, s.created_at DESC, s.id
        LIMIT 200)
    SELECT s.id::text, s.created_by::text, u.username::text, s.title::text, s.content, s.sql_code, s.is_official, s.created_at,
        s.updated_at, s.up, s.down, COALESCE(m.vote, 0)::integer, COALESCE(m.bookmark, false), j.is_correct,
        (SELECT COALESCE(pg_catalog.array_agg(DISTINCT CASE WHEN t.is_hidden IS FALSE THEN t.name::text ELSE '' END), '{}')
         FROM public.execution_results r JOIN public.test_cases t ON t.id = r.test_case_id
         WHERE r.submission_id = j.id AND NOT r.is_correct),
        pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint
    FROM best s JOIN public.users u ON u.id = s.created_by
    LEFT JOIN private.solution_marks m ON m.solution_id = s.id AND m.user_id = (SELECT api.current_user_id())
    LEFT JOIN LATERAL (
        SELECT w.id, w.is_correct FROM public.submissions w
        WHERE w.user_id = s.created_by AND w.problem_id = s.problem_id AND w.query = s.sql_code
        ORDER BY w.submitted_at DESC, w.id LIMIT 1) j ON true
$$;

-- What learners reported, one row a thing, the newest report first, texts cut: to instructors. What is gone meanwhile has no
-- author.
CREATE FUNCTION api.report_queue(closed boolean) RETURNS TABLE (kind text, target_id text, author_id text, author text,
    content text, code text, problem text, written_at timestamp, hidden boolean, hidden_reason text, reports jsonb, newest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH reported AS (
        SELECT r.kind, r.target_id, pg_catalog.max(r.created_at) AS newest,
            (pg_catalog.array_agg(pg_catalog.jsonb_build_object('reporter', u.username, 'reason', r.reason,
                'at', (extract(epoch FROM r.created_at) * 1000000)::bigint, 'open', r.closed_at IS NULL)
                ORDER BY r.created_at DESC, r.id))[1:20] AS reports
        FROM private.reports r JOIN public.users u ON u.id = r.user_id
        WHERE (SELECT api.is_admin())
        GROUP BY r.kind, r.target_id
        HAVING pg_catalog.bool_or(r.closed_at IS NULL) <> COALESCE(report_queue.closed, false)
        ORDER BY 3 DESC, 1, 2 LIMIT 300)
    SELECT q.kind, q.target_id::text, x.author_id, a.username::text, pg_catalog.left(x.content, 6000), pg_catalog.left(x.code, 6000),
        p.title::text, x.written_at,
        COALESCE(m.hidden, false), m.reason, pg_catalog.to_jsonb(q.reports), q.newest
    FROM reported q
    LEFT JOIN private.moderated m ON m.kind = q.kind AND m.target_id = q.target_id
    LEFT JOIN LATERAL (
        SELECT c.user_id::text AS author_id, c.content, c.code_snippet AS code, c.problem_id, c.created_at AS written_at
        FROM public.community_posts c WHERE q.kind = 'post' AND c.id = q.target_id
        UNION ALL SELECT c.user_id, c.content, NULL, b.problem_id, c.created_at
        FROM public.post_comments c JOIN public.community_posts b ON b.id = c.post_id WHERE q.kind = 'comment' AND c.id = q.target_id
        UNION ALL SELECT s.created_by, s.content, s.sql_code, s.problem_id, s.created_at
        FROM public.solutions s WHERE q.kind = 'solution' AND s.id = q.target_id
        UNION ALL SELECT l.user_id, l.title || E'\n' || l.url, NULL, NULL, l.created_at
        FROM public.helpful_links l WHERE q.kind = 'link' AND l.id = q.target_id
        UNION ALL SELECT w.id, pg_catalog.concat_ws(E'\n', NULLIF(pg_catalog.concat_ws(' ', w.first_name, w.last_name), ''), w.company_name,
            w.linkedin_url, w.profile_image_url), NULL, NULL, w.created_at
        FROM public.users w WHERE q.kind = 'user' AND w.id = q.target_id) x ON true
    LEFT JOIN public.users a ON a.id = x.author_id
    LEFT JOIN public.problems p ON p.id = x.problem_id
    ORDER BY q.newest DESC, q.kind, q.target_id
$$;

-- All that was reported of it stays without consequence.
CREATE FUNCTION api.dismiss_reports(kind text, target_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_instructor();
BEGIN
    IF dismiss_reports.kind IS NULL OR dismiss_reports.target_id IS NULL THEN
        RAISE EXCEPTION 'it is of something that reports are dismissed' USING ERRCODE = '22023';
    END IF;
    PERFORM private.check_rate(caller, 'moderate', 60);
    UPDATE private.reports r SET closed_at = pg_catalog.now()
    WHERE r.kind = dismiss_reports.kind AND r.target_id = dismiss_reports.target_id AND r.closed_at IS NULL;
END $$;
CREATE INDEX reports_target ON private.reports(kind, target_id);

GRANT EXECUTE ON FUNCTION api.mark_solution(text, integer, boolean), api.edit_solution(text, text, text, text), api.solutions_of(text),
    api.report_queue(boolean), api.dismiss_reports(text, text) TO sqlgym_client;
