#include "cache/migrations.h"

namespace sqlgym::cache {

// The server's 22 tables, column for column. Lengths, enumerations and booleans (0 and 1) are held by CHECKs, JSON and
// moments (timestamp.h) by the stores: SQLite counts its JSON functions as unsafe in a schema that is not trusted.
const char *const kMigration1Tables = R"sql(
CREATE TABLE users (
    id TEXT PRIMARY KEY NOT NULL,
    username TEXT UNIQUE NOT NULL CHECK (length(username) <= 50),
    email TEXT UNIQUE NOT NULL CHECK (length(email) <= 255),
    password_hash TEXT,
    first_name TEXT CHECK (length(first_name) <= 50),
    last_name TEXT CHECK (length(last_name) <= 50),
    company_name TEXT CHECK (length(company_name) <= 100),
    linkedin_url TEXT,
    profile_image_url TEXT,
    google_id TEXT UNIQUE CHECK (length(google_id) <= 255),
    auth_provider TEXT NOT NULL DEFAULT 'email' CHECK (length(auth_provider) <= 20),
    problems_solved INTEGER NOT NULL DEFAULT 0,
    premium INTEGER NOT NULL DEFAULT 0 CHECK (premium IN (0, 1)),
    is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
    email_verified INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1)),
    verification_token TEXT CHECK (length(verification_token) <= 255),
    verification_token_expires TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE followers (
    id TEXT PRIMARY KEY NOT NULL,
    follower_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    following_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (follower_id, following_id)
) STRICT;

