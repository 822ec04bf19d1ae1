-- Who reads what: columns by privilege, rows by policy. Nobody who is not signed in sees any row.

CREATE TABLE private.give_ups (
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    problem_id varchar NOT NULL REFERENCES public.problems(id) ON DELETE CASCADE,
    id varchar UNIQUE NOT NULL,
    given_up_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, problem_id)
);
CREATE INDEX give_ups_problem ON private.give_ups(problem_id);

CREATE FUNCTION api.has_premium() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE((SELECT u.premium OR u.is_admin FROM public.users u WHERE u.id = api.current_user_id()), false)
$$;

-- The body of a problem: free ones for all who are signed in. NULL is free.
CREATE FUNCTION api.can_see(problem_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT api.current_user_id() IS NOT NULL AND EXISTS (
        SELECT FROM public.problems p
        WHERE p.id = can_see.problem_id AND (p.premium IS NOT TRUE OR api.has_premium()))
$$;

-- Solved on this server, or given up.
CREATE FUNCTION api.may_see_solutions(problem_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT api.can_see(problem_id) AND (api.is_admin()
        OR EXISTS (SELECT FROM public.submissions s WHERE s.user_id = api.current_user_id()
                   AND s.problem_id = may_see_solutions.problem_id AND s.is_correct)
        OR EXISTS (SELECT FROM private.give_ups g WHERE g.user_id = api.current_user_id()
                   AND g.problem_id = may_see_solutions.problem_id))
$$;

-- The problems for which that holds, for policies: asked once a statement.
CREATE FUNCTION api.open_problems() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE(pg_catalog.array_agg(p.id::text), '{}') FROM public.problems p
    WHERE api.current_user_id() IS NOT NULL AND (p.premium IS NOT TRUE OR api.has_premium()) AND (api.is_admin()
        OR p.id IN (SELECT s.problem_id FROM public.submissions s WHERE s.user_id = api.current_user_id() AND s.is_correct)
        OR p.id IN (SELECT g.problem_id FROM private.give_ups g WHERE g.user_id = api.current_user_id()))
$$;

CREATE FUNCTION api.master_solution(problem_id text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT p.master_solution FROM public.problems p
    WHERE p.id = master_solution.problem_id AND api.may_see_solutions(master_solution.problem_id)
$$;

-- Title, topic and difficulty of every problem, premium ones too.
CREATE VIEW api.problem_titles WITH (security_barrier) AS
    SELECT p.id, p.title, p.topic_id, p.difficulty, COALESCE(p.premium, false) AS premium
    FROM public.problems p WHERE (SELECT api.current_user_id()) IS NOT NULL;

GRANT EXECUTE ON FUNCTION api.has_premium(), api.can_see(text), api.may_see_solutions(text), api.open_problems(),
    api.master_solution(text) TO sqlgym_client;
GRANT SELECT ON api.problem_titles TO sqlgym_client;

DO $$ DECLARE
    name regclass;
BEGIN
    FOR name IN SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;

-- Columns. Never: hashes and tokens, others' addresses, who pays and who teaches; solutions and hashes of problems; what
-- hidden tests showed.
GRANT SELECT (id, username, first_name, last_name, company_name, linkedin_url, profile_image_url, problems_solved, created_at)
    ON public.users TO sqlgym_client;
GRANT SELECT (id, title, question, difficulty, tags, hints, company, topic_id, premium, s3_data_source, expected_display,
              s3_datasets, created_at, updated_at) ON public.problems TO sqlgym_client;
GRANT SELECT (id, submission_id, test_case_id, status, is_correct, created_at) ON public.execution_results TO sqlgym_client;
GRANT SELECT ON public.followers, public.helpful_links, public.topics, public.problem_schemas, public.test_cases,
    public.submissions, public.problem_submissions, public.problem_sessions, public.user_progress, public.badges,
    public.user_badges, public.community_posts, public.post_likes, public.post_comments, public.problem_interactions,
    public.solutions TO sqlgym_client;

-- Rows.
CREATE POLICY sqlgym_read ON public.users FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.followers FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.helpful_links FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.topics FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.badges FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.problems FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL AND (premium IS NOT TRUE OR (SELECT api.has_premium())));
-- The policy of problems decides for their tables and tests.
CREATE POLICY sqlgym_read ON public.problem_schemas FOR SELECT TO sqlgym_client
    USING (problem_id IN (SELECT p.id FROM public.problems p));
CREATE POLICY sqlgym_read ON public.test_cases FOR SELECT TO sqlgym_client
    USING ((is_hidden IS FALSE OR (SELECT api.is_admin())) AND problem_id IN (SELECT p.id FROM public.problems p));
CREATE POLICY sqlgym_read ON public.submissions FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()) OR (SELECT api.is_admin()));
CREATE POLICY sqlgym_read ON public.problem_submissions FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()) OR (SELECT api.is_admin()));
CREATE POLICY sqlgym_read ON public.problem_sessions FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()) OR (SELECT api.is_admin()));
CREATE POLICY sqlgym_read ON public.user_progress FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()) OR (SELECT api.is_admin()));
CREATE POLICY sqlgym_read ON public.user_badges FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()) OR (SELECT api.is_admin()));
CREATE POLICY sqlgym_read ON public.problem_interactions FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()) OR (SELECT api.is_admin()));
-- The policy of submissions decides for their results.
CREATE POLICY sqlgym_read ON public.execution_results FOR SELECT TO sqlgym_client
    USING (EXISTS (SELECT FROM public.submissions s WHERE s.id = submission_id));
CREATE POLICY sqlgym_read ON public.community_posts FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.post_comments FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL);
CREATE POLICY sqlgym_read ON public.post_likes FOR SELECT TO sqlgym_client
    USING (user_id = (SELECT api.current_user_id()));
CREATE POLICY sqlgym_read ON public.solutions FOR SELECT TO sqlgym_client
    USING (created_by = (SELECT api.current_user_id()) OR problem_id = ANY ((SELECT api.open_problems())::text[]));

-- Estimates of the planner are made from everybody's rows, and EXPLAIN shows them: text that one may compare (its
-- operators are leakproof) but not read leaves no statistics behind.
DO $$ DECLARE
    kept record;
BEGIN
    FOR kept IN
        SELECT a.attrelid::regclass AS name, a.attname FROM pg_catalog.pg_attribute a
        WHERE a.attrelid IN ('public.submissions'::regclass, 'public.problem_submissions'::regclass, 'public.solutions'::regclass,
                             'public.test_cases'::regclass, 'public.problem_schemas'::regclass, 'public.problems'::regclass,
                             'public.execution_results'::regclass)
          AND a.attnum > 0
          AND a.attname IN ('query', 'sql_query', 'error_message', 'result_data', 'title', 'content', 'sql_code', 'name', 'description',
                            'input_data', 'expected_output', 'expected_output_source', 'preview_expected_output', 'table_name',
                            'schema_definition', 'sample_data', 'question', 'hints', 'query_result', 'validation_details')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', kept.name, kept.attname);
    END LOOP;
END $$;
