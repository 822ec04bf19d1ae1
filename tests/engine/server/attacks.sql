-- Statements that must not do what they are after, a line each, run as nobody, as a learner and as an instructor over the
-- client's own credentials. Under "refused" PostgreSQL says no, in a transaction and outside; under "harmless" it may answer,
-- but tells nothing that is somebody else's and changes nothing. :bob :post :comment :link :solution :submission :hidden
-- :problem :premium :session :report :draft stand for ids of what belongs to others.

-- refused: tables are not written
INSERT INTO private.changes (reader, relation, size) VALUES ('', '', 0)
DELETE FROM private.changes
SELECT private.prune_changes(10000)
SELECT private.log_change('', 'users', '{x}')
SELECT private.build_mirror()
UPDATE private.mirrored SET sight = 'true'
INSERT INTO users (id, username, email) VALUES ('x', 'x', 'x')
INSERT INTO users SELECT * FROM users
UPDATE users SET premium = true
UPDATE users SET is_admin = true WHERE id = api.current_user_id()
UPDATE users SET problems_solved = 99
UPDATE users SET password_hash = 'x' WHERE id = :bob
UPDATE users SET email = 'x'
UPDATE users SET first_name = 'x' WHERE id = api.current_user_id()
DELETE FROM users WHERE id = :bob
TRUNCATE users CASCADE
MERGE INTO users u USING (VALUES (1)) v(x) ON true WHEN MATCHED THEN UPDATE SET premium = true
INSERT INTO followers VALUES ('x', :bob, :bob)
DELETE FROM followers
INSERT INTO helpful_links VALUES ('x', :bob, 't', 'javascript:alert(1)')
UPDATE helpful_links SET url = 'javascript:alert(1)'
DELETE FROM helpful_links
INSERT INTO topics (id, name, difficulty_level) VALUES ('x', 'x', 'EASY')
UPDATE topics SET name = 'x'
DELETE FROM topics
INSERT INTO problems (id, title, question, tags, hints) VALUES ('x', 'x', '{}', '[]', '[]')
UPDATE problems SET premium = false
UPDATE problems SET question = '{}'
DELETE FROM problems
UPDATE problem_schemas SET sample_data = '{}'
DELETE FROM problem_schemas
INSERT INTO test_cases (id, problem_id, name, input_data, expected_output) VALUES ('x', :problem, 'x', '{}', '{}')
UPDATE test_cases SET is_hidden = false
UPDATE test_cases SET expected_output = '{}'
DELETE FROM test_cases
INSERT INTO submissions VALUES ('x', :bob, :problem, 'SELECT 1', true)
UPDATE submissions SET is_correct = true
UPDATE submissions SET query = 'x'
DELETE FROM submissions
INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) VALUES ('x', :bob, :problem, 'x', 'completed')
UPDATE problem_submissions SET sql_query = 'x'
UPDATE problem_submissions SET status = 'completed'
UPDATE problem_submissions SET result_data = '{}'
DELETE FROM problem_submissions
INSERT INTO problem_sessions (user_id, problem_id) VALUES (:bob, :problem)
UPDATE problem_sessions SET total_time_spent_seconds = 1
INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) VALUES ('x', :submission, :hidden, 'SUCCESS', true)
UPDATE execution_results SET is_correct = true
DELETE FROM execution_results
INSERT INTO user_progress (id, user_id, topic_id) VALUES ('x', 'x', 'x')
UPDATE user_progress SET experience_points = 999999
UPDATE user_progress SET streak_count = 999
DELETE FROM user_progress
INSERT INTO badges (id, name, description, criteria) VALUES ('x', 'x', 'x', '{}')
UPDATE badges SET points_reward = 999999
INSERT INTO user_badges SELECT 'x', :bob, id FROM badges LIMIT 1
DELETE FROM user_badges
INSERT INTO community_posts (id, user_id, content, likes) VALUES ('x', :bob, 'x', 999)
UPDATE community_posts SET likes = 999
UPDATE community_posts SET content = 'x' WHERE id = :post
UPDATE community_posts SET created_at = now() + interval '1 year'
DELETE FROM community_posts
INSERT INTO post_likes VALUES ('x', :bob, :post)
DELETE FROM post_likes
INSERT INTO post_comments (id, user_id, post_id, content) VALUES ('x', :bob, :post, 'x')
UPDATE post_comments SET content = 'x'
UPDATE post_comments SET post_id = 'x'
DELETE FROM post_comments
INSERT INTO problem_interactions (id, user_id, problem_id) VALUES ('x', :bob, :problem)
UPDATE problem_interactions SET upvote = true
INSERT INTO cache_entries (id, cache_key, namespace, data, expires_at) VALUES ('x', 'x', 'x', '{}', now())
UPDATE cache_entries SET data = '{}'
DELETE FROM cache_entries
INSERT INTO fallback_submissions (id, job_id, data, status) VALUES ('x', 'x', '{}', 'pending')
UPDATE fallback_submissions SET status = 'pending'
DELETE FROM fallback_submissions
INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code, is_official) VALUES ('x', :problem, :bob, 't', 'c', 's', true)
UPDATE solutions SET is_official = true
DELETE FROM solutions
INSERT INTO user_sandboxes (id, user_id, problem_id, schema_name, expires_at) VALUES ('x', :bob, :problem, 'x', now())
DELETE FROM user_sandboxes
UPDATE api.problem_titles SET premium = false
INSERT INTO api.problem_titles VALUES ('x')
DELETE FROM api.problem_titles
WITH gone AS (DELETE FROM users RETURNING *) SELECT * FROM gone
WITH made AS (UPDATE users SET premium = true RETURNING password_hash) SELECT * FROM made
SELECT id FROM users FOR UPDATE
SELECT id FROM submissions FOR SHARE
SELECT id FROM problems FOR KEY SHARE
SELECT id FROM community_posts FOR NO KEY UPDATE
COPY users FROM STDIN
COPY submissions FROM STDIN
COPY user_progress FROM STDIN

