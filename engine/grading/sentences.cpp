#include "grading/sentences.h"

#include <vector>

namespace sqlgym::grading {

namespace {

const char *isOrAre(std::uint64_t count) { return count == 1 ? " is " : " are "; }

} // namespace

std::string countedRows(std::uint64_t count) { return std::to_string(count) + (count == 1 ? " row" : " rows"); }

std::string rowsSentence(const Difference &difference, std::uint64_t expectedRows, std::uint64_t actualRows)
{
    if (actualRows == 0)
        return "The result is empty; " + countedRows(expectedRows) + isOrAre(expectedRows) + "expected.";
    if (expectedRows == 0)
        return "The result has " + countedRows(actualRows) + "; none is expected.";

    std::vector<std::string> parts;
    if (difference.missingRows > 0)
        parts.push_back(countedRows(difference.missingRows) + isOrAre(difference.missingRows) + "missing");
    if (difference.extraRows > 0)
        parts.push_back(countedRows(difference.extraRows) + isOrAre(difference.extraRows) + "extra");
    if (difference.duplicatedRows > 0)
        parts.push_back(countedRows(difference.duplicatedRows) +
                        (difference.duplicatedRows == 1 ? " appears" : " appear") + " more often than expected");
    if (difference.changedRows > 0)
        parts.push_back(countedRows(difference.changedRows) + (difference.changedRows == 1 ? " has" : " have") +
                        " wrong values");
    if (difference.movedRows > 0)
        parts.push_back(countedRows(difference.movedRows) + isOrAre(difference.movedRows) + "out of order");
    std::string sentence;
    for (std::size_t i = 0; i < parts.size(); ++i)
        sentence += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return sentence + ".";
}

std::string orderSentence(const Difference &difference, const content::ValidationRules &rules)
{
    std::string keys;
    for (const content::OrderKey &key : rules.orderBy)
        keys += (keys.empty() ? "" : ", then ") + key.column + (key.descending ? " descending" : "") +
                (key.nullsFirst != key.descending ? (key.nullsFirst ? " with NULLs first" : " with NULLs last") : "");
    std::string sentence =
        "The rows are right, but " + countedRows(difference.movedRows) + isOrAre(difference.movedRows) + "out of order";
    return sentence + (keys.empty() ? "." : ": sort by " + keys + ".");
}

std::string dependsOnOrderSentence()
{
    return "The rows are right this time, but chance decides them: nothing in the query says which rows come first. "
           "Add "
           "an ORDER BY that leaves no ties.";
}

} // namespace sqlgym::grading
