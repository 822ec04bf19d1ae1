// Pattern text -> tree.
#include "runtime/regex_build.h"
#include "runtime/regex_lexer.h"
#include "runtime/regex_tree.h"
#include "runtime/text_case.h"

#include <algorithm>

namespace sqlgym::runtime::regex {

namespace {

constexpr int kMostRepeats = 255;
constexpr char kBadRange[] = "invalid character range";
constexpr char kBadOperand[] = "quantifier operand invalid";
constexpr char kBadCount[] = "invalid repetition count(s)";
constexpr char kUnbalanced[] = "parentheses () not balanced";

class Parser {
public:
    Parser(const std::u32string &pattern, Flags flags, Trouble &trouble)
        : m_flags(flags), m_trouble(trouble), m_lexer(pattern, m_flags, trouble)
    {
    }

    Tree parse();

private:
    NodePtr expression(Token stopper, bool capturing);
    NodePtr branch(Token stopper, bool capturing);
    /// nullptr: a constraint was added to `lump`, or an error. `parenthesised`: the atom was a group.
    NodePtr atom(std::vector<NodePtr> &lump, bool capturing, bool &parenthesised);
    NodePtr bracket();
    bool bracketPart(CharacterSet &set);
    Quantifier quantifier();
    int number();
    void addCharacter(CharacterSet &set, char32_t c) const;
    void addRange(CharacterSet &set, char32_t low, char32_t high);
    NodePtr setNode(CharacterSet set);
    NodePtr literal(char32_t c);
    NodePtr assertion(Assertion what);

