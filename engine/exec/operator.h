// The steps of a running query.
#pragma once

#include "exec/execution.h"

#include <memory>

namespace sqlgym::exec {

/// A step below the select list: next() moves the row pointers of its query to the next row. After false the run may
/// have been stopped (Execution::stopped). open() starts, or starts again with what outer queries now stand on.
class Operator {
public:
    virtual ~Operator() = default;
    virtual void open() = 0;
    virtual bool next() = 0;
};

/// A step that reads one item of FROM.
class Leaf : public Operator {
public:
    /// All its rows have been tested at least once.
    bool sawAll() const { return m_sawAll; }

protected:
    bool m_sawAll = false;
};

/// A step that gives whole rows: the select list and all above it. A row lives until the next call of next() or
/// open(), unless stable(): then until open().
class RowSource {
public:
    virtual ~RowSource() = default;
    virtual void open() = 0;
    /// nullptr at the end, or when the run has been stopped.
    virtual const Datum *next() = 0;
    virtual bool stable() const { return false; }
};

using OperatorPtr = std::unique_ptr<Operator>;
using RowSourcePtr = std::unique_ptr<RowSource>;

} // namespace sqlgym::exec
