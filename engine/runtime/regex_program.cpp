#include "runtime/regex.h"

namespace sqlgym::runtime::regex {

namespace {

constexpr std::size_t kMostStates = 50'000;

} // namespace

bool Program::compile(const Tree &tree, const Node &node)
{
    m_tree = &tree;
    if (!emit(node))
        return false;
    code.push_back({Op::Match});
    findFirst(tree);
    return true;
}

bool Program::emitRepeat(const Node &node)
{
    const Node &inner = *node.children.front();
    for (int i = 0; i < node.minimum; ++i) {
        if (!emit(inner))
            return false;
    }
    if (node.maximum < 0) {
        const int split = static_cast<int>(code.size());
        code.push_back({Op::Split, split + 1, 0});
        if (!emit(inner))
            return false;
        code.push_back({Op::Jump, split});
        code[static_cast<std::size_t>(split)].second = static_cast<int>(code.size());
        return true;
    }
    std::vector<int> splits;
    for (int i = node.minimum; i < node.maximum; ++i) {
        splits.push_back(static_cast<int>(code.size()));
        code.push_back({Op::Split, splits.back() + 1, 0});
        if (!emit(inner))
            return false;
    }
    for (const int split : splits)
        code[static_cast<std::size_t>(split)].second = static_cast<int>(code.size());
    return true;
}

bool Program::emit(const Node &node)
{
    if (code.size() > kMostStates)
        return false;
    const int next = static_cast<int>(code.size()) + 1;
    switch (node.kind) {
    case Node::Kind::Empty:
        return true;
    case Node::Kind::Set:
        code.push_back({Op::Set, next, node.set});
        return true;
    case Node::Kind::Assert:
        code.push_back({Op::Assert, next, static_cast<int>(node.assertion)});
        return true;
    case Node::Kind::Look:
        looks.push_back(&node);
        code.push_back({Op::Look, next, static_cast<int>(looks.size()) - 1});
        return true;
    case Node::Kind::Concat:
    case Node::Kind::Capture:
        for (const NodePtr &child : node.children) {
            if (!emit(*child))
                return false;
        }
        return true;
    case Node::Kind::Repeat:
        return emitRepeat(node);
    case Node::Kind::Alternate: {
        std::vector<int> jumps;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const bool last = i + 1 == node.children.size();
            const int split = static_cast<int>(code.size());
            if (!last)
                code.push_back({Op::Split, split + 1, 0});
            if (!emit(*node.children[i]))
                return false;
            if (last)
                break;
            jumps.push_back(static_cast<int>(code.size()));
            code.push_back({Op::Jump, 0});
            code[static_cast<std::size_t>(split)].second = static_cast<int>(code.size());
        }
        for (const int jump : jumps)
            code[static_cast<std::size_t>(jump)].first = static_cast<int>(code.size());
        return true;
    }
    }
    return false;
}

void Program::findFirst(const Tree &tree)
{
    std::vector<bool> seen(code.size());
    std::vector<int> todo{0};
    while (!todo.empty()) {
        const auto at = static_cast<std::size_t>(todo.back());
        todo.pop_back();
        if (seen[at])
            continue;
        seen[at] = true;
        const Instruction &i = code[at];
        switch (i.op) {
        case Op::Set: {
            const CharacterSet &set = tree.sets[static_cast<std::size_t>(i.second)];
            for (int c = 0; c < 128; ++c)
                firstAscii[c] = firstAscii[c] || set.ascii[c];
            // Beyond ASCII a set of a few plain ranges below 128 can match nothing.
            bool beyond = set.negated || !set.classes.empty();
            for (const auto &range : set.ranges)
                beyond = beyond || range.high >= 128;
            firstOther = firstOther || beyond;
            break;
        }
        case Op::Split:
            todo.push_back(i.first);
            todo.push_back(i.second);
            break;
        case Op::Jump:
        case Op::Assert:
        case Op::Look:
            todo.push_back(i.first);
            break;
        case Op::Match:
            mayBeEmpty = true;
            break;
        }
    }
}

} // namespace sqlgym::runtime::regex
