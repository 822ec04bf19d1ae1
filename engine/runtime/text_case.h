// Upper and lower case as glibc's C.UTF-8 locale maps single characters.
#pragma once

#include "runtime/text_coercion.h"

namespace sqlgym::runtime {

/// The character at `text[at]`, which is moved behind it. Valid UTF-8 only.
char32_t nextCharacter(std::string_view text, std::size_t &at);
void appendCharacter(char32_t c, std::string &out);

char32_t toUpper(char32_t c);
char32_t toLower(char32_t c);
bool isAlphanumeric(char32_t c);
/// iswctype() of C.UTF-8 for a class by name ("alpha", "punct", ...).
bool isWide(char32_t c, const char *wideClass);

std::string upperText(std::string_view text);
std::string lowerText(std::string_view text);

} // namespace sqlgym::runtime
