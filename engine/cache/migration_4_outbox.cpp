#include "cache/migrations.h"

namespace sqlgym::cache {

// What an entry of the outbox did to the tables beside it, so that it can be taken back and done again.
//
// target      what the entry is about ("like:<post>"): later entries of the same target may take its place
// made        rows that were made here and do not follow from the payload, as a JSON array of {"table", "row"}
// undo        what takes the entry's effect back, as a JSON array of steps; NULL = it has none at present
// blocked_by  the refused entry without which this one cannot be
// done_before of what the server did: the transaction number from which on its snapshots hold what it did
//
// verdict_differences holds submissions that the server judged otherwise than this machine.
const char *const kMigration4Outbox = R"sql(
ALTER TABLE outbox ADD COLUMN target TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN made TEXT;
ALTER TABLE outbox ADD COLUMN undo TEXT;
ALTER TABLE outbox ADD COLUMN blocked_by TEXT;
ALTER TABLE outbox ADD COLUMN done_before INTEGER;
UPDATE outbox SET
    made = (SELECT json_group_array(json(row)) FROM (
        SELECT json_object('table', 'submissions', 'row', json_object('id', s.id, 'user_id', s.user_id,
            'problem_id', s.problem_id, 'query', s.query, 'is_correct', s.is_correct, 'execution_time', s.execution_time,
            'submitted_at', s.submitted_at)) AS row
        FROM submissions s WHERE s.id = outbox.id
        UNION ALL
        SELECT json_object('table', 'problem_submissions', 'row', json_object('id', p.id, 'user_id', p.user_id,
            'problem_id', p.problem_id, 'sql_query', p.sql_query, 'status', p.status, 'rows_returned', p.rows_returned,
            'execution_time_ms', p.execution_time_ms, 'error_message', p.error_message, 'result_data', p.result_data,
            'created_at', p.created_at, 'completed_at', p.completed_at))
        FROM problem_submissions p WHERE p.id = outbox.id)),
    undo = json_array(json_object('do', 'remove', 'table', 'submissions', 'key', id),
                      json_object('do', 'remove', 'table', 'problem_submissions', 'key', id))
WHERE kind = 'submit';
-- A learner's own submissions are nearly all that is here: idx_submissions_problem_id finds them as well, and this was a
-- sixth of the time of a new copy.
DROP INDEX sqlgym_submissions_user_problem;
CREATE INDEX sqlgym_outbox_target ON outbox(user_id, target, sequence);

CREATE TABLE verdict_differences (
    submission_id TEXT PRIMARY KEY NOT NULL,
    problem_id TEXT NOT NULL,
    query TEXT NOT NULL,
    correct_here INTEGER NOT NULL CHECK (correct_here IN (0, 1)),
    correct_at_server INTEGER NOT NULL CHECK (correct_at_server IN (0, 1)),
    noted_at_us INTEGER NOT NULL
) STRICT;
)sql";

} // namespace sqlgym::cache
