#include "sql/nodes_equal.h"

#include <cstring>

namespace sqlgym::sql {

namespace {

std::size_t sizeOf(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return 8;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    default:
        return 4;
    }
}

bool equalValue(ProtobufCType type, const char *a, const char *b)
{
    if (type == PROTOBUF_C_TYPE_MESSAGE)
        return nodesEqual(*reinterpret_cast<ProtobufCMessage *const *>(a),
                          *reinterpret_cast<ProtobufCMessage *const *>(b));
    if (type == PROTOBUF_C_TYPE_STRING) {
        const char *x = *reinterpret_cast<char *const *>(a), *y = *reinterpret_cast<char *const *>(b);
        return std::strcmp(x ? x : "", y ? y : "") == 0;
    }
    return std::memcmp(a, b, sizeOf(type)) == 0;
}

} // namespace

bool nodesEqual(const ProtobufCMessage *a, const ProtobufCMessage *b)
{
    if (!a || !b)
        return a == b;
    if (a->descriptor != b->descriptor)
        return false;
    const auto *x = reinterpret_cast<const char *>(a);
    const auto *y = reinterpret_cast<const char *>(b);
    for (unsigned i = 0; i < a->descriptor->n_fields; ++i) {
        const auto &field = a->descriptor->fields[i];
        if (std::strcmp(field.name, "location") == 0)
            continue;
        if (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
            const int which = *reinterpret_cast<const int *>(x + field.quantifier_offset);
            if (which != *reinterpret_cast<const int *>(y + field.quantifier_offset))
                return false;
            if (which == static_cast<int>(field.id) && !equalValue(field.type, x + field.offset, y + field.offset))
                return false;
        } else if (field.label == PROTOBUF_C_LABEL_REPEATED) {
            const auto count = *reinterpret_cast<const std::size_t *>(x + field.quantifier_offset);
            if (count != *reinterpret_cast<const std::size_t *>(y + field.quantifier_offset))
                return false;
            const char *const *left = reinterpret_cast<const char *const *>(x + field.offset);
            const char *const *right = reinterpret_cast<const char *const *>(y + field.offset);
            for (std::size_t k = 0; k < count; ++k) {
                if (!equalValue(field.type, *left + k * sizeOf(field.type), *right + k * sizeOf(field.type)))
                    return false;
            }
        } else if (!equalValue(field.type, x + field.offset, y + field.offset)) {
            return false;
        }
    }
    return true;
}

} // namespace sqlgym::sql
