#include "digest/digest.h"

#include <array>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

namespace sqlgym::digest {

namespace {

std::string hex(std::string_view bytes)
{
    constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        text += kHex[static_cast<unsigned char>(c) >> 4];
        text += kHex[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

const std::uint8_t *raw(std::string_view data) { return reinterpret_cast<const std::uint8_t *>(data.data()); }

template <std::size_t Size, typename Context>
std::string run(std::string_view data, void (*init)(Context *), void (*update)(Context *, size_t, const uint8_t *),
                void (*digest)(Context *, size_t, uint8_t *))
{
    Context context;
    init(&context);
    update(&context, data.size(), raw(data));
    std::array<std::uint8_t, Size> out{};
    digest(&context, out.size(), out.data());
    return {reinterpret_cast<const char *>(out.data()), out.size()};
}

std::string sha1(std::string_view data)
{
    return run<SHA1_DIGEST_SIZE, sha1_ctx>(data, sha1_init, sha1_update, sha1_digest);
}

} // namespace

std::string sha256(std::string_view data)
{
    return run<SHA256_DIGEST_SIZE, sha256_ctx>(data, sha256_init, sha256_update, sha256_digest);
}

std::string md5Hex(std::string_view data)
{
    return hex(run<MD5_DIGEST_SIZE, md5_ctx>(data, md5_init, md5_update, md5_digest));
}

std::string sha1Hex(std::string_view data) { return hex(sha1(data)); }
std::string sha256Hex(std::string_view data) { return hex(sha256(data)); }

std::string uuid5(std::string_view space, std::string_view name)
{
    std::string input;
    int high = -1;
    for (const char c : space) {
        if (c == '-')
            continue;
        const int nibble = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        if (high < 0) {
            high = nibble;
        } else {
            input += static_cast<char>(high << 4 | nibble);
            high = -1;
        }
    }
    input += name;
    std::string id = sha1(input).substr(0, 16);
    id[6] = static_cast<char>((id[6] & 0x0F) | 0x50);
    id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
    std::string text = hex(id);
    for (const std::size_t at : {20u, 16u, 12u, 8u})
        text.insert(at, 1, '-');
    return text;
}

} // namespace sqlgym::digest
