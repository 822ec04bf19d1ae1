#include "oracle.h"

#include "../postgres/scratch.h"

namespace sqlgym::tests {

namespace {

constexpr char kHelpers[] = R"(
CREATE FUNCTION pg_temp.answers(expressions text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE e text; r text; m text; d text; h text;
BEGIN
    FOREACH e IN ARRAY expressions LOOP
        BEGIN
            EXECUTE 'SELECT CASE WHEN x IS NULL THEN ''NULL'' ELSE concat(''='', x) END FROM (SELECT ' || e
                || ' AS x OFFSET 0) s' INTO r;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
            r := '!' || SQLSTATE || ' ' || m || ' | ' || d || ' | ' || h;
        END;
        RETURN NEXT r;
    END LOOP;
END $$;
CREATE FUNCTION pg_temp.query_answers(queries text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE e text; r text; m text; d text; h text;
BEGIN
    FOREACH e IN ARRAY queries LOOP
        BEGIN
            EXECUTE 'SELECT coalesce(string_agg(CASE WHEN x IS NULL THEN ''NULL'' ELSE concat(''='', x) END, E''\n''), ''none'') FROM ('
                || e || ') s(x)' INTO r;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
            r := '!' || SQLSTATE || ' ' || m || ' | ' || d || ' | ' || h;
        END;
        RETURN NEXT r;
    END LOOP;
END $$;
)";

} // namespace

bool Oracle::start()
{
    static Scratch scratch;
    auto cluster = postgres::PrivateCluster::start(scratch.path("oracle"));
    if (!cluster) {
        m_whyNot = cluster.error().message;
        return false;
    }
    m_cluster = std::move(*cluster);
    auto connection = postgres::Connection::open(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    if (!connection) {
        m_whyNot = connection.error().message;
        return false;
    }
    m_connection = std::make_unique<postgres::Connection>(std::move(*connection));
    const auto made = m_connection->execute(kHelpers);
    if (!made)
        m_whyNot = made.error().message;
    return static_cast<bool>(made);
}

std::vector<std::vector<std::string>> Oracle::rows(const std::string &sql)
{
    std::vector<std::vector<std::string>> rows;
    const auto result = m_connection->execute(sql);
    if (!result) {
        m_whyNot = result.error().message;
        return rows;
    }
    for (int r = 0; r < result->rowCount(); ++r) {
        auto &row = rows.emplace_back();
        for (int c = 0; c < result->columnCount(); ++c)
            row.emplace_back(result->cell(r, c).value_or(""));
    }
    return rows;
}

std::vector<std::string> Oracle::call(const char *function, const std::vector<std::string> &texts)
{
    std::vector<std::string> answers;
    for (std::size_t from = 0; from < texts.size();) {
        std::string sql = std::string("SELECT * FROM pg_temp.") + function + "(ARRAY[";
        const std::size_t first = from;
        for (; from < texts.size() && from - first < 500 && sql.size() < 4'000'000; ++from)
            sql += (from > first ? "," : "") + postgres::quoteLiteral(texts[from]);
        sql += "]::text[])";
        const auto got = rows(sql);
        for (const auto &row : got)
            answers.push_back(row[0]);
        answers.resize(from, "!oracle failed: " + m_whyNot);
    }
    return answers;
}

std::vector<std::string> Oracle::ask(const std::vector<std::string> &expressions)
{
    return call("answers", expressions);
}

std::vector<std::string> Oracle::askQueries(const std::vector<std::string> &queries)
{
    return call("query_answers", queries);
}

} // namespace sqlgym::tests
