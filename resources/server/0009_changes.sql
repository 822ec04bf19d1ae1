-- What changed, for whoever keeps a copy: a log that triggers write, one row a statement and reader, and the function that
-- answers what of it a learner's copy lacks. Order is the order of transactions: a position in the log is the newest
-- transaction before all that still run, so that one which commits late is read later and never missed.

CREATE TABLE private.changes (
    xid xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now(),
    reader varchar NOT NULL, -- a user's id; '' = everybody
    relation text NOT NULL,  -- '' = none: all that the reader sees may be otherwise
    keys text[],             -- NULL = so many that a new copy costs less
    size integer NOT NULL
);
ALTER TABLE private.changes ALTER COLUMN keys SET STORAGE EXTERNAL;
CREATE INDEX changes_xid ON private.changes(xid);
CREATE INDEX changes_reader ON private.changes(reader, xid);
INSERT INTO private.changes (reader, relation, keys, size) VALUES ('', '', '{}', 0); -- a position to begin from

-- The cluster whose transactions the log counts. A dump that was restored elsewhere brings another cluster's numbers.
CREATE TABLE private.origin (cluster text NOT NULL);
CREATE FUNCTION private.cluster() RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT s.system_identifier || '-' || c.timeline_id FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c
$$;
INSERT INTO private.origin SELECT private.cluster();

-- The tables that are copied, in an order in which references come after what they refer to. `readers`: whose a changed row
-- x is, as an expression or a set. `sight`: which of the rows that the policies let a learner read belong into the
-- copy; a learner's own, content, and of the community 90 days and what one has to do with.
CREATE TABLE private.mirrored (
    place integer PRIMARY KEY,
    relation text UNIQUE NOT NULL,
    readers text NOT NULL,
    sight text NOT NULL
);
CREATE FUNCTION api.followed_ids() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE(pg_catalog.array_agg(f.following_id::text), '{}') FROM public.followers f WHERE f.follower_id = api.current_user_id()
$$;
-- Posts that one answered or liked, or that are about a problem with one's bookmark.
CREATE FUNCTION api.kept_posts() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE(pg_catalog.array_agg(k.id), '{}') FROM (
        SELECT c.post_id::text FROM public.post_comments c WHERE c.user_id = api.current_user_id()
        UNION SELECT l.post_id::text FROM public.post_likes l WHERE l.user_id = api.current_user_id()
        UNION SELECT p.id::text FROM public.problem_interactions i JOIN public.community_posts p ON p.problem_id = i.problem_id
        WHERE i.user_id = api.current_user_id() AND i.bookmark) k(id)
$$;
CREATE INDEX sqlgym_community_posts_created ON public.community_posts(created_at);
CREATE INDEX sqlgym_post_comments_created ON public.post_comments(created_at);

