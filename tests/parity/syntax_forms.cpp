// Expressions whose syntax is their own. Holes: {type} a value of it, {T} one of a type drawn for the whole form,
// {T[]} its array, {'pool'} a quoted text of a pool, {pool!} the same without quotes.
#include "catalogue_calls.h"

#include "catalogue/type_oids.h"

namespace sqlgym::parity {

namespace {

using Ptr = QueryNode::Ptr;

const std::vector<std::string> &rawWords(const std::string &name)
{
    static const std::vector<std::string> kFields{"year",    "month",      "day",      "hour",         "minute",
                                                  "second",  "epoch",      "dow",      "isodow",       "doy",
                                                  "quarter", "week",       "isoyear",  "century",      "decade",
                                                  "julian",  "millennium", "timezone", "milliseconds", "microseconds"};
    static const std::vector<std::string> kCompare{"=", "<>", "<", "<=", ">", ">="};
    static const std::vector<std::string> kNot{"", "NOT "};
    static const std::vector<std::string> kForms{"NFC", "NFD", "NFKC", "NFKD"};
    static const std::vector<std::string> kSmall{"0", "1", "2", "3", "-1", "5"};
    if (name == "field")
        return kFields;
    if (name == "compare")
        return kCompare;
    if (name == "not")
        return kNot;
    return name == "form" ? kForms : kSmall;
}

} // namespace

const std::vector<const char *> &syntaxForms()
{
    static const std::vector<const char *> kForms{
        "extract({field!} FROM {date})",
        "extract({field!} FROM {timestamp})",
        "extract({field!} FROM {timestamptz})",
        "extract({field!} FROM {interval})",
        "extract({field!} FROM {time})",
        "extract({field!} FROM {timetz})",
        "date_part({'unit'}, {timestamp})",
        "date_trunc({'unit'}, {interval})",
        "date_trunc({'unit'}, {timestamptz}, {'zone'})",
        "date_bin({interval}, {timestamp}, {timestamp})",
        "{timestamp} AT TIME ZONE {'zone'}",
        "{timestamptz} AT TIME ZONE {'zone'}",
        "{timetz} AT TIME ZONE {'zone'}",
        "{timestamp} AT TIME ZONE {interval}",
        "({date}, {date}) OVERLAPS ({date}, {date})",
        "({timestamp}, {interval}) OVERLAPS ({timestamp}, {interval})",
        "({time}, {time}) OVERLAPS ({time}, {interval})",
        "substring({text} FROM {int4} FOR {small!})",
        "substring({text} FROM {small!})",
        "substring({'word'} FROM {'regex'})",
        "substring({'word'} SIMILAR {'similar'} ESCAPE {'escape'})",
        "substring({'word'} FROM {'similar'} FOR {'escape'})",
        "substring({bytea} FROM {small!} FOR {small!})",
        "overlay({text} PLACING {text} FROM {small!} FOR {small!})",
        "overlay({text} PLACING {text} FROM {small!})",
        "overlay({bytea} PLACING {bytea} FROM {small!})",
        "position({text} IN {text})",
        "position({bytea} IN {bytea})",
        "trim(both {text} FROM {text})",
        "trim(leading FROM {text})",
        "trim(trailing {'word'} FROM {'word'})",
        "trim({text})",
        "trim(both {bytea} FROM {bytea})",
        "{'word'} {not!}LIKE {'like'}",
        "{text} {not!}ILIKE {'like'}",
        "{'word'} LIKE {'like'} ESCAPE {'escape'}",
        "{'word'} ILIKE {'like'} ESCAPE {'escape'}",
        "{'word'} {not!}SIMILAR TO {'similar'}",
        "{'word'} SIMILAR TO {'similar'} ESCAPE {'escape'}",
        "{bytea} LIKE {bytea}",
        "{'word'} ~ {'regex'}",
        "{'word'} !~* {'regex'}",
        "{'word'} LIKE ANY (ARRAY[{'like'}, {'like'}])",
        "{'word'} NOT LIKE ALL (ARRAY[{'like'}, {'like'}])",
        "{text} IS {not!}NORMALIZED",
        "{text} IS {form!} NORMALIZED",
        "normalize({text}, {form!})",
        "{text} COLLATE \"C\" {compare!} {text}",
        "{text} COLLATE \"POSIX\" || {text} COLLATE \"C\"",
        "{T} {not!}BETWEEN {T} AND {T}",
        "{T} {not!}BETWEEN SYMMETRIC {T} AND {T}",
        "{T} IS {not!}DISTINCT FROM {T}",
        "{T} {not!}IN ({T}, {T}, {T})",
        "{T} IN (VALUES ({T}), ({T}))",
        "{T} IN (SELECT {T})",
        "coalesce({T}, {T}, {T})",
        "nullif({T}, {T})",
        "greatest({T}, {T}, {T})",
        "least({T}, {T})",
        "greatest({int4}, {numeric}, {float8})",
        "coalesce({int4}, {numeric})",
        "coalesce({date}, {timestamp})",
        "CASE WHEN {bool} THEN {T} ELSE {T} END",
        "CASE {T} WHEN {T} THEN {text} WHEN {T} THEN {text} END",
        "CASE WHEN {bool} THEN {int4} WHEN {bool} THEN {float8} END",
        "({bool} AND {bool})",
        "({bool} OR NOT {bool})",
        "{bool} IS {not!}TRUE",
        "{bool} IS {not!}UNKNOWN",
        "{T} IS {not!}NULL",
        "({T}, {T}) IS NULL",
        "ROW({T}, {T}) IS NOT NULL",
        "ARRAY[{T}, {T}, {T}]",
        "ARRAY[[{T}, {T}], [{T}, {T}]]",
        "ARRAY[{T[]}, {T[]}]",
        "ARRAY[{int4}, {numeric}, NULL]",
        "ARRAY(SELECT {T})",
        "({T[]})[{small!}]",
        "({T[]})[{small!}:{small!}]",
        "({T[]})[:{small!}]",
        "({T[]})[{small!}][{small!}]",
        "{T} {compare!} ANY ({T[]})",
        "{T} {compare!} ALL ({T[]})",
        "{T} {compare!} {T}",
        "{int4} {compare!} {numeric}",
        "{int8} {compare!} {float8}",
        "{date} {compare!} {timestamp}",
        "{date} {compare!} {timestamptz}",
        "{varchar} {compare!} {bpchar}",
        "{bpchar} {compare!} {text}",
        "({T}, {T}) {compare!} ({T}, {T})",
        "({int4}, {text}) {compare!} ({int4}, {text})",
        "ROW({T}, {T}) {compare!} ROW({T}, {T})",
        "({T}, {T}) IN (({T}, {T}), ({T}, {T}))",
        "({T}, {T}) IS DISTINCT FROM ({T}, {T})",
        "{T[]} || {T[]}",
        "{T[]} || {T}",
        "{T} || {T[]}",
        "{T[]} {compare!} {T[]}",
        "{T[]} @> {T[]}",
        "{T[]} && {T[]}",
        "{text} || {T}",
        "{T} || {'word'}",
        "{jsonb} -> {'json key'}",
        "{jsonb} ->> {'json key'}",
        "{jsonb} #> {'json keys'}",
        "{json} #>> {'json keys'}",
        "{json} -> {small!}",
        "{jsonb} ->> {small!}",
        "{jsonb} ? {'json key'}",
        "{jsonb} ?| ARRAY[{'json key'}, {'json key'}]",
        "{jsonb} @> {jsonb}",
        "{jsonb} - {'json key'}",
        "{jsonb} - {small!}",
        "{jsonb} #- {'json keys'}",
        "{jsonb} || {jsonb}",
        "({jsonb})[{'json key'}]",
        "jsonb_set({jsonb}, {'json keys'}, {jsonb}, {bool})",
        "jsonb_insert({jsonb}, {'json keys'}, {jsonb}, {bool})",
        "to_jsonb({T})",
        "to_json({T[]})",
        "row_to_json(ROW({T}, {T}))",
        "json_build_object({'json key'}, {T}, {'json key'}, {T})",
        "jsonb_build_array({T}, {T}, {T[]})",
        "format({'format'}, {T}, {T})",
        "format({'format'}, {text})",
        "concat({T}, {T}, {T})",
        "concat_ws({'separator'}, {T}, {T}, {T})",
        "to_char({timestamp}, {'date template'})",
        "to_char({interval}, {'date template'})",
        "to_char({numeric}, {'number template'})",
        "to_char({int4}, {'number template'})",
        "to_char({float8}, {'number template'})",
        "to_date({'date source'}, {'date template'})",
        "to_timestamp({'date source'}, {'date template'})",
        "to_number({'number source'}, {'number template'})",
        "regexp_replace({'word'}, {'regex'}, {'replacement'}, {'regex flags'})",
        "regexp_match({'regex subject'}, {'regex'}, {'regex flags'})",
        "regexp_split_to_array({'word'}, {'regex'})",
        "regexp_count({'word'}, {'regex'}, {small!})",
        "regexp_instr({'word'}, {'regex'}, {small!}, {small!})",
        "regexp_substr({'word'}, {'regex'}, {small!}, {small!})",
        "regexp_like({'word'}, {'regex'}, {'regex flags'})",
        "split_part({'word'}, {'separator'}, {small!})",
        "string_to_array({'word'}, {'separator'}, {'separator'})",
        "array_to_string({T[]}, {'separator'}, {'separator'})",
        "array_position({T[]}, {T})",
        "array_remove({T[]}, {T})",
        "array_replace({T[]}, {T}, {T})",
        "width_bucket({numeric}, {numeric}, {numeric}, {small!})",
        "width_bucket({float8}, {float8}, {float8}, {small!})",
        "round({numeric}, {small!})",
        "make_date({int4}, {small!}, {small!})",
        "make_interval(days => {small!}, hours => {small!})",
        "age({timestamp}, {timestamp})",
        "justify_interval({interval})",
        "{date} + {small!}",
        "{date} - {date}",
        "{timestamp} - {timestamp}",
        "{timestamp} + {interval}",
        "{date} + {interval}",
        "{time} + {interval}",
        "{interval} * {float8}",
        "{interval} / {numeric}",
        "{date} + {time}",
        "{numeric} ^ {small!}",
        "{int4} ^ {float8}",
        "|/ {float8}",
        "@ {numeric}",
        "- {T}",
        "+ {T}",
        "pg_typeof({T})",
        "pg_typeof({int4} + {numeric})",
        "{T}::text",
        "{T}::text::{=T}",
        "cast({T[]} AS text[])",
        "(SELECT {T})",
        "EXISTS (SELECT 1 WHERE {bool})",
        "(SELECT max(x) FROM (VALUES ({T}), ({T})) AS s(x))",
        "(SELECT count(DISTINCT x) FROM (VALUES ({T}), ({T}), ({T})) AS s(x))",
        "(SELECT array_agg(x ORDER BY x DESC) FROM (VALUES ({T}), ({T}), ({T})) AS s(x))",
        "(SELECT string_agg(x::text, {'separator'} ORDER BY x) FROM (VALUES ({T}), ({T})) AS s(x))",
        "(SELECT count(*) FROM (VALUES ({T}), ({T})) AS a(x) JOIN (VALUES ({T}), ({T})) AS b(y) ON a.x = b.y)",
        "(SELECT count(*) FROM (SELECT {T} UNION SELECT {T}) AS s)",
        "{int4} + {T}",
        "{T} - {T}",
        "{T} * {small!}",
        "{T} / {T}",
        "{T} % {T}",
        "sum({T}) OVER ()",
        "length({T})",
        "abs({T})",
        "sqrt({T})",
        "upper({T})",
    };
    return kForms;
}

Ptr CatalogueCalls::hole(const std::string &name, int depth)
{
    if (name == "T")
        return argument(m_element, {}, depth);
    if (name == "T[]")
        return argument(catalogue::findType(m_element)->array, {}, 0);
    if (name == "=T")
        return nodeOf("type", {sqlName(m_element)});
    if (name.back() == '!')
        return nodeOf("word", {oneOf(rawWords(name.substr(0, name.size() - 1)))});
    if (name.front() == '\'')
        return m_values.quoted(name.substr(1, name.size() - 2));
    return argument(catalogue::findType(std::string_view(name))->oid, {}, depth);
}

Ptr CatalogueCalls::syntaxForm(const char *form, int depth)
{
    std::vector<QueryNode::Piece> pieces;
    std::string plain;
    for (const char *at = form; *at != '\0'; ++at) {
        if (*at != '{') {
            plain += *at;
            continue;
        }
        std::string name;
        for (++at; *at != '}'; ++at)
            name += *at;
        pieces.emplace_back(plain);
        plain.clear();
        pieces.emplace_back(hole(name, depth));
    }
    pieces.emplace_back(plain);
    return nodeOf("form", std::move(pieces));
}

} // namespace sqlgym::parity
