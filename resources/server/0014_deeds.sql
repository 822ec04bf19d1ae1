-- Badges for what learners do for others: posts, comments, solutions and links of theirs, likes and followers they got. A deed
-- leaves a row here; a judge takes a learner's rows, counts what there is, and writes the badges that it earns.

-- Only ever added to and removed: whoever counts misses no deed that commits meanwhile, for its row is still there.
CREATE TABLE private.deeds (
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE
);
CREATE INDEX deeds_user ON private.deeds(user_id);

CREATE FUNCTION private.note_deeds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF private.is_loading() THEN
        RETURN NULL;
    ELSIF TG_TABLE_NAME = 'post_likes' THEN
        INSERT INTO private.deeds (user_id)
        SELECT DISTINCT p.user_id FROM fresh f JOIN public.community_posts p ON p.id = f.post_id WHERE p.user_id <> f.user_id;
    ELSIF TG_TABLE_NAME = 'followers' THEN
        INSERT INTO private.deeds (user_id) SELECT DISTINCT f.following_id FROM fresh f;
    ELSIF TG_TABLE_NAME = 'solutions' THEN
        INSERT INTO private.deeds (user_id) SELECT DISTINCT f.created_by FROM fresh f WHERE NOT f.is_official;
    ELSE
        INSERT INTO private.deeds (user_id) SELECT DISTINCT f.user_id FROM fresh f;
    END IF;
    IF FOUND THEN
        NOTIFY sqlgym_deeds;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_note_deeds AFTER INSERT ON public.community_posts REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION private.note_deeds();
CREATE TRIGGER sqlgym_note_deeds AFTER INSERT ON public.post_comments REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION private.note_deeds();
CREATE TRIGGER sqlgym_note_deeds AFTER INSERT ON public.post_likes REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION private.note_deeds();
CREATE TRIGGER sqlgym_note_deeds AFTER INSERT ON public.followers REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION private.note_deeds();
CREATE TRIGGER sqlgym_note_deeds AFTER INSERT ON public.solutions REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION private.note_deeds();
CREATE TRIGGER sqlgym_note_deeds AFTER INSERT ON public.helpful_links REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION private.note_deeds();

-- As they stand now (progress::Deeds). One's own likes are no deed, and official solutions nobody's.
CREATE FUNCTION private.learner_deeds(user_id text)
RETURNS TABLE (posts integer, comments integer, likes_received integer, followers integer, solutions_shared integer,
    links_shared integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    RETURN QUERY SELECT
        (SELECT pg_catalog.count(*) FROM public.community_posts p WHERE p.user_id = learner_deeds.user_id)::integer,
        (SELECT pg_catalog.count(*) FROM public.post_comments c WHERE c.user_id = learner_deeds.user_id)::integer,
        (SELECT COALESCE(pg_catalog.sum(p.likes), 0)
             - (SELECT pg_catalog.count(*) FROM public.post_likes l JOIN public.community_posts o ON o.id = l.post_id
                WHERE l.user_id = learner_deeds.user_id AND o.user_id = learner_deeds.user_id)
         FROM public.community_posts p WHERE p.user_id = learner_deeds.user_id)::integer,
        (SELECT pg_catalog.count(*) FROM public.followers f WHERE f.following_id = learner_deeds.user_id)::integer,
        (SELECT pg_catalog.count(*) FROM public.solutions s WHERE s.created_by = learner_deeds.user_id AND NOT s.is_official)::integer,
        (SELECT pg_catalog.count(*) FROM public.helpful_links l WHERE l.user_id = learner_deeds.user_id)::integer;
END $$;

-- Whose deeds wait to be counted, the longest first.
CREATE FUNCTION private.waiting_deeds(most integer) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT d.user_id::text FROM (SELECT x.id, x.user_id FROM private.deeds x ORDER BY x.id LIMIT 1000) d
    GROUP BY d.user_id ORDER BY min(d.id) LIMIT LEAST(GREATEST(most, 0), 1000)
$$;

-- First in the transaction that counts a learner's deeds; nothing else is decided of that learner until it ends
-- (private.open_verdict). False: another judge counted them.
CREATE FUNCTION private.open_deeds(user_id text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
BEGIN
    PERFORM FROM public.users u WHERE u.id = open_deeds.user_id FOR NO KEY UPDATE;
    DELETE FROM private.deeds d WHERE d.user_id = open_deeds.user_id;
    RETURN FOUND;
END $$;

-- Answers how many are new.
CREATE FUNCTION private.award_badges(user_id text, badges text[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    awarded integer;
BEGIN
    INSERT INTO public.user_badges (id, user_id, badge_id, earned_at)
    SELECT pg_catalog.gen_random_uuid()::text, u.id, b.id, pg_catalog.now()
    FROM public.users u, public.badges b WHERE u.id = award_badges.user_id AND b.id = ANY (award_badges.badges)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS awarded = ROW_COUNT;
    RETURN awarded;
END $$;

GRANT EXECUTE ON FUNCTION private.learner_deeds(text), private.waiting_deeds(integer), private.open_deeds(text),
    private.award_badges(text, text[]) TO sqlgym_judge;