INSERT INTO private.mirrored VALUES
    (1, 'topics', $$''$$, 'true'),
    (2, 'problems', $$''$$, 'true'),
    (3, 'problem_schemas', $$''$$, 'true'),
    (4, 'test_cases', $$''$$, 'true'),
    (5, 'badges', $$''$$, 'true'),
    (6, 'users', $$''$$, $$x.id = (SELECT api.current_user_id()) OR x.id = ANY ((SELECT api.followed_ids())::text[])
        OR EXISTS (SELECT FROM public.followers f WHERE f.follower_id = x.id AND f.following_id = (SELECT api.current_user_id()))
        OR EXISTS (SELECT FROM public.community_posts p WHERE p.user_id = x.id AND {post p})
        OR EXISTS (SELECT FROM public.post_comments c JOIN public.community_posts p ON p.id = c.post_id WHERE c.user_id = x.id AND {post p})
        OR EXISTS (SELECT FROM public.helpful_links l WHERE l.user_id = x.id AND {recent l})
        OR EXISTS (SELECT FROM public.solutions s WHERE s.created_by = x.id AND {solution s})$$),
    (7, 'followers', 'follower_id following_id', $$(SELECT api.current_user_id()) IN (x.follower_id, x.following_id)$$),
    (8, 'helpful_links', $$''$$, $${recent x} OR x.user_id = (SELECT api.current_user_id()) OR x.user_id = ANY ((SELECT api.followed_ids())::text[])$$),
    (9, 'submissions', 'user_id', '{own x}'),
    (10, 'problem_submissions', 'user_id', '{own x}'),
    (11, 'problem_sessions', 'user_id', '{own x}'),
    (12, 'execution_results', 'submission', $$EXISTS (SELECT FROM public.submissions s WHERE s.id = x.submission_id AND {own s})$$),
    (13, 'user_progress', 'user_id', '{own x}'),
    (14, 'user_badges', 'user_id', '{own x}'),
    (15, 'community_posts', $$''$$, '{post x}'),
    (16, 'post_likes', 'user_id', '{own x} AND EXISTS (SELECT FROM public.community_posts p WHERE p.id = x.post_id)'),
    (17, 'post_comments', $$''$$, 'EXISTS (SELECT FROM public.community_posts p WHERE p.id = x.post_id AND {post p})'),
    (18, 'problem_interactions', 'user_id', '{own x}'),
    (19, 'solutions', $$''$$, '{solution x}');

