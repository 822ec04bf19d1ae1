#include "mutants/walk.h"

#include <string_view>

namespace sqlgym::mutants {

namespace {

struct Around {
    PgQuery__SelectStmt *select = nullptr;
    bool asSet = false;  // of the SELECT that comes next
    bool exists = false; // likewise: its list is not looked at
};

class Walker {
public:
    explicit Walker(const std::function<void(const Spot &)> &visit) : m_visit(visit) {}

    void enter(ProtobufCMessage **held, const Around &around)
    {
        ProtobufCMessage *message = *held;
        if (!message)
            return;
        Spot spot;
        spot.within = around.select;
        spot.asSet = around.asSet;
        if (message->descriptor == &pg_query__node__descriptor) {
            auto *node = reinterpret_cast<Node *>(message);
            message = inner(*node);
            if (!message)
                return;
            spot.slot = reinterpret_cast<Node **>(held);
        }
        const auto *kind = message->descriptor;
        if (kind == &pg_query__type_name__descriptor || kind == &pg_query__alias__descriptor ||
            kind == &pg_query__range_var__descriptor || kind == &pg_query__string__descriptor)
            return;
        if (kind == &pg_query__select_stmt__descriptor)
            spot.select = reinterpret_cast<PgQuery__SelectStmt *>(message);
        if (kind == &pg_query__window_def__descriptor)
            spot.window = reinterpret_cast<PgQuery__WindowDef *>(message);
        if (kind == &pg_query__on_conflict_clause__descriptor)
            spot.conflict = reinterpret_cast<PgQuery__OnConflictClause *>(message);
        if (spot.slot || spot.select || spot.window || spot.conflict)
            m_visit(spot);
        descend(message, below(message, around), around.exists);
    }

private:
    static ProtobufCMessage *inner(Node &node)
    {
        const auto *field = protobuf_c_message_descriptor_get_field(&pg_query__node__descriptor, node.node_case);
        return field ? *reinterpret_cast<ProtobufCMessage **>(reinterpret_cast<char *>(&node) + field->offset)
                     : nullptr;
    }

    static Around below(ProtobufCMessage *message, const Around &around)
    {
        if (message->descriptor == &pg_query__select_stmt__descriptor) {
            auto *select = reinterpret_cast<PgQuery__SelectStmt *>(message);
            const bool set = select->op != PG_QUERY__SET_OPERATION__SETOP_NONE && !select->all;
            return {select, set, false};
        }
        if (message->descriptor == &pg_query__sub_link__descriptor) {
            const auto kind = reinterpret_cast<PgQuery__SubLink *>(message)->sub_link_type;
            const bool exists = kind == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK;
            return {around.select,
                    exists || kind == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK ||
                        kind == PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK,
                    exists};
        }
        return {around.select, false, false};
    }

    void descend(ProtobufCMessage *message, const Around &around, bool exists)
    {
        const auto *descriptor = message->descriptor;
        auto *bytes = reinterpret_cast<char *>(message);
        for (unsigned i = 0; i < descriptor->n_fields; ++i) {
            const auto &field = descriptor->fields[i];
            if (field.type != PROTOBUF_C_TYPE_MESSAGE || (exists && std::string_view(field.name) == "target_list"))
                continue;
            if (field.label == PROTOBUF_C_LABEL_REPEATED) {
                auto **items = *reinterpret_cast<ProtobufCMessage ***>(bytes + field.offset);
                const auto count = *reinterpret_cast<std::size_t *>(bytes + field.quantifier_offset);
                for (std::size_t k = namesUnit(message, field.name) ? 1 : 0; k < count; ++k)
                    enter(&items[k], around);
            } else if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0) {
                enter(reinterpret_cast<ProtobufCMessage **>(bytes + field.offset), armOf(message, field.name, around));
            }
        }
    }

    // EXTRACT and date_trunc() take a word first, not a value.
    static bool namesUnit(const ProtobufCMessage *message, std::string_view field)
    {
        if (message->descriptor != &pg_query__func_call__descriptor || field != "args")
            return false;
        const auto *call = reinterpret_cast<const PgQuery__FuncCall *>(message);
        const std::string_view name = lastName(call->funcname, call->n_funcname);
        return call->n_args > 0 && (name == "extract" || name == "date_part" || name == "date_trunc");
    }

    // Only a set operation's arms are looked at as sets, not its WITH.
    static Around armOf(ProtobufCMessage *message, std::string_view field, Around around)
    {
        if (message->descriptor == &pg_query__select_stmt__descriptor)
            around.asSet = around.asSet && (field == "larg" || field == "rarg");
        if (message->descriptor == &pg_query__sub_link__descriptor && field != "subselect")
            around.asSet = around.exists = false;
        return around;
    }

    const std::function<void(const Spot &)> &m_visit;
};

} // namespace

void walk(Node *&statement, const std::function<void(const Spot &)> &visit)
{
    Walker(visit).enter(reinterpret_cast<ProtobufCMessage **>(&statement), {});
}

} // namespace sqlgym::mutants
