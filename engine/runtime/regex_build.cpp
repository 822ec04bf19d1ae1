#include "runtime/regex_build.h"

#include <utility>

namespace sqlgym::runtime::regex {

Preference either(const Preference &a, const Preference &b)
{
    Preference p{a.longer || b.longer, a.shorter || b.shorter, a.mixed || b.mixed};
    return p;
}

bool clash(const Preference &p) { return p.mixed || (p.longer && p.shorter); }

Preference combined(const Preference &a, const Preference &b)
{
    const Preference both = either(a, b);
    const Preference &first = a.longer || a.shorter ? a : b;
    return {first.longer, first.shorter, clash(both)};
}

NodePtr make(Node::Kind kind)
{
    auto node = std::make_shared<Node>();
    node->kind = kind;
    return node;
}

NodePtr repeated(const NodePtr &inner, int minimum, int maximum, const Preference &preference)
{
    NodePtr node = make(Node::Kind::Repeat);
    node->minimum = minimum;
    node->maximum = maximum;
    node->preference = preference;
    node->captures = inner->captures;
    node->children.push_back(inner);
    return node;
}

NodePtr concatenated(const NodePtr &left, const NodePtr &right)
{
    NodePtr node = make(Node::Kind::Concat);
    node->preference = combined(left->preference, right->preference);
    node->captures = left->captures || right->captures;
    node->children = {left, right};
    return node;
}

namespace {

/// The same, without its captures: only the last round of a repetition keeps them.
NodePtr withoutCaptures(const NodePtr &node)
{
    auto copy = std::make_shared<Node>(*node);
    for (NodePtr &child : copy->children)
        child = withoutCaptures(child);
    copy->captures = false;
    return copy->kind == Node::Kind::Capture ? copy->children.front() : copy;
}

} // namespace

NodePtr quantified(const NodePtr &inner, const Quantifier &q)
{
    const Preference &own = inner->preference;
    const bool prefers = q.preference.longer || q.preference.shorter;
    const bool sameWish = q.preference.longer == own.longer && q.preference.shorter == own.shorter && !own.mixed;
    if (q.minimum == 1 && q.maximum == 1 && (!prefers || (!own.longer && !own.shorter && !own.mixed) || sameWish))
        return inner;
    const Preference preference = combined(q.preference, own);
    if (!inner->captures)
        return repeated(inner, q.minimum, q.maximum, preference);
    if (q.minimum > 0) {
        Preference prefix = preference;
        prefix.mixed = false;
        const NodePtr before =
            repeated(withoutCaptures(inner), q.minimum - 1, q.maximum < 0 ? -1 : q.maximum - 1, prefix);
        NodePtr node = concatenated(before, inner);
        node->preference = preference;
        return node;
    }
    return repeated(inner, q.minimum, q.maximum, preference);
}

NodePtr sequence(std::vector<NodePtr> parts)
{
    NodePtr node = make(parts.empty() ? Node::Kind::Empty : Node::Kind::Concat);
    for (const NodePtr &part : parts) {
        node->preference = either(node->preference, part->preference);
        node->captures = node->captures || part->captures;
    }
    node->children = std::move(parts);
    return node;
}

} // namespace sqlgym::runtime::regex
