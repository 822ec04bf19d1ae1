// A parse tree that can be changed, written out and changed back. Internal to mutants.
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sqlgym::mutants {

using Node = PgQuery__Node;

/// Nodes that no parser made. They live as long as this.
class Nodes {
public:
    Node *integer(int value);
    Node *number(std::string_view digits);
    Node *text(std::string_view value);
    Node *boolean(bool value);
    /// `left` may be null: a prefix operator.
    Node *operation(std::string_view name, Node *left, Node *right);
    Node *columnRef(const std::vector<std::string> &path);
    Node *both(std::vector<Node *> conditions); ///< AND, or the condition itself where there is one alone
    Node *negated(Node *condition);
    Node *cast(Node *value, std::string_view type); ///< a type of pg_catalog
    Node *row(const std::vector<Node *> &values);
    Node *plainDistinct(); ///< what a DISTINCT without ON holds as its list
    Node *copy(const Node &node);
    char *letters(std::string_view text);
    Node **list(const std::vector<Node *> &items);

private:
    template <typename T> T &make(void (*init)(T *));

    std::vector<std::shared_ptr<void>> m_kept;
};

/// Changes of a tree, taken back all at once.
class Edits {
public:
    Edits() = default;
    Edits(const Edits &) = delete;
    Edits &operator=(const Edits &) = delete;
    ~Edits() { takeBack(); }

    template <typename T> void set(T &place, std::type_identity_t<T> value)
    {
        m_undo.push_back([&place, old = place] { place = old; });
        place = value;
    }
    /// A list without what stands at `index`; nothing when it is shorter.
    void drop(std::size_t &count, Node **&items, std::size_t index, Nodes &nodes);
    void takeBack();

private:
    std::vector<std::function<void()>> m_undo;
};

/// The only string of a one-word name (an operator's, a function's last part); empty = none.
std::string_view lastName(Node *const *names, std::size_t count);
/// The constant's text; empty = no string.
std::string_view stringOf(const Node *node);
bool isColumn(const Node *node);
bool isConstant(const Node *node);
/// The arms of an AND, or the condition alone; none of null.
std::vector<Node *> conditionsOf(Node *condition);

} // namespace sqlgym::mutants
