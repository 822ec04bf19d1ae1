// SQL text -> PostgreSQL's own parse tree (libpg_query, PostgreSQL 15), guarded.
#pragma once

#include "base/diagnostic.h"
#include "base/source_span.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct PgQuery__ParseResult;
struct PgQuery__RawStmt;

namespace sqlgym::sql {

/// Where the nodes of a parse tree lie; freed at once.
class TreeMemory;

/// The tree is protobuf-c's typed structs (pg_query/pg_query.pb-c.h): generated from PostgreSQL's own node
/// definitions, so that nothing is lost between parser and binder. It lives as long as the ParsedScript.
class ParsedScript {
public:
    struct Statement {
        const PgQuery__RawStmt *raw;
        base::SourceSpan span; ///< bytes, without the semicolon
    };

    ParsedScript(PgQuery__ParseResult *tree, std::unique_ptr<TreeMemory> memory);
    ~ParsedScript();
    ParsedScript(ParsedScript &&other) noexcept;
    ParsedScript &operator=(ParsedScript &&other) noexcept;

    const std::vector<Statement> &statements() const { return m_statements; }
    const PgQuery__ParseResult *tree() const { return m_tree; }
    /// Fills in statements() from the text that was parsed. parse() calls it.
    void describe(std::string_view sql);

private:
    std::unique_ptr<TreeMemory> m_memory;
    PgQuery__ParseResult *m_tree;
    std::vector<Statement> m_statements;
};

/// Exactly one of the three is there.
struct ParseOutcome {
    std::optional<ParsedScript> script;
    std::optional<base::Diagnostic> error; ///< PostgreSQL's syntax error, position in characters from 1
    std::string declined;                  ///< beyond our limits: what, in words
};

/// Limits before libpg_query sees the text (its parser recurses): kMaxBytes, kMaxTokens, nesting and operators.
struct ParseLimits {
    std::size_t maxBytes = 16u << 20;
    std::size_t maxStatementTokens = 400'000;
    std::size_t maxDepth = 1'000;
    std::size_t maxOperators = 5'000; ///< of one statement, outside VALUES lists
};

/// Parses any number of statements. Thread-safe; parses on a thread of its own with a 64 MB stack when the text is
/// long or deep. NUL bytes and invalid UTF-8 are errors (22021), as PostgreSQL reports them.
ParseOutcome parse(std::string_view sql, const ParseLimits &limits = {});

} // namespace sqlgym::sql