CREATE TABLE helpful_links (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    title TEXT NOT NULL CHECK (length(title) <= 200),
    url TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE topics (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT UNIQUE NOT NULL CHECK (length(name) <= 100),
    description TEXT,
    difficulty_level TEXT NOT NULL CHECK (difficulty_level IN ('BEGINNER', 'EASY', 'MEDIUM', 'HARD', 'EXPERT')),
    order_index INTEGER,
    parent_topic_id TEXT REFERENCES topics(id),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE problems (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL CHECK (length(title) <= 200),
    question TEXT NOT NULL,
    difficulty TEXT NOT NULL DEFAULT 'Medium' CHECK (length(difficulty) <= 20),
    tags TEXT NOT NULL,
    hints TEXT NOT NULL,
    company TEXT CHECK (length(company) <= 100),
    topic_id TEXT REFERENCES topics(id),
    premium INTEGER CHECK (premium IN (0, 1)),
    s3_data_source TEXT,
    master_solution TEXT,
    expected_display TEXT,
    s3_datasets TEXT,
    expected_hash TEXT CHECK (length(expected_hash) <= 255),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE problem_schemas (
    id TEXT PRIMARY KEY NOT NULL,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    table_name TEXT NOT NULL CHECK (length(table_name) <= 100),
    schema_definition TEXT NOT NULL,
    sample_data TEXT,
    indexes TEXT,
    constraints TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (problem_id, table_name)
) STRICT;

CREATE TABLE test_cases (
    id TEXT PRIMARY KEY NOT NULL,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) <= 200),
    description TEXT,
    input_data TEXT NOT NULL,
    expected_output TEXT NOT NULL,
    expected_output_source TEXT,
    preview_expected_output TEXT,
    validation_rules TEXT,
    is_hidden INTEGER CHECK (is_hidden IN (0, 1)),
    order_index INTEGER,
    timeout_seconds INTEGER,
    memory_limit_mb INTEGER,
    display_limit INTEGER DEFAULT 10,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (problem_id, name)
) STRICT;

CREATE TABLE submissions (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    query TEXT NOT NULL,
    is_correct INTEGER NOT NULL CHECK (is_correct IN (0, 1)),
    execution_time INTEGER,
    submitted_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE problem_submissions (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    sql_query TEXT NOT NULL,
    status TEXT NOT NULL CHECK (length(status) <= 20),
    rows_returned INTEGER,
    execution_time_ms INTEGER,
    error_message TEXT,
    result_data TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    completed_at TEXT
) STRICT;

CREATE TABLE problem_sessions (
    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(
        hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
        substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    first_query_at TEXT,
    completed_at TEXT,
    total_time_spent_seconds INTEGER,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00')
) STRICT;

CREATE TABLE execution_results (
    id TEXT PRIMARY KEY NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submissions(id) ON DELETE CASCADE,
    test_case_id TEXT NOT NULL REFERENCES test_cases(id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('SUCCESS', 'ERROR', 'TIMEOUT', 'MEMORY_LIMIT')),
    execution_time_ms INTEGER,
    memory_used_mb REAL,
    rows_affected INTEGER,
    query_result TEXT,
    error_message TEXT,
    is_correct INTEGER NOT NULL CHECK (is_correct IN (0, 1)),
    validation_details TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE user_progress (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    topic_id TEXT NOT NULL REFERENCES topics(id) ON DELETE CASCADE,
    problems_attempted INTEGER,
    problems_solved INTEGER,
    total_submissions INTEGER,
    successful_submissions INTEGER,
    average_execution_time_ms REAL,
    best_execution_time_ms REAL,
    total_time_spent_minutes INTEGER,
    current_difficulty TEXT CHECK (current_difficulty IN ('BEGINNER', 'EASY', 'MEDIUM', 'HARD', 'EXPERT')),
    highest_difficulty_solved TEXT CHECK (highest_difficulty_solved IN ('BEGINNER', 'EASY', 'MEDIUM', 'HARD', 'EXPERT')),
    hint_usage_count INTEGER,
    average_attempts_per_problem REAL,
    streak_count INTEGER,
    max_streak_count INTEGER,
    experience_points INTEGER,
    first_attempt_at TEXT,
    last_activity_at TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (user_id, topic_id)
) STRICT;

CREATE TABLE badges (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT UNIQUE NOT NULL CHECK (length(name) <= 100),
    description TEXT NOT NULL,
    icon_url TEXT,
    criteria TEXT NOT NULL,
    points_reward INTEGER,
    rarity TEXT CHECK (length(rarity) <= 20),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE user_badges (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    badge_id TEXT NOT NULL REFERENCES badges(id) ON DELETE CASCADE,
    earned_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (user_id, badge_id)
) STRICT;

CREATE TABLE community_posts (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id TEXT REFERENCES problems(id),
    content TEXT NOT NULL,
    code_snippet TEXT,
    likes INTEGER NOT NULL DEFAULT 0,
    comments INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE post_likes (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    post_id TEXT NOT NULL REFERENCES community_posts(id) ON DELETE CASCADE,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (user_id, post_id)
) STRICT;

CREATE TABLE post_comments (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    post_id TEXT NOT NULL REFERENCES community_posts(id) ON DELETE CASCADE,
    parent_id TEXT REFERENCES post_comments(id),
    content TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE TABLE problem_interactions (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    bookmark INTEGER NOT NULL DEFAULT 0 CHECK (bookmark IN (0, 1)),
    upvote INTEGER NOT NULL DEFAULT 0 CHECK (upvote IN (0, 1)),
    downvote INTEGER NOT NULL DEFAULT 0 CHECK (downvote IN (0, 1)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (user_id, problem_id)
) STRICT;

CREATE TABLE cache_entries (
    id TEXT PRIMARY KEY NOT NULL,
    cache_key TEXT NOT NULL CHECK (length(cache_key) <= 500),
    namespace TEXT NOT NULL CHECK (length(namespace) <= 100),
    data TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    UNIQUE (cache_key, namespace)
) STRICT;

CREATE TABLE fallback_submissions (
    id TEXT PRIMARY KEY NOT NULL,
    job_id TEXT UNIQUE NOT NULL CHECK (length(job_id) <= 100),
    data TEXT NOT NULL,
    status TEXT NOT NULL CHECK (length(status) <= 20),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    processed_at TEXT
) STRICT;

CREATE TABLE solutions (
    id TEXT PRIMARY KEY NOT NULL,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    created_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    title TEXT NOT NULL CHECK (length(title) <= 200),
    content TEXT NOT NULL,
    sql_code TEXT NOT NULL,
    is_official INTEGER NOT NULL DEFAULT 0 CHECK (is_official IN (0, 1)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')
) STRICT;

CREATE INDEX idx_followers_follower_id ON followers(follower_id);
CREATE INDEX idx_followers_following_id ON followers(following_id);
CREATE INDEX idx_helpful_links_user_id ON helpful_links(user_id);
CREATE INDEX idx_helpful_links_created_at ON helpful_links(created_at);
CREATE INDEX idx_problems_difficulty ON problems(difficulty);
CREATE INDEX idx_problems_company ON problems(company);
CREATE INDEX idx_problems_topic_id ON problems(topic_id);
CREATE INDEX idx_problems_created_at ON problems(created_at);
CREATE INDEX idx_submissions_user_id ON submissions(user_id);
CREATE INDEX idx_submissions_problem_id ON submissions(problem_id);
CREATE INDEX idx_submissions_is_correct ON submissions(is_correct);
CREATE INDEX idx_submissions_submitted_at ON submissions(submitted_at);
CREATE INDEX idx_problem_submissions_user_id ON problem_submissions(user_id);
CREATE INDEX idx_problem_submissions_problem_id ON problem_submissions(problem_id);
CREATE INDEX idx_problem_submissions_status ON problem_submissions(status);
CREATE INDEX idx_problem_submissions_created_at ON problem_submissions(created_at);
CREATE INDEX idx_problem_submissions_completed_at ON problem_submissions(completed_at);
CREATE INDEX idx_problem_sessions_user_problem ON problem_sessions(user_id, problem_id);
CREATE INDEX idx_problem_sessions_completed_at ON problem_sessions(completed_at);
CREATE INDEX idx_solutions_problem_id ON solutions(problem_id);
CREATE INDEX idx_solutions_created_by ON solutions(created_by);
CREATE INDEX idx_solutions_created_at ON solutions(created_at);
CREATE INDEX idx_cache_key_namespace ON cache_entries(cache_key, namespace);
CREATE INDEX idx_cache_expires_at ON cache_entries(expires_at);
CREATE INDEX idx_fallback_status ON fallback_submissions(status);
CREATE INDEX idx_fallback_created_at ON fallback_submissions(created_at);
CREATE TABLE user_sandboxes (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id TEXT NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    schema_name TEXT NOT NULL CHECK (length(schema_name) <= 100),
    status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'EXPIRED', 'CLEANUP_PENDING')),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'),
    expires_at TEXT NOT NULL,
    last_used_at TEXT
) STRICT;

)sql";

} // namespace sqlgym::cache
