// A .sqltest file: set-up, queries, and what PostgreSQL 15 answered (see README.md beside this file).
#pragma once

#include "base/diagnostic.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sqlgym::parity {

/// nullopt = NULL.
using Cell = std::optional<std::string>;

/// What an engine answers, as far as it is compared.
struct Answer {
    bool isError = false;
    std::vector<std::string> names;
    std::vector<std::string> types; ///< pg_type.typname
    std::vector<std::vector<Cell>> rows;
    base::Diagnostic error;
};

struct Case {
    int line = 0; ///< of its first line, from 1
    bool ordered = false;
    std::string sql;
    std::optional<Answer> recorded;
};

/// One after the other: comments, set-ups (each replaces the one before) and cases.
struct Block {
    enum class Kind { Comment, Setup, Case } kind = Kind::Comment;
    std::string text; ///< a comment's lines, a set-up's SQL
    Case test;
};

struct ParityFile {
    std::vector<Block> blocks;
};

/// Errors: parity/syntax  the message begins with the line's number.
base::Result<ParityFile> parseParityFile(const std::string &text);

/// The file again, with recorded answers filled in.
std::string writeParityFile(const ParityFile &file);

} // namespace sqlgym::parity
