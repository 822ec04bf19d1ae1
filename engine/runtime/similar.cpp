#include "runtime/similar.h"

#include "runtime/text_coercion.h"

namespace sqlgym::runtime {

value::Datum similarToRegex(std::string_view pattern, const value::Datum *escapeText, value::Context &cx)
{
    const std::string_view escape = escapeText ? escapeText->text() : "\\";
    if (!escape.empty() && escape.size() != utf8Length(escape[0]))
        return cx.fail("22025", "invalid escape string", {}, "Escape string must be empty or one character.");
    std::string out = "^(?:";
    bool escaped = false;
    int depth = 0; // of brackets; inner ones name a collating element or class
    int place = 0; // 1 right behind the bracket, 2 behind its ^, 3 further in
    int separators = 0;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::string_view c = pattern.substr(at, utf8Length(pattern[at]));
        at += c.size();
        if (escaped) {
            escaped = false;
            if (c == "\"" && depth == 0) {
                if (separators > 1)
                    return cx.fail(
                        "2200C", "SQL regular expression may not contain more than two escape-double-quote separators");
                out += separators++ == 0 ? "){1,1}?(" : "){1,1}(?:";
                continue;
            }
            out += '\\';
            out += c;
            place = 3;
        } else if (!escape.empty() && c == escape) {
            escaped = true;
        } else if (depth > 0) {
            if (c == "\\")
                out += '\\';
            out += c;
            if (c == "]" && place > 2) {
                --depth;
            } else if (c == "[") {
                ++depth;
                place = 3;
            } else {
                place = c == "^" ? place + 1 : 3; // a leading ^ keeps a following ] literal
            }
        } else if (c == "[") {
            out += c;
            depth = 1;
            place = 1;
        } else if (c == "%") {
            out += ".*";
        } else if (c == "_") {
            out += '.';
        } else if (c == "(") {
            out += "(?:";
        } else {
            if (c == "\\" || c == "." || c == "^" || c == "$")
                out += '\\';
            out += c;
        }
    }
    out += ")$";
    return value::makeText(out, cx.arena);
}

} // namespace sqlgym::runtime
