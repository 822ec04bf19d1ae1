#include "client/trouble.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sqlgym::client {

namespace {

constexpr std::array<std::pair<Trouble, const char *>, 13> kNames{{
    {Trouble::BadAddress, "bad_address"},
    {Trouble::Offline, "offline"},
    {Trouble::Tls, "tls"},
    {Trouble::NotAServer, "not_a_server"},
    {Trouble::OlderServer, "older_server"},
    {Trouble::NewerServer, "newer_server"},
    {Trouble::ReadOnly, "read_only"},
    {Trouble::Busy, "busy"},
    {Trouble::SignedOut, "signed_out"},
    {Trouble::RateLimited, "rate_limited"},
    {Trouble::Refused, "refused"},
    {Trouble::Cancelled, "cancelled"},
    {Trouble::Failed, "failed"},
}};

bool helpsToRetry(Trouble trouble)
{
    return trouble == Trouble::Offline || trouble == Trouble::ReadOnly || trouble == Trouble::Busy ||
           trouble == Trouble::RateLimited;
}

Trouble troubleOfState(const std::string &state)
{
    const auto begins = [&](const char *with) { return state.rfind(with, 0) == 0; };
    // 08 connection exception, 57P0x an administrator ends it, 53 out of resources, 40001 and 40P01 others came
    // between.
    if (begins("08") || begins("57P0"))
        return Trouble::Offline;
    if (state == "53400") // api's way to say: too many
        return Trouble::RateLimited;
    if (begins("53") || state == "40001" || state == "40P01")
        return Trouble::Busy;
    if (state == "28000")
        return Trouble::SignedOut;
    if (state == "25006") // read_only_sql_transaction
        return Trouble::ReadOnly;
    if (state == "42883" || state == "3F000" || state == "42P01") // no such function, schema, table
        return Trouble::NotAServer;
    return Trouble::Refused;
}

std::string sentence(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    if (!text.empty() && text.back() != '.' && text.back() != '!' && text.back() != '?')
        text += '.';
    return text;
}

/// Length of the UTF-8 sequence at `at`, 0 = it is none; its code point in `code`.
std::size_t sequenceAt(std::string_view text, std::size_t at, char32_t &code)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || at + length > text.size())
        return 0;
    constexpr std::array<char32_t, 5> kMasks{0, 0x7F, 0x1F, 0x0F, 0x07};
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    code = first & kMasks[length];
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return 0;
        code = (code << 6) | (byte(at + i) & 0x3F);
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < kLeast[length] || code > 0x10FFFF || surrogate ? 0 : length;
}

bool isUnseen(char32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) || code == 0x61C || code == 0xFEFF;
}

} // namespace

base::Error makeError(Trouble trouble, std::string message)
{
    const auto *const name = std::ranges::find(kNames, trouble, &std::pair<Trouble, const char *>::first);
    return {"client", name->second, std::move(message), helpsToRetry(trouble)};
}

Trouble troubleOf(const base::Error &error)
{
    if (error.domain != "client")
        return Trouble::Failed;
    for (const auto &[trouble, name] : kNames) {
        if (error.code == name)
            return trouble;
    }
    return Trouble::Failed;
}

base::Error errorOf(const base::Diagnostic &diagnostic)
{
    std::string said = sentence(plainText(diagnostic.message));
    if (!diagnostic.hint.empty())
        said += " " + sentence(plainText(diagnostic.hint));
    const Trouble trouble = troubleOfState(diagnostic.sqlstate);
    switch (trouble) {
    case Trouble::Offline:
        return makeError(trouble, "The server went away (" + plainText(diagnostic.message) +
                                      "). It may have done what was asked or not. Try again.");
    case Trouble::Busy:
        return makeError(trouble, "The server cannot do this right now: " + said + " Try again in a moment.");
    case Trouble::SignedOut:
        return makeError(trouble, "You are not signed in, or your session has ended. Sign in and try again.");
    case Trouble::ReadOnly:
        return makeError(trouble, "The server takes no changes at present. Try again later.");
    case Trouble::NotAServer:
        return makeError(trouble, "This PostgreSQL server does not have what SQLGym needs: " + said +
                                      " Check the address, or ask whoever runs the server.");
    default:
        return makeError(trouble, said);
    }
}

std::string plainText(std::string_view text, bool lines)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t code = 0;
        const std::size_t length = sequenceAt(text, at, code);
        const bool kept = length > 0 && (!isUnseen(code) || (lines && (code == '\n' || code == '\t')));
        if (kept)
            plain.append(text, at, length);
        else
            plain += "\xEF\xBF\xBD";
        at += std::max<std::size_t>(length, 1);
    }
    return plain;
}

} // namespace sqlgym::client
