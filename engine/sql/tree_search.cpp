#include "sql/tree_search.h"

#include "sql/binder.h"

#include <cstring>
#include <functional>

namespace sqlgym::sql {

namespace {

void forEachChildMessage(const ProtobufCMessage *node, const std::function<void(const ProtobufCMessage *)> &visit)
{
    const auto *base = reinterpret_cast<const char *>(node);
    if (node->descriptor == &pg_query__node__descriptor) {
        // One of some 250 kinds: not to be looked for one by one.
        const auto kind = static_cast<unsigned>(reinterpret_cast<const PgQuery__Node *>(node)->node_case);
        const auto *field = protobuf_c_message_descriptor_get_field(node->descriptor, kind);
        if (field && field->type == PROTOBUF_C_TYPE_MESSAGE)
            if (const auto *child = *reinterpret_cast<ProtobufCMessage *const *>(base + field->offset))
                visit(child);
        return;
    }
    for (unsigned i = 0; i < node->descriptor->n_fields; ++i) {
        const auto &field = node->descriptor->fields[i];
        if (field.type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field.label == PROTOBUF_C_LABEL_REPEATED) {
            const auto count = *reinterpret_cast<const std::size_t *>(base + field.quantifier_offset);
            auto *const *list = *reinterpret_cast<ProtobufCMessage *const *const *>(base + field.offset);
            for (std::size_t k = 0; k < count; ++k)
                visit(list[k]);
        } else if (!(field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
                   *reinterpret_cast<const int *>(base + field.quantifier_offset) == static_cast<int>(field.id)) {
            if (const auto *child = *reinterpret_cast<ProtobufCMessage *const *>(base + field.offset))
                visit(child);
        }
    }
}

const PgQuery__RangeVar *firstReference(const ProtobufCMessage *node, std::string_view name)
{
    if (!node)
        return nullptr;
    if (node->descriptor == &pg_query__range_var__descriptor) {
        const auto *var = reinterpret_cast<const PgQuery__RangeVar *>(node);
        return (!var->schemaname || !*var->schemaname) && name == var->relname ? var : nullptr;
    }
    const PgQuery__RangeVar *found = nullptr;
    forEachChildMessage(node, [&](const ProtobufCMessage *child) {
        if (!found)
            found = firstReference(child, name);
    });
    return found;
}

/// The reference inside a sublink, or on the nullable side of an outer join.
struct Misplaced {
    const PgQuery__RangeVar *inSublink = nullptr;
    const PgQuery__RangeVar *inOuterJoin = nullptr;
};

void findMisplaced(const ProtobufCMessage *node, std::string_view name, Misplaced &out)
{
    if (node->descriptor == &pg_query__sub_link__descriptor) {
        if (!out.inSublink)
            out.inSublink = firstReference(node, name);
        return;
    }
    if (node->descriptor == &pg_query__join_expr__descriptor) {
        const auto &join = *reinterpret_cast<const PgQuery__JoinExpr *>(node);
        const bool left =
            join.jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT || join.jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
        const bool right =
            join.jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT || join.jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;
        if (left && !out.inOuterJoin)
            out.inOuterJoin = firstReference(&join.larg->base, name);
        if (right && !out.inOuterJoin)
            out.inOuterJoin = firstReference(&join.rarg->base, name);
    }
    forEachChildMessage(node, [&](const ProtobufCMessage *child) { findMisplaced(child, name, out); });
}

} // namespace

int countReferences(const ProtobufCMessage *node, std::string_view name)
{
    if (!node)
        return 0;
    if (node->descriptor == &pg_query__range_var__descriptor)
        return firstReference(node, name) ? 1 : 0;
    int count = 0;
    forEachChildMessage(node, [&](const ProtobufCMessage *child) { count += countReferences(child, name); });
    return count;
}

RecursionProblem recursionProblem(const PgQuery__SelectStmt &stmt, const std::string &name)
{
    const std::string reference = "recursive reference to query \"" + name + "\" must not appear ";
    if (const auto *var = firstReference(&stmt.larg->base, name)) {
        Misplaced place;
        findMisplaced(&stmt.larg->base, name, place);
        const char *where = place.inSublink == var ? "within a subquery" : "within its non-recursive term";
        return {"42P19", reference + where, var->location};
    }
    Misplaced misplaced;
    findMisplaced(&stmt.rarg->base, name, misplaced);
    if (misplaced.inSublink)
        return {"42P19", reference + "within a subquery", misplaced.inSublink->location};
    if (misplaced.inOuterJoin)
        return {"42P19", reference + "within an outer join", misplaced.inOuterJoin->location};
    if (countReferences(&stmt.rarg->base, name) > 1) {
        const PgQuery__RangeVar *last = nullptr;
        std::function<void(const ProtobufCMessage *)> walk = [&](const ProtobufCMessage *node) {
            if (node->descriptor == &pg_query__range_var__descriptor && firstReference(node, name))
                last = reinterpret_cast<const PgQuery__RangeVar *>(node);
            forEachChildMessage(node, walk);
        };
        walk(&stmt.rarg->base);
        return {"42P19", reference + "more than once", last ? last->location : -1};
    }
    if (stmt.n_sort_clause > 0)
        return {"0A000", "ORDER BY in a recursive query is not implemented",
                locationOf(stmt.sort_clause[0]->sort_by->node)};
    if (stmt.limit_offset)
        return {"0A000", "OFFSET in a recursive query is not implemented", locationOf(stmt.limit_offset)};
    if (stmt.limit_count)
        return {"0A000", "LIMIT in a recursive query is not implemented", locationOf(stmt.limit_count)};
    return {};
}

} // namespace sqlgym::sql
