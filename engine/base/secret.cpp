#include "base/secret.h"

#include <cstring>

namespace sqlgym::base {

void wipe(void *bytes, std::size_t size)
{
    if (size > 0)
        explicit_bzero(bytes, size);
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        clear();
        m_bytes = std::move(other.m_bytes);
        other.m_bytes.clear();
    }
    return *this;
}

void Secret::append(std::string_view text)
{
    // A vector that grows by itself would leave its old bytes behind.
    std::vector<char> grown;
    grown.reserve(size() + text.size() + 1);
    grown.insert(grown.end(), view().begin(), view().end());
    grown.insert(grown.end(), text.begin(), text.end());
    grown.push_back('\0');
    m_bytes.swap(grown);
    wipe(grown.data(), grown.size());
}

void Secret::clear()
{
    wipe(m_bytes.data(), m_bytes.size());
    m_bytes.clear();
}

} // namespace sqlgym::base