-- refused: what is private stays so
SELECT * FROM private.sessions
SELECT token_hash FROM private.sessions
SELECT * FROM private.migrations
SELECT * FROM private.rates
SELECT * FROM private.reports
SELECT * FROM private.hidden
SELECT * FROM private.preferences
SELECT * FROM private.claimed_emails
SELECT * FROM private.give_ups
SELECT * FROM private.hints_used
SELECT * FROM private.submission_comments
SELECT * FROM private.drafts
SELECT definition FROM private.drafts
UPDATE private.drafts SET published_at = NULL
SELECT * FROM private.proofs
UPDATE private.proofs SET state = 'good'
INSERT INTO private.proofs (problem_id, digest, state) VALUES (:problem, 'x', 'good')
SELECT * FROM private.claim_proof('x', 1)
SELECT private.finish_proof(:problem, 'x', 'x', '{"good": true}', true)
SELECT private.continue_proof(:problem, 'x', 'x', 1, 1)
SELECT * FROM private.moderated
SELECT * FROM private.solution_marks
SELECT * FROM private.solution_votes
INSERT INTO private.solution_marks (solution_id, user_id, vote) VALUES (:solution, :bob, 1)
UPDATE private.solution_votes SET up = 99
DELETE FROM private.solution_marks
SELECT private.count_vote()
SELECT private.sees_solution(:solution)
DELETE FROM private.moderated
SELECT * FROM private.definition_rules
UPDATE private.definition_rules SET predicate = '$'
SELECT * FROM private.leases
SELECT * FROM private.judges
SELECT * FROM private.claim_jobs('me', 10, 60)
SELECT * FROM private.renew_leases('me', 60, '{}')
SELECT private.open_verdict(:submission, 'me', 1)
SELECT private.write_verdict(:submission, 'me', 1, '{"submission": {"is_correct": true}}')
SELECT private.give_back(:submission, 'me', 1, false, 'x')
SELECT private.judge_leaves('me')
SELECT * FROM private.learner_events(:bob)
SELECT private.queue_health()
SELECT private.job_failed(:submission, 'x')
SELECT * FROM private.housekeep(10000)
SELECT private.refresh_leaderboard()
SELECT private.refresh_problem_figures(10)
SELECT private.keep_figure('leaderboard', 'all', '[]', interval '1 day')
SELECT private.publish_tables(:problem, '[]')
SELECT private.publish_tests(:problem, '{"tests": []}')
INSERT INTO private.sessions VALUES ('\x00', :bob, now(), now() + interval '1 day')
INSERT INTO private.give_ups (user_id, problem_id, id) VALUES (:bob, :problem, 'x')
UPDATE private.rates SET count = 0
DELETE FROM private.rates
SELECT private.new_session(:bob)
SELECT private.attempt_allowed('x')
SELECT private.current_token_hash()
SELECT private.require_user()
SELECT private.hashed('x', 'x')
SELECT private.salt_of('bob@canary-mail.example')
SELECT private.accounts_of('bob@canary-mail.example')
SELECT private.owner_of('post', :post)
SELECT private.is_loading()
SELECT ext.crypt('x', ext.gen_salt('bf', 31))
SELECT ext.gen_salt('bf', 31)
SELECT ext.digest('x', 'sha256')
SELECT ext.gen_random_bytes(1024)
SELECT * FROM fallback_submissions
SELECT data FROM fallback_submissions
SELECT * FROM user_sandboxes
SELECT * FROM cache_entries
SELECT last_value FROM private.auth_slot_1
SELECT nextval('private.auth_slot_1')
SELECT setval('private.auth_slot_1', 1)
SELECT pg_sequence_last_value('private.auth_slot_1'::regclass)
SELECT pg_sequence_last_value(c.oid) FROM pg_class c WHERE c.relname = 'auth_slot_1'
SELECT nextval(c.oid::regclass) FROM pg_class c WHERE c.relname = 'auth_slot_1'
SELECT setval(c.oid::regclass, 1) FROM pg_class c WHERE c.relname = 'auth_slot_1'
ALTER SEQUENCE private.auth_slot_1 RESTART
COPY private.sessions TO STDOUT
COPY users TO STDOUT
COPY users (id, email) TO STDOUT
COPY problems TO STDOUT
COPY (SELECT email FROM users) TO STDOUT
COPY (SELECT master_solution FROM problems) TO STDOUT
SELECT * FROM pg_statistic
SELECT * FROM pg_authid
SELECT * FROM pg_shadow
SELECT * FROM pg_user_mapping
SELECT * FROM pg_subscription
SELECT * FROM pg_largeobject
SELECT * FROM pg_stat_activity
SELECT * FROM pg_stat_replication
SELECT * FROM pg_stat_ssl
SELECT * FROM pg_stat_user_tables
SELECT * FROM pg_stat_user_functions
SELECT * FROM pg_locks
SELECT * FROM pg_prepared_xacts
SELECT * FROM pg_stat_progress_copy
SELECT * FROM pg_hba_file_rules
SELECT * FROM pg_file_settings
SELECT * FROM pg_config
SELECT * FROM pg_backend_memory_contexts
SELECT * FROM pg_shmem_allocations
SELECT pg_stat_get_backend_activity(1)
SELECT pg_read_file('/etc/passwd')
SELECT pg_read_file('postgresql.conf', 0, 100)
SELECT pg_read_binary_file('PG_VERSION')
SELECT pg_stat_file('PG_VERSION')
SELECT pg_ls_dir('.')
SELECT pg_ls_logdir()
SELECT pg_ls_waldir()
SELECT pg_ls_tmpdir()
SELECT pg_current_logfile()

