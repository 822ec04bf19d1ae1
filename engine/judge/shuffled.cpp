#include "judge/shuffled.h"

#include <cstdint>
#include <string_view>
#include <utility>

namespace sqlgym::judge {

namespace {

// FNV-1a and splitmix64, not std::hash and std::shuffle: every judge lays out a problem alike, whatever its library.
std::uint64_t seedOf(std::string_view text)
{
    std::uint64_t seed = 14695981039346656037U;
    for (const char c : text)
        seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return seed;
}

std::uint64_t next(std::uint64_t &state)
{
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

void shuffle(std::vector<content::Row> &rows, std::uint64_t seed)
{
    for (std::size_t left = rows.size(); left > 1; --left)
        std::swap(rows[left - 1], rows[next(seed) % left]);
}

// A row may refer to one of its own table only if that came in the same INSERT or before: such tables keep their order.
bool refersToItself(const content::Table &table)
{
    for (const content::ForeignKey &key : table.foreignKeys) {
        if (key.table == table.name)
            return true;
    }
    return false;
}

} // namespace

content::Problem shuffled(content::Problem problem)
{
    for (content::Table &table : problem.tables) {
        if (refersToItself(table))
            continue;
        shuffle(table.rows, seedOf(problem.id + table.name));
        for (content::TestCase &test : problem.tests) {
            for (content::TableOverlay &overlay : test.input) {
                if (overlay.table == table.name)
                    shuffle(overlay.rows, seedOf(problem.id + table.name + test.id));
            }
        }
    }
    return problem;
}

} // namespace sqlgym::judge
