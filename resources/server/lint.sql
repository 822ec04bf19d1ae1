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
FROM policies WHERE pg_catalog.regexp_replace(expression, '\( SELECT api\.[a-z_]+\(', '', 'g') ~ '(api|private)\.[a-z_]+\('
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
            'pg_cancel_backend|pg_stat_get_|pg_lock_status|pg_prepared_xact|pg_blocking_pids|pg_safe_snapshot|pg_export_snapshot|'
            'pg_notify|pg_logical_emit_message)') OR name ~ '_to_xml'))
UNION ALL
SELECT 'clients may call a function of private or ext', name
FROM routines WHERE schema IN ('private', 'ext') AND pg_catalog.has_function_privilege('sqlgym_client', oid, 'EXECUTE')
UNION ALL
SELECT 'everybody may use a language', lanname
FROM pg_catalog.pg_language WHERE lanpltrusted AND pg_catalog.has_language_privilege('public', oid, 'USAGE')
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
  AND (a.attrelid = 'public.users'::regclass AND a.attname IN ('password_hash', 'email', 'google_id', 'auth_provider', 'premium', 'is_admin',
           'email_verified', 'verification_token', 'verification_token_expires')
       OR a.attrelid = 'public.problems'::regclass AND a.attname IN ('master_solution', 'expected_hash')
       OR a.attrelid = 'public.execution_results'::regclass AND a.attname IN ('validation_details', 'query_result', 'error_message'))
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
WHERE m.member::regrole::text IN ('sqlgym_owner', 'sqlgym_client', 'sqlgym_judge') OR m.roleid::regrole::text = 'sqlgym_client'
UNION ALL
SELECT 'clients'' statements are shown to others', 'track_activities'
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) c
    WHERE s.setrole::regrole::text = 'sqlgym_client' AND c = 'track_activities=off')
UNION ALL
SELECT 'a policy''s column has no index', d.refobjid::regclass || '.' || a.attname
FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_policy p ON p.oid = d.objid AND p.polrelid = d.refobjid
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_catalog.pg_policy'::regclass AND d.refobjsubid > 0 AND a.atttypid <> 'boolean'::regtype
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = d.refobjid AND (i.indkey::smallint[])[0] = d.refobjsubid)
UNION ALL
SELECT 'a policy is for everybody', name
FROM policies p JOIN pg_catalog.pg_policy o ON o.polrelid = p.polrelid AND p.name = o.polname || ' on ' || o.polrelid::regclass
WHERE 0 = ANY (o.polroles)
UNION ALL
SELECT 'a policy lets clients write', o.polname || ' on ' || o.polrelid::regclass
FROM pg_catalog.pg_policy o WHERE o.polcmd <> 'r' AND 'sqlgym_client'::regrole = ANY (o.polroles)
UNION ALL
SELECT 'a view shows more than its reader may see', c.oid::regclass::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'api', 'private', 'ext') AND pg_catalog.has_any_column_privilege('sqlgym_client', c.oid, 'SELECT')
  AND (c.relkind = 'm' OR c.relkind = 'v'
       AND NOT COALESCE(c.reloptions && ARRAY['security_barrier=true', 'security_barrier=on', 'security_invoker=true', 'security_invoker=on'], false))