-- refused: roles, sessions, settings of others
SET ROLE sqlgym_owner
SET ROLE sqlgym_judge
SET ROLE sqlgym_admin
SET ROLE postgres
SET LOCAL ROLE sqlgym_owner
SET ROLE pg_read_all_data
SELECT set_config('role', 'sqlgym_owner', false)
SET SESSION AUTHORIZATION sqlgym_owner
SET SESSION AUTHORIZATION sqlgym_judge
SELECT set_config('session_authorization', 'sqlgym_owner', false)
ALTER ROLE sqlgym_client SUPERUSER
ALTER ROLE sqlgym_client CREATEROLE
ALTER ROLE sqlgym_client BYPASSRLS
ALTER ROLE sqlgym_client REPLICATION
ALTER ROLE sqlgym_client CREATEDB
ALTER ROLE sqlgym_client CONNECTION LIMIT 1
ALTER ROLE sqlgym_client VALID UNTIL '2000-01-01'
ALTER ROLE sqlgym_client NOLOGIN
ALTER ROLE sqlgym_client RENAME TO mine
ALTER ROLE sqlgym_owner LOGIN
ALTER ROLE sqlgym_owner PASSWORD 'x'
ALTER ROLE sqlgym_judge PASSWORD 'x'
ALTER ROLE sqlgym_judge SET search_path = evil
ALTER ROLE ALL SET statement_timeout = 1
ALTER DATABASE gym SET search_path = evil
ALTER DATABASE gym OWNER TO sqlgym_client
ALTER ROLE sqlgym_client SET track_activities = on
ALTER ROLE sqlgym_client SET temp_file_limit = -1
ALTER ROLE sqlgym_client SET session_preload_libraries = 'x'
CREATE ROLE x
CREATE USER x SUPERUSER
DROP ROLE sqlgym_judge
GRANT sqlgym_owner TO sqlgym_client
GRANT sqlgym_client TO sqlgym_judge
GRANT pg_read_all_data TO sqlgym_client
GRANT pg_execute_server_program TO sqlgym_client
GRANT ALL ON SCHEMA private TO sqlgym_client
GRANT SELECT (email) ON users TO sqlgym_client
REASSIGN OWNED BY sqlgym_owner TO sqlgym_client
DROP OWNED BY sqlgym_owner
DROP OWNED BY sqlgym_client
DROP OWNED BY CURRENT_USER CASCADE
ALTER SYSTEM SET fsync = off
ALTER SYSTEM RESET ALL
SET track_activities = on
SET temp_file_limit = -1
SET session_replication_role = replica
SET log_statement = 'all'
SET log_min_messages = 'panic'
SET lc_messages = 'C'
SET zero_damaged_pages = on
SET session_preload_libraries = 'x'
SET dynamic_library_path = '/tmp'
SET track_functions = 'all'
SET allow_system_table_mods = on
SELECT pg_terminate_backend(1)
SELECT pg_cancel_backend(1)
SELECT pg_reload_conf()
SELECT pg_rotate_logfile()
SELECT pg_switch_wal()
SELECT pg_promote()
SELECT pg_create_restore_point('x')
SELECT pg_backup_start('x')
SELECT pg_log_backend_memory_contexts(1)
SELECT pg_stat_reset()
SELECT pg_stat_reset_shared('bgwriter')
SELECT pg_replication_origin_create('x')
SELECT pg_create_physical_replication_slot('x')
SELECT pg_create_logical_replication_slot('x', 'test_decoding')
SELECT pg_export_snapshot()
SELECT pg_sleep(60)
SELECT pg_sleep_for('1 minute')
SELECT pg_sleep_until(now() + interval '1 minute')
SELECT count(pg_sleep(1)) FROM generate_series(1, 3)
SELECT pg_advisory_lock(1)
SELECT pg_advisory_xact_lock(1)
SELECT pg_try_advisory_lock(1)
SELECT pg_advisory_lock_shared(1, 1)
SELECT pg_advisory_unlock_all()
SELECT pg_notify('sqlgym_jobs', 'x')
SELECT pg_logical_emit_message(false, 'x', 'x')
SELECT pg_blocking_pids(1)
CHECKPOINT

