#include "cache/migrations.h"

namespace sqlgym::cache {

// One full-text index over problems, posts and solutions. The texts stand in search_documents, whose explicit integer
// key keeps the index right where rowids of the indexed tables could move. SQLite lets no trigger of an untrusted
// schema write to FTS5 or read JSON, so triggers only note what changed, whoever changes it, and derived.h follows. (OR
// IGNORE would not do there: the conflict clause of the statement that fires a trigger overrides it.)
const char *const kMigration3Search = R"sql(
CREATE TABLE search_documents (
    document INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('problem', 'post', 'solution')),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    extra TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, extra,
    content = 'search_documents', content_rowid = 'document',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TABLE search_queue (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sqlgym_queue_problem_insert AFTER INSERT ON problems BEGIN
    INSERT INTO search_queue SELECT 'problem', new.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'problem' AND id = new.id);
END;
CREATE TRIGGER sqlgym_queue_problem_update AFTER UPDATE OF title, question, tags, company ON problems
WHEN new.title IS NOT old.title OR new.question IS NOT old.question OR new.tags IS NOT old.tags
     OR new.company IS NOT old.company
BEGIN
    INSERT INTO search_queue SELECT 'problem', new.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'problem' AND id = new.id);
END;
CREATE TRIGGER sqlgym_queue_problem_delete AFTER DELETE ON problems BEGIN
    INSERT INTO search_queue SELECT 'problem', old.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'problem' AND id = old.id);
END;

CREATE TRIGGER sqlgym_queue_post_insert AFTER INSERT ON community_posts BEGIN
    INSERT INTO search_queue SELECT 'post', new.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'post' AND id = new.id);
END;
CREATE TRIGGER sqlgym_queue_post_update AFTER UPDATE OF content, code_snippet ON community_posts BEGIN
    INSERT INTO search_queue SELECT 'post', new.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'post' AND id = new.id);
END;
CREATE TRIGGER sqlgym_queue_post_delete AFTER DELETE ON community_posts BEGIN
    INSERT INTO search_queue SELECT 'post', old.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'post' AND id = old.id);
END;

CREATE TRIGGER sqlgym_queue_solution_insert AFTER INSERT ON solutions BEGIN
    INSERT INTO search_queue SELECT 'solution', new.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'solution' AND id = new.id);
END;
CREATE TRIGGER sqlgym_queue_solution_update AFTER UPDATE OF title, content, sql_code ON solutions BEGIN
    INSERT INTO search_queue SELECT 'solution', new.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'solution' AND id = new.id);
END;
CREATE TRIGGER sqlgym_queue_solution_delete AFTER DELETE ON solutions BEGIN
    INSERT INTO search_queue SELECT 'solution', old.id
    WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE kind = 'solution' AND id = old.id);
END;

INSERT INTO search_queue
SELECT 'problem', id FROM problems
UNION ALL SELECT 'post', id FROM community_posts
UNION ALL SELECT 'solution', id FROM solutions;
)sql";

} // namespace sqlgym::cache
