#include "targets.h"

#include "base/text_position.h"
#include "exec/database.h"
#include "runtime/prepare.h"
#include "sandbox_embedded/script.h"
#include "sql/bind.h"
#include "sql/parse.h"

namespace sqlgym::fuzz {

namespace {

/// The tables of tests/engine/sql/schema.sql, whose statements are seeds; with a few rows.
constexpr const char *kSetup = R"(
CREATE TABLE club (id int PRIMARY KEY, name text NOT NULL, town varchar(40) DEFAULT 'Ghent');
CREATE TABLE member (
    id int PRIMARY KEY, name varchar(40) NOT NULL, born date, club_id int REFERENCES club (id), active boolean DEFAULT true
);
CREATE TABLE visit (
    id bigint PRIMARY KEY, member_id int REFERENCES member (id), paid numeric(8, 2), visited_at timestamp, minutes smallint,
    rating double precision
);
CREATE TABLE odd (id int, "Mixed" text, "select" int, "häuser" char(5), j json, tags text[], seen timestamptz);
INSERT INTO club VALUES (1, 'Chess', DEFAULT), (2, '', NULL);
INSERT INTO member VALUES (1, 'Ada', '1815-12-10', 1, true), (2, 'Zoë', 'infinity', NULL, NULL), (3, '', NULL, 1, false);
INSERT INTO visit SELECT g, g % 3 + 1, g * 1.25, timestamp '2024-02-29' + g * interval '7 hours', g, 1 / g::float8
    FROM generate_series(1, 12) g;
INSERT INTO visit VALUES (13, NULL, 'NaN', NULL, -32768, '-Infinity');
INSERT INTO odd VALUES (1, 'x', NULL, 'ü', '{"a": [1, null]}', '{a,NULL}', '2024-03-31 01:00+02'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL);
)";

exec::Database load()
{
    runtime::prepare();
    static base::MemoryAccount account;
    base::CancelToken cancel;
    exec::Database database;
    const auto loaded = sandbox_embedded::runScript(kSetup, database, account, cancel, {});
    require(loaded.status == sandbox::Status::Ok, "the tables load");
    return database;
}

/// A few milliseconds and megabytes are enough.
void run(std::string_view bytes, exec::Database database)
{
    base::MemoryAccount account(8u << 20);
    base::CancelToken cancel(20);
    exec::Database own = std::move(database);
    const auto outcome = sandbox_embedded::runScript(bytes, own, account, cancel, {.maxRows = 1000});

    const auto &error = outcome.diagnostic;
    require(outcome.status != sandbox::Status::Failed, "a statement ends in one of the ways that are foreseen");
    require(outcome.status != sandbox::Status::Unsupported || !outcome.feature.empty(), "what is declined is named");
    require(outcome.status != sandbox::Status::Error ||
                (error.sqlstate.size() == 5 && base::isValidUtf8(error.message) && base::isValidUtf8(error.detail)),
            "an error has an SQLSTATE and is readable");
    const auto &table = outcome.table;
    for (std::size_t row = 0; row < table.rowCount() && table.columnCount() > 0; ++row)
        for (std::size_t column = 0; column < table.columnCount(); ++column)
            if (const auto cell = table.cell(row, column))
                require(base::isValidUtf8(*cell), "a cell is UTF-8");
}

} // namespace

void trySql(std::string_view bytes)
{
    static const exec::Database kTables = load();
    const auto parsed = sql::parse(bytes);
    require(parsed.script.has_value() + parsed.error.has_value() + !parsed.declined.empty() == 1,
            "parsing gives a tree, an error or a reason");
    if (!parsed.script)
        return;
    for (const auto &statement : parsed.script->statements()) {
        require(statement.span.byteBegin <= statement.span.byteEnd && statement.span.byteEnd <= bytes.size(),
                "a statement lies in its text");
        const auto bound = sql::bind(statement, bytes, kTables);
        require(bound.statement.has_value() + bound.error.has_value() + !bound.declined.empty() == 1,
                "binding gives a statement, an error or a reason");
        require(!bound.error || (bound.error->sqlstate.size() == 5 && bound.error->position >= 0 &&
                                 bound.error->position <= static_cast<int>(bytes.size()) + 1),
                "an error has an SQLSTATE and a position in the text");
    }
    run(bytes, kTables);
}

} // namespace sqlgym::fuzz
