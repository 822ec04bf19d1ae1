-- Sessions, identity, signing up and in. Every function here is the owner's, sees no search_path but its own, and is
-- granted by name.

CREATE TABLE private.sessions (
    token_hash bytea PRIMARY KEY, -- sha256 of the token's UTF-8; the token itself is kept by the client alone
    user_id varchar NOT NULL REFERENCES public.users(id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX sessions_user ON private.sessions(user_id);
CREATE INDEX sessions_expires ON private.sessions(expires_at);

-- An address that somebody else had already: the account works, the address waits to be proved. Nobody learns from
-- signing up who has an account.
CREATE TABLE private.claimed_emails (
    user_id varchar PRIMARY KEY REFERENCES public.users(id) ON DELETE CASCADE,
    email varchar(255) NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now()
);

-- Attempts are counted where a ROLLBACK reaches nothing: in sequences, whose value is window * 1000 + attempts.
DO $$ BEGIN
    FOR slot IN 0..255 LOOP
        EXECUTE format('CREATE SEQUENCE private.auth_slot_%s', slot);
    END LOOP;
END $$;

-- Whether one more attempt for `subject` is allowed: so many in five minutes, shared with whoever falls into the same
-- slot. It is counted in any case, but for those beyond 900. nextval() counts however many come at once; only the first
-- of a window, who begins it, makes others wait. The lock is the session's, so that no transaction keeps it.
CREATE FUNCTION private.attempt_allowed(subject text, most integer DEFAULT 12) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    number integer := pg_catalog.get_byte(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.lower(subject), 'UTF8')), 0);
    slot regclass := pg_catalog.format('private.auth_slot_%s', number);
    base bigint := pg_catalog.floor(extract(epoch FROM pg_catalog.clock_timestamp()) / 300)::bigint * 1000;
    seen bigint := pg_catalog.pg_sequence_last_value(slot);
BEGIN
    IF seen >= base + 900 THEN
        RETURN false;
    END IF;
    seen := pg_catalog.nextval(slot);
    IF seen < base THEN
        PERFORM pg_catalog.pg_advisory_lock(1397836621, number); -- 'SQGM'
        BEGIN
            IF pg_catalog.pg_sequence_last_value(slot) < base THEN
                PERFORM pg_catalog.setval(slot, base);
            END IF;
            PERFORM pg_catalog.pg_advisory_unlock(1397836621, number);
        EXCEPTION WHEN query_canceled OR OTHERS THEN
            PERFORM pg_catalog.pg_advisory_unlock(1397836621, number);
            RAISE;
        END;
        seen := pg_catalog.nextval(slot);
    END IF;
    RETURN seen - base <= most;
END $$;

-- Hashes of the Python application begin with $2b$, which pgcrypto takes for something else; the algorithm is $2a$'s.
-- NULL for what is no bcrypt hash: an account without a password here.
CREATE FUNCTION private.known_hash(hash text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT CASE WHEN hash ~ '^[$]2[aby][$](0[4-9]|[12][0-9]|3[01])[$][./A-Za-z0-9]{53}$' THEN '$2a$' || pg_catalog.substr(hash, 5) END
$$;

-- `password` hashed with the salt of `hash`; of no hash, with one of nobody's. A cheaper hash than today's takes as long:
-- the cost is a power of two, so one of each cost between makes up for it.
CREATE FUNCTION private.hashed(password text, hash text) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    salt text := COALESCE(private.known_hash(hash), '$2a$12$zzzzzzzzzzzzzzzzzzzzzu0wKX0pT1cVtV0G0wJ1k0m2n3o4p5q6r');
BEGIN
    FOR cost IN pg_catalog.substr(salt, 5, 2)::integer .. 11 LOOP
        PERFORM ext.crypt(password, '$2a$' || pg_catalog.lpad(cost::text, 2, '0') || pg_catalog.substr(salt, 7));
    END LOOP;
    RETURN ext.crypt(password, salt);
END $$;

CREATE FUNCTION private.new_session(for_user varchar) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    token text := pg_catalog.encode(ext.gen_random_bytes(32), 'hex');
BEGIN
    INSERT INTO private.sessions (token_hash, user_id, expires_at)
    VALUES (pg_catalog.sha256(pg_catalog.convert_to(token, 'UTF8')), for_user, pg_catalog.now() + interval '12 hours');
    RETURN token;
END $$;

CREATE FUNCTION private.current_token_hash() RETURNS bytea
LANGUAGE sql STABLE SET search_path = '' AS $$
    -- The length first: a setting of many megabytes is not hashed.
    SELECT CASE WHEN pg_catalog.octet_length(pg_catalog.current_setting('sqlgym.token', true)) = 64
           THEN pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.current_setting('sqlgym.token', true), 'UTF8')) END
$$;

