// Text that must not stay behind in memory: a password, a token.
#pragma once

#include <string_view>
#include <vector>

namespace sqlgym::base {

/// Wiped when it goes or grows, moved but never copied. What others copied out of it (libpq's send buffer, a keychain's
/// message) is out of its reach.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) { append(text); }
    Secret(Secret &&other) noexcept : m_bytes(std::move(other.m_bytes)) { other.m_bytes.clear(); }
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret() { clear(); }

    void append(std::string_view text);
    void clear();

    bool empty() const { return size() == 0; }
    std::size_t size() const { return m_bytes.empty() ? 0 : m_bytes.size() - 1; }
    std::string_view view() const { return {m_bytes.data(), size()}; }
    /// Ends with a NUL.
    const char *c_str() const { return m_bytes.empty() ? "" : m_bytes.data(); }

private:
    std::vector<char> m_bytes; ///< with its NUL, or nothing at all
};

/// Overwrites `size` bytes, whatever an optimiser thinks of it.
void wipe(void *bytes, std::size_t size);

} // namespace sqlgym::base
