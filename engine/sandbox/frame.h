// Length-prefixed frames: how two processes that need not trust each other share a pair of pipes.
//
// A frame is its length (4 bytes, little-endian, of what follows), its type (1 byte) and its payload. Numbers are
// little-endian; a text is its length in bytes (4 bytes) and its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::sandbox {

enum class FrameType : std::uint8_t {
    // to the process that runs SQL
    Load = 1,
    Run = 2,
    Cancel = 3,
    // from it
    Hello = 16,
    OutcomeHead = 17,
    OutcomeBytes = 18,
    OutcomeEnds = 19,
    OutcomeEnd = 20,
};

/// The largest frame each side takes. A set-up is one frame; a result comes in pieces.
constexpr std::size_t kMaxRequestFrame = 256u << 20;
constexpr std::size_t kMaxAnswerFrame = 16u << 20;

struct Frame {
    FrameType type;
    std::string_view payload; ///< valid until the inbox is fed or asked for the next frame
};

/// Cuts a stream of bytes into frames.
class FrameInbox {
public:
    explicit FrameInbox(std::size_t maxFrame) : m_maxFrame(maxFrame) {}

    /// Room for at least `bytes` more bytes at the end of the stream; tell feed() how many were filled.
    char *space(std::size_t bytes);
    void feed(std::size_t bytes) { m_filled += bytes; }
    /// The next whole frame, if it has arrived. After a frame longer than the cap, or an empty one, there is none ever
    /// again and broken() holds.
    std::optional<Frame> next();
    bool broken() const { return m_broken; }

private:
    std::string m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_filled = 0;
    std::size_t m_maxFrame;
    bool m_broken = false;
};

/// Builds one frame.
class FrameWriter {
public:
    explicit FrameWriter(FrameType type) : m_bytes(4, '\0') { u8(static_cast<std::uint8_t>(type)); }

    void u8(std::uint8_t v) { m_bytes.push_back(static_cast<char>(v)); }
    void u32(std::uint32_t v) { number(v, 4); }
    void u64(std::uint64_t v) { number(v, 8); }
    /// Cut (between characters) at `maxBytes`.
    void text(std::string_view text, std::size_t maxBytes = kMaxRequestFrame);
    /// Bytes that end the frame, without a length.
    void rest(std::string_view bytes) { m_bytes.append(bytes); }
    /// The frame, its length filled in.
    std::string finish() &&;

private:
    void number(std::uint64_t v, int bytes);
    std::string m_bytes;
};

/// Takes a payload apart. After the first thing that is not there, ok() is false and everything reads as empty.
class FrameReader {
public:
    explicit FrameReader(std::string_view payload) : m_left(payload) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    std::string_view text();
    std::string_view rest();
    bool ok() const { return m_ok; }
    /// Everything was read, and nothing is left.
    bool complete() const { return m_ok && m_left.empty(); }

private:
    std::uint64_t number(int bytes);
    std::string_view m_left;
    bool m_ok = true;
};

} // namespace sqlgym::sandbox
