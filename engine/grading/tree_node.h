// A node of a protobuf-c tree read by the names of its fields, so that no node type needs code of its own.
#pragma once

#include <protobuf-c/protobuf-c.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sqlgym::grading {

/// A view; the tree outlives it. A field that does not exist, or is not set, reads as empty, 0 or false.
class TreeNode {
public:
    TreeNode() = default;
    explicit TreeNode(const ProtobufCMessage *message);

    explicit operator bool() const { return m_message != nullptr; }
    /// The message's name as protobuf-c shortens it: "JoinExpr", "AExpr". The wrapper "Node" is looked through.
    std::string_view kind() const;
    TreeNode child(std::string_view field) const;
    std::size_t count(std::string_view field) const; ///< of a repeated field
    TreeNode item(std::string_view field, std::size_t index) const;
    bool flag(std::string_view field) const;
    std::string_view word(std::string_view field) const; ///< an enumerator's name: "JOIN_LEFT"
    std::string_view text(std::string_view field) const;
    /// Every message directly below.
    void eachChild(const std::function<void(TreeNode)> &visit) const;
    /// Every value that is set, in the order of the fields, each element of a list for itself: a node, or else what a
    /// scalar is in words. Zero, false and empty texts are not told from what is not set.
    void
    eachValue(const std::function<void(std::string_view field, TreeNode node, const std::string &scalar)> &visit) const;

private:
    const ProtobufCFieldDescriptor *find(std::string_view field) const;
    const void *at(const ProtobufCFieldDescriptor *field) const;
    std::size_t countOf(const ProtobufCFieldDescriptor *field) const;
    bool present(const ProtobufCFieldDescriptor *field) const;

    const ProtobufCMessage *m_message = nullptr;
};

} // namespace sqlgym::grading
