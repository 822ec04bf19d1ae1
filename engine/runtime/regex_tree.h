// An advanced regular expression as a tree. PostgreSQL's matcher decides spans by each part's preference for long or
// short matches, so the tree keeps that beside its shape.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::runtime::regex {

/// Characters an atom accepts. Classes are glibc's C.UTF-8 ones.
struct CharacterSet {
    enum class Class : std::uint8_t {
        Alnum,
        Alpha,
        Blank,
        Cntrl,
        Digit,
        Graph,
        Lower,
        Print,
        Punct,
        Space,
        Upper,
        Xdigit,
        Word,
        Ascii
    };
    struct Member {
        Class type;
        bool negated;
    };
    struct Range {
        char32_t low;
        char32_t high;
    };
    std::vector<Range> ranges;
    std::vector<Member> classes;
    bool negated = false;
    bool noNewline = false; ///< never a newline, whatever else is said
    bool ascii[128] = {};   ///< the answer for ASCII, made by finish()

    void finish();
    bool contains(char32_t c) const { return c < 128 ? ascii[c] : computed(c); }

private:
    bool computed(char32_t c) const;
};
bool isClass(char32_t c, CharacterSet::Class type);

enum class Assertion : std::uint8_t {
    TextStart, ///< \A, and ^ without newline sensitivity
    TextEnd,
    LineStart,
    LineEnd,
    WordStart,
    WordEnd,
    Boundary,
    NoBoundary,
};

/// LONGER and SHORTER of a part; Mixed parts hold both.
struct Preference {
    bool longer = false;
    bool shorter = false;
    bool mixed = false;
};

struct Node {
    enum class Kind : std::uint8_t { Empty, Set, Assert, Look, Concat, Alternate, Repeat, Capture };
    Kind kind = Kind::Empty;
    Preference preference;
    bool captures = false; ///< this or something below it captures
    int set = -1;          ///< Set: index into Tree::sets
    Assertion assertion = Assertion::TextStart;
    bool ahead = true; ///< Look
    bool negated = false;
    int minimum = 1; ///< Repeat
    int maximum = 1; ///< -1: no limit
    int group = 0;   ///< Capture
    std::vector<std::shared_ptr<Node>> children;
};
using NodePtr = std::shared_ptr<Node>;

struct Tree {
    NodePtr root;
    std::vector<CharacterSet> sets;
    int groups = 0;
};

struct Flags {
    bool ignoreCase = false;
    bool newlineStop = false;   ///< . and [^...] do not match newlines
    bool newlineAnchor = false; ///< ^ and $ match at lines' ends
    bool literal = false;
};

/// What went wrong: PostgreSQL's words after "invalid regular expression: ", or a feature that is declined.
struct Trouble {
    std::string error;
    std::string declined;
    bool any() const { return !error.empty() || !declined.empty(); }
};

Tree parse(const std::u32string &pattern, Flags flags, Trouble &trouble);

} // namespace sqlgym::runtime::regex
