// The pieces a pattern's tree is put together from, each with what it prefers.
#pragma once

#include "runtime/regex_tree.h"

namespace sqlgym::runtime::regex {

/// What a quantifier says.
struct Quantifier {
    int minimum = 1;
    int maximum = 1;
    Preference preference; ///< none for {m} and for no quantifier
};

Preference either(const Preference &a, const Preference &b);
bool clash(const Preference &p);
/// The first one that prefers anything; what is below may be mixed.
Preference combined(const Preference &a, const Preference &b);

NodePtr make(Node::Kind kind);
NodePtr repeated(const NodePtr &inner, int minimum, int maximum, const Preference &preference);
NodePtr concatenated(const NodePtr &left, const NodePtr &right);
/// An atom with its quantifier where it must be dissected by itself.
NodePtr quantified(const NodePtr &inner, const Quantifier &q);
NodePtr sequence(std::vector<NodePtr> parts);

} // namespace sqlgym::runtime::regex
