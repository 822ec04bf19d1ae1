// Choosing among overloads: func_match_argtypes, func_select_candidate and polymorphic types
// (manual 10.2, 10.3, 38.2.5).
#include "sql/binder.h"

#include "catalogue/range_types.h"
#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

std::vector<Binder::Candidate> Binder::matching(const std::vector<Candidate> &candidates, const std::vector<Oid> &types)
{
    std::vector<Candidate> out;
    for (const auto &candidate : candidates) {
        if (canCoerce(types, candidate.types, CoercionContext::Implicit))
            out.push_back(candidate);
    }
    return out;
}

namespace {

/// Keeps the candidates with the highest score.
template <typename List, typename Score> void keepHighest(List &list, Score score)
{
    int best = -1;
    List kept;
    for (const auto &item : list) {
        const int points = score(item);
        if (points > best) {
            best = points;
            kept.clear();
        }
        if (points == best)
            kept.push_back(item);
    }
    list = std::move(kept);
}

} // namespace

const Binder::Candidate *Binder::selectCandidate(std::vector<Candidate> &candidates, const std::vector<Oid> &types)
{
    const std::size_t count = types.size();
    std::size_t unknowns = 0;
    for (const Oid oid : types)
        unknowns += oid == type::kUnknown;

    keepHighest(candidates, [&](const Candidate &candidate) {
        int exact = 0;
        for (std::size_t i = 0; i < count; ++i)
            exact += types[i] != type::kUnknown && candidate.types[i] == types[i];
        return exact;
    });
    if (candidates.size() == 1)
        return &candidates.front();

    keepHighest(candidates, [&](const Candidate &candidate) {
        int points = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (types[i] != type::kUnknown)
                points += candidate.types[i] == types[i] ||
                          (categoryOf(candidate.types[i]) == categoryOf(types[i]) && isPreferred(candidate.types[i]));
        }
        return points;
    });
    if (candidates.size() == 1)
        return &candidates.front();
    if (unknowns == 0)
        return nullptr;

    // Each unknown argument: the category all candidates agree on, or string when any accepts one.
    std::vector<char> category(count, 0);
    std::vector<bool> preferred(count, false);
    bool resolved = true;
    for (std::size_t i = 0; i < count && resolved; ++i) {
        if (types[i] != type::kUnknown)
            continue;
        bool conflict = false;
        for (const auto &candidate : candidates) {
            const char current = categoryOf(candidate.types[i]);
            const bool isBest = isPreferred(candidate.types[i]);
            if (current == category[i]) {
                preferred[i] = preferred[i] || isBest;
            } else if (category[i] == 0 || current == 'S') {
                category[i] = current;
                preferred[i] = isBest;
            } else {
                conflict = true;
            }
        }
        if (conflict && category[i] != 'S')
            resolved = false;
    }
    if (resolved) {
        std::vector<Candidate> kept;
        for (const auto &candidate : candidates) {
            bool keep = true;
            for (std::size_t i = 0; i < count && keep; ++i) {
                if (types[i] == type::kUnknown)
                    keep = categoryOf(candidate.types[i]) == category[i] &&
                           (!preferred[i] || isPreferred(candidate.types[i]));
            }
            if (keep)
                kept.push_back(candidate);
        }
        if (!kept.empty())
            candidates = std::move(kept);
        if (candidates.size() == 1)
            return &candidates.front();
    }

    // All known arguments alike: try that type for the unknown ones.
    if (unknowns < count) {
        Oid known = type::kUnknown;
        for (const Oid oid : types) {
            if (oid == type::kUnknown)
                continue;
            if (known != type::kUnknown && known != oid)
                return nullptr;
            known = oid;
        }
        const std::vector<Oid> all(count, known);
        const Candidate *only = nullptr;
        for (const auto &candidate : candidates) {
            if (canCoerce(all, candidate.types, CoercionContext::Implicit)) {
                if (only)
                    return nullptr;
                only = &candidate;
            }
        }
        return only;
    }
    return nullptr;
}

namespace {

Oid arrayElement(Oid oid)
{
    const auto *row = catalogue::findType(oid);
    return row && row->isTrueArray ? row->element : 0;
}

Oid arrayOf(Oid oid)
{
    const auto *row = catalogue::findType(oid);
    return row ? row->array : 0;
}

} // namespace

