#include "mutants/mutator.h"

#include "mutants/families.h"
#include "sql/deparse.h"
#include "sql/parse.h"

#include <pg_query.h>

#include <set>
#include <utility>

namespace sqlgym::mutants {

namespace {

constexpr void (*kFamilies[])(const Finder &) = {
    joins,     comparisons, logic, clauses, aggregates, selects, sorting,      windows,
    constants, functions,   cases, columns, subqueries, changes, nullHandling, setOperations};

} // namespace

struct Mutator::State {
    explicit State(sql::ParsedScript &&parsed) : script(std::move(parsed)) {}

    std::string textWith(const std::vector<std::size_t> &changed)
    {
        Edits edits;
        for (const std::size_t index : changed)
            sites[index].apply(edits);
        std::string text = sql::deparse(*script.tree());
        if (text.empty() || !sql::parse(text).script)
            return {};
        return text;
    }

    sql::ParsedScript script;
    std::vector<TableShape> tables;
    Nodes nodes;
    std::vector<Site> sites; ///< as many as `singles`, one for each
    std::vector<Mutant> singles;
    std::vector<Mutant> slips; ///< their sites stand after those of `singles`
    std::string original;
};

Mutator::Mutator(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Mutator::~Mutator() = default;
Mutator::Mutator(Mutator &&) noexcept = default;
Mutator &Mutator::operator=(Mutator &&) noexcept = default;

base::Result<Mutator> Mutator::of(const std::string &sql, std::vector<TableShape> tables)
{
    auto parsed = sql::parse(sql);
    if (!parsed.script || parsed.script->statements().size() != 1)
        return base::Error{"mutants", "bad_query", "The query is not one statement that parses."};
    auto state = std::make_unique<State>(std::move(*parsed.script));
    state->tables = std::move(tables);
    sql::nameAtTimeZone(state->script.tree()->stmts[0]->stmt);
    state->original = sql::deparse(*state->script.tree());
    if (state->original.empty() || inOneForm(state->original) != state->original)
        return base::Error{"mutants", "bad_query", "The query comes out of the deparser as another one."};

    Node *&statement = state->script.tree()->stmts[0]->stmt;
    const Scope scope(statement, state->tables);
    std::vector<Site> sites;
    std::vector<Site> slipped;
    for (const auto family : kFamilies)
        walk(statement, [&](const Spot &spot) { family(Finder{spot, scope, state->nodes, sites}); });
    walk(statement, [&](const Spot &spot) { mutants::slips(Finder{spot, scope, state->nodes, slipped}); });
    std::set<std::string> seen{state->original};
    const auto keep = [&](std::vector<Site> &found, std::vector<Mutant> &mutants) {
        for (Site &site : found) {
            state->sites.push_back(std::move(site));
            std::string text = state->textWith({state->sites.size() - 1});
            if (!text.empty() && seen.insert(text).second)
                mutants.push_back({std::move(text), state->sites.back().what, state->sites.back().turnsRound});
            else
                state->sites.pop_back();
        }
    };
    keep(sites, state->singles);
    keep(slipped, state->slips);
    return Mutator(std::move(state));
}

const std::string &Mutator::original() const { return m_state->original; }
const std::vector<Mutant> &Mutator::singles() const { return m_state->singles; }
const std::vector<Mutant> &Mutator::slips() const { return m_state->slips; }

std::optional<Mutant> Mutator::together(const std::vector<std::size_t> &changes)
{
    Mutant out{m_state->textWith(changes), {}, false};
    if (out.sql.empty() || out.sql == m_state->original)
        return std::nullopt;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const Mutant &one = m_state->singles[changes[i]];
        std::vector<std::size_t> others = changes;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        if (one.turnsRound || m_state->textWith(others) == out.sql)
            return std::nullopt;
        out.what += (i == 0 ? "" : "; ") + one.what;
    }
    return out;
}

std::string inOneForm(const std::string &sql)
{
    const auto parsed = sql::parse(sql);
    if (!parsed.script || parsed.script->statements().size() != 1)
        return {};
    sql::nameAtTimeZone(parsed.script->tree()->stmts[0]->stmt);
    return sql::deparse(*parsed.script->tree());
}

} // namespace sqlgym::mutants
