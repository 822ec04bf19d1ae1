#include "sandbox/frame.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sqlgym::sandbox {

namespace {

constexpr std::size_t kPrefix = 4;
constexpr std::size_t kKeptBytes = 4u << 20;

std::uint64_t littleEndian(const char *bytes, int count)
{
    std::uint64_t v = 0;
    for (int i = count - 1; i >= 0; --i)
        v = (v << 8) | static_cast<unsigned char>(bytes[i]);
    return v;
}

} // namespace

char *FrameInbox::space(std::size_t bytes)
{
    if (m_begin == m_filled && m_buffer.size() > kKeptBytes) { // a large set-up came through
        m_buffer = std::string();
        m_begin = m_filled = 0;
    }
    if (m_begin > 0 && (m_begin == m_filled || m_buffer.size() - m_filled < bytes)) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_filled - m_begin);
        m_filled -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() - m_filled < bytes)
        m_buffer.resize(std::max(m_filled + bytes, m_buffer.size() + m_buffer.size() / 2));
    return m_buffer.data() + m_filled;
}

std::optional<Frame> FrameInbox::next()
{
    if (m_broken || m_filled - m_begin < kPrefix)
        return std::nullopt;
    const char *at = m_buffer.data() + m_begin;
    const std::size_t length = littleEndian(at, kPrefix);
    if (length == 0 || length > m_maxFrame) {
        m_broken = true;
        return std::nullopt;
    }
    if (m_filled - m_begin - kPrefix < length)
        return std::nullopt;
    m_begin += kPrefix + length;
    return Frame{static_cast<FrameType>(static_cast<std::uint8_t>(at[kPrefix])), {at + kPrefix + 1, length - 1}};
}

void FrameWriter::number(std::uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        u8(static_cast<std::uint8_t>(v >> (8 * i)));
}

void FrameWriter::text(std::string_view text, std::size_t maxBytes)
{
    if (text.size() > maxBytes) {
        std::size_t cut = maxBytes;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
            --cut;
        text = text.substr(0, cut);
    }
    u32(static_cast<std::uint32_t>(text.size()));
    rest(text);
}

std::string FrameWriter::finish() &&
{
    const std::size_t length = m_bytes.size() - kPrefix;
    for (std::size_t i = 0; i < kPrefix; ++i)
        m_bytes[i] = static_cast<char>(length >> (8 * i));
    return std::move(m_bytes);
}

std::uint64_t FrameReader::number(int bytes)
{
    if (m_left.size() < static_cast<std::size_t>(bytes))
        m_ok = false;
    if (!m_ok)
        return 0;
    const std::uint64_t v = littleEndian(m_left.data(), bytes);
    m_left.remove_prefix(static_cast<std::size_t>(bytes));
    return v;
}

std::string_view FrameReader::text()
{
    const std::size_t length = u32();
    if (m_left.size() < length)
        m_ok = false;
    if (!m_ok)
        return {};
    const auto text = m_left.substr(0, length);
    m_left.remove_prefix(length);
    return text;
}

std::string_view FrameReader::rest() { return m_ok ? std::exchange(m_left, {}) : std::string_view(); }

} // namespace sqlgym::sandbox
