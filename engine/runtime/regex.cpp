#include "runtime/regex.h"

namespace sqlgym::runtime::regex {

void Regex::States::begin(std::size_t size)
{
    if (mark.size() < size)
        mark.resize(size, 0);
    list.clear();
    if (++round == 0) {
        std::fill(mark.begin(), mark.end(), 0);
        round = 1;
    }
}

bool Regex::States::add(int state)
{
    auto &seen = mark[static_cast<std::size_t>(state)];
    if (seen == round)
        return false;
    seen = round;
    return true;
}

Regex::Regex(const std::u32string &pattern, Flags flags, Trouble &trouble) : m_tree(parse(pattern, flags, trouble))
{
    if (!trouble.any()) {
        program(*m_tree.root);
        if (m_tooLarge)
            trouble.declined = "a regular expression this large";
    }
}

const Program &Regex::program(const Node &node)
{
    auto &slot = m_programs[&node];
    if (!slot) {
        slot = std::make_unique<Program>();
        if (!slot->compile(m_tree, node)) {
            slot->code = {{Program::Op::Match}};
            m_tooLarge = true;
        }
    }
    return *slot;
}

bool Regex::isWord(int at) const
{
    return at >= 0 && at < static_cast<int>(m_text.size()) &&
           isClass(m_text[static_cast<std::size_t>(at)], CharacterSet::Class::Word);
}

bool Regex::holds(Assertion assertion, int at) const
{
    const int size = static_cast<int>(m_text.size());
    switch (assertion) {
    case Assertion::TextStart:
        return at == 0;
    case Assertion::TextEnd:
        return at == size;
    case Assertion::LineStart:
        return at == 0 || m_text[static_cast<std::size_t>(at - 1)] == U'\n';
    case Assertion::LineEnd:
        return at == size || m_text[static_cast<std::size_t>(at)] == U'\n';
    case Assertion::WordStart:
        return !isWord(at - 1) && isWord(at);
    case Assertion::WordEnd:
        return isWord(at - 1) && !isWord(at);
    case Assertion::Boundary:
        return isWord(at - 1) != isWord(at);
    case Assertion::NoBoundary:
        return isWord(at - 1) == isWord(at);
    }
    return false;
}

bool Regex::looks(const Node &look, int at)
{
    const Program &inner = program(*look.children.front());
    const int size = static_cast<int>(m_text.size());
    bool found = false;
    if (look.ahead) {
        found = run(inner, at, size, Want::Shortest) >= 0;
    } else {
        std::vector<bool> ends;
        for (int from = at; from >= 0 && !found && !m_cx->stop.raised(); --from) {
            run(inner, from, at, Want::All, &ends);
            found = ends[static_cast<std::size_t>(at)];
        }
    }
    return found != look.negated;
}

void Regex::close(const Program &program, States &states, int state, int at)
{
    // One stack for all: a look's own run works above what is waiting here.
    const std::size_t base = m_waiting.size();
    m_waiting.push_back(state);
    while (m_waiting.size() > base) {
        const int s = m_waiting.back();
        m_waiting.pop_back();
        if (!states.add(s))
            continue;
        const auto &i = program.code[static_cast<std::size_t>(s)];
        switch (i.op) {
        case Program::Op::Set:
        case Program::Op::Match:
            states.list.push_back(s);
            break;
        case Program::Op::Split:
            m_waiting.push_back(i.second);
            m_waiting.push_back(i.first);
            break;
        case Program::Op::Jump:
            m_waiting.push_back(i.first);
            break;
        case Program::Op::Assert:
            if (holds(static_cast<Assertion>(i.second), at))
                m_waiting.push_back(i.first);
            break;
        case Program::Op::Look:
            if (looks(*program.looks[static_cast<std::size_t>(i.second)], at))
                m_waiting.push_back(i.first);
            break;
        }
    }
}

int Regex::run(const Program &program, int from, int limit, Want want, std::vector<bool> *ends)
{
    if (ends)
        ends->assign(m_text.size() + 1, false);
    if (m_pool.size() < m_depth + 2)
        m_pool.resize(m_depth + 2);
    const std::size_t base = m_depth;
    m_depth += 2;
    int found = -1;
    std::size_t now = base;
    States states = std::move(m_pool[now]);
    States next = std::move(m_pool[now + 1]);
    states.begin(program.code.size());
    close(program, states, 0, from);
    for (int at = from;; ++at) {
        bool matched = false;
        next.begin(program.code.size());
        for (const int s : states.list) {
            const auto &i = program.code[static_cast<std::size_t>(s)];
            if (i.op == Program::Op::Match) {
                matched = true;
            } else if (at < limit &&
                       m_tree.sets[static_cast<std::size_t>(i.second)].contains(m_text[static_cast<std::size_t>(at)])) {
                close(program, next, i.first, at + 1);
            }
        }
        if (matched) {
            found = at;
            if (ends)
                (*ends)[static_cast<std::size_t>(at)] = true;
            if (want == Want::Shortest)
                break;
        }
        if (at >= limit || next.list.empty() || m_cx->stop.raised() || ((at & 255) == 255 && m_cx->poll()))
            break;
        std::swap(states, next);
    }
    m_pool[base] = std::move(states);
    m_pool[base + 1] = std::move(next);
    m_depth = base;
    return found;
}

bool Regex::matches(std::u32string_view text, value::Context &cx)
{
    m_text = text;
    m_cx = &cx;
    const Program &whole = program(*m_tree.root);
    if (m_pool.size() < 2)
        m_pool.resize(2);
    m_depth = 2;
    States states = std::move(m_pool[0]);
    States next = std::move(m_pool[1]);
    states.begin(whole.code.size());
    bool found = false;
    const int size = static_cast<int>(text.size());
    for (int at = 0; !found; ++at) {
        // A match may begin at each place: its first states join those under way.
        const bool begins =
            whole.mayBeEmpty || (at < size && (text[static_cast<std::size_t>(at)] < 128
                                                   ? whole.firstAscii[text[static_cast<std::size_t>(at)]]
                                                   : whole.firstOther));
        if (begins)
            close(whole, states, 0, at);
        next.begin(whole.code.size());
        for (const int s : states.list) {
            const auto &i = whole.code[static_cast<std::size_t>(s)];
            if (i.op == Program::Op::Match) {
                found = true;
                break;
            }
            if (at < size &&
                m_tree.sets[static_cast<std::size_t>(i.second)].contains(text[static_cast<std::size_t>(at)]))
                close(whole, next, i.first, at + 1);
        }
        if (found || at >= size || cx.stop.raised() || ((at & 255) == 255 && cx.poll()))
            break;
        std::swap(states, next);
    }
    m_pool[0] = std::move(states);
    m_pool[1] = std::move(next);
    m_depth = 0;
    return found && !cx.stop.raised();
}

bool Regex::search(std::u32string_view text, int from, std::span<Span> spans, value::Context &cx)
{
    m_text = text;
    m_cx = &cx;
    m_depth = 0;
    for (Span &span : spans)
        span = Span();
    const Node &root = *m_tree.root;
    const Program &whole = program(root);
    const Want want = root.preference.shorter && !root.preference.longer ? Want::Shortest : Want::Longest;
    const int size = static_cast<int>(text.size());
    for (int at = from; at <= size; ++at) {
        if (!whole.mayBeEmpty && (at == size || !(text[static_cast<std::size_t>(at)] < 128
                                                      ? whole.firstAscii[text[static_cast<std::size_t>(at)]]
                                                      : whole.firstOther)))
            continue;
        const int end = run(whole, at, size, want);
        if (cx.stop.raised() || cx.poll())
            return false;
        if (end < 0)
            continue;
        spans[0] = {at, end};
        m_spans = spans;
        if (spans.size() > 1)
            dissect(root, at, end);
        return !cx.stop.raised();
    }
    return false;
}

bool Regex::canEnd(const Node &node, int from, int end)
{
    std::vector<bool> ends;
    run(program(node), from, end, Want::All, &ends);
    return ends[static_cast<std::size_t>(end)];
}

void Regex::dissect(const Node &node, int begin, int end)
{
    if (!node.captures || m_cx->stop.raised())
        return;
    switch (node.kind) {
    case Node::Kind::Capture:
        dissect(*node.children.front(), begin, end);
        if (static_cast<std::size_t>(node.group) < m_spans.size())
            m_spans[static_cast<std::size_t>(node.group)] = {begin, end};
        return;
    case Node::Kind::Concat:
        dissectPair(node, begin, end);
        return;
    case Node::Kind::Alternate:
        for (const NodePtr &child : node.children) {
            if (canEnd(*child, begin, end)) {
                dissect(*child, begin, end);
                return;
            }
        }
        return;
    case Node::Kind::Repeat:
        dissectRepeat(node, begin, end);
        return;
    default:
        return;
    }
}

void Regex::dissectPair(const Node &node, int begin, int end)
{
    const Node &left = *node.children[0];
    const Node &right = *node.children[1];
    std::vector<bool> ends;
    run(program(left), begin, end, Want::All, &ends);
    const bool shortFirst = left.preference.shorter;
    for (int n = 0; n <= end - begin && !m_cx->stop.raised(); ++n) {
        const int middle = shortFirst ? begin + n : end - n;
        if (!ends[static_cast<std::size_t>(middle)] || !canEnd(right, middle, end))
            continue;
        dissect(left, begin, middle);
        dissect(right, middle, end);
        return;
    }
}

/// Rounds of a repetition from the left, each as long (or short) as the rest allows; no empty rounds unless the minimum
/// needs them. Only the last round's captures stay.
void Regex::dissectRepeat(const Node &node, int begin, int end)
{
    const Node &inner = *node.children.front();
    const bool shortFirst = inner.preference.shorter;
    if (begin == end && node.minimum <= 0 && shortFirst)
        return; // no round at all; where long ones are preferred, one empty round is
    const int least = std::max(node.minimum, 1);
    const int most = std::max(node.maximum < 0 ? end - begin : std::min(node.maximum, end - begin), least);
    struct Round {
        int from;
        std::vector<bool> ends;
        int next; ///< candidate length still to try
    };
    std::vector<Round> rounds;
    const auto open = [&](int from) {
        Round round{from, {}, shortFirst ? 0 : end - from};
        run(program(inner), from, end, Want::All, &round.ends);
        rounds.push_back(std::move(round));
    };
    open(begin);
    int steps = 0;
    while (!rounds.empty() && !m_cx->stop.raised()) {
        if (++steps > 200'000) {
            m_cx->stop.decline("a regular expression that needs very many attempts");
            return;
        }
        Round &round = rounds.back();
        const int k = static_cast<int>(rounds.size());
        const int length = round.next;
        if (length < 0 || length > end - round.from) {
            rounds.pop_back();
            continue;
        }
        round.next += shortFirst ? 1 : -1;
        const int to = round.from + length;
        if (!round.ends[static_cast<std::size_t>(to)])
            continue;
        if (to == end && k >= least) {
            dissect(inner, round.from, end);
            return;
        }
        if (k >= most)
            continue;
        if (length == 0 && (k >= least || least - k < end - to))
            continue;
        open(to);
    }
}

} // namespace sqlgym::runtime::regex