CREATE FUNCTION api.current_user_id() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT s.user_id::text FROM private.sessions s
    WHERE s.token_hash = private.current_token_hash() AND s.revoked_at IS NULL AND s.expires_at > pg_catalog.now()
$$;

CREATE FUNCTION api.is_admin() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE((SELECT u.is_admin FROM public.users u WHERE u.id = api.current_user_id()), false)
$$;

-- What is counted is counted now: an older view of the tables would not see what others, or other sessions of the same
-- learner, have written meanwhile.
CREATE FUNCTION private.require_present() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'this is done in read committed transactions only' USING ERRCODE = '25001';
    END IF;
END $$;

-- Who calls, for functions that write; the session lives on from now.
CREATE FUNCTION private.require_user() RETURNS varchar
LANGUAGE plpgsql VOLATILE SET search_path = '' AS $$
DECLARE
    caller varchar := api.current_user_id();
BEGIN
    IF caller IS NULL THEN
        RAISE EXCEPTION 'you are not signed in' USING ERRCODE = '28000', HINT = 'Sign in and try again.';
    END IF;
    PERFORM private.require_present();
    -- Once in five minutes is enough, and spares a write per call.
    UPDATE private.sessions SET expires_at = pg_catalog.now() + interval '12 hours'
    WHERE token_hash = private.current_token_hash() AND expires_at < pg_catalog.now() + interval '11 hours 55 minutes';
    RETURN caller;
END $$;

CREATE FUNCTION private.check_password(password text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
BEGIN
    IF password IS NULL OR pg_catalog.length(password) < 8 THEN
        RAISE EXCEPTION 'the password is too short' USING ERRCODE = '22023', HINT = 'Take at least 8 characters.';
    ELSIF pg_catalog.octet_length(password) > 72 THEN
        RAISE EXCEPTION 'the password is too long' USING ERRCODE = '22023', HINT = 'Take at most 72 bytes.';
    END IF;
END $$;

-- Accounts that gave one address, its owner first; only the first of them has it in public.users.
CREATE FUNCTION private.accounts_of(address text) RETURNS TABLE (id varchar, hash text)
LANGUAGE sql STABLE SET search_path = '' AS $$
    (SELECT u.id, private.known_hash(u.password_hash) FROM public.users u
     WHERE pg_catalog.lower(u.email) = pg_catalog.lower(address) ORDER BY (u.email = address) DESC, u.id)
    UNION ALL
    (SELECT u.id, private.known_hash(u.password_hash) FROM private.claimed_emails c JOIN public.users u ON u.id = c.user_id
     WHERE pg_catalog.lower(c.email) = pg_catalog.lower(address) ORDER BY c.claimed_at, u.id)
$$;

-- Accounts of one address share their salt: signing in by address takes one hash for however many there are, and whoever
-- signs up with another's address can sign in by it, as if it had been free.
CREATE FUNCTION private.salt_of(address text) RETURNS text
LANGUAGE sql VOLATILE SET search_path = '' AS $$
    SELECT COALESCE((SELECT a.hash FROM private.accounts_of(address) a WHERE a.hash IS NOT NULL LIMIT 1), ext.gen_salt('bf', 12))
$$;

CREATE FUNCTION api.sign_up(username text, email text, password text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    id varchar := pg_catalog.gen_random_uuid()::text;
    address_taken boolean;
BEGIN
    IF sign_up.username IS NULL OR pg_catalog.length(sign_up.username) > 50
       OR sign_up.username !~ '^[A-Za-z0-9][A-Za-z0-9_.-]{2,49}$' THEN
        RAISE EXCEPTION 'this cannot be a user name' USING ERRCODE = '22023',
            HINT = 'Take 3 to 50 letters, digits, dots, dashes and underscores, beginning with a letter or digit.';
    ELSIF sign_up.email IS NULL OR pg_catalog.length(sign_up.email) > 255
          OR sign_up.email !~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$' THEN
        RAISE EXCEPTION 'this is no e-mail address' USING ERRCODE = '22023';
    END IF;
    PERFORM private.check_password(sign_up.password);
    PERFORM private.require_present();
    IF NOT private.attempt_allowed('sign-up', 300) THEN
        RAISE EXCEPTION 'too many sign-ups at this moment' USING ERRCODE = '53400', HINT = 'Try again in five minutes.';
    END IF;
    -- Two who take the same name or address at once come one after the other.
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('sqlgym.user:' || pg_catalog.lower(sign_up.username), 0));
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('sqlgym.mail:' || pg_catalog.lower(sign_up.email), 0));
    -- Names are public: that one is taken is no secret.
    IF EXISTS (SELECT FROM public.users u WHERE pg_catalog.lower(u.username) = pg_catalog.lower(sign_up.username)) THEN
        RAISE EXCEPTION 'this user name is taken' USING ERRCODE = '23505', HINT = 'Take another one.';
    END IF;
    address_taken := EXISTS (SELECT FROM public.users u WHERE pg_catalog.lower(u.email) = pg_catalog.lower(sign_up.email));
    INSERT INTO public.users (id, username, email, password_hash)
    VALUES (id, sign_up.username, CASE WHEN address_taken THEN id || '@unproved.invalid' ELSE sign_up.email END,
            ext.crypt(sign_up.password, private.salt_of(sign_up.email)));
    IF address_taken THEN
        INSERT INTO private.claimed_emails (user_id, email) VALUES (id, sign_up.email);
    END IF;
    RETURN private.new_session(id);
