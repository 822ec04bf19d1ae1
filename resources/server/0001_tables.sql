-- The tables that the product rests on, names and types as documented. What it needs beyond them is in other schemas.

CREATE TYPE difficultylevel AS ENUM (
    'BEGINNER', 
    'EASY', 
    'MEDIUM', 
    'HARD', 
    'EXPERT'
);

CREATE TYPE execution_status AS ENUM (
    'SUCCESS', 
    'ERROR', 
    'TIMEOUT', 
    'MEMORY_LIMIT'
);

CREATE TYPE sandbox_status AS ENUM (
    'ACTIVE', 
    'EXPIRED', 
    'CLEANUP_PENDING'
);
-- =============================================
-- USER MANAGEMENT TABLES
-- =============================================

CREATE TABLE users (
    id VARCHAR PRIMARY KEY,
    username VARCHAR(50) UNIQUE NOT NULL,
    email VARCHAR(255) UNIQUE NOT NULL,
    password_hash TEXT,
    first_name VARCHAR(50),
    last_name VARCHAR(50),
    company_name VARCHAR(100),
    linkedin_url TEXT,
    profile_image_url TEXT,
    google_id VARCHAR(255) UNIQUE,
    auth_provider VARCHAR(20) NOT NULL DEFAULT 'email',
    problems_solved INTEGER NOT NULL DEFAULT 0,
    premium BOOLEAN NOT NULL DEFAULT false,
    is_admin BOOLEAN NOT NULL DEFAULT false,
    email_verified BOOLEAN NOT NULL DEFAULT false,
    verification_token VARCHAR(255),
    verification_token_expires TIMESTAMP,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE followers (
    id VARCHAR PRIMARY KEY,
    follower_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    following_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (follower_id, following_id)
);

CREATE TABLE helpful_links (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    title VARCHAR(200) NOT NULL,
    url TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now()
);

-- =============================================
-- LEARNING CONTENT TABLES
-- =============================================

CREATE TABLE topics (
    id VARCHAR PRIMARY KEY,
    name VARCHAR(100) UNIQUE NOT NULL,
    description TEXT,
    difficulty_level difficultylevel NOT NULL,
    order_index INTEGER,
    parent_topic_id VARCHAR REFERENCES topics(id),
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE problems (
    id VARCHAR PRIMARY KEY,
    title VARCHAR(200) NOT NULL,
    question JSONB NOT NULL,
    difficulty VARCHAR(20) NOT NULL DEFAULT 'Medium',
    tags JSON NOT NULL,
    hints JSON NOT NULL,
    company VARCHAR(100),
    topic_id VARCHAR REFERENCES topics(id),
    premium BOOLEAN,
    s3_data_source JSONB,
    master_solution JSONB,
    expected_display JSONB,
    s3_datasets JSONB,
    expected_hash VARCHAR(255),
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE problem_schemas (
    id VARCHAR PRIMARY KEY,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    table_name VARCHAR(100) NOT NULL,
    schema_definition JSONB NOT NULL,
    sample_data JSONB,
    indexes JSON,
    constraints JSON,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (problem_id, table_name)
);

CREATE TABLE test_cases (
    id VARCHAR PRIMARY KEY,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    name VARCHAR(200) NOT NULL,
    description TEXT,
    input_data JSONB NOT NULL,
    expected_output JSONB NOT NULL,
    expected_output_source JSONB,
    preview_expected_output JSONB,
    validation_rules JSONB,
    is_hidden BOOLEAN,
    order_index INTEGER,
    timeout_seconds INTEGER,
    memory_limit_mb INTEGER,
    display_limit INTEGER DEFAULT 10,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (problem_id, name)
);

-- =============================================
-- USER PROGRESS TABLES
-- =============================================

CREATE TABLE submissions (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    query TEXT NOT NULL,
    is_correct BOOLEAN NOT NULL,
    execution_time INTEGER,
    submitted_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE problem_submissions (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    sql_query TEXT NOT NULL,
    status VARCHAR(20) NOT NULL,
    rows_returned INTEGER,
    execution_time_ms INTEGER,
    error_message TEXT,
    result_data JSONB,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    completed_at TIMESTAMP
);

CREATE TABLE problem_sessions (
    id VARCHAR PRIMARY KEY DEFAULT gen_random_uuid()::text,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    first_query_at TIMESTAMPTZ,
    completed_at TIMESTAMPTZ,
    total_time_spent_seconds INTEGER,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE execution_results (
    id VARCHAR PRIMARY KEY,
    submission_id VARCHAR NOT NULL REFERENCES submissions(id) ON DELETE CASCADE,
    test_case_id VARCHAR NOT NULL REFERENCES test_cases(id) ON DELETE CASCADE,
    status execution_status NOT NULL,
    execution_time_ms INTEGER,
    memory_used_mb DOUBLE PRECISION,
    rows_affected INTEGER,
    query_result JSONB,
    error_message TEXT,
    is_correct BOOLEAN NOT NULL,
    validation_details JSONB,
    created_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE user_progress (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    topic_id VARCHAR NOT NULL REFERENCES topics(id) ON DELETE CASCADE,
    problems_attempted INTEGER,
    problems_solved INTEGER,
    total_submissions INTEGER,
    successful_submissions INTEGER,
    average_execution_time_ms DOUBLE PRECISION,
    best_execution_time_ms DOUBLE PRECISION,
    total_time_spent_minutes INTEGER,
    current_difficulty difficultylevel,
    highest_difficulty_solved difficultylevel,
    hint_usage_count INTEGER,
    average_attempts_per_problem DOUBLE PRECISION,
    streak_count INTEGER,
    max_streak_count INTEGER,
    experience_points INTEGER,
    first_attempt_at TIMESTAMP,
    last_activity_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (user_id, topic_id)
);

-- =============================================
-- GAMIFICATION TABLES
-- =============================================

CREATE TABLE badges (
    id VARCHAR PRIMARY KEY,
    name VARCHAR(100) UNIQUE NOT NULL,
    description TEXT NOT NULL,
    icon_url TEXT,
    criteria JSONB NOT NULL,
    points_reward INTEGER,
    rarity VARCHAR(20),
    created_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE user_badges (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    badge_id VARCHAR NOT NULL REFERENCES badges(id) ON DELETE CASCADE,
    earned_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (user_id, badge_id)
);

-- =============================================
-- COMMUNITY TABLES
-- =============================================

CREATE TABLE community_posts (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id VARCHAR REFERENCES problems(id),
    content TEXT NOT NULL,
    code_snippet TEXT,
    likes INTEGER NOT NULL DEFAULT 0,
    comments INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE post_likes (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    post_id VARCHAR NOT NULL REFERENCES community_posts(id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (user_id, post_id)
);

CREATE TABLE post_comments (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    post_id VARCHAR NOT NULL REFERENCES community_posts(id) ON DELETE CASCADE,
    parent_id VARCHAR REFERENCES post_comments(id),
    content TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now()
);

CREATE TABLE problem_interactions (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    bookmark BOOLEAN NOT NULL DEFAULT false,
    upvote BOOLEAN NOT NULL DEFAULT false,
    downvote BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (user_id, problem_id)
);

-- =============================================
-- SYSTEM TABLES
-- =============================================

CREATE TABLE cache_entries (
    id VARCHAR PRIMARY KEY,
    cache_key VARCHAR(500) NOT NULL,
    namespace VARCHAR(100) NOT NULL,
    data JSONB NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    UNIQUE (cache_key, namespace)
);

CREATE TABLE fallback_submissions (
    id VARCHAR PRIMARY KEY,
    job_id VARCHAR(100) UNIQUE NOT NULL,
    data JSONB NOT NULL,
    status VARCHAR(20) NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    processed_at TIMESTAMP
);

CREATE TABLE solutions (
    id VARCHAR PRIMARY KEY,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    created_by VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    title VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    sql_code TEXT NOT NULL,
    is_official BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);
-- =============================================
-- PERFORMANCE INDEXES
-- =============================================

-- Followers
CREATE INDEX idx_followers_follower_id ON followers(follower_id);
CREATE INDEX idx_followers_following_id ON followers(following_id);

-- Helpful Links
CREATE INDEX idx_helpful_links_user_id ON helpful_links(user_id);
CREATE INDEX idx_helpful_links_created_at ON helpful_links(created_at);

-- Problems
CREATE INDEX idx_problems_difficulty ON problems(difficulty);
CREATE INDEX idx_problems_company ON problems(company);
CREATE INDEX idx_problems_topic_id ON problems(topic_id);
CREATE INDEX idx_problems_created_at ON problems(created_at);

-- Submissions
CREATE INDEX idx_submissions_user_id ON submissions(user_id);
CREATE INDEX idx_submissions_problem_id ON submissions(problem_id);
CREATE INDEX idx_submissions_is_correct ON submissions(is_correct);
CREATE INDEX idx_submissions_submitted_at ON submissions(submitted_at);

-- Problem Submissions
CREATE INDEX idx_problem_submissions_user_id ON problem_submissions(user_id);
CREATE INDEX idx_problem_submissions_problem_id ON problem_submissions(problem_id);
CREATE INDEX idx_problem_submissions_status ON problem_submissions(status);
CREATE INDEX idx_problem_submissions_created_at ON problem_submissions(created_at);
CREATE INDEX idx_problem_submissions_completed_at ON problem_submissions(completed_at);

-- Problem Sessions
CREATE INDEX idx_problem_sessions_user_problem ON problem_sessions(user_id, problem_id);
CREATE INDEX idx_problem_sessions_completed_at ON problem_sessions(completed_at);

-- Solutions
CREATE INDEX idx_solutions_problem_id ON solutions(problem_id);
CREATE INDEX idx_solutions_created_by ON solutions(created_by);
CREATE INDEX idx_solutions_created_at ON solutions(created_at);

-- Cache Entries
CREATE INDEX idx_cache_key_namespace ON cache_entries(cache_key, namespace);
CREATE INDEX idx_cache_expires_at ON cache_entries(expires_at);

-- Fallback Submissions
CREATE INDEX idx_fallback_status ON fallback_submissions(status);
CREATE INDEX idx_fallback_created_at ON fallback_submissions(created_at);

-- The lifecycle of the databases in which a judge runs submissions.
CREATE TABLE user_sandboxes (
    id VARCHAR PRIMARY KEY,
    user_id VARCHAR NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    problem_id VARCHAR NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    schema_name VARCHAR(100) NOT NULL,
    status sandbox_status NOT NULL DEFAULT 'ACTIVE',
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL DEFAULT now()
);

-- References and policies that no documented index serves.
CREATE INDEX sqlgym_topics_parent ON topics(parent_topic_id);
CREATE INDEX sqlgym_problem_sessions_problem ON problem_sessions(problem_id);
CREATE INDEX sqlgym_execution_results_submission ON execution_results(submission_id);
CREATE INDEX sqlgym_execution_results_test ON execution_results(test_case_id);
CREATE INDEX sqlgym_execution_results_created ON execution_results(created_at);
CREATE INDEX sqlgym_user_progress_topic ON user_progress(topic_id);
CREATE INDEX sqlgym_user_badges_badge ON user_badges(badge_id);
CREATE INDEX sqlgym_community_posts_user ON community_posts(user_id);
CREATE INDEX sqlgym_community_posts_problem ON community_posts(problem_id);
CREATE INDEX sqlgym_post_likes_post ON post_likes(post_id);
CREATE INDEX sqlgym_post_comments_user ON post_comments(user_id);
CREATE INDEX sqlgym_post_comments_post ON post_comments(post_id);
CREATE INDEX sqlgym_post_comments_parent ON post_comments(parent_id);
CREATE INDEX sqlgym_problem_interactions_problem ON problem_interactions(problem_id);
CREATE INDEX sqlgym_user_sandboxes_user ON user_sandboxes(user_id);
CREATE INDEX sqlgym_user_sandboxes_problem ON user_sandboxes(problem_id);
CREATE INDEX sqlgym_user_sandboxes_expires ON user_sandboxes(expires_at);
-- Logins are found whatever their case.
CREATE INDEX sqlgym_users_username_lower ON users(lower(username));
CREATE INDEX sqlgym_users_email_lower ON users(lower(email));