    Flags m_flags;
    Trouble &m_trouble;
    Lexer m_lexer;
    Tree m_tree;
};

NodePtr Parser::setNode(CharacterSet set)
{
    set.finish();
    m_tree.sets.push_back(std::move(set));
    NodePtr node = make(Node::Kind::Set);
    node->set = static_cast<int>(m_tree.sets.size()) - 1;
    return node;
}

void Parser::addCharacter(CharacterSet &set, char32_t c) const
{
    if (!m_flags.ignoreCase) {
        set.ranges.push_back({c, c});
        return;
    }
    const char32_t low = toLower(c);
    const char32_t up = toUpper(c);
    set.ranges.push_back({low, low});
    if (up != low)
        set.ranges.push_back({up, up});
}

void Parser::addRange(CharacterSet &set, char32_t low, char32_t high)
{
    set.ranges.push_back({low, high});
    if (!m_flags.ignoreCase)
        return;
    if (high - low > 4000) {
        m_trouble.declined = "a wide character range that ignores case";
        return;
    }
    for (char32_t c = low; c <= high; ++c) {
        for (const char32_t other : {toLower(c), toUpper(c)}) {
            if (other != c)
                set.ranges.push_back({other, other});
        }
    }
}

NodePtr Parser::literal(char32_t c)
{
    CharacterSet set;
    addCharacter(set, c);
    return setNode(std::move(set));
}

NodePtr Parser::assertion(Assertion what)
{
    NodePtr node = make(Node::Kind::Assert);
    node->assertion = what;
    return node;
}

int Parser::number()
{
    int n = 0;
    while (m_lexer.type() == Token::Digit && n < kMostRepeats) {
        n = n * 10 + static_cast<int>(m_lexer.value());
        m_lexer.next();
    }
    if (m_lexer.type() == Token::Digit || n > kMostRepeats) {
        m_lexer.fail(kBadCount);
        return 0;
    }
    return n;
}

Quantifier Parser::quantifier()
{
    Quantifier q;
    const auto prefers = [&] {
        q.preference.longer = m_lexer.value() == 1;
        q.preference.shorter = !q.preference.longer;
    };
    switch (m_lexer.type()) {
    case Token::Star:
        q.minimum = 0;
        q.maximum = -1;
        prefers();
        m_lexer.next();
        break;
    case Token::Plus:
        q.maximum = -1;
        prefers();
        m_lexer.next();
        break;
    case Token::Question:
        q.minimum = 0;
        prefers();
        m_lexer.next();
        break;
    case Token::OpenBound: {
        m_lexer.next();
        q.minimum = number();
        bool counted = false;
        if (m_lexer.type() == Token::Comma) {
            m_lexer.next();
            counted = true;
            q.maximum = m_lexer.type() == Token::Digit ? number() : -1;
            if (q.maximum >= 0 && q.minimum > q.maximum) {
                m_lexer.fail(kBadCount);
                return q;
            }
        } else {
            q.maximum = q.minimum;
        }
        if (m_lexer.type() != Token::CloseBound) {
            m_lexer.fail(kBadCount);
            return q;
        }
        if (counted)
            prefers();
        m_lexer.next();
        break;
    }
    default:
        break;
    }
    return q;
}

bool Parser::bracketPart(CharacterSet &set)
{
    using Class = CharacterSet::Class;
    char32_t low = 0;
    switch (m_lexer.type()) {
    case Token::Range:
        m_lexer.fail(kBadRange);
        return false;
    case Token::Plain:
        low = m_lexer.value();
        m_lexer.next();
        if (m_lexer.type() != Token::Range) {
            addCharacter(set, low);
            return true;
        }
        break;
    case Token::ClassEscape:
        set.classes.push_back({static_cast<Class>(m_lexer.value()), m_lexer.negated()});
        m_lexer.next();
        return true;
    case Token::NamedClass: {
        if (m_lexer.negated()) {
            m_lexer.fail("brackets [] not balanced");
            return false;
        }
        static constexpr struct {
            std::string_view name;
            Class type;
        } kNames[] = {{"alnum", Class::Alnum},   {"alpha", Class::Alpha}, {"ascii", Class::Ascii},
                      {"blank", Class::Blank},   {"cntrl", Class::Cntrl}, {"digit", Class::Digit},
                      {"graph", Class::Graph},   {"lower", Class::Lower}, {"print", Class::Print},
                      {"punct", Class::Punct},   {"space", Class::Space}, {"upper", Class::Upper},
                      {"xdigit", Class::Xdigit}, {"word", Class::Word}};
        const std::string name = m_lexer.name();
        m_lexer.next(); // what follows may be wrong in a way that is told first
        for (const auto &known : kNames) {
            if (known.name != name)
                continue;
            const bool cased = known.type == Class::Lower || known.type == Class::Upper;
            set.classes.push_back({m_flags.ignoreCase && cased ? Class::Alpha : known.type, false});
            return true;
        }
        m_lexer.fail("invalid character class");
        return false;
    }
    default:
        return false;
    }
    m_lexer.next(); // past the '-'
    if (m_lexer.type() != Token::Plain && m_lexer.type() != Token::Range) {
        m_lexer.fail(kBadRange);
        return false;
    }
    const char32_t high = m_lexer.type() == Token::Range ? U'-' : m_lexer.value();
    m_lexer.next();
    if (high < low) {
        m_lexer.fail(kBadRange);
        return false;
    }
    addRange(set, low, high);
    return true;
}

NodePtr Parser::bracket()
{
    CharacterSet set;
    set.negated = m_lexer.value() == 0;
    set.noNewline = set.negated && m_flags.newlineStop;
    m_lexer.next();
    while (!m_trouble.any() && m_lexer.type() != Token::CloseBracket && m_lexer.type() != Token::End) {
        if (!bracketPart(set))
            return nullptr;
    }
    if (m_trouble.any())
        return nullptr;
    m_lexer.next();
    return setNode(std::move(set));
}

NodePtr Parser::atom(std::vector<NodePtr> &lump, bool capturing, bool &parenthesised)
{
    const auto constraint = [&](Assertion what) {
        lump.push_back(assertion(what));
        m_lexer.next();
        return nullptr;
    };
    switch (m_lexer.type()) {
    case Token::LineStart:
        return constraint(m_flags.newlineAnchor ? Assertion::LineStart : Assertion::TextStart);
    case Token::LineEnd:
        return constraint(m_flags.newlineAnchor ? Assertion::LineEnd : Assertion::TextEnd);
    case Token::TextStart:
        return constraint(Assertion::TextStart);
    case Token::TextEnd:
        return constraint(Assertion::TextEnd);
    case Token::WordStart:
        return constraint(Assertion::WordStart);
    case Token::WordEnd:
        return constraint(Assertion::WordEnd);
    case Token::Boundary:
        return constraint(Assertion::Boundary);
    case Token::NoBoundary:
        return constraint(Assertion::NoBoundary);
    case Token::Look: {
        NodePtr node = make(Node::Kind::Look);
        node->ahead = (m_lexer.value() & 2) != 0;
        node->negated = (m_lexer.value() & 1) == 0;
        m_lexer.next();
        node->children.push_back(expression(Token::Close, false));
        if (m_trouble.any())
            return nullptr;
        m_lexer.next();
        lump.push_back(node);
        return nullptr;
    }
    case Token::Star:
    case Token::Plus:
    case Token::Question:
    case Token::OpenBound:
        m_lexer.fail(kBadOperand);
        return nullptr;
    case Token::Close:
        m_lexer.fail(kUnbalanced);
        return nullptr;
    case Token::Open: {
        parenthesised = true;
        const bool captures = capturing && m_lexer.value() == 1;
        int group = 0;
        if (captures) {
            group = ++m_tree.groups;
            m_lexer.setGroups(m_tree.groups);
        }
        m_lexer.next();
        NodePtr inner = expression(Token::Close, capturing);
        if (m_trouble.any())
            return nullptr;
        m_lexer.next();
        if (!captures)
            return inner;
        NodePtr node = make(Node::Kind::Capture);
        node->group = group;
        node->captures = true;
        node->preference = inner->preference;
        node->children.push_back(inner);
        return node;
    }
    case Token::BackReference:
        if (!capturing || static_cast<int>(m_lexer.value()) > m_tree.groups)
            m_lexer.fail("invalid backreference number");
        else
            m_trouble.declined = "back-references in regular expressions";
        return nullptr;
    case Token::OpenBracket:
        return bracket();
    case Token::ClassEscape: {
        CharacterSet set;
        set.classes.push_back({static_cast<CharacterSet::Class>(m_lexer.value()), m_lexer.negated()});
        m_lexer.next();
        return setNode(std::move(set));
    }
    case Token::Any: {
        CharacterSet set;
        set.negated = true;
        set.noNewline = m_flags.newlineStop;
        m_lexer.next();
        return setNode(std::move(set));
    }
    case Token::Plain: {
        const char32_t c = m_lexer.value();
        m_lexer.next();
        return literal(c);
    }
    default:
        m_lexer.fail(kBadOperand);
        return nullptr;
    }
}

/// Simple atoms that agree in what they prefer are one piece; anything else splits the branch there, as PostgreSQL
/// does: the pieces' preferences, from the left, decide how a match is divided.
NodePtr Parser::branch(Token stopper, bool capturing)
{
    std::vector<NodePtr> lump;
    Preference wish;
    while (!m_trouble.any() && m_lexer.type() != Token::Bar && m_lexer.type() != stopper &&
           m_lexer.type() != Token::End) {
        bool parenthesised = false;
        const NodePtr inner = atom(lump, capturing, parenthesised);
        if (m_trouble.any())
            return nullptr;
        if (!inner)
            continue;
        const Quantifier q = quantifier();
        if (m_trouble.any())
            return nullptr;
        if (q.minimum == 0 && q.maximum == 0)
            continue;
        const Preference together = either(either(wish, q.preference), inner->preference);
        if (!parenthesised && !clash(together)) {
            lump.push_back(q.minimum == 1 && q.maximum == 1 ? inner
                                                            : repeated(inner, q.minimum, q.maximum, q.preference));
            wish = together;
            continue;
        }
        // The quantifier's wish counts for the branch even where it changes nothing for the atom ("{1,1}?").
        const Preference first = combined(q.preference, inner->preference);
        NodePtr rest = make(Node::Kind::Empty);
        if (m_lexer.type() != Token::Bar && m_lexer.type() != stopper && m_lexer.type() != Token::End) {
            rest = branch(stopper, capturing);
            if (m_trouble.any())
                return nullptr;
        }
        NodePtr tail = concatenated(quantified(inner, q), rest);
        tail->preference = combined(first, rest->preference);
        if (lump.empty())
            return tail;
        const NodePtr prefix = sequence(std::move(lump));
        prefix->preference = wish;
        return concatenated(prefix, tail);
    }
    NodePtr all = sequence(std::move(lump));
    all->preference = wish;
    return all;
}

NodePtr Parser::expression(Token stopper, bool capturing)
{
    NodePtr all = make(Node::Kind::Alternate);
    all->preference.longer = true;
    for (;;) {
        const NodePtr one = branch(stopper, capturing);
        if (m_trouble.any())
            return nullptr;
        all->captures = all->captures || one->captures;
        all->preference.mixed = all->preference.mixed || clash(either(all->preference, one->preference));
        all->children.push_back(one);
        if (m_lexer.type() != Token::Bar)
            break;
        m_lexer.next();
        if (m_trouble.any())
            return nullptr;
    }
    if (m_lexer.type() != stopper) {
        m_lexer.fail(kUnbalanced);
        return nullptr;
    }
    return all->children.size() == 1 ? all->children.front() : all;
}

Tree Parser::parse()
{
    if (!m_trouble.any())
        m_tree.root = expression(Token::End, true);
    return std::move(m_tree);
}

} // namespace

Tree parse(const std::u32string &pattern, Flags flags, Trouble &trouble)
{
    return Parser(pattern, flags, trouble).parse();
}

} // namespace sqlgym::runtime::regex