-- refused: nothing is made, altered or dropped
CREATE TABLE mine (id int)
CREATE TABLE public.mine (id int)
CREATE TABLE api.mine (id int)
CREATE TABLE pg_temp.mine (id int)
CREATE TEMP TABLE mine (id int)
CREATE TEMP TABLE users AS SELECT 1
CREATE UNLOGGED TABLE mine (id int)
CREATE TEMP VIEW users AS SELECT 1
CREATE TEMP SEQUENCE s
SELECT 1 AS x INTO mine
SELECT 1 AS x INTO TEMP mine
CREATE TABLE mine AS SELECT id FROM users
CREATE SCHEMA mine
CREATE SCHEMA AUTHORIZATION sqlgym_client
CREATE VIEW v AS SELECT 1
CREATE OR REPLACE VIEW api.problem_titles AS SELECT 1
CREATE MATERIALIZED VIEW v AS SELECT 1
REFRESH MATERIALIZED VIEW api.problem_titles
CREATE SEQUENCE s
CREATE TYPE t AS (x int)
CREATE TYPE t AS ENUM ('x')
CREATE DOMAIN d AS int
ALTER TYPE difficultylevel ADD VALUE 'x'
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION pg_temp.f(x text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS 'BEGIN RAISE NOTICE ''%'', x; RETURN true; END'
CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'int4pl'
CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y'
CREATE OR REPLACE FUNCTION api.is_admin() RETURNS boolean LANGUAGE sql AS 'SELECT true'
CREATE OR REPLACE FUNCTION api.current_user_id() RETURNS text LANGUAGE sql AS $$SELECT 'x'$$
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'
CREATE AGGREGATE a(int) (sfunc = int4pl, stype = int)
CREATE OPERATOR = (leftarg = text, rightarg = text, function = texteq)
CREATE OPERATOR public.<% (leftarg = text, rightarg = text, function = texteq)
CREATE CAST (text AS int) WITH INOUT AS IMPLICIT
CREATE COLLATION c FROM "C"
CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8
CREATE TEXT SEARCH CONFIGURATION c (COPY = pg_catalog.english)
CREATE STATISTICS s ON id, username FROM users
CREATE INDEX i ON users (email)
CREATE INDEX i ON community_posts ((1 / (length(content) - 1)))
CREATE RULE r AS ON SELECT TO users DO INSTEAD SELECT 1
CREATE TRIGGER t BEFORE INSERT ON users EXECUTE FUNCTION suppress_redundant_updates_trigger()
CREATE POLICY mine ON users USING (true)
ALTER POLICY sqlgym_read ON users USING (true)
DROP POLICY sqlgym_read ON users
ALTER TABLE users DISABLE ROW LEVEL SECURITY
ALTER TABLE users NO FORCE ROW LEVEL SECURITY
ALTER TABLE users OWNER TO sqlgym_client
ALTER TABLE users ADD COLUMN x int
ALTER TABLE users DROP COLUMN email
ALTER TABLE users DISABLE TRIGGER ALL
ALTER TABLE post_likes DISABLE TRIGGER sqlgym_count
DROP TRIGGER sqlgym_count ON post_likes
DROP TABLE users CASCADE
DROP SCHEMA api CASCADE
DROP FUNCTION api.is_admin()
DROP EXTENSION pgcrypto
ALTER FUNCTION api.is_admin() OWNER TO sqlgym_client
ALTER FUNCTION api.current_user_id() SECURITY INVOKER
ALTER FUNCTION api.current_user_id() RESET ALL
ALTER SCHEMA api OWNER TO sqlgym_client
ALTER SCHEMA public RENAME TO old
CREATE EXTENSION dblink
CREATE EXTENSION pg_trgm
CREATE EXTENSION plperlu
CREATE LANGUAGE plpython3u
CREATE FOREIGN DATA WRAPPER w
CREATE SERVER s FOREIGN DATA WRAPPER w
CREATE USER MAPPING FOR CURRENT_USER SERVER s
CREATE FOREIGN TABLE t (x int) SERVER s
CREATE PUBLICATION p FOR ALL TABLES
CREATE PUBLICATION p FOR TABLE users
CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p
CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION api.is_admin()
CREATE ACCESS METHOD m TYPE INDEX HANDLER bthandler
CREATE TABLESPACE t LOCATION '/tmp'
CREATE DATABASE mine
CREATE DATABASE mine TEMPLATE gym
ALTER DATABASE gym RENAME TO mine
DROP DATABASE gym
COMMENT ON TABLE users IS 'x'
COMMENT ON DATABASE gym IS 'x'
COMMENT ON ROLE sqlgym_client IS 'x'
SECURITY LABEL ON TABLE users IS 'x'
DO $$ BEGIN END $$
DO LANGUAGE plpgsql $$ BEGIN PERFORM 1; END $$
DO LANGUAGE sql 'SELECT 1'
LOAD 'dblink'
LOAD '$libdir/plugins/x'
LOCK TABLE users IN ACCESS EXCLUSIVE MODE
LOCK TABLE users IN ROW EXCLUSIVE MODE
LOCK TABLE submissions IN SHARE MODE
LOCK TABLE submissions IN ROW EXCLUSIVE MODE
LOCK TABLE community_posts IN EXCLUSIVE MODE
LOCK TABLE private.sessions
LOCK TABLE fallback_submissions
LOCK TABLE api.problem_titles IN ACCESS EXCLUSIVE MODE
CLUSTER users
REINDEX TABLE users
REINDEX SCHEMA public
REINDEX SYSTEM gym
SELECT lo_create(0)
SELECT lo_creat(-1)
SELECT lo_from_bytea(0, 'x')
SELECT lo_import('/etc/passwd')
SELECT lo_export(1, '/tmp/x')
SELECT lo_put(1, 0, 'x')
SELECT lo_get(1)
SELECT lo_unlink(1)
SELECT lo_open(1, 131072)
ALTER LARGE OBJECT 1 OWNER TO sqlgym_client
COPY users (id) TO PROGRAM 'true'
COPY (SELECT 1) TO PROGRAM 'true'
COPY (SELECT 1) TO '/tmp/x'
COPY submissions TO '/tmp/x'
COPY users (id) FROM '/etc/passwd'
SELECT query_to_xml('SELECT 1', true, true, '')
SELECT table_to_xml('users', true, true, '')
SELECT database_to_xml(true, true, '')
SELECT schema_to_xml('public', true, true, '')
SELECT cursor_to_xml('x', 1, true, true, '')
SELECT dblink('dbname=gym', 'SELECT 1')

-- harmless: EXPLAIN, statistics and catalogues
EXPLAIN SELECT * FROM submissions
EXPLAIN SELECT id FROM submissions WHERE query = 'canary-query-of-bob'
EXPLAIN SELECT id FROM submissions WHERE query < 'canary-query-of-boc' AND query > 'canary-query-of-boa'
EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM test_cases
EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM submissions
EXPLAIN (VERBOSE) SELECT api.master_solution(:problem)
EXPLAIN ANALYZE SELECT api.master_solution(id) FROM api.problem_titles
SELECT * FROM pg_stats
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename IN ('users', 'submissions', 'test_cases', 'problems')
SELECT * FROM pg_stats_ext
SELECT * FROM pg_stats_ext_exprs
SELECT * FROM pg_settings
SELECT * FROM pg_db_role_setting
SELECT * FROM pg_roles
SELECT * FROM pg_user
SELECT prosrc FROM pg_proc WHERE pronamespace = 'private'::regnamespace
SELECT * FROM pg_policies
SELECT relname, reltuples FROM pg_class
SELECT * FROM pg_prepared_statements
SELECT * FROM pg_cursors
SELECT * FROM pg_description
SELECT * FROM pg_seclabels
SELECT * FROM pg_sequences
SELECT * FROM information_schema.columns
SELECT * FROM information_schema.routines
SELECT * FROM information_schema.column_privileges
SELECT * FROM information_schema.check_constraints
SELECT * FROM pg_replication_slots
SELECT pg_relation_size('users'), pg_total_relation_size('problems')
SELECT * FROM pg_get_keywords()
SELECT * FROM pg_indexes
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
SELECT attmissingval FROM pg_attribute
SELECT current_setting('data_directory')
SELECT current_setting('hba_file')
SELECT current_setting('sqlgym.token')
SHOW ALL

-- harmless: rows that are not one's own
SELECT * FROM submissions WHERE user_id = :bob
SELECT * FROM submissions WHERE id = :submission
SELECT * FROM submissions WHERE query LIKE '%canary%' OR true
SELECT * FROM submissions WHERE 1 / (CASE WHEN query LIKE 'canary%' THEN 0 ELSE 1 END) = 1
SELECT * FROM submissions WHERE query::int = 1
SELECT * FROM problem_submissions WHERE sql_query::int = 1
SELECT * FROM problem_submissions WHERE user_id = :bob
SELECT * FROM problem_submissions WHERE (result_data ->> 'x')::int = 1
SELECT * FROM execution_results WHERE submission_id = :submission
SELECT r.* FROM submissions s JOIN execution_results r ON r.submission_id = s.id
SELECT * FROM problem_sessions WHERE user_id = :bob
SELECT * FROM user_progress WHERE user_id = :bob
SELECT * FROM user_badges WHERE user_id = :bob
SELECT * FROM problem_interactions
SELECT * FROM post_likes
SELECT * FROM test_cases WHERE id = :hidden
SELECT * FROM test_cases WHERE is_hidden
SELECT * FROM test_cases WHERE is_hidden IS NULL
SELECT * FROM test_cases WHERE NOT is_hidden IS FALSE OR expected_output::text ~ 'canary'
SELECT expected_output -> 'rows' -> 0 ->> 0 FROM test_cases WHERE (expected_output ->> 'canary')::int = 1 OR true
SELECT expected_output['rows'][0] FROM test_cases
SELECT jsonb_path_query(expected_output, '$.**') FROM test_cases
SELECT json_agg(t) FROM test_cases t
SELECT row_to_json(t) FROM test_cases t
SELECT to_jsonb(s) FROM submissions s
SELECT string_agg(s::text, ';') FROM submissions s
SELECT * FROM test_cases t WHERE t::text ~ 'canary'
SELECT * FROM problems p JOIN test_cases t ON t.problem_id = p.id WHERE t.id = :hidden
TABLE test_cases
TABLE solutions
TABLE submissions
SELECT * FROM solutions WHERE id = :solution
SELECT * FROM solutions WHERE sql_code::int = 1
SELECT id, question, hints FROM problems WHERE id = :premium
SELECT * FROM problem_schemas WHERE problem_id = :premium
SELECT * FROM test_cases WHERE problem_id = :premium
SELECT * FROM test_cases TABLESAMPLE SYSTEM (100)
SELECT ctid, xmin, tableoid, * FROM test_cases
SELECT * FROM ONLY submissions
SELECT * FROM submissions UNION ALL SELECT * FROM submissions
SELECT (SELECT string_agg(query, ',') FROM submissions) FROM generate_series(1, 2)
SELECT * FROM generate_series(1, 2), LATERAL (SELECT query FROM submissions) s
WITH RECURSIVE s AS (SELECT query FROM submissions UNION SELECT query FROM submissions) SELECT * FROM s
SELECT count(*) FILTER (WHERE query LIKE 'canary%') FROM submissions
SELECT max(query) OVER () FROM submissions
SELECT api.master_solution(:problem)
SELECT api.master_solution(:premium)
SELECT api.master_solution(id) FROM api.problem_titles
SELECT api.may_see_solutions(:problem), api.can_see(:premium), api.open_problems()
SELECT * FROM api.my_account()
SELECT * FROM api.submission_comments(:submission)
SELECT api.hidden_ids('post')
SELECT * FROM api.drafts()
SELECT api.draft(:draft)
SELECT * FROM api.reports(true)
SELECT * FROM api.report_queue(false)
SELECT content, reports FROM api.report_queue(true) UNION ALL SELECT content, reports FROM api.report_queue(NULL)
SELECT * FROM api.solutions_of(:problem)
SELECT * FROM api.solutions_of(:premium)
SELECT * FROM api.solutions_of(NULL)
SELECT s.* FROM api.problem_titles p, api.solutions_of(p.id) s
SELECT count(*) FROM api.solutions_of(:problem) WHERE sql_code::int = 1
SELECT * FROM api.test_details(:submission)
SELECT * FROM api.test_details('of-ann')
SELECT d.* FROM submissions s, api.test_details(s.id) d
SELECT api.problem_report(:problem)
SELECT api.problem_report(p.id) FROM api.problem_titles p
SELECT count(*) FROM problem_submissions WHERE (created_at, id) < (now()::timestamp, :submission) AND user_id = :bob
SELECT c.* FROM problem_submissions p, api.submission_comments(p.id) c
SELECT * FROM api.leaderboard()
SELECT * FROM api.problem_figures()
SELECT * FROM api.changes_since(NULL)
SELECT c.* FROM api.changes_since(NULL) n, api.changes_since(regexp_replace(n.next_cursor, '/[0-9]+/[0-9]+$', '/0/0')) c
SELECT * FROM api.change_page('9/1-1/1/1')
SELECT api.followed_ids(), api.kept_posts()
SELECT * FROM api.mirror()
SELECT ts_stat('SELECT to_tsvector(query) FROM submissions')
SELECT ts_rewrite('x'::tsquery, 'SELECT ''x''::tsquery, query::tsquery FROM submissions')
COPY submissions TO STDOUT
COPY test_cases TO STDOUT
COPY (SELECT expected_output FROM test_cases) TO STDOUT
COPY solutions (sql_code) TO STDOUT
PREPARE stolen AS SELECT query FROM submissions
EXECUTE stolen
DECLARE stolen CURSOR WITH HOLD FOR SELECT query FROM submissions
FETCH ALL FROM stolen
MOVE 1 FROM stolen

-- harmless: settings, and the same things again under them
SET row_security = off
SELECT * FROM submissions
SELECT * FROM test_cases
SELECT api.master_solution(:problem)
SELECT api.create_post('00000000-0000-4000-8000-0000000000f0', NULL, '', NULL)
RESET row_security
SET search_path = pg_temp, evil, api, public
SELECT * FROM submissions
SELECT api.is_admin()
SET search_path = public
SET role = none
RESET ROLE
SET SESSION AUTHORIZATION DEFAULT
RESET SESSION AUTHORIZATION
SET sqlgym.user_id = 'bob'
SET "sqlgym.is_admin" = 'true'
SET request.jwt.claims = '{"sub":"bob"}'
SELECT set_config('sqlgym.user', :bob, false)
SET default_transaction_isolation = 'serializable'
SELECT * FROM submissions
SET default_transaction_isolation = 'read committed'
SET enable_seqscan = off
SELECT * FROM submissions WHERE query > ''
SELECT * FROM test_cases WHERE name > ''
RESET enable_seqscan
SET force_parallel_mode = on
SELECT * FROM submissions
RESET force_parallel_mode
SET plan_cache_mode = force_generic_plan
EXECUTE stolen
RESET plan_cache_mode
SET client_min_messages = debug5
SELECT * FROM submissions
RESET client_min_messages
SET debug_print_plan = on
SELECT id FROM submissions
RESET debug_print_plan
SET transform_null_equals = on
SELECT api.current_user_id()
SELECT * FROM submissions WHERE user_id = NULL
RESET transform_null_equals
SET standard_conforming_strings = off
SELECT api.master_solution(:problem)
RESET standard_conforming_strings
SET client_encoding = 'LATIN1'
SELECT * FROM submissions
RESET client_encoding
SET plpgsql.variable_conflict = 'use_column'
GRANT CREATE ON DATABASE gym TO sqlgym_client
PREPARE TRANSACTION 'x'
LISTEN sqlgym_jobs
NOTIFY sqlgym_jobs
UNLISTEN *
DISCARD ALL

-- harmless: ids that are another's, and texts that nobody should meet
SELECT api.submit(:submission, :problem, 'SELECT 1', now())
SELECT api.edit_post(:post, 'mine now', NULL)
SELECT api.submit('00000000-0000-4000-8000-0000000000f1', :premium || 'x', 'SELECT 1', now())
SELECT api.create_post(:post, NULL, 'mine now', NULL)
SELECT api.create_comment(:comment, :post, NULL, 'mine now')
SELECT api.add_link(:link, 'mine now', 'https://example.org')
SELECT api.add_solution(:solution, :problem, 'mine', 'now', 'SELECT 1')
SELECT api.edit_solution(:solution, 'mine', 'now', 'SELECT 1')
SELECT api.mark_solution(:solution, 2, true)
SELECT api.mark_solution(:solution, -2147483648, NULL)
SELECT api.mark_solution(:post, 1, true)
SELECT api.record_session(:session, :problem, 86400, true)
SELECT api.report(:report, 'post', :post, 'mine now')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', 'javascript:alert(1)')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', 'JaVaScRiPt:alert(1)')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', ' https://example.org')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', E'https://example.org\njavascript:alert(1)')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', 'data:text/html;base64,eA==')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', 'file:///etc/passwd')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', 'x', '//example.org')
SELECT api.add_link('00000000-0000-4000-8000-0000000000f2', E'x\u202Egnp.exe', 'https://example.org')
SELECT api.edit_profile(NULL, NULL, NULL, 'javascript:alert(1)', NULL)
SELECT api.edit_profile(NULL, NULL, NULL, NULL, 'data:image/svg+xml,<svg onload=alert(1)>')
SELECT api.edit_profile(E'a\u202Eb', NULL, NULL, NULL, NULL)
SELECT api.edit_profile(E'a\nb', NULL, NULL, NULL, NULL)
SELECT api.create_post('00000000-0000-4000-8000-0000000000f3', NULL, repeat('x', 20001), NULL)
SELECT api.create_post('00000000-0000-4000-8000-0000000000f3', NULL, repeat(' ', 20000), NULL)
SELECT api.create_post('00000000-0000-4000-8000-0000000000f3', NULL, 'x', repeat('x', 20001))
SELECT api.create_post('00000000-0000-4000-8000-0000000000F3', NULL, 'x', NULL)
SELECT api.create_post(repeat('0', 10000000), NULL, 'x', NULL)
SELECT api.create_comment('00000000-0000-4000-8000-0000000000f4', :post, NULL, repeat('x', 5001))
SELECT api.submit('00000000-0000-4000-8000-0000000000f5', :problem, repeat('x', 20001), now())
SELECT api.submit('00000000-0000-4000-8000-0000000000f5', :problem, repeat(' ', 20000000), now())
SELECT api.submit('00000000-0000-4000-8000-0000000000f5', :problem, E'\u0001', 'infinity'::timestamptz || '')
SELECT api.report('00000000-0000-4000-8000-0000000000f6', 'post', :post, repeat('x', 2001))
SELECT api.hide('00000000-0000-4000-8000-0000000000f6', 'table', 'users')
SELECT api.publish_problem(:post)
SELECT api.verify_problem(:problem)
SELECT api.cancel_verification(:problem)
SELECT api.problem_definition(:problem)
SELECT api.problem_definition(:draft)
SELECT * FROM api.verification(:problem)
SELECT api.save_problem(:problem, '{"title": ""}')
SELECT api.save_problem(:problem, NULL)
SELECT api.save_problem('x', '{"title": "x"}')
SELECT api.dismiss_reports(NULL, :post)
SELECT api.dismiss_reports('post', NULL)
SELECT api.dismiss_reports('table', 'users')
SELECT api.moderate(:report, 'post', 'x', true, 'x')
SELECT api.comment_submission('00000000-0000-4000-8000-0000000000f7', 'x', 'x')
SELECT api.sign_in(:bob, 'correct horse')
SELECT api.sign_in('bob', NULL)
SELECT api.sign_in('bob', '')
SELECT api.sign_in(''' OR true --', 'x')
SELECT api.sign_in('bob', repeat('x', 20000000))
SELECT api.sign_in(repeat('x', 20000000), 'x')
SELECT api.change_password('guess', 'another long one')
SELECT api.delete_account('guess')
SELECT api.delete_account(NULL)
