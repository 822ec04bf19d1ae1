#include "json_text.h"

#include "base/text_position.h"

#include <array>
#include <cstdio>

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
    default: {
        std::array<char, 7> code{};
        std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += code.data();
    }
    }
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    const bool valid = base::isValidUtf8(text);
    out += '"';
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
            appendEscaped(out, c);
        else if (!valid && static_cast<unsigned char>(c) >= 0x80)
            out += "\xEF\xBF\xBD";
        else
            out += c;
    }
    out += '"';
}

} // namespace sqlgym::ctl
