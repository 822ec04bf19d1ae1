// Small things the window remembers: open problem, splitters, filters.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

/// Values are bytes (a QByteArray may be stored as it is). Keys are the caller's.
class UiState {
public:
    explicit UiState(StoreContext &context) : m_context(context) {}

    base::Result<std::optional<std::string>> value(std::string_view key);
    base::Result<void> set(std::string_view key, std::string_view value);
    /// Several in one transaction.
    base::Result<void> set(const std::vector<std::pair<std::string, std::string>> &values);
    base::Result<void> remove(std::string_view key);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
