-- The server tells: a notification when something changed that a learner's copy holds, so that a verdict or a reply shows
-- within a second. Payloads are empty and mean "look": what is new is asked for, under the usual policies. Whoever listens
-- to a channel learns when something changes for its owner, and so its name cannot be guessed. A pooler lets nobody listen;
-- looking now and then finds the same. sqlgym_news is everybody's: content and community, to look at in one's own time.

-- Clients of this version and later ones are served: a migration that they would misread raises it.
CREATE FUNCTION api.oldest_client() RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$ SELECT 10 $$;

CREATE TABLE private.notice_secret (
    alone boolean PRIMARY KEY DEFAULT true CHECK (alone),
    secret bytea NOT NULL DEFAULT ext.gen_random_bytes(32)
);
INSERT INTO private.notice_secret DEFAULT VALUES;

CREATE FUNCTION private.channel(of_user text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN (SELECT 'sqlgym_' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha256(s.secret || pg_catalog.convert_to(of_user, 'UTF8')), 'hex'), 40)
            FROM private.notice_secret s);
END $$;

-- What to listen to; NULL for who is not signed in.
CREATE FUNCTION api.my_channel() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT private.channel(api.current_user_id())
$$;

-- PostgreSQL tells once what a transaction says twice.
CREATE FUNCTION private.tell(a_user text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
BEGIN
    PERFORM pg_catalog.pg_notify(private.channel(a_user), '');
END $$;

CREATE FUNCTION private.tell_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NEW.reader <> '' THEN
        PERFORM private.tell(NEW.reader);
    ELSIF NEW.relation <> 'users' THEN -- somebody's figures, all the time
        NOTIFY sqlgym_news;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER INSERT ON private.changes FOR EACH ROW EXECUTE FUNCTION private.tell_change();

-- A reply is everybody's to read and its addressees' to know of.
CREATE FUNCTION private.tell_reply() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    addressee text;
BEGIN
    FOR addressee IN
        SELECT p.user_id FROM public.community_posts p WHERE p.id = NEW.post_id AND p.user_id <> NEW.user_id
        UNION SELECT c.user_id FROM public.post_comments c WHERE c.id = NEW.parent_id AND c.user_id <> NEW.user_id
    LOOP
        PERFORM private.tell(addressee);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER sqlgym_tell AFTER INSERT ON public.post_comments FOR EACH ROW EXECUTE FUNCTION private.tell_reply();

GRANT EXECUTE ON FUNCTION api.oldest_client(), api.my_channel() TO sqlgym_client;
