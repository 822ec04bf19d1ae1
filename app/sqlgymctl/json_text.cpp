#include "json_text.h"

#include "base/text_position.h"

#include <cstddef>

namespace sqlgym::ctl {

namespace {

void appendEscaped(std::string &out, char c)
{
    switch (c) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        out += "\\u00";
        out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    const bool valid = base::isValidUtf8(text);
    out += '"';
    std::size_t plain = 0; // where what needs no escape begins
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool escaped = static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
        const bool broken = !valid && static_cast<unsigned char>(c) >= 0x80;
        if (!escaped && !broken)
            continue;
        out.append(text, plain, at - plain);
        plain = at + 1;
        if (escaped)
            appendEscaped(out, c);
        else
            out += "\xEF\xBF\xBD";
    }
    out.append(text, plain);
    out += '"';
}

} // namespace sqlgym::ctl
