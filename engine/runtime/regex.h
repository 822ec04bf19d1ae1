// Matching of advanced regular expressions, as PostgreSQL's engine decides spans and captures. No back-references.
#pragma once

#include "runtime/regex_tree.h"
#include "value/context.h"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sqlgym::runtime::regex {

/// Characters [begin, end) of a text; unset: begin < 0.
struct Span {
    int begin = -1;
    int end = -1;
};

/// States of one part of a tree, run in step over the characters.
class Program {
public:
    /// False when it would be too large (nested counts).
    bool compile(const Tree &tree, const Node &node);

    enum class Op : std::uint8_t { Set, Split, Jump, Assert, Look, Match };
    struct Instruction {
        Op op;
        int first = 0;  ///< next state, or the preferred one of a split
        int second = 0; ///< a split's other; a set's, assertion's or look's index
    };
    std::vector<Instruction> code;
    std::vector<const Node *> looks;
    bool firstAscii[128] = {}; ///< ASCII characters a non-empty match may begin with
    bool firstOther = false;   ///< the same for all others
    bool mayBeEmpty = false;

private:
    bool emit(const Node &node);
    bool emitRepeat(const Node &node);
    void findFirst(const Tree &tree);
    const Tree *m_tree = nullptr;
};

class Regex {
public:
    /// On failure `trouble` says why and nothing else may be called.
    Regex(const std::u32string &pattern, Flags flags, Trouble &trouble);

    int groups() const { return m_tree.groups; }
    /// Whether it matches anywhere; the cheapest question.
    bool matches(std::u32string_view text, value::Context &cx);
    /// The first match from `from` on: spans[0], and the groups' spans[1..]. False: none, or cx has stopped.
    bool search(std::u32string_view text, int from, std::span<Span> spans, value::Context &cx);

private:
    /// A simulation's set of states.
    struct States {
        std::vector<int> list;
        std::vector<std::uint32_t> mark;
        std::uint32_t round = 0;
        void begin(std::size_t size);
        bool add(int state);
    };
    enum class Want { Longest, Shortest, All };

    const Program &program(const Node &node);
    void close(const Program &program, States &states, int state, int at);
    bool holds(Assertion assertion, int at) const;
    bool looks(const Node &look, int at);
    bool isWord(int at) const;
    /// Ends of matches of `program` from `from`, none beyond `limit`; -1 when there is none. With All, `ends` is
    /// filled.
    int run(const Program &program, int from, int limit, Want want, std::vector<bool> *ends = nullptr);
    bool canEnd(const Node &node, int from, int end);
    /// Fills the captures of a node known to match [begin, end).
    void dissect(const Node &node, int begin, int end);
    void dissectPair(const Node &node, int begin, int end);
    void dissectRepeat(const Node &node, int begin, int end);

    Tree m_tree;
    std::unordered_map<const Node *, std::unique_ptr<Program>> m_programs;
    std::vector<States> m_pool;
    std::size_t m_depth = 0;
    std::vector<int> m_waiting; ///< states to be closed over
    std::u32string_view m_text;
    std::span<Span> m_spans;
    value::Context *m_cx = nullptr;
    bool m_tooLarge = false;
};

} // namespace sqlgym::runtime::regex
