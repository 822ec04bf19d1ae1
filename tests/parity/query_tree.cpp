#include "query_tree.h"

namespace sqlgym::parity {

namespace {

using Ptr = QueryNode::Ptr;

void collect(const Ptr &node, std::vector<Ptr> &all)
{
    all.push_back(node);
    for (const auto &piece : node->pieces) {
        if (const auto *child = std::get_if<Ptr>(&piece))
            collect(*child, all);
    }
}

/// The tree with `other` in the place of `old`.
Ptr replaced(const Ptr &root, const QueryNode *old, const Ptr &other)
{
    if (root.get() == old)
        return other;
    auto copy = std::make_shared<QueryNode>(*root);
    bool changed = false;
    for (auto &piece : copy->pieces) {
        if (auto *child = std::get_if<Ptr>(&piece)) {
            Ptr next = replaced(*child, old, other);
            changed |= next != *child;
            *child = std::move(next);
        }
    }
    return changed ? Ptr(std::move(copy)) : root;
}

Ptr leaf(const QueryNode &node, std::string text)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = node.sort;
    made->pieces = {std::move(text)};
    return made;
}

/// What could stand for `node`, the smallest first.
std::vector<Ptr> candidates(const Ptr &node)
{
    std::vector<Ptr> found;
    if (node->optional && node->size() > 0)
        found.push_back(leaf(*node, ""));
    if (!node->simplest.empty() && node->text() != node->simplest)
        found.push_back(leaf(*node, node->simplest));
    std::vector<Ptr> below;
    collect(node, below);
    for (auto part = below.rbegin(); part != below.rend(); ++part) {
        const bool keepsOrder = !node->ordered || (*part)->ordered;
        if (*part != node && (*part)->sort == node->sort && (*part)->size() > 0 && keepsOrder)
            found.push_back(*part);
    }
    return found;
}

} // namespace

std::string QueryNode::text() const
{
    std::string out;
    for (const auto &piece : pieces) {
        if (const auto *plain = std::get_if<std::string>(&piece))
            out += *plain;
        else
            out += std::get<Ptr>(piece)->text();
    }
    return out;
}

std::size_t QueryNode::size() const { return text().size(); }

Ptr shrink(Ptr root, const std::function<bool(const QueryNode &)> &fails, int budget)
{
    for (bool smaller = true; smaller && budget > 0;) {
        smaller = false;
        std::vector<Ptr> nodes;
        collect(root, nodes);
        for (const auto &node : nodes) {
            for (const auto &candidate : candidates(node)) {
                const Ptr next = replaced(root, node.get(), candidate);
                if (next->size() >= root->size() || --budget < 0 || !fails(*next))
                    continue;
                root = next;
                smaller = true;
                break;
            }
            if (smaller)
                break;
        }
    }
    return root;
}

} // namespace sqlgym::parity