END $$;

-- NULL whatever was wrong: login, password or too many attempts; in the same time but for the last.
CREATE FUNCTION api.sign_in(login text, password text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    found_id varchar;
    found_hash text;
    tried text;
BEGIN
    IF login IS NULL OR password IS NULL OR login = '' OR password = '' OR pg_catalog.length(login) > 255
       OR pg_catalog.octet_length(password) > 72 OR NOT private.attempt_allowed('in:' || login) THEN
        RETURN NULL;
    END IF;
    -- As written before as folded, should another database have brought both. A name before an address: both cost one hash.
    SELECT u.id, private.known_hash(u.password_hash) INTO found_id, found_hash FROM public.users u
    WHERE pg_catalog.lower(u.username) = pg_catalog.lower(login) ORDER BY (u.username = login) DESC, u.id LIMIT 1;
    IF found_id IS NULL THEN
        SELECT a.hash INTO found_hash FROM private.accounts_of(login) a WHERE a.hash IS NOT NULL LIMIT 1;
    END IF;
    tried := private.hashed(password, found_hash);
    IF found_id IS NULL THEN
        SELECT a.id, a.hash INTO found_id, found_hash FROM private.accounts_of(login) a WHERE a.hash = tried LIMIT 1;
    END IF;
    IF found_id IS NOT NULL AND found_hash = tried THEN
        RETURN private.new_session(found_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION api.sign_out() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
    UPDATE private.sessions SET revoked_at = pg_catalog.now()
    WHERE token_hash = private.current_token_hash() AND revoked_at IS NULL
$$;

-- Ends every other session of the account.
CREATE FUNCTION api.change_password(old text, new text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
    hash text;
    address text;
BEGIN
    PERFORM private.check_password(new);
    IF NOT private.attempt_allowed('change:' || caller) THEN
        RAISE EXCEPTION 'too many attempts' USING ERRCODE = '53400', HINT = 'Try again in five minutes.';
    END IF;
    SELECT private.known_hash(u.password_hash) INTO hash FROM public.users u WHERE u.id = caller FOR NO KEY UPDATE;
    IF old IS NULL OR pg_catalog.octet_length(old) > 72 OR private.hashed(old, hash) IS DISTINCT FROM private.known_hash(hash) THEN
        RAISE EXCEPTION 'the present password is another one' USING ERRCODE = '28P01';
    END IF;
    -- A salt that others of the same address share stays theirs.
    SELECT COALESCE(c.email, u.email) INTO address FROM public.users u LEFT JOIN private.claimed_emails c ON c.user_id = u.id
    WHERE u.id = caller;
    IF (SELECT pg_catalog.count(*) FROM private.accounts_of(address)) = 1 THEN
        hash := ext.gen_salt('bf', 12);
    END IF;
    UPDATE public.users SET password_hash = ext.crypt(new, hash), updated_at = pg_catalog.now() WHERE id = caller;
    UPDATE private.sessions SET revoked_at = pg_catalog.now()
    WHERE user_id = caller AND revoked_at IS NULL AND token_hash <> private.current_token_hash();
END $$;

CREATE FUNCTION api.my_account(OUT id text, OUT username text, OUT email text, OUT email_proved boolean, OUT first_name text,
    OUT last_name text, OUT company_name text, OUT linkedin_url text, OUT profile_image_url text, OUT problems_solved integer,
    OUT premium boolean, OUT is_admin boolean, OUT created_at timestamp) RETURNS record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT u.id, u.username, COALESCE(c.email, u.email), u.email_verified AND c.email IS NULL, u.first_name, u.last_name,
           u.company_name, u.linkedin_url, u.profile_image_url, u.problems_solved, u.premium, u.is_admin, u.created_at
    FROM public.users u LEFT JOIN private.claimed_emails c ON c.user_id = u.id
    WHERE u.id = api.current_user_id()
$$;

CREATE FUNCTION api.schema_version() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT pg_catalog.max(m.number) FROM private.migrations m
$$;

GRANT EXECUTE ON FUNCTION api.current_user_id(), api.is_admin(), api.sign_up(text, text, text), api.sign_in(text, text),
    api.sign_out(), api.change_password(text, text), api.my_account(), api.schema_version() TO sqlgym_client;
