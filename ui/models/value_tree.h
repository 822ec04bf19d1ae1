// A value that has parts - json, jsonb or an array - taken apart for display.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::models {

/// Nodes in the order of the text; the first is the whole value.
struct ValueTree {
    enum class Kind : std::uint8_t { Object, Array, Text, Number, Word, Null };

    struct Node {
        std::string name; ///< a member's key, or an element's subscript: "[1]"
        std::string text; ///< what stands there; empty for objects and arrays. Numbers keep every digit.
        Kind kind = Kind::Null;
        std::uint32_t parent = 0;
        std::uint32_t row = 0; ///< its place among its parent's children
        std::vector<std::uint32_t> children;
    };

    std::vector<Node> nodes;
    bool cut = false; ///< there are more than kMostTreeNodes
};

/// Larger values are shown as text alone.
inline constexpr std::size_t kMostTreeBytes = 2u << 20;
inline constexpr std::size_t kDeepestTree = 200;
/// The parts after these are left out.
inline constexpr std::size_t kMostTreeNodes = 20'000;

/// PostgreSQL's output of json or jsonb. None for other texts, and for what is larger or deeper than the limits.
std::optional<ValueTree> jsonTree(std::string_view text);
/// PostgreSQL's output of an array: {1,NULL,"a b"}, also nested and with bounds ([0:1]={...}). `separator` is the
/// element type's (a comma but for box).
std::optional<ValueTree> arrayTree(std::string_view text, char separator = ',');

} // namespace sqlgym::models
