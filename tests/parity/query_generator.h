// Walks a grammar of statements with types in mind; the same seed gives the same queries.
#pragma once

#include "query_tree.h"

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace sqlgym::parity {

enum class Type { Bool, Int, Big, Numeric, Float, Text, Date, Timestamp, Interval };

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
    /// `luck`: more of what PostgreSQL leaves to chance.
    QueryGenerator(const Playground &playground, std::uint64_t seed, bool luck)
        : m_playground(playground), m_random(seed), m_luck(luck)
    {
    }

    QueryNode::Ptr query();
    /// What the last query is made of: "window", "recursive", ...
    const std::set<std::string> &features() const { return m_features; }

private:
    using Ptr = QueryNode::Ptr;
    using Pieces = std::vector<QueryNode::Piece>;
    /// What can be named at a place: "p.age" and its type.
    using Scope = std::vector<GeneratedColumn>;

    int pick(int count) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(count)); }
    bool chance(int percent) { return pick(100) < percent; }
    template <typename T> const T &oneOf(const std::vector<T> &list) { return list[m_random() % list.size()]; }
    void mark(const char *feature) { m_features.insert(feature); }
    bool has(Type type) const;
    Type anyType();
    std::vector<Type> someTypes(int most);
    std::string alias() { return "t" + std::to_string(++m_aliases); }
    Ptr made(Pieces pieces, bool ordered);

    // query_generator.cpp: SELECT and what stands around it
    Ptr select(int depth, const Scope &outer, std::vector<Type> wanted, bool ordered);
    Ptr setOperation(int depth, std::vector<Type> types, bool ordered);
    Ptr grouped(const Ptr &from, const Ptr &where, const Scope &scope, std::vector<Type> wanted, bool ordered);
    Ptr windowed(const Ptr &from, const Ptr &where, const Scope &scope, std::vector<Type> wanted, bool ordered);
    Ptr distinctOn(const Ptr &from, const Ptr &where, const Scope &scope, std::vector<Type> wanted, bool ordered);
    Ptr whereClause(int depth, const Scope &scope);
    std::string orderBy(std::size_t columns);
    std::string unorderedLimit(std::size_t columns);

    // from_generator.cpp
    const GeneratedTable &anyTable();
    Ptr from(int depth, Scope &scope, const Scope &outer);
    Ptr joined(int depth, Scope &scope, const Scope &outer);
    Ptr listed(int depth, Scope &scope, const Scope &outer);
    Ptr derived(int depth, Scope &scope, const Scope &outer, bool lateral);
    Ptr rowSource(Scope &scope, const Scope &outer);
    Ptr tableNamed(const GeneratedTable &table, Scope &scope);

    // statement_generator.cpp
    Ptr withQuery(int depth, bool ordered);
    Ptr recursive(int depth, bool ordered);
    Ptr change();
    Ptr insertion();
    Ptr update();
    Ptr deletion();
    Ptr returning(const Scope &scope);

    // subquery_generator.cpp
    Ptr condition(int depth, const Scope &scope);
    Ptr scalarSubquery(Type type, int depth, const Scope &scope);

    // call_generator.cpp: aggregates, window functions, what raises errors
    Ptr aggregate(Type type, const Scope &scope);
    Ptr windowCall(Type type, const Scope &scope, const std::vector<Ptr> &total);
    std::string frame();
    Ptr erring(Type type, int depth, const Scope &scope);

    // edge_generator.cpp
    Ptr constantError(Type type);
    Ptr textEdge(int depth, const Scope &scope);
    Ptr integerEdge(int depth, const Scope &scope);
    Ptr temporalEdge(Type type, int depth, const Scope &scope);
    std::string rangeFrame(Type type);
    Ptr peerWindow(Type type, const Scope &scope);
    Ptr withInside(int depth, const Scope &outer, const std::vector<Type> &types);

    // rare_generator.cpp
    Ptr rowComparison(int depth, const Scope &scope);
    Ptr arrayComparison(int depth, const Scope &scope);
    Ptr outerAggregate(Type type, const Scope &scope);
    std::string computedLimit();
    std::string computedFrame();
    Ptr computedOrder(const Scope &scope, const std::string &columns);
    Ptr changingWith(bool ordered);
    Ptr conflictingInsertion();
    Ptr rowUpdate();

    // expression_generator.cpp
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

    const Playground &m_playground;
    std::mt19937_64 m_random;
    bool m_luck;
    bool m_bare = false; ///< the next SELECT gets no ORDER BY or LIMIT of its own
    int m_erring = 0;    ///< of a hundred expressions so many may fail
    int m_aliases = 0;
    std::vector<GeneratedTable> m_ctes; ///< that can be named where we are
    std::set<std::string> m_features;
};

/// The name of a type in SQL, and a small value of it.
const char *sqlName(Type type);
/// An expression of `type`: shrinking may replace it by anything of its type.
QueryNode::Ptr expressionOf(Type type, std::vector<QueryNode::Piece> pieces);
QueryNode::Ptr queryPart(std::string sort, std::vector<QueryNode::Piece> pieces);
QueryNode::Ptr optionalPart(std::string sort, std::vector<QueryNode::Piece> pieces);

} // namespace sqlgym::parity
