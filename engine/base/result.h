// A value, or why there is none: how every target reports its own failing without exceptions.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace sqlgym::base {

/// Our own failing (a file, a process, a broken pack), never the learner's mistake (that is a Diagnostic).
///
/// domain     the target that failed, e.g. "cache"; code a stable snake_case word; message a sentence for people:
///            what happened, why, what to do. transient: trying again unchanged may succeed.
struct Error {
    std::string domain;
    std::string code;
    std::string message;
    bool transient = false;
};

template <typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() { return std::get<0>(m_state); }
    const T &operator*() const { return std::get<0>(m_state); }
    T *operator->() { return &std::get<0>(m_state); }
    const T *operator->() const { return &std::get<0>(m_state); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    explicit operator bool() const { return !m_error; }
    const Error &error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace sqlgym::base
