-- What learners write to each other and about themselves. Each function is one statement for the client, idempotent by the
-- UUID that the client made, and refuses what is not the caller's.

CREATE TABLE private.hidden (
    id varchar PRIMARY KEY,
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    kind text NOT NULL,
    target_id varchar NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, kind, target_id)
);
CREATE TABLE private.reports (
    id varchar PRIMARY KEY,
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    kind text NOT NULL,
    target_id varchar NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reports_user ON private.reports(user_id);
CREATE TABLE private.preferences (
    user_id varchar PRIMARY KEY REFERENCES public.users(id) ON DELETE CASCADE,
    leaderboard boolean NOT NULL DEFAULT false
);
CREATE TABLE private.hints_used (
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    problem_id varchar NOT NULL REFERENCES public.problems(id) ON DELETE CASCADE,
    level integer NOT NULL,
    id varchar UNIQUE NOT NULL,
    used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, problem_id, level)
);
CREATE INDEX hints_used_problem ON private.hints_used(problem_id);
CREATE TABLE private.submission_comments (
    id varchar PRIMARY KEY,
    submission_id varchar NOT NULL REFERENCES public.submissions(id) ON DELETE CASCADE,
    author_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    content text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX submission_comments_submission ON private.submission_comments(submission_id);
CREATE INDEX submission_comments_author ON private.submission_comments(author_id);

-- Whose. An id is made by a client, once: what is there already under it is the caller's, or in the way.

CREATE FUNCTION private.owner_of(kind text, id text) RETURNS text
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    SELECT CASE kind
        WHEN 'post' THEN (SELECT x.user_id FROM public.community_posts x WHERE x.id = owner_of.id)
        WHEN 'comment' THEN (SELECT x.user_id FROM public.post_comments x WHERE x.id = owner_of.id)
        WHEN 'like' THEN (SELECT x.user_id FROM public.post_likes x WHERE x.id = owner_of.id)
        WHEN 'follow' THEN (SELECT x.follower_id FROM public.followers x WHERE x.id = owner_of.id)
        WHEN 'link' THEN (SELECT x.user_id FROM public.helpful_links x WHERE x.id = owner_of.id)
        WHEN 'solution' THEN (SELECT x.created_by FROM public.solutions x WHERE x.id = owner_of.id)
        WHEN 'interaction' THEN (SELECT x.user_id FROM public.problem_interactions x WHERE x.id = owner_of.id)
        WHEN 'session' THEN (SELECT x.user_id FROM public.problem_sessions x WHERE x.id = owner_of.id)
        WHEN 'hint' THEN (SELECT x.user_id FROM private.hints_used x WHERE x.id = owner_of.id)
        WHEN 'report' THEN (SELECT x.user_id FROM private.reports x WHERE x.id = owner_of.id)
        WHEN 'hide' THEN (SELECT x.user_id FROM private.hidden x WHERE x.id = owner_of.id)
        WHEN 'submission comment' THEN (SELECT x.author_id FROM private.submission_comments x WHERE x.id = owner_of.id)
    END
$$;

-- Whether the caller made it already; another's id is refused.
CREATE FUNCTION private.is_made(kind text, id text, caller text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    owner text := private.owner_of(kind, id);
BEGIN
    PERFORM private.check_uuid(id);
    IF owner <> caller THEN
        RAISE EXCEPTION 'this id stands for something else' USING ERRCODE = '23505';
    END IF;
    RETURN owner IS NOT NULL;
END $$;

-- Whether there is something to change or remove; what is gone is as good as removed. Others' is refused, but for
-- instructors where `instructors` says so.
CREATE FUNCTION private.is_owned(kind text, id text, caller text, instructors boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    owner text := private.owner_of(kind, id);
BEGIN
    IF owner <> caller AND NOT (instructors AND api.is_admin()) THEN
        RAISE EXCEPTION 'there is no such % of yours', kind USING ERRCODE = '42501';
    END IF;
    RETURN owner IS NOT NULL;
END $$;

-- A post that the caller may see and answer.
CREATE FUNCTION private.require_post(post_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
BEGIN
    IF private.owner_of('post', post_id) IS NULL OR post_id = ANY (api.hidden_ids('post')) THEN
        RAISE EXCEPTION 'there is no such post' USING ERRCODE = '23503';
    END IF;
END $$;

-- Counters: added to and taken from, never read and written back, so that none is lost. What pg_dump wrote brings its
-- counters along: it is loaded with row_security off (pg_dump(1) writes so), by an administrator.
CREATE FUNCTION private.is_loading() RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT pg_catalog.current_setting('row_security') = 'off' AND SESSION_USER NOT IN ('sqlgym_client', 'sqlgym_judge')
$$;

CREATE FUNCTION private.count_like() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF private.is_loading() THEN
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        UPDATE public.community_posts SET likes = likes + 1 WHERE id = NEW.post_id;
    ELSE
        UPDATE public.community_posts SET likes = likes - 1 WHERE id = OLD.post_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_count AFTER INSERT OR DELETE ON public.post_likes FOR EACH ROW EXECUTE FUNCTION private.count_like();

CREATE FUNCTION private.count_comment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF private.is_loading() THEN
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        UPDATE public.community_posts SET comments = comments + 1 WHERE id = NEW.post_id;
    ELSE
        UPDATE public.community_posts SET comments = comments - 1 WHERE id = OLD.post_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_count AFTER INSERT OR DELETE ON public.post_comments FOR EACH ROW EXECUTE FUNCTION private.count_comment();

-- The first right submission of a user to a problem. Those of one user come one after the other.
CREATE FUNCTION private.count_solved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF private.is_loading() THEN
        RETURN NULL;
    END IF;
    PERFORM FROM public.users u WHERE u.id = NEW.user_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM public.submissions s WHERE s.user_id = NEW.user_id AND s.problem_id = NEW.problem_id
                   AND s.is_correct AND s.id <> NEW.id) THEN
        UPDATE public.users SET problems_solved = problems_solved + 1 WHERE id = NEW.user_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_count AFTER INSERT ON public.submissions FOR EACH ROW WHEN (NEW.is_correct)
    EXECUTE FUNCTION private.count_solved();

-- Posts and comments.

CREATE FUNCTION api.create_post(id text, problem_id text, content text, code_snippet text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('post', create_post.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.check_text(create_post.content, 'the post', 20000);
    PERFORM private.check_length(create_post.code_snippet, 'the code', 20000);
    IF create_post.problem_id IS NOT NULL THEN
        PERFORM private.require_visible(create_post.problem_id);
    END IF;
    PERFORM private.check_rate(caller, 'post', 20);
    INSERT INTO public.community_posts (id, user_id, problem_id, content, code_snippet)
    VALUES (create_post.id, caller, create_post.problem_id, create_post.content, create_post.code_snippet)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('post', create_post.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.edit_post(id text, content text, code_snippet text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_text(edit_post.content, 'the post', 20000);
    PERFORM private.check_length(edit_post.code_snippet, 'the code', 20000);
    PERFORM private.check_rate(caller, 'edit', 60);
    IF NOT private.is_owned('post', edit_post.id, caller, false) THEN
        RAISE EXCEPTION 'there is no such post of yours' USING ERRCODE = '42501';
    END IF;
    UPDATE public.community_posts p
    SET content = edit_post.content, code_snippet = edit_post.code_snippet, updated_at = pg_catalog.now()
    WHERE p.id = edit_post.id AND p.user_id = caller;
END $$;

-- Gone already is as good as deleted; instructors delete any.
CREATE FUNCTION api.delete_post(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_owned('post', delete_post.id, caller, true) THEN
        DELETE FROM public.community_posts x WHERE x.id = delete_post.id;
    END IF;
END $$;

CREATE FUNCTION api.create_comment(id text, post_id text, parent_id text, content text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('comment', create_comment.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.check_text(create_comment.content, 'the comment', 5000);
    PERFORM private.require_post(create_comment.post_id);
    IF create_comment.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.post_comments c WHERE c.id = create_comment.parent_id AND c.post_id = create_comment.post_id) THEN
        RAISE EXCEPTION 'what is answered is no comment on this post' USING ERRCODE = '23503';
    END IF;
    PERFORM private.check_rate(caller, 'comment', 30);
    INSERT INTO public.post_comments (id, user_id, post_id, parent_id, content)
    VALUES (create_comment.id, caller, create_comment.post_id, create_comment.parent_id, create_comment.content)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('comment', create_comment.id, caller);
    END IF;
END $$;

-- A comment that others answered keeps its place, without its words.
CREATE FUNCTION api.delete_comment(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM FROM public.post_comments c WHERE c.id = delete_comment.id AND (c.user_id = caller OR api.is_admin()) FOR UPDATE;
    IF NOT private.is_owned('comment', delete_comment.id, caller, true) THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM public.post_comments c WHERE c.parent_id = delete_comment.id) THEN
        UPDATE public.post_comments c SET content = '[deleted]' WHERE c.id = delete_comment.id;
    ELSE
        DELETE FROM public.post_comments c WHERE c.id = delete_comment.id;
    END IF;
END $$;

CREATE FUNCTION api.like_post(id text, post_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('like', like_post.id, caller) OR EXISTS (SELECT FROM public.post_likes l WHERE l.user_id = caller AND l.post_id = like_post.post_id) THEN
        RETURN;
    END IF;
    PERFORM private.require_post(like_post.post_id);
    PERFORM private.check_rate(caller, 'like', 120);
    INSERT INTO public.post_likes (id, user_id, post_id) VALUES (like_post.id, caller, like_post.post_id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('like', like_post.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.unlike_post(post_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_rate(caller, 'like', 120);
    DELETE FROM public.post_likes l WHERE l.user_id = caller AND l.post_id = unlike_post.post_id;
END $$;

-- People.

CREATE FUNCTION api.follow(id text, user_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('follow', follow.id, caller)
       OR EXISTS (SELECT FROM public.followers f WHERE f.follower_id = caller AND f.following_id = follow.user_id) THEN
        RETURN;
    ELSIF follow.user_id = caller THEN
        RAISE EXCEPTION 'nobody follows themselves' USING ERRCODE = '22023';
    ELSIF NOT EXISTS (SELECT FROM public.users u WHERE u.id = follow.user_id) THEN
        RAISE EXCEPTION 'there is no such user' USING ERRCODE = '23503';
    END IF;
    PERFORM private.check_rate(caller, 'follow', 120);
    INSERT INTO public.followers (id, follower_id, following_id) VALUES (follow.id, caller, follow.user_id) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('follow', follow.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.unfollow(user_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_rate(caller, 'follow', 120);
    DELETE FROM public.followers f WHERE f.follower_id = caller AND f.following_id = unfollow.user_id;
END $$;

CREATE FUNCTION api.edit_profile(first_name text, last_name text, company_name text, linkedin_url text, profile_image_url text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_line(edit_profile.first_name, 'the first name', 50);
    PERFORM private.check_line(edit_profile.last_name, 'the last name', 50);
    PERFORM private.check_line(edit_profile.company_name, 'the company''s name', 100);
    PERFORM private.check_url(edit_profile.linkedin_url, 'the LinkedIn address');
    PERFORM private.check_url(edit_profile.profile_image_url, 'the picture''s address');
    PERFORM private.check_rate(caller, 'edit', 60);
    UPDATE public.users u
    SET first_name = edit_profile.first_name, last_name = edit_profile.last_name, company_name = edit_profile.company_name,
        linkedin_url = edit_profile.linkedin_url, profile_image_url = edit_profile.profile_image_url,
        updated_at = pg_catalog.now()
    WHERE u.id = caller;
END $$;

CREATE FUNCTION api.set_leaderboard(visible boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.check_rate(caller, 'edit', 60);
    INSERT INTO private.preferences AS p (user_id, leaderboard) VALUES (caller, COALESCE(visible, false))
    ON CONFLICT (user_id) DO UPDATE SET leaderboard = excluded.leaderboard;
END $$;

-- Everything of the account goes; answers of others to its comments stay, at the top of their posts.
CREATE FUNCTION api.delete_account(password text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
    hash text;
BEGIN
    IF NOT private.attempt_allowed('delete:' || caller) THEN
        RAISE EXCEPTION 'too many attempts' USING ERRCODE = '53400', HINT = 'Try again in five minutes.';
    END IF;
    SELECT private.known_hash(u.password_hash) INTO hash FROM public.users u WHERE u.id = caller FOR UPDATE;
    IF password IS NULL OR pg_catalog.octet_length(password) > 72
       OR private.hashed(password, hash) IS DISTINCT FROM hash THEN
        RAISE EXCEPTION 'the password is another one' USING ERRCODE = '28P01';
    END IF;
    UPDATE public.post_comments c SET parent_id = NULL
    WHERE c.parent_id IN (SELECT o.id FROM public.post_comments o WHERE o.user_id = caller) AND c.user_id <> caller;
    DELETE FROM public.users u WHERE u.id = caller;
END $$;

CREATE FUNCTION api.add_link(id text, title text, url text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('link', add_link.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.check_text(add_link.title, 'the title', 200);
    PERFORM private.check_line(add_link.title, 'the title', 200);
    PERFORM private.check_text(add_link.url, 'the address', 2000);
    PERFORM private.check_url(add_link.url, 'the address');
    PERFORM private.check_rate(caller, 'link', 20);
    INSERT INTO public.helpful_links (id, user_id, title, url) VALUES (add_link.id, caller, add_link.title, add_link.url)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('link', add_link.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.delete_link(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_owned('link', delete_link.id, caller, true) THEN
        DELETE FROM public.helpful_links x WHERE x.id = delete_link.id;
    END IF;
END $$;

-- Problems.

-- NULL leaves a mark as it is. Votes are for those who have tried.
CREATE FUNCTION api.set_interaction(id text, problem_id text, bookmark boolean, upvote boolean, downvote boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.is_made('interaction', set_interaction.id, caller);
    PERFORM private.require_visible(set_interaction.problem_id);
    IF upvote AND downvote THEN
        RAISE EXCEPTION 'a vote is for or against' USING ERRCODE = '22023';
    ELSIF (upvote OR downvote) AND NOT EXISTS (SELECT FROM public.problem_submissions s WHERE s.user_id = caller
                                               AND s.problem_id = set_interaction.problem_id) THEN
        RAISE EXCEPTION 'votes are for those who have tried the problem' USING ERRCODE = '42501', HINT = 'Submit a query first.';
    END IF;
    PERFORM private.check_rate(caller, 'interaction', 120);
    -- A vote one way ends one the other way.
    INSERT INTO public.problem_interactions AS i (id, user_id, problem_id, bookmark, upvote, downvote)
    VALUES (set_interaction.id, caller, set_interaction.problem_id, COALESCE(set_interaction.bookmark, false),
            COALESCE(set_interaction.upvote, false), COALESCE(set_interaction.downvote, false))
    ON CONFLICT ON CONSTRAINT problem_interactions_user_id_problem_id_key DO UPDATE
    SET bookmark = COALESCE(set_interaction.bookmark, i.bookmark),
        upvote = COALESCE(set_interaction.upvote, i.upvote) AND set_interaction.downvote IS NOT TRUE,
        downvote = COALESCE(set_interaction.downvote, i.downvote) AND set_interaction.upvote IS NOT TRUE,
        updated_at = pg_catalog.now();
END $$;

CREATE FUNCTION api.add_solution(id text, problem_id text, title text, content text, sql_code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('solution', add_solution.id, caller) THEN
        RETURN;
    END IF;
    IF NOT COALESCE(api.may_see_solutions(add_solution.problem_id), false) THEN
        RAISE EXCEPTION 'solutions are for those who solved the problem or gave it up' USING ERRCODE = '42501';
    END IF;
    PERFORM private.check_text(add_solution.title, 'the title', 200);
    PERFORM private.check_line(add_solution.title, 'the title', 200);
    PERFORM private.check_text(add_solution.content, 'the explanation', 20000);
    PERFORM private.check_text(add_solution.sql_code, 'the query', 20000);
    PERFORM private.check_rate(caller, 'solution', 10);
    INSERT INTO public.solutions (id, problem_id, created_by, title, content, sql_code)
    VALUES (add_solution.id, add_solution.problem_id, caller, add_solution.title, add_solution.content, add_solution.sql_code)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('solution', add_solution.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.delete_solution(id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_owned('solution', delete_solution.id, caller, true) THEN
        DELETE FROM public.solutions x WHERE x.id = delete_solution.id;
    END IF;
END $$;

-- One row a sitting; told again with more seconds, it grows.
CREATE FUNCTION api.record_session(id text, problem_id text, seconds integer, completed boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    PERFORM private.is_made('session', record_session.id, caller);
    PERFORM private.require_visible(record_session.problem_id);
    IF seconds IS NULL OR seconds < 0 OR seconds > 86400 THEN
        RAISE EXCEPTION 'a sitting lasts from 0 to 86400 seconds' USING ERRCODE = '22023';
    END IF;
    PERFORM private.check_rate(caller, 'session', 120);
    INSERT INTO public.problem_sessions AS p (id, user_id, problem_id, first_query_at, completed_at, total_time_spent_seconds)
    VALUES (record_session.id, caller, record_session.problem_id, pg_catalog.now(),
            CASE WHEN completed THEN pg_catalog.now() END, seconds)
    ON CONFLICT ON CONSTRAINT problem_sessions_pkey DO UPDATE
    SET total_time_spent_seconds = GREATEST(p.total_time_spent_seconds, excluded.total_time_spent_seconds),
        completed_at = COALESCE(p.completed_at, excluded.completed_at), updated_at = pg_catalog.now()
    WHERE p.user_id = caller AND p.problem_id = excluded.problem_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this id stands for something else' USING ERRCODE = '23505';
    END IF;
END $$;

CREATE FUNCTION api.use_hint(id text, problem_id text, level integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('hint', use_hint.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.require_visible(use_hint.problem_id);
    IF level IS NULL OR level NOT BETWEEN 1 AND 9 THEN
        RAISE EXCEPTION 'there is no such hint' USING ERRCODE = '22023';
    END IF;
    PERFORM private.check_rate(caller, 'hint', 120);
    -- Not while a verdict reckons this learner's figures: it would not count this hint.
    PERFORM FROM public.users u WHERE u.id = caller FOR NO KEY UPDATE;
    INSERT INTO private.hints_used (user_id, problem_id, level, id) VALUES (caller, use_hint.problem_id, use_hint.level, use_hint.id)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('hint', use_hint.id, caller);
        RETURN;
    END IF;
    INSERT INTO public.user_progress AS p (id, user_id, topic_id, hint_usage_count, first_attempt_at, last_activity_at)
    SELECT pg_catalog.gen_random_uuid()::text, caller, q.topic_id, 1, pg_catalog.now(), pg_catalog.now()
    FROM public.problems q WHERE q.id = use_hint.problem_id AND q.topic_id IS NOT NULL
    ON CONFLICT (user_id, topic_id) DO UPDATE
    SET hint_usage_count = COALESCE(p.hint_usage_count, 0) + 1, last_activity_at = pg_catalog.now(), updated_at = pg_catalog.now();
END $$;

-- Reports and hiding.

CREATE FUNCTION private.check_target(kind text, target_id text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    IF NOT COALESCE((CASE kind
           WHEN 'post' THEN EXISTS (SELECT FROM public.community_posts x WHERE x.id = target_id)
           WHEN 'comment' THEN EXISTS (SELECT FROM public.post_comments x WHERE x.id = target_id)
           WHEN 'solution' THEN EXISTS (SELECT FROM public.solutions x WHERE x.id = check_target.target_id AND api.may_see_solutions(x.problem_id))
           WHEN 'user' THEN EXISTS (SELECT FROM public.users x WHERE x.id = target_id)
           WHEN 'link' THEN EXISTS (SELECT FROM public.helpful_links x WHERE x.id = target_id)
           ELSE false END), false) THEN
        RAISE EXCEPTION 'there is no such thing' USING ERRCODE = '22023',
            HINT = 'What can be reported or hidden: post, comment, solution, user, link.';
    END IF;
END $$;

CREATE FUNCTION api.report(id text, kind text, target_id text, reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('report', report.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.check_text(report.reason, 'the reason', 2000);
    PERFORM private.check_target(report.kind, report.target_id);
    PERFORM private.check_rate(caller, 'report', 20);
    INSERT INTO private.reports (id, user_id, kind, target_id, reason)
    VALUES (report.id, caller, report.kind, report.target_id, report.reason) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('report', report.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.hide(id text, kind text, target_id text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF private.is_made('hide', hide.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.check_target(hide.kind, hide.target_id);
    PERFORM private.check_rate(caller, 'hide', 60);
    INSERT INTO private.hidden (id, user_id, kind, target_id) VALUES (hide.id, caller, hide.kind, hide.target_id)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('hide', hide.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.hidden_ids(kind text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE(pg_catalog.array_agg(h.target_id::text), '{}')
    FROM private.hidden h WHERE h.user_id = api.current_user_id() AND h.kind = hidden_ids.kind
$$;

-- What one hid, and what those wrote whom one hid, is not seen.
DROP POLICY sqlgym_read ON public.community_posts;
CREATE POLICY sqlgym_read ON public.community_posts FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL AND id <> ALL ((SELECT api.hidden_ids('post'))::text[])
           AND user_id <> ALL ((SELECT api.hidden_ids('user'))::text[]));
DROP POLICY sqlgym_read ON public.post_comments;
CREATE POLICY sqlgym_read ON public.post_comments FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL AND id <> ALL ((SELECT api.hidden_ids('comment'))::text[])
           AND user_id <> ALL ((SELECT api.hidden_ids('user'))::text[]));
DROP POLICY sqlgym_read ON public.helpful_links;
CREATE POLICY sqlgym_read ON public.helpful_links FOR SELECT TO sqlgym_client
    USING ((SELECT api.current_user_id()) IS NOT NULL AND id <> ALL ((SELECT api.hidden_ids('link'))::text[])
           AND user_id <> ALL ((SELECT api.hidden_ids('user'))::text[]));

-- An instructor's word on a submission, for the learner alone.
CREATE FUNCTION api.comment_submission(id text, submission_id text, content text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
BEGIN
    IF NOT api.is_admin() OR NOT EXISTS (SELECT FROM public.submissions s WHERE s.id = comment_submission.submission_id) THEN
        RAISE EXCEPTION 'there is no such submission for you to comment on' USING ERRCODE = '42501';
    END IF;
    IF private.is_made('submission comment', comment_submission.id, caller) THEN
        RETURN;
    END IF;
    PERFORM private.check_rate(caller, 'submission comment', 30);
    PERFORM private.check_text(comment_submission.content, 'the comment', 5000);
    INSERT INTO private.submission_comments AS c (id, submission_id, author_id, content)
    VALUES (comment_submission.id, comment_submission.submission_id, caller, comment_submission.content)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM private.is_made('submission comment', comment_submission.id, caller);
    END IF;
END $$;

CREATE FUNCTION api.submission_comments(submission_id text) RETURNS TABLE (id text, author text, content text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT c.id::text, u.username::text, c.content, c.created_at
    FROM private.submission_comments c JOIN public.users u ON u.id = c.author_id
    JOIN public.submissions s ON s.id = c.submission_id
    WHERE c.submission_id = submission_comments.submission_id AND (s.user_id = api.current_user_id() OR api.is_admin())
    ORDER BY c.created_at, c.id
$$;

DO $$ DECLARE
    routine regprocedure;
BEGIN
    FOR routine IN SELECT p.oid FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'api'::regnamespace LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sqlgym_client', routine);
    END LOOP;
END $$;
