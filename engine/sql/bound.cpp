#include "sql/bound.h"

#include "base/memory_account.h"
#include "base/stop.h"

namespace sqlgym::sql {

/// Constants are small: a statement's text bounds them, so they are not charged to the run.
struct BoundStatement::Memory {
    base::MemoryAccount account;
    base::Stop stop;
    value::Arena arena{account, stop};
};

BoundStatement::BoundStatement() : m_memory(std::make_unique<Memory>()) {}
BoundStatement::~BoundStatement() = default;
BoundStatement::BoundStatement(BoundStatement &&) noexcept = default;
BoundStatement &BoundStatement::operator=(BoundStatement &&) noexcept = default;

value::Arena &BoundStatement::arena() { return m_memory->arena; }

} // namespace sqlgym::sql