-- The abbreviations in `sight`, written out.
CREATE FUNCTION private.written_out(sight text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $f$
    SELECT pg_catalog.regexp_replace(pg_catalog.regexp_replace(pg_catalog.regexp_replace(pg_catalog.regexp_replace(sight,
        '\{post (\w)\}', $$({recent \1} OR \1.user_id = (SELECT api.current_user_id()) OR \1.user_id = ANY ((SELECT api.followed_ids())::text[]) OR \1.id = ANY ((SELECT api.kept_posts())::text[]))$$, 'g'),
        '\{solution (\w)\}', $$(\1.is_official OR {recent \1} OR \1.created_by = (SELECT api.current_user_id()) OR \1.created_by = ANY ((SELECT api.followed_ids())::text[]))$$, 'g'),
        '\{recent (\w)\}', $$\1.created_at > pg_catalog.timezone('UTC', pg_catalog.now()) - interval '90 days'$$, 'g'),
        '\{own (\w)\}', $$\1.user_id = (SELECT api.current_user_id())$$, 'g')
$f$;

-- What a client may read of a table: a column each, its type, and it as an expression over x. Of problems also the solution,
-- where it may be seen.
CREATE FUNCTION private.mirrored_columns(of_table text) RETURNS TABLE (place integer, name text, type text, expression text)
LANGUAGE sql STABLE SET search_path = '' AS $f$
    SELECT a.attnum, a.attname, t.typname, 'x.' || pg_catalog.quote_ident(a.attname)
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = ('public.' || pg_catalog.quote_ident(of_table))::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND pg_catalog.has_column_privilege('sqlgym_client', a.attrelid, a.attnum, 'SELECT')
    UNION ALL
    SELECT 10000, 'master_solution', 'jsonb',
        'CASE WHEN x.id = ANY ((SELECT api.open_problems())::text[]) THEN api.master_solution(x.id) END AS master_solution'
    WHERE of_table = 'problems'
$f$;
CREATE FUNCTION private.mirrored_list(of_table text) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT pg_catalog.string_agg(c.expression, ', ' ORDER BY c.place) FROM private.mirrored_columns(of_table) c
$$;

-- What a new copy is made of: one query a table, for COPY, whose rows the policies choose, with its columns and their types. With
-- what changes_since() answers for NULL in the same snapshot, the copy has a position.
CREATE FUNCTION api.mirror() RETURNS TABLE (relation text, columns text[], types text[], query text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT m.relation, c.names, c.types, pg_catalog.format('SELECT %s FROM public.%I x WHERE %s', private.mirrored_list(m.relation),
                                                           m.relation, private.written_out(m.sight))
    FROM private.mirrored m CROSS JOIN LATERAL (
        SELECT pg_catalog.array_agg(f.name ORDER BY f.place) AS names, pg_catalog.array_agg(f.type ORDER BY f.place) AS types
        FROM private.mirrored_columns(m.relation) f) c
    ORDER BY m.place
$$;

-- Writing the log.

-- Up to 10,000 rows of a statement by their keys.
CREATE FUNCTION private.log_change(for_reader text, of_relation text, of_keys text[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    INSERT INTO private.changes (reader, relation, keys, size)
    SELECT for_reader, of_relation, CASE WHEN pg_catalog.cardinality(of_keys) <= 10000 THEN of_keys END, pg_catalog.cardinality(of_keys)
    WHERE pg_catalog.cardinality(of_keys) > 0
$$;

-- Posts that came into or went out of a reader's sight, with what is said under them and by whom.
CREATE FUNCTION private.log_posts(for_reader text, posts text[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    SELECT private.log_change(for_reader, 'users', (
        SELECT pg_catalog.array_agg(a.id) FROM (
            SELECT p.user_id::text FROM public.community_posts p WHERE p.id = ANY (posts)
            UNION SELECT c.user_id::text FROM public.post_comments c WHERE c.post_id = ANY (posts)) a(id)));
    SELECT private.log_change(for_reader, 'community_posts', posts);
    SELECT private.log_change(for_reader, 'post_comments', (
        SELECT pg_catalog.array_agg(c.id::text) FROM public.post_comments c WHERE c.post_id = ANY (posts)));
    INSERT INTO private.changes (reader, relation, keys, size)
    SELECT l.user_id, 'post_likes', pg_catalog.array_agg(l.id), pg_catalog.count(*) FROM public.post_likes l
    WHERE l.post_id = ANY (posts) AND for_reader IN ('', l.user_id) GROUP BY l.user_id;
$$;

-- A problem that a learner solved or gave up: its solutions may be seen.
CREATE FUNCTION private.log_opened(for_reader text, problem text) RETURNS void
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    SELECT private.log_change(for_reader, 'problems', ARRAY[problem]);
    SELECT private.log_change(for_reader, 'users', (SELECT pg_catalog.array_agg(DISTINCT s.created_by::text) FROM public.solutions s WHERE s.problem_id = problem));
    SELECT private.log_change(for_reader, 'solutions', (SELECT pg_catalog.array_agg(s.id::text) FROM public.solutions s WHERE s.problem_id = problem));
$$;

-- Makes, or makes anew, what hangs on private.mirrored: a trigger function and three triggers a table, and
-- api.changes_since(). A migration that changes those tables calls it again.
CREATE FUNCTION private.build_mirror() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $build$
DECLARE
    m record;
    readers text;
    source text;
    branches text := '';
BEGIN
    FOR m IN SELECT * FROM private.mirrored ORDER BY place LOOP
        source := CASE m.readers
            WHEN 'submission' THEN 'changed x JOIN public.submissions r ON r.id = x.submission_id'
            WHEN 'follower_id following_id' THEN 'changed x CROSS JOIN LATERAL (VALUES (x.follower_id), (x.following_id)) r(user_id)'
            ELSE 'changed x' END;
        readers := CASE m.readers WHEN 'submission' THEN 'r.user_id' WHEN 'follower_id following_id' THEN 'r.user_id'
                                  WHEN 'user_id' THEN 'x.user_id' ELSE m.readers END;
        EXECUTE pg_catalog.format($f$
            CREATE OR REPLACE FUNCTION private.%1$I() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $t$
            DECLARE
                rows_logged integer;
            BEGIN
                -- One row costs the least this way; of more, these two are written twice, which does no harm.
                INSERT INTO private.changes (reader, relation, keys, size) SELECT %3$s, %2$L, ARRAY[x.id], 1 FROM %4$s LIMIT 2;
                GET DIAGNOSTICS rows_logged = ROW_COUNT;
                IF rows_logged > 1 AND EXISTS (SELECT FROM changed OFFSET 10000) THEN
                    INSERT INTO private.changes (reader, relation, size) SELECT %3$s, %2$L, pg_catalog.count(*) FROM %4$s GROUP BY 1;
                ELSIF rows_logged > 1 THEN
                    INSERT INTO private.changes (reader, relation, keys, size)
                    SELECT %3$s, %2$L, pg_catalog.array_agg(x.id), pg_catalog.count(*) FROM %4$s GROUP BY 1;
                END IF;
                RETURN NULL;
            END $t$ $f$, 'changed_' || m.relation, m.relation, readers, source);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER sqlgym_log_insert AFTER INSERT ON public.%I REFERENCING NEW TABLE AS changed '
            'FOR EACH STATEMENT EXECUTE FUNCTION private.%I()', m.relation, 'changed_' || m.relation);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER sqlgym_log_update AFTER UPDATE ON public.%I REFERENCING %s NEW TABLE AS changed '
            'FOR EACH STATEMENT EXECUTE FUNCTION private.%I()', m.relation, CASE m.relation WHEN 'users' THEN 'OLD TABLE AS former' END,
            CASE m.relation WHEN 'users' THEN 'log_users' ELSE 'changed_' || m.relation END);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER sqlgym_log_delete AFTER DELETE ON public.%I REFERENCING OLD TABLE AS changed '
            'FOR EACH STATEMENT EXECUTE FUNCTION private.%I()', m.relation, 'changed_' || m.relation);
        EXECUTE pg_catalog.format('CREATE OR REPLACE TRIGGER sqlgym_log_truncate AFTER TRUNCATE ON public.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION private.log_all()', m.relation);
        branches := branches || pg_catalog.format($f$
                WHEN %1$L THEN RETURN QUERY
                    SELECT %1$L, k.id, pg_catalog.to_jsonb(r), page.mark FROM pg_catalog.unnest(page.keys) k(id)
                    LEFT JOIN LATERAL (SELECT %2$s FROM public.%3$I x WHERE x.id = k.id AND (%4$s)) r ON true;$f$,
            m.relation, private.mirrored_list(m.relation), m.relation, private.written_out(m.sight));
    END LOOP;
    -- The caller's own rights and policies choose the rows, all in the caller's snapshot.
    EXECUTE $f$
        CREATE OR REPLACE FUNCTION api.changes_since(cursor text)
        RETURNS TABLE (relation text, id text, data jsonb, next_cursor text)
        LANGUAGE plpgsql STABLE SET search_path = '' AS $t$
        DECLARE
            page record;
        BEGIN
            FOR page IN SELECT * FROM api.change_page(changes_since.cursor) LOOP
                CASE page.relation $f$ || branches || $f$
                ELSE RETURN QUERY SELECT NULL, NULL, page.state, page.mark;
                END CASE;
            END LOOP;
        END $t$ $f$;
END $build$;

-- Reading it.

-- Which keys of which tables changed for the caller after `cursor`: rows by table, each key once, and last of all one without
-- a table, whose state says whether there is "more" after this page, or whether the copy is to be made anew ("fresh"): there
-- is no such position, for it is too old, of another server or of one that was restored; or too much changed.
-- "horizon": with the page, the caller has whatever was done before that transaction.
-- mark: version, cluster, and the newest transaction that the page takes in, with its moment.
CREATE FUNCTION api.change_page(cursor text) RETURNS TABLE (relation text, keys text[], state jsonb, mark text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    caller varchar := api.current_user_id();
    horizon xid8 := pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot());
    place text := api.schema_version() || '/' || private.cluster();
    parts text[] := pg_catalog.regexp_match(cursor, '^([0-9]{1,6}/[0-9]{1,20}-[0-9]{1,10})/([0-9]{1,19})/([0-9]{1,17})$');
    since xid8;
    last record;
    total bigint;
    renewal boolean;
BEGIN
    IF caller IS NULL THEN
        RAISE EXCEPTION 'you are not signed in' USING ERRCODE = '28000', HINT = 'Sign in and try again.';
    END IF;
    SELECT c.xid, c.at INTO last FROM private.changes c WHERE c.xid < horizon ORDER BY c.xid DESC LIMIT 1;
    IF parts[1] = place THEN
        SELECT c.xid INTO since FROM private.changes c
        WHERE c.xid = parts[2]::xid8 AND (extract(epoch FROM c.at) * 1000000)::bigint = parts[3]::bigint LIMIT 1;
    END IF;
    IF since IS NOT NULL THEN
        SELECT pg_catalog.sum(c.size), pg_catalog.bool_or(c.keys IS NULL OR c.relation = '') INTO total, renewal
        FROM private.changes c WHERE c.reader IN ('', caller) AND c.xid > since AND c.xid < horizon;
        IF renewal OR total > 50000 THEN
            since := NULL;
        ELSIF total > 5000 THEN
            -- Whole transactions only.
            SELECT w.xid, w.at INTO last FROM (
                SELECT c.xid, c.at, pg_catalog.sum(c.size) OVER (ORDER BY c.xid) AS so_far FROM private.changes c
                WHERE c.reader IN ('', caller) AND c.xid > since AND c.xid < horizon) w
            WHERE w.so_far >= 5000 ORDER BY w.xid LIMIT 1;
        END IF;
    END IF;
    mark := place || '/' || COALESCE(last.xid::text, '0') || '/' || COALESCE((extract(epoch FROM last.at) * 1000000)::bigint, 0);
    IF total > 0 AND since IS NOT NULL THEN
        FOR relation, keys IN
            SELECT m.relation, pg_catalog.array_agg(DISTINCT k.id)
            FROM private.changes c JOIN private.mirrored m ON m.relation = c.relation CROSS JOIN LATERAL pg_catalog.unnest(c.keys) k(id)
            WHERE c.reader IN ('', caller) AND c.xid > since AND c.xid <= last.xid
            GROUP BY m.relation, m.place ORDER BY m.place
        LOOP
            RETURN NEXT;
        END LOOP;
    END IF;
    relation := NULL;
    keys := NULL;
    state := pg_catalog.jsonb_build_object('fresh', since IS NULL, 'more', since IS NOT NULL AND total > 5000 AND EXISTS (
        SELECT FROM private.changes c WHERE c.reader IN ('', caller) AND c.xid > last.xid AND c.xid < horizon));
    state := state || pg_catalog.jsonb_build_object('horizon',
        CASE WHEN (state->>'more')::boolean THEN last.xid::text::bigint + 1 ELSE horizon::text::bigint END);
    RETURN NEXT;
END $$;

-- What changes somebody's sight without changing the rows.

CREATE FUNCTION private.log_all() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO private.changes (reader, relation, size) VALUES ('', '', 0);
    RETURN NULL;
END $$;

-- Who somebody is, is for everybody; how many problems they solved changes with every one of them, and is for themselves until
-- something else changes.
CREATE FUNCTION private.log_users() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO private.changes (reader, relation, keys, size)
    SELECT CASE WHEN (n.username, n.first_name, n.last_name, n.company_name, n.linkedin_url, n.profile_image_url)
                     IS DISTINCT FROM (o.username, o.first_name, o.last_name, o.company_name, o.linkedin_url, o.profile_image_url)
                THEN '' ELSE n.id END,
        'users', CASE WHEN pg_catalog.count(*) <= 10000 THEN pg_catalog.array_agg(n.id) END, pg_catalog.count(*)
    FROM changed n JOIN former o ON o.id = n.id GROUP BY 1;
    RETURN NULL;
END $$;

SELECT private.build_mirror();

-- Premium or an instructor's rights that come or go: all is otherwise.
CREATE FUNCTION private.log_standing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO private.changes (reader, relation, size) VALUES (NEW.id, '', 0);
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_log_standing AFTER UPDATE OF premium, is_admin ON public.users FOR EACH ROW
    WHEN (OLD.premium IS DISTINCT FROM NEW.premium OR OLD.is_admin IS DISTINCT FROM NEW.is_admin) EXECUTE FUNCTION private.log_standing();

CREATE FUNCTION private.log_solved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM private.log_opened(OLD.user_id, OLD.problem_id);
    -- What is solved once stays open.
    ELSIF TG_TABLE_NAME <> 'submissions' OR NOT EXISTS (SELECT FROM public.submissions s WHERE s.user_id = NEW.user_id
            AND s.problem_id = NEW.problem_id AND s.is_correct AND s.id <> NEW.id) THEN
        PERFORM private.log_opened(NEW.user_id, NEW.problem_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_log_solved AFTER INSERT ON public.submissions FOR EACH ROW WHEN (NEW.is_correct)
    EXECUTE FUNCTION private.log_solved();
CREATE TRIGGER sqlgym_log_rejudged AFTER UPDATE OF is_correct ON public.submissions FOR EACH ROW
    WHEN (OLD.is_correct <> NEW.is_correct) EXECUTE FUNCTION private.log_solved();
CREATE TRIGGER sqlgym_log_unsolved AFTER DELETE ON public.submissions FOR EACH ROW WHEN (OLD.is_correct)
    EXECUTE FUNCTION private.log_solved();
CREATE TRIGGER log_given_up AFTER INSERT ON private.give_ups FOR EACH ROW EXECUTE FUNCTION private.log_solved();

-- Authors come with what they wrote.
CREATE FUNCTION private.log_author() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM private.log_change('', 'users', ARRAY[CASE TG_TABLE_NAME WHEN 'solutions' THEN pg_catalog.to_jsonb(NEW) ->> 'created_by'
                                                  ELSE pg_catalog.to_jsonb(NEW) ->> 'user_id' END]);
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_log_author AFTER INSERT ON public.community_posts FOR EACH ROW EXECUTE FUNCTION private.log_author();
CREATE TRIGGER sqlgym_log_author AFTER INSERT ON public.post_comments FOR EACH ROW EXECUTE FUNCTION private.log_author();
CREATE TRIGGER sqlgym_log_author AFTER INSERT ON public.helpful_links FOR EACH ROW EXECUTE FUNCTION private.log_author();
CREATE TRIGGER sqlgym_log_author AFTER INSERT ON public.solutions FOR EACH ROW EXECUTE FUNCTION private.log_author();

-- Old posts come into sight, or go, with whom one follows, what one bookmarks, likes and answers.
CREATE FUNCTION private.log_interest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    row_of jsonb := pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    reader text := COALESCE(row_of ->> 'follower_id', row_of ->> 'user_id');
BEGIN
    PERFORM private.log_posts(reader, (
        SELECT pg_catalog.array_agg(p.id::text) FROM public.community_posts p
        WHERE p.created_at <= pg_catalog.timezone('UTC', pg_catalog.now()) - interval '89 days'
          AND CASE TG_TABLE_NAME WHEN 'followers' THEN p.user_id = row_of ->> 'following_id'
                                 WHEN 'problem_interactions' THEN p.problem_id = row_of ->> 'problem_id'
                                 ELSE p.id = row_of ->> 'post_id' END));
    IF TG_TABLE_NAME = 'followers' THEN
        PERFORM private.log_change(reader, 'users', ARRAY[row_of ->> 'following_id']);
        PERFORM private.log_change(row_of ->> 'following_id', 'users', ARRAY[reader]);
        PERFORM private.log_change(reader, 'helpful_links', (SELECT pg_catalog.array_agg(l.id::text) FROM public.helpful_links l WHERE l.user_id = row_of ->> 'following_id'));
        PERFORM private.log_change(reader, 'solutions', (SELECT pg_catalog.array_agg(s.id::text) FROM public.solutions s WHERE s.created_by = row_of ->> 'following_id'));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_log_interest AFTER INSERT OR DELETE ON public.followers FOR EACH ROW EXECUTE FUNCTION private.log_interest();
CREATE TRIGGER sqlgym_log_interest AFTER INSERT OR DELETE ON public.post_likes FOR EACH ROW EXECUTE FUNCTION private.log_interest();
CREATE TRIGGER sqlgym_log_interest AFTER INSERT OR DELETE ON public.post_comments FOR EACH ROW EXECUTE FUNCTION private.log_interest();
CREATE TRIGGER sqlgym_log_interest AFTER UPDATE OF bookmark OR INSERT OR DELETE ON public.problem_interactions FOR EACH ROW EXECUTE FUNCTION private.log_interest();

-- Hidden by oneself, or from everybody.
CREATE FUNCTION private.log_hidden() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    row_of jsonb := pg_catalog.to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
    reader text := CASE TG_TABLE_NAME WHEN 'hidden' THEN row_of ->> 'user_id' ELSE '' END;
    target text := row_of ->> 'target_id';
BEGIN
    CASE row_of ->> 'kind'
        WHEN 'post' THEN PERFORM private.log_posts(reader, ARRAY[target]);
        WHEN 'comment' THEN PERFORM private.log_change(reader, 'post_comments', ARRAY[target]);
        WHEN 'link' THEN PERFORM private.log_change(reader, 'helpful_links', ARRAY[target]);
        WHEN 'solution' THEN PERFORM private.log_change(reader, 'solutions', ARRAY[target]);
        WHEN 'user' THEN
            PERFORM private.log_posts(reader, (SELECT pg_catalog.array_agg(p.id::text) FROM public.community_posts p WHERE p.user_id = target));
            PERFORM private.log_change(reader, 'post_comments', (SELECT pg_catalog.array_agg(c.id::text) FROM public.post_comments c WHERE c.user_id = target));
            PERFORM private.log_change(reader, 'helpful_links', (SELECT pg_catalog.array_agg(l.id::text) FROM public.helpful_links l WHERE l.user_id = target));
            PERFORM private.log_change(reader, 'solutions', (SELECT pg_catalog.array_agg(s.id::text) FROM public.solutions s WHERE s.created_by = target));
            PERFORM private.log_change(reader, 'users', ARRAY[target]);
        ELSE NULL;
    END CASE;
    RETURN NULL;
END $$;
CREATE TRIGGER log_hidden AFTER INSERT OR DELETE ON private.hidden FOR EACH ROW EXECUTE FUNCTION private.log_hidden();
CREATE TRIGGER log_hidden AFTER INSERT OR UPDATE ON private.moderated FOR EACH ROW EXECUTE FUNCTION private.log_hidden();

-- Thirty days are kept, and the newest row: some position is always good. Answers how many rows went.
CREATE FUNCTION private.prune_changes(most integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    gone integer;
BEGIN
    IF NOT EXISTS (SELECT FROM private.origin o WHERE o.cluster = private.cluster()) THEN
        DELETE FROM private.changes;
        GET DIAGNOSTICS gone = ROW_COUNT;
        INSERT INTO private.changes (reader, relation, keys, size) VALUES ('', '', '{}', 0);
        UPDATE private.origin SET cluster = private.cluster();
        RETURN gone;
    END IF;
    DELETE FROM private.changes c WHERE c.ctid = ANY (ARRAY(
        SELECT o.ctid FROM private.changes o
        WHERE o.at < pg_catalog.now() - interval '30 days' AND o.xid < (SELECT n.xid FROM private.changes n ORDER BY n.xid DESC LIMIT 1)
        ORDER BY o.xid LIMIT LEAST(GREATEST(COALESCE(most, 0), 0), 10000) FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

GRANT EXECUTE ON FUNCTION api.followed_ids(), api.kept_posts(), api.mirror(), api.change_page(text), api.changes_since(text) TO sqlgym_client;
GRANT EXECUTE ON FUNCTION private.prune_changes(integer) TO sqlgym_judge;
