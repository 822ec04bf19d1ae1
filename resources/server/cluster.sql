-- Roles and what PostgreSQL grants to everybody by default. Run at each init and upgrade by whoever administers the
-- server, each part by itself ("--;;" ends one): where a part is not allowed, the server works and its status says what
-- is weaker. A part begins with what it is for, after "-- ".

-- the owner of all tables and functions, who cannot log in
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'sqlgym_owner') THEN
        CREATE ROLE sqlgym_owner NOLOGIN NOINHERIT;
    END IF;
    EXECUTE format('GRANT sqlgym_owner TO %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
    IF NOT pg_catalog.pg_has_role(current_user, 'sqlgym_owner', 'MEMBER') THEN
        RAISE;
    END IF;
END $$
--;;
-- the role that clients connect as
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'sqlgym_client') THEN
        CREATE ROLE sqlgym_client LOGIN NOINHERIT CONNECTION LIMIT 80;
    END IF;
END $$
--;;
-- the role that judges connect as
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'sqlgym_judge') THEN
        CREATE ROLE sqlgym_judge LOGIN NOINHERIT CONNECTION LIMIT 20;
    END IF;
END $$
--;;
-- nobody connects to this database, or makes temporary tables in it, by default
DO $$ BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO sqlgym_client, sqlgym_judge', current_database());
END $$
--;;
-- the schemas, and nothing in them for everybody
DO $$ BEGIN
    CREATE SCHEMA IF NOT EXISTS private AUTHORIZATION sqlgym_owner;
    CREATE SCHEMA IF NOT EXISTS api AUTHORIZATION sqlgym_owner;
    CREATE SCHEMA IF NOT EXISTS ext AUTHORIZATION sqlgym_owner;
    REVOKE ALL ON SCHEMA private, api, ext FROM PUBLIC;
    REVOKE ALL ON SCHEMA private, ext FROM sqlgym_client, sqlgym_judge;
    GRANT USAGE ON SCHEMA api TO sqlgym_client, sqlgym_judge;
    GRANT USAGE ON SCHEMA private TO sqlgym_judge;
END $$
--;;
-- the schema of the tables, and nothing in it for everybody
DO $$ BEGIN
    ALTER SCHEMA public OWNER TO sqlgym_owner;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO sqlgym_client, sqlgym_judge;
END $$
--;;
-- what is made later is not callable by everybody
ALTER DEFAULT PRIVILEGES FOR ROLE sqlgym_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC
--;;
-- pgcrypto, for the owner's functions alone
DO $$ DECLARE
    routine regprocedure;
BEGIN
    CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA ext;
    FOR routine IN SELECT p.oid FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'ext'::regnamespace LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', routine);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sqlgym_owner', routine);
    END LOOP;
END $$
--;;
-- learners write no functions and no DO blocks (the owner keeps both languages)
DO $$ BEGIN
    REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
    IF has_language_privilege('public', 'plpgsql', 'USAGE') THEN -- only a warning came
        RAISE insufficient_privilege USING MESSAGE = 'only a superuser may';
    END IF;
    GRANT USAGE ON LANGUAGE plpgsql, sql TO sqlgym_owner;
END $$
--;;
-- learners cannot end or see each other's sessions, sleep, take locks at will, keep large objects or dump tables as XML
DO $$ DECLARE
    routine regprocedure;
BEGIN
    FOR routine IN
        SELECT p.oid FROM pg_catalog.pg_proc p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace
          AND p.proname ~ ('^(pg_sleep.*|pg_(try_)?advisory.*|lo_.*|loread|lowrite|pg_terminate_backend|pg_cancel_backend|'
                           'pg_stat_get_.*|pg_lock_status|pg_prepared_xact|pg_blocking_pids|pg_safe_snapshot_blocking_pids|'
                           'pg_export_snapshot|pg_notify|pg_logical_emit_message|.*_to_xml.*)$')
          AND pg_catalog.has_function_privilege('public', p.oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', routine);
        IF has_function_privilege('public', routine, 'EXECUTE') THEN
            RAISE insufficient_privilege USING MESSAGE = 'only a superuser may';
        END IF;
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sqlgym_owner, pg_monitor', routine);
    END LOOP;
END $$
--;;
-- learners' statements are shown to nobody, and temporary files are bounded
DO $$ BEGIN
    ALTER ROLE sqlgym_client RESET ALL;
    ALTER ROLE sqlgym_client SET track_activities = off;
    ALTER ROLE sqlgym_client SET temp_file_limit = '50MB';
    ALTER ROLE sqlgym_client SET log_parameter_max_length = 0;
END $$
--;;
-- settings that clients and judges start with (a client may change its own; this makes them what they were)
DO $$ BEGIN
    EXECUTE format('ALTER ROLE sqlgym_client IN DATABASE %I RESET ALL', current_database());
    ALTER ROLE sqlgym_client SET statement_timeout = '15s';
    ALTER ROLE sqlgym_client SET lock_timeout = '5s';
    ALTER ROLE sqlgym_client SET idle_in_transaction_session_timeout = '30s';
    ALTER ROLE sqlgym_client SET search_path = public;
    ALTER ROLE sqlgym_client SET timezone = 'UTC';
    -- A learner can hold a lock on rows of their own; no judge waits for it long.
    ALTER ROLE sqlgym_judge SET lock_timeout = '5s';
    ALTER ROLE sqlgym_judge SET idle_in_transaction_session_timeout = '60s';
    ALTER ROLE sqlgym_judge SET timezone = 'UTC';
END $$
--;;
-- nobody was made a member of the client role, which grants nothing by default (whoever is connected as it may change both)
DO $$ DECLARE
    member regrole;
    given record;
BEGIN
    FOR member IN SELECT m.member FROM pg_catalog.pg_auth_members m WHERE m.roleid = 'sqlgym_client'::regrole LOOP
        EXECUTE format('REVOKE sqlgym_client FROM %s', member);
    END LOOP;
    FOR given IN
        SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
               ELSE 'SCHEMAS' END AS kind, CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END AS grantee
        FROM pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) x
        WHERE d.defaclrole = 'sqlgym_client'::regrole AND x.grantee <> d.defaclrole
    LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE sqlgym_client REVOKE ALL ON %s FROM %s', given.kind, given.grantee);
    END LOOP;
END $$
