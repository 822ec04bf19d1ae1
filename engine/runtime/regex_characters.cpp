// Which characters a set holds.
#include "runtime/regex_tree.h"
#include "runtime/text_case.h"

#include <algorithm>

namespace sqlgym::runtime::regex {

bool isClass(char32_t c, CharacterSet::Class type)
{
    using Class = CharacterSet::Class;
    switch (type) {
    case Class::Alnum:
        return isWide(c, "alnum");
    case Class::Alpha:
        return isWide(c, "alpha");
    case Class::Blank:
        return c == ' ' || c == '\t';
    case Class::Cntrl:
        return c < 32 || (c >= 127 && c < 160);
    case Class::Digit:
        return isWide(c, "digit");
    case Class::Graph:
        return isWide(c, "graph");
    case Class::Lower:
        return isWide(c, "lower");
    case Class::Print:
        return isWide(c, "print");
    case Class::Punct:
        return isWide(c, "punct");
    case Class::Space:
        return isWide(c, "space");
    case Class::Upper:
        return isWide(c, "upper");
    case Class::Xdigit:
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case Class::Word:
        return c == '_' || isWide(c, "alnum");
    case Class::Ascii:
        return c < 128;
    }
    return false;
}

bool CharacterSet::computed(char32_t c) const
{
    if (noNewline && c == '\n')
        return false;
    const bool found =
        std::any_of(ranges.begin(), ranges.end(), [c](const Range &r) { return c >= r.low && c <= r.high; }) ||
        std::any_of(classes.begin(), classes.end(), [c](const Member &m) { return isClass(c, m.type) != m.negated; });
    return found != negated;
}

void CharacterSet::finish()
{
    for (char32_t c = 0; c < 128; ++c)
        ascii[c] = computed(c);
}

} // namespace sqlgym::runtime::regex