UNION ALL
SELECT 'clients may use a sequence', c.oid::regclass::text
FROM pg_catalog.pg_class c
WHERE CASE WHEN c.relkind = 'S' THEN pg_catalog.has_sequence_privilege('sqlgym_client', c.oid, 'USAGE, SELECT, UPDATE') END
UNION ALL
SELECT 'clients may see the statements of others', c.oid::regclass::text
FROM pg_catalog.pg_class c WHERE c.relname = 'pg_stat_statements' AND pg_catalog.has_table_privilege('sqlgym_client', c.oid, 'SELECT')
UNION ALL
SELECT 'a function is leakproof', name
FROM routines r JOIN pg_catalog.pg_proc p USING (oid) WHERE r.schema IN ('public', 'private', 'api', 'ext') AND p.proleakproof
UNION ALL
SELECT 'a definer function puts SQL together', name
FROM routines r JOIN pg_catalog.pg_proc p USING (oid)
WHERE r.prosecdef AND r.schema IN ('public', 'private', 'api') AND p.prosrc ~* '\mexecute\M'
UNION ALL
SELECT 'judges may write a table directly', name
FROM tables
WHERE pg_catalog.has_table_privilege('sqlgym_judge', oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
   OR pg_catalog.has_any_column_privilege('sqlgym_judge', oid, 'INSERT, UPDATE, REFERENCES')
UNION ALL
SELECT 'judges may read who people are', 'users'
WHERE pg_catalog.has_any_column_privilege('sqlgym_judge', 'public.users', 'SELECT')
UNION ALL
SELECT 'everybody may connect', pg_catalog.current_database()
WHERE pg_catalog.has_database_privilege('public', pg_catalog.current_database(), 'CONNECT')
UNION ALL
SELECT 'what the owner makes later is callable by everybody', 'sqlgym_owner'
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_default_acl d WHERE d.defaclrole = 'sqlgym_owner'::regrole AND d.defaclnamespace = 0
                  AND d.defaclobjtype = 'f' AND NOT d.defaclacl::text ~ '[{,]=')
UNION ALL
SELECT 'clients changed what they grant by default', d.defaclobjtype::text
FROM pg_catalog.pg_default_acl d WHERE d.defaclrole = 'sqlgym_client'::regrole
UNION ALL
SELECT 'clients own something', d.classid::regclass || ' ' || d.objid
FROM pg_catalog.pg_shdepend d
WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND d.refobjid = 'sqlgym_client'::regrole AND d.deptype = 'o'
  AND d.classid <> 'pg_catalog.pg_default_acl'::regclass
  AND d.dbid IN (0, (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))
UNION ALL
SELECT 'clients may take every connection', 'sqlgym_client'
FROM pg_catalog.pg_roles WHERE rolname = 'sqlgym_client' AND rolconnlimit = -1
UNION ALL
-- Whoever is connected as a role may change its settings, and so those of all who connect after: PostgreSQL has no
-- privilege for it. Seen here, mended by server upgrade.
SELECT 'the settings that clients start with were changed', COALESCE(c.setting, 'all')
FROM pg_catalog.pg_db_role_setting s LEFT JOIN LATERAL pg_catalog.unnest(s.setconfig) c(setting) ON true
WHERE s.setrole = 'sqlgym_client'::regrole AND (s.setdatabase <> 0 OR c.setting <> ALL (ARRAY['track_activities=off', 'temp_file_limit=50MB',
    'log_parameter_max_length=0', 'statement_timeout=15s', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=30s',
    'search_path=public', 'TimeZone=UTC']))
UNION ALL
SELECT 'the settings that clients start with were changed', 'statement_timeout'
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_db_role_setting s WHERE s.setrole = 'sqlgym_client'::regrole AND s.setdatabase = 0
                  AND 'statement_timeout=15s' = ANY (s.setconfig))
UNION ALL
SELECT 'learners'' texts leave statistics behind', a.attrelid::regclass || '.' || a.attname
FROM pg_catalog.pg_attribute a
WHERE a.attstattarget <> 0 AND (a.attrelid, a.attname) IN (('public.submissions'::regclass, 'query'), ('public.problem_submissions'::regclass, 'sql_query'),
    ('public.solutions'::regclass, 'sql_code'), ('public.test_cases'::regclass, 'name'), ('public.problem_submissions'::regclass, 'error_message'))
UNION ALL
-- Row-level security was mended in these (CVE-2025-8713 and before).
SELECT 'PostgreSQL lacks fixes of its row-level security', pg_catalog.current_setting('server_version')
FROM (VALUES (14, 19), (15, 14), (16, 10), (17, 6)) fixed(major, minor), (SELECT pg_catalog.current_setting('server_version_num')::integer) v(number)
WHERE v.number / 10000 = fixed.major AND v.number % 10000 < fixed.minor
ORDER BY 1, 2
