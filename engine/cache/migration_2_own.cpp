#include "cache/migrations.h"

namespace sqlgym::cache {

// What the cache keeps beside the server's tables. Columns named ..._us hold microseconds since 1970 (UTC).
//
// Drafts and attempts refer to problems without a foreign key: what a learner wrote outlives its problem. slug and
// order_index, which the server keeps inside problems.question, are lifted into problem_keys (derived.h), so that
// the list of problems needs no JSON.
const char *const kMigration2Own = R"sql(
CREATE TABLE packs (
    name TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    loaded_at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE problem_keys (
    problem_id TEXT PRIMARY KEY NOT NULL REFERENCES problems(id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    order_index INTEGER NOT NULL,
    pack TEXT
) STRICT;
CREATE INDEX sqlgym_problem_keys_slug ON problem_keys(slug);

CREATE TABLE drafts (
    problem_id TEXT PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    scroll INTEGER NOT NULL,
    updated_at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_history (
    id INTEGER PRIMARY KEY,
    problem_id TEXT NOT NULL,
    text TEXT NOT NULL,
    saved_at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX sqlgym_draft_history_problem ON draft_history(problem_id, saved_at_us);

CREATE TABLE attempts (
    id TEXT PRIMARY KEY NOT NULL,
    problem_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('run', 'check', 'submit')),
    query TEXT NOT NULL,
    outcome TEXT NOT NULL,
    correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
    started_at_us INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    elapsed_us INTEGER NOT NULL,
    rows INTEGER,
    verdict TEXT
) STRICT;
CREATE INDEX sqlgym_attempts_problem ON attempts(problem_id, started_at_us);

CREATE TABLE hints_used (
    problem_id TEXT NOT NULL,
    level INTEGER NOT NULL,
    used_at_us INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    PRIMARY KEY (problem_id, level)
) STRICT;

CREATE TABLE given_up (
    problem_id TEXT PRIMARY KEY NOT NULL,
    given_up_at_us INTEGER NOT NULL,
    utc_offset_minutes INTEGER NOT NULL
) STRICT;

CREATE TABLE frozen_days (
    day INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE ui_state (
    key TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE sync_state (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'rejected', 'sent')),
    tries INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    created_at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX sqlgym_outbox_state ON outbox(user_id, state, sequence);

-- Foreign keys that the seed leaves without an index.
CREATE INDEX sqlgym_topics_parent_topic_id ON topics(parent_topic_id);
CREATE INDEX sqlgym_submissions_user_problem ON submissions(user_id, problem_id, is_correct);
CREATE INDEX sqlgym_execution_results_submission_id ON execution_results(submission_id);
CREATE INDEX sqlgym_execution_results_test_case_id ON execution_results(test_case_id);
CREATE INDEX sqlgym_problem_sessions_problem_id ON problem_sessions(problem_id);
CREATE INDEX sqlgym_user_progress_topic_id ON user_progress(topic_id);
CREATE INDEX sqlgym_user_badges_badge_id ON user_badges(badge_id);
CREATE INDEX sqlgym_community_posts_user_id ON community_posts(user_id);
CREATE INDEX sqlgym_community_posts_problem_id ON community_posts(problem_id);
CREATE INDEX sqlgym_post_likes_post_id ON post_likes(post_id);
CREATE INDEX sqlgym_post_comments_post_id ON post_comments(post_id);
CREATE INDEX sqlgym_post_comments_user_id ON post_comments(user_id);
CREATE INDEX sqlgym_post_comments_parent_id ON post_comments(parent_id);
CREATE INDEX sqlgym_problem_interactions_problem_id ON problem_interactions(problem_id);
CREATE INDEX sqlgym_user_sandboxes_user_id ON user_sandboxes(user_id);
CREATE INDEX sqlgym_user_sandboxes_problem_id ON user_sandboxes(problem_id);
)sql";

} // namespace sqlgym::cache
