#include "cache/derived.h"

#include "sqlite/transaction.h"

#include <optional>

namespace sqlgym::cache {
namespace {

// A question that is no JSON (from a broken server, say) must not stop everything else from being found.
constexpr const char *kRefresh = R"sql(
INSERT INTO problem_keys (problem_id, slug, order_index)
SELECT id, coalesce(json_extract(question, '$.slug'), id),
       coalesce(CAST(json_extract(question, '$.order') AS INTEGER), 0)
FROM (SELECT id, iif(json_valid(question), question, '{}') AS question FROM problems
      WHERE id IN (SELECT id FROM search_queue WHERE kind = 'problem'))
WHERE true
ON CONFLICT (problem_id) DO UPDATE SET slug = excluded.slug, order_index = excluded.order_index;

INSERT INTO search_index (search_index, rowid, title, body, extra)
SELECT 'delete', document, title, body, extra FROM search_queue JOIN search_documents USING (kind, id);
DELETE FROM search_documents WHERE (kind, id) IN (SELECT kind, id FROM search_queue);

INSERT INTO search_documents (kind, id, title, body, extra)
SELECT 'problem', id, title, coalesce(iif(json_valid(question), json_extract(question, '$.markdown'), question), ''),
       tags || ' ' || coalesce(company, '')
FROM problems WHERE id IN (SELECT id FROM search_queue WHERE kind = 'problem');
INSERT INTO search_documents (kind, id, title, body, extra)
SELECT 'post', id, '', content, coalesce(code_snippet, '')
FROM community_posts WHERE id IN (SELECT id FROM search_queue WHERE kind = 'post');
INSERT INTO search_documents (kind, id, title, body, extra)
SELECT 'solution', id, title, content, sql_code
FROM solutions WHERE id IN (SELECT id FROM search_queue WHERE kind = 'solution');

INSERT INTO search_index (rowid, title, body, extra)
SELECT document, title, body, extra FROM search_queue JOIN search_documents USING (kind, id);
DELETE FROM search_queue;
)sql";

} // namespace

base::Result<void> refreshDerived(sqlite::Database &database)
{
    auto waiting = database.integer("SELECT EXISTS (SELECT 1 FROM search_queue)");
    if (!waiting)
        return waiting.error();
    if (*waiting == 0)
        return {};
    if (database.inTransaction())
        return database.execute(kRefresh);
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    if (auto done = database.execute(kRefresh); !done)
        return done;
    return transaction->commit();
}

} // namespace sqlgym::cache
