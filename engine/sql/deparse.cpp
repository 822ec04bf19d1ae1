#include "sql/deparse.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <cstring>

namespace sqlgym::sql {

namespace {

bool isAtTimeZone(const PgQuery__FuncCall &call)
{
    if (call.funcformat != PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX || call.n_funcname == 0)
        return false;
    const PgQuery__Node *last = call.funcname[call.n_funcname - 1];
    return last->node_case == PG_QUERY__NODE__NODE_STRING && std::strcmp(last->string->sval, "timezone") == 0;
}

void visit(ProtobufCMessage *message)
{
    if (!message)
        return;
    if (message->descriptor == &pg_query__func_call__descriptor) {
        auto *call = reinterpret_cast<PgQuery__FuncCall *>(message);
        if (isAtTimeZone(*call))
            call->funcformat = PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
    }
    auto *bytes = reinterpret_cast<char *>(message);
    for (unsigned i = 0; i < message->descriptor->n_fields; ++i) {
        const auto &field = message->descriptor->fields[i];
        if (field.type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field.label == PROTOBUF_C_LABEL_REPEATED) {
            const auto count = *reinterpret_cast<const std::size_t *>(bytes + field.quantifier_offset);
            auto *const *members = *reinterpret_cast<ProtobufCMessage *const *const *>(bytes + field.offset);
            for (std::size_t k = 0; k < count; ++k)
                visit(members[k]);
            continue;
        }
        const bool chosen = !(field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
                            *reinterpret_cast<const int *>(bytes + field.quantifier_offset) == int(field.id);
        if (chosen)
            visit(*reinterpret_cast<ProtobufCMessage *const *>(bytes + field.offset));
    }
}

} // namespace

std::string deparse(const PgQuery__ParseResult &tree)
{
    PgQueryProtobuf packed;
    packed.len = pg_query__parse_result__get_packed_size(&tree);
    std::string buffer(packed.len, '\0');
    packed.data = buffer.data();
    pg_query__parse_result__pack(&tree, reinterpret_cast<std::uint8_t *>(packed.data));
    PgQueryDeparseResult text = pg_query_deparse_protobuf(packed);
    std::string sql = text.query && !text.error ? text.query : "";
    pg_query_free_deparse_result(text);
    return sql;
}

void nameAtTimeZone(PgQuery__Node *statement) { visit(&statement->base); }

} // namespace sqlgym::sql
