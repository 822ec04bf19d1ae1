// Walks a grammar of SELECTs with types in mind; the same seed gives the same queries.
#pragma once

#include "query_tree.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace sqlgym::parity {

enum class Type { Bool, Int, Big, Numeric, Float, Text, Date, Timestamp };

struct GeneratedColumn {
    std::string name;
    Type type;
};

struct GeneratedTable {
    std::string name;
    std::vector<GeneratedColumn> columns;
};

/// A dataset to ask about: its set-up, and what the generator has to know of it.
struct Playground {
    std::string name;
    std::string setup;
    std::vector<GeneratedTable> tables;
};

/// Small tables with NULLs, ties, duplicates, empty texts, zeros and one empty table; the second adds dates.
std::vector<Playground> playgrounds();

class QueryGenerator {
public:
    QueryGenerator(const Playground &playground, std::uint64_t seed) : m_playground(playground), m_random(seed) {}

    QueryNode::Ptr query();

private:
    using Ptr = QueryNode::Ptr;
    /// What can be named at a place: "p.age" and its type.
    using Scope = std::vector<GeneratedColumn>;

    int pick(int count) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(count)); }
    bool chance(int percent) { return pick(100) < percent; }
    template <typename T> const T &oneOf(const std::vector<T> &list) { return list[m_random() % list.size()]; }
    bool has(Type type) const;
    Type anyType();

    Ptr select(int depth, const Scope &outer, std::vector<Type> wanted, bool ordered);
    Ptr setOperation(int depth, bool ordered);
    Ptr withQuery(int depth);
    Ptr from(int depth, Scope &scope, const Scope &outer);
    Ptr joined(int depth, Scope &scope);
    Ptr derived(int depth, Scope &scope);
    Ptr tableNamed(const GeneratedTable &table, Scope &scope);
    Ptr grouped(const Ptr &from, const Ptr &where, const Scope &scope, std::vector<Type> wanted, bool ordered);
    std::string orderBy(std::size_t columns);

    Ptr expression(Type type, int depth, const Scope &scope);
    Ptr literal(Type type);
    Ptr column(Type type, const Scope &scope);
    Ptr boolean(int depth, const Scope &scope);
    Ptr comparison(int depth, const Scope &scope);
    Ptr integer(Type type, int depth, const Scope &scope);
    Ptr numeric(int depth, const Scope &scope);
    Ptr floating(int depth, const Scope &scope);
    Ptr textual(int depth, const Scope &scope);
    Ptr temporal(Type type, int depth, const Scope &scope);
    Ptr anyKind(Type type, int depth, const Scope &scope);
    Ptr aggregate(Type type, const Scope &scope);
    std::string alias() { return "t" + std::to_string(++m_aliases); }

    const Playground &m_playground;
    std::mt19937_64 m_random;
    int m_aliases = 0;
};

} // namespace sqlgym::parity
