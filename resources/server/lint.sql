-- What must hold of a server, as rows of what does not: (lint, object). Read by `server status` and by the tests.
WITH routines AS (
    SELECT p.oid, p.oid::regprocedure::text AS name, p.proowner, p.prosecdef, p.provolatile = 'v' AND p.prorettype <> 'trigger'::regtype AS volatile, p.proconfig, n.nspname AS schema
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
), tables AS (
    SELECT c.oid, c.oid::regclass::text AS name, c.relowner, c.relrowsecurity, c.relacl, n.nspname AS schema
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'private', 'api', 'ext')
), policies AS (
    SELECT p.polname || ' on ' || p.polrelid::regclass AS name, p.polrelid,
           COALESCE(pg_catalog.pg_get_expr(p.polqual, p.polrelid), '') || ' ' ||
           COALESCE(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '') AS expression
    FROM pg_catalog.pg_policy p
)
SELECT 'a table has no row-level security' AS lint, name AS object
FROM tables WHERE schema = 'public' AND NOT relrowsecurity
UNION ALL
SELECT 'a table has another owner', name
FROM tables WHERE schema IN ('public', 'private', 'api') AND relowner::regrole::text <> 'sqlgym_owner'
UNION ALL
SELECT 'a policy asks for the caller at every row', name
FROM policies WHERE pg_catalog.regexp_replace(expression, '\( SELECT api\.[a-z_]+\(\)', '', 'g') ~ 'api\.[a-z_]+\(\)'
UNION ALL
SELECT 'a definer function belongs to a superuser', r.name
FROM routines r JOIN pg_catalog.pg_roles o ON o.oid = r.proowner
WHERE r.prosecdef AND r.schema IN ('public', 'private', 'api') AND o.rolsuper
UNION ALL
SELECT 'a function has no search_path of its own', name
FROM routines WHERE schema IN ('private', 'api')
  AND NOT EXISTS (SELECT FROM pg_catalog.unnest(proconfig) s WHERE s = 'search_path=""')
UNION ALL
SELECT 'a function writes moments of the caller''s time zone', name
FROM routines WHERE schema IN ('private', 'api') AND prosecdef AND volatile
  AND NOT EXISTS (SELECT FROM pg_catalog.unnest(proconfig) s WHERE s = 'TimeZone=UTC')
UNION ALL
SELECT 'everybody may call a function', name
FROM routines
WHERE pg_catalog.has_function_privilege('public', oid, 'EXECUTE')
  AND (schema IN ('public', 'private', 'api', 'ext')
       OR schema = 'pg_catalog' AND (name ~ ('^(pg_sleep|pg_advisory|pg_try_advisory|lo_|loread|lowrite|pg_terminate_backend|'
            'pg_cancel_backend|pg_stat_get_activity|pg_stat_get_backend_|pg_notify|pg_logical_emit_message)') OR name ~ '_to_xml'))
UNION ALL
SELECT 'clients may call a function of private or ext', name
FROM routines WHERE schema IN ('private', 'ext') AND pg_catalog.has_function_privilege('sqlgym_client', oid, 'EXECUTE')
UNION ALL
SELECT 'everybody may use a language', lanname
FROM pg_catalog.pg_language WHERE lanname IN ('sql', 'plpgsql') AND pg_catalog.has_language_privilege('public', oid, 'USAGE')
UNION ALL
SELECT 'everybody may use or create in a schema', nspname
FROM pg_catalog.pg_namespace
WHERE nspname IN ('public', 'private', 'api', 'ext')
  AND (pg_catalog.has_schema_privilege('public', oid, 'USAGE') OR pg_catalog.has_schema_privilege('public', oid, 'CREATE'))
UNION ALL
SELECT 'clients may create in a schema, or use one that is not theirs', nspname
FROM pg_catalog.pg_namespace
WHERE pg_catalog.has_schema_privilege('sqlgym_client', oid, 'CREATE')
   OR nspname IN ('private', 'ext') AND pg_catalog.has_schema_privilege('sqlgym_client', oid, 'USAGE')
UNION ALL
SELECT 'clients may create or make temporary tables in the database', pg_catalog.current_database()
WHERE pg_catalog.has_database_privilege('sqlgym_client', pg_catalog.current_database(), 'CREATE')
   OR pg_catalog.has_database_privilege('sqlgym_client', pg_catalog.current_database(), 'TEMP')
UNION ALL
SELECT 'clients may write a table directly', name
FROM tables
WHERE pg_catalog.has_table_privilege('sqlgym_client', oid, 'UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER, INSERT')
   OR pg_catalog.has_any_column_privilege('sqlgym_client', oid, 'INSERT, UPDATE, REFERENCES')
UNION ALL
SELECT 'clients may read what is nobody''s business', a.attrelid::regclass || '.' || a.attname
FROM pg_catalog.pg_attribute a
WHERE a.attnum > 0
  AND (a.attrelid::regclass::text, a.attname) IN
      (('users', 'password_hash'), ('users', 'email'), ('users', 'google_id'), ('users', 'verification_token'),
       ('users', 'verification_token_expires'), ('users', 'premium'), ('users', 'is_admin'), ('problems', 'master_solution'),
       ('problems', 'expected_hash'), ('execution_results', 'validation_details'), ('execution_results', 'query_result'),
       ('execution_results', 'error_message'), ('public.users', 'password_hash'), ('public.users', 'email'),
       ('public.problems', 'master_solution'), ('public.problems', 'expected_hash'))
  AND pg_catalog.has_column_privilege('sqlgym_client', a.attrelid, a.attnum, 'SELECT')
UNION ALL
SELECT 'clients may read a table of the judges', name
FROM tables
WHERE schema = 'private' AND pg_catalog.has_any_column_privilege('sqlgym_client', oid, 'SELECT')
   OR name ~ '^(public\.)?(fallback_submissions|user_sandboxes|cache_entries)$'
      AND pg_catalog.has_any_column_privilege('sqlgym_client', oid, 'SELECT')
UNION ALL
SELECT 'a reference has no index', k.conrelid::regclass || ' (' || k.conname || ')'
FROM pg_catalog.pg_constraint k JOIN tables t ON t.oid = k.conrelid
WHERE k.contype = 'f' AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index i
    WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND (i.indkey::smallint[])[0] = k.conkey[1])
UNION ALL
SELECT 'a role may more than it should', rolname
FROM pg_catalog.pg_roles
WHERE rolname IN ('sqlgym_owner', 'sqlgym_client', 'sqlgym_judge')
  AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR (rolname = 'sqlgym_owner' AND rolcanlogin))
UNION ALL
SELECT 'a role belongs to another', m.member::regrole::text || ' in ' || m.roleid::regrole::text
FROM pg_catalog.pg_auth_members m
WHERE m.member::regrole::text IN ('sqlgym_owner', 'sqlgym_client', 'sqlgym_judge')
UNION ALL
SELECT 'clients'' statements are shown to others', 'track_activities'
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) c
    WHERE s.setrole::regrole::text = 'sqlgym_client' AND c = 'track_activities=off')
ORDER BY 1, 2