bool Binder::polymorphicConsistent(const std::vector<Oid> &declared, const std::vector<Oid> &actual) const
{
    Oid element = 0, array = 0, range = 0;
    std::vector<Oid> compatible;
    bool wantNonArray = false, wantEnum = false;
    for (std::size_t i = 0; i < declared.size(); ++i) {
        const Oid want = declared[i], have = actual[i];
        wantNonArray = wantNonArray || want == type::kAnynonarray;
        wantEnum = wantEnum || want == type::kAnyenum;
        if (have == type::kUnknown)
            continue;
        switch (want) {
        case type::kAnyelement:
        case type::kAnynonarray:
        case type::kAnyenum:
            if (element && element != have)
                return false;
            element = have;
            break;
        case type::kAnyarray:
            if (array && array != have)
                return false;
            array = have;
            break;
        case type::kAnycompatible:
        case type::kAnycompatiblenonarray:
            compatible.push_back(have);
            break;
        case type::kAnycompatiblearray:
            if (!arrayElement(have))
                return false;
            compatible.push_back(arrayElement(have));
            break;
        case type::kAnyrange:
        case type::kAnymultirange: {
            const auto *row = want == type::kAnyrange ? catalogue::findRange(have) : catalogue::findMultirange(have);
            if (!row || (range && range != row->range))
                return false;
            range = row->range;
            break;
        }
        default:
            if (isPolymorphic(want))
                return false;
        }
    }
    if (range) {
        const Oid of = catalogue::findRange(range)->subtype;
        if (element && element != of)
            return false;
        element = of;
    }
    if (array) {
        const Oid of = arrayElement(array);
        if (!of || (element && element != of))
            return false;
        element = of;
    }
    if (wantNonArray && element && arrayElement(element))
        return false;
    if (wantEnum && element && (!catalogue::findType(element) || catalogue::findType(element)->kind != 'e'))
        return false;
    for (const Oid a : compatible) {
        bool reaches = true;
        for (const Oid b : compatible)
            reaches = reaches && (a == b || canCoerce(b, a, CoercionContext::Implicit));
        if (reaches)
            return true;
    }
    return compatible.empty();
}

namespace {

/// select_common_type over bare types: the anycompatible family's common type, 0 = none.
template <typename CanCoerce> Oid commonOf(const std::vector<Oid> &types, CanCoerce can)
{
    Oid result = types.front();
    for (const Oid next : types) {
        if (next == result)
            continue;
        if (categoryOf(next) != categoryOf(result))
            return 0;
        if (!isPreferred(result) && can(result, next) && !can(next, result))
            result = next;
    }
    return result;
}

} // namespace

Oid Binder::resolvePolymorphic(std::vector<Oid> &declared, const std::vector<Oid> &actual, Oid result)
{
    bool any = isPolymorphic(result);
    for (const Oid want : declared)
        any = any || isPolymorphic(want);
    if (!any)
        return result;
    Oid element = 0, range = 0;
    bool family = false, compatibleFamily = false, wantRange = false;
    std::vector<Oid> compatible;
    for (std::size_t i = 0; i < declared.size(); ++i) {
        const Oid want = declared[i], have = actual[i];
        if (want == type::kAnyelement || want == type::kAnynonarray || want == type::kAnyenum) {
            family = true;
            if (have != type::kUnknown)
                element = have;
        } else if (want == type::kAnyarray) {
            family = true;
            if (have != type::kUnknown)
                element = arrayElement(have);
        } else if (want == type::kAnycompatible || want == type::kAnycompatiblenonarray) {
            compatibleFamily = true;
            if (have != type::kUnknown)
                compatible.push_back(have);
        } else if (want == type::kAnycompatiblearray) {
            compatibleFamily = true;
            if (have != type::kUnknown)
                compatible.push_back(arrayElement(have));
        } else if (want == type::kAnyrange || want == type::kAnymultirange) {
            family = wantRange = true;
            const auto *row = want == type::kAnyrange ? catalogue::findRange(have) : catalogue::findMultirange(have);
            if (row) {
                range = row->range;
                element = row->subtype;
            }
        } else if (isPolymorphic(want)) {
            decline("arguments of polymorphic ranges");
        }
    }
    if (wantRange && element && !range)
        decline("a range given as an untyped literal here");
    if (family && !element)
        fail("42804", "could not determine polymorphic type because input has type unknown");
    Oid common = 0;
    if (compatibleFamily) {
        common = compatible.empty() ? type::kText : commonOf(compatible, [this](Oid a, Oid b) {
            return canCoerce(a, b, CoercionContext::Implicit);
        });
        if (!common)
            decline("arguments of these mixed types");
    }
    const auto replace = [&](Oid want) -> Oid {
        switch (want) {
        case type::kAnyelement:
        case type::kAnynonarray:
        case type::kAnyenum:
            return element;
        case type::kAnyarray:
            return arrayOf(element);
        case type::kAnyrange:
            return range;
        case type::kAnymultirange:
            return range ? catalogue::findRange(range)->multirange : 0;
        case type::kAnycompatible:
        case type::kAnycompatiblenonarray:
            return common;
        case type::kAnycompatiblearray:
            return arrayOf(common);
        default:
            return want;
        }
    };
    for (auto &want : declared)
        want = replace(want);
    const Oid resolved = replace(result);
    if (isPolymorphic(resolved) || resolved == 0)
        decline("a function over these polymorphic types");
    return resolved;
}

} // namespace sqlgym::sql
