// Two texts compared line by line.
#pragma once

#include <QtCore/QString>

#include <vector>

namespace sqlgym::models {

struct ComparedLine {
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;

    bool operator==(const ComparedLine &) const = default;
};

/// The fewest removed and added lines that make `after` of `before`; what is removed stands before what is added.
/// Where thousands of lines differ on both sides all of them count as changed. Thread-safe.
std::vector<ComparedLine> compareLines(const QString &before, const QString &after);

} // namespace sqlgym::models
