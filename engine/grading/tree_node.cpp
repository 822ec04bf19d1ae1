#include "grading/tree_node.h"

namespace sqlgym::grading {

namespace {

template <typename T> const T &read(const void *at) { return *static_cast<const T *>(at); }

bool isOneof(const ProtobufCFieldDescriptor *field) { return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0; }

template <typename T> std::string numberText(T value) { return value == T{} ? std::string() : std::to_string(value); }

/// Of the element `k` of a field's values.
std::string scalarText(ProtobufCType type, const char *values, std::size_t k)
{
    switch (type) {
    case PROTOBUF_C_TYPE_STRING: {
        const char *text = read<const char *>(values + k * sizeof(char *));
        return text ? text : "";
    }
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        return numberText(read<std::int64_t>(values + k * sizeof(std::int64_t)));
    case PROTOBUF_C_TYPE_DOUBLE:
        return numberText(read<double>(values + k * sizeof(double)));
    default: // libpg_query has 32 bits for all others
        return numberText(read<std::int32_t>(values + k * sizeof(std::int32_t)));
    }
}

} // namespace

TreeNode::TreeNode(const ProtobufCMessage *message) : m_message(message)
{
    while (m_message && std::string_view(m_message->descriptor->short_name) == "Node") {
        const ProtobufCMessage *inner = nullptr;
        const ProtobufCMessageDescriptor *descriptor = m_message->descriptor;
        for (unsigned i = 0; i < descriptor->n_fields && !inner; ++i) {
            const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
            if (field->type == PROTOBUF_C_TYPE_MESSAGE && present(field))
                inner = read<const ProtobufCMessage *>(at(field));
        }
        m_message = inner;
    }
}

std::string_view TreeNode::kind() const
{
    return m_message ? std::string_view(m_message->descriptor->short_name) : std::string_view();
}

const ProtobufCFieldDescriptor *TreeNode::find(std::string_view field) const
{
    if (!m_message)
        return nullptr;
    const ProtobufCMessageDescriptor *descriptor = m_message->descriptor;
    for (unsigned i = 0; i < descriptor->n_fields; ++i) {
        if (field == descriptor->fields[i].name)
            return &descriptor->fields[i];
    }
    return nullptr;
}

const void *TreeNode::at(const ProtobufCFieldDescriptor *field) const
{
    return reinterpret_cast<const char *>(m_message) + field->offset;
}

std::size_t TreeNode::countOf(const ProtobufCFieldDescriptor *field) const
{
    return read<std::size_t>(reinterpret_cast<const char *>(m_message) + field->quantifier_offset);
}

bool TreeNode::present(const ProtobufCFieldDescriptor *field) const
{
    if (!isOneof(field))
        return true;
    return read<std::uint32_t>(reinterpret_cast<const char *>(m_message) + field->quantifier_offset) == field->id;
}

TreeNode TreeNode::child(std::string_view field) const
{
    const ProtobufCFieldDescriptor *found = find(field);
    if (!found || found->type != PROTOBUF_C_TYPE_MESSAGE || found->label == PROTOBUF_C_LABEL_REPEATED ||
        !present(found))
        return {};
    return TreeNode(read<const ProtobufCMessage *>(at(found)));
}

std::size_t TreeNode::count(std::string_view field) const
{
    const ProtobufCFieldDescriptor *found = find(field);
    return found && found->label == PROTOBUF_C_LABEL_REPEATED ? countOf(found) : 0;
}

TreeNode TreeNode::item(std::string_view field, std::size_t index) const
{
    const ProtobufCFieldDescriptor *found = find(field);
    if (!found || found->type != PROTOBUF_C_TYPE_MESSAGE || index >= count(field))
        return {};
    return TreeNode(read<const ProtobufCMessage *const *>(at(found))[index]);
}

bool TreeNode::flag(std::string_view field) const
{
    const ProtobufCFieldDescriptor *found = find(field);
    return found && found->type == PROTOBUF_C_TYPE_BOOL && found->label != PROTOBUF_C_LABEL_REPEATED &&
           read<protobuf_c_boolean>(at(found)) != 0;
}

std::string_view TreeNode::word(std::string_view field) const
{
    const ProtobufCFieldDescriptor *found = find(field);
    if (!found || found->type != PROTOBUF_C_TYPE_ENUM || found->label == PROTOBUF_C_LABEL_REPEATED)
        return {};
    const auto *value = protobuf_c_enum_descriptor_get_value(
        static_cast<const ProtobufCEnumDescriptor *>(found->descriptor), read<int>(at(found)));
    return value ? std::string_view(value->name) : std::string_view();
}

std::string_view TreeNode::text(std::string_view field) const
{
    const ProtobufCFieldDescriptor *found = find(field);
    if (!found || found->type != PROTOBUF_C_TYPE_STRING || found->label == PROTOBUF_C_LABEL_REPEATED || !present(found))
        return {};
    const char *value = read<const char *>(at(found));
    return value ? std::string_view(value) : std::string_view();
}

void TreeNode::eachChild(const std::function<void(TreeNode)> &visit) const
{
    const ProtobufCMessageDescriptor *descriptor = m_message ? m_message->descriptor : nullptr;
    for (unsigned i = 0; descriptor && i < descriptor->n_fields; ++i) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
            const auto *items = read<const ProtobufCMessage *const *>(at(field));
            for (std::size_t k = 0; k < countOf(field); ++k) {
                if (const TreeNode node(items[k]); node)
                    visit(node);
            }
        } else if (present(field)) {
            if (const TreeNode node(read<const ProtobufCMessage *>(at(field))); node)
                visit(node);
        }
    }
}

void TreeNode::eachValue(
    const std::function<void(std::string_view field, TreeNode node, const std::string &scalar)> &visit) const
{
    const ProtobufCMessageDescriptor *descriptor = m_message ? m_message->descriptor : nullptr;
    for (unsigned i = 0; descriptor && i < descriptor->n_fields; ++i) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        const bool many = field->label == PROTOBUF_C_LABEL_REPEATED;
        const auto *values = static_cast<const char *>(many ? read<const void *>(at(field)) : at(field));
        for (std::size_t k = 0, count = many ? countOf(field) : present(field); k < count; ++k) {
            if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
                if (const TreeNode node(read<const ProtobufCMessage *>(values + k * sizeof(void *))); node)
                    visit(field->name, node, {});
            } else if (const std::string scalar = scalarText(field->type, values, k); !scalar.empty()) {
                visit(field->name, {}, scalar);
            }
        }
    }
}

} // namespace sqlgym::grading
