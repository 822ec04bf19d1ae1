-- What was deleted stays deleted. A request that the network kept back may come after the one that deletes what it makes,
-- for a client that hears nothing asks again on another connection: its id is spent. Ids are kept for a month.

CREATE TABLE private.deleted (
    id varchar PRIMARY KEY,
    kind text NOT NULL,
    user_id varchar NOT NULL,
    deleted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX deleted_at ON private.deleted(deleted_at);

CREATE FUNCTION private.keep_deleted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO private.deleted (id, kind, user_id)
    SELECT g.id, TG_ARGV[0], pg_catalog.to_jsonb(g) ->> TG_ARGV[1] FROM gone g
    ON CONFLICT DO NOTHING;
    -- As many old ones go as came, and one more.
    DELETE FROM private.deleted d WHERE d.id IN (
        SELECT o.id FROM private.deleted o WHERE o.deleted_at < pg_catalog.now() - interval '30 days'
        ORDER BY o.deleted_at LIMIT (SELECT pg_catalog.count(*) + 1 FROM gone) FOR UPDATE SKIP LOCKED);
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_keep_deleted AFTER DELETE ON public.community_posts REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION private.keep_deleted('post', 'user_id');
CREATE TRIGGER sqlgym_keep_deleted AFTER DELETE ON public.post_comments REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION private.keep_deleted('comment', 'user_id');
CREATE TRIGGER sqlgym_keep_deleted AFTER DELETE ON public.helpful_links REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION private.keep_deleted('link', 'user_id');
CREATE TRIGGER sqlgym_keep_deleted AFTER DELETE ON public.solutions REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION private.keep_deleted('solution', 'created_by');

-- As before, and of what is gone again: it was made. Another's id is refused.
CREATE OR REPLACE FUNCTION private.is_made(kind text, id text, caller text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    owner text := private.owner_of(kind, id);
BEGIN
    PERFORM private.check_uuid(id);
    IF owner IS NULL THEN
        SELECT d.user_id INTO owner FROM private.deleted d WHERE d.id = is_made.id AND d.kind = is_made.kind;
    END IF;
    IF owner <> caller THEN
        RAISE EXCEPTION 'this id stands for something else' USING ERRCODE = '23505';
    END IF;
    RETURN owner IS NOT NULL;
END $$;
