#include "grading/column_match.h"

#include "grading/cell_form.h"

#include <algorithm>

namespace sqlgym::grading {

namespace {

using sandbox::Column;

std::string counted(std::size_t count) { return std::to_string(count) + (count == 1 ? " column" : " columns"); }

std::string nameList(const std::vector<Column> &columns)
{
    std::string out;
    for (const Column &column : columns)
        out += (out.empty() ? "" : ", ") + column.name;
    return out;
}

std::string quoted(const std::string &name) { return "\"" + name + "\""; }

// Gives each expected column the first unused actual one of its name.
void matchByName(const std::vector<Column> &expected, const std::vector<Column> &actual, std::vector<int> &actualOf,
                 std::vector<bool> &used)
{
    for (std::size_t i = 0; i < expected.size(); ++i) {
        for (std::size_t j = 0; j < actual.size() && actualOf[i] < 0; ++j) {
            if (!used[j] && actual[j].name == expected[i].name) {
                actualOf[i] = static_cast<int>(j);
                used[j] = true;
            }
        }
    }
}

void noteCount(const std::vector<Column> &expected, const std::vector<Column> &actual, ColumnMatch &match)
{
    if (actual.empty()) {
        match.notes.push_back("The query returns no result; these columns are asked for: " + nameList(expected) + ".");
        return;
    }
    std::string note = "The result has " + counted(actual.size()) + "; " + std::to_string(expected.size()) +
                       (expected.size() == 1 ? " is" : " are") + " asked for";
    match.notes.push_back(note + (expected.empty() ? "." : ": " + nameList(expected) + "."));
}

} // namespace

bool ColumnMatch::complete() const
{
    return std::ranges::all_of(actualOf, [](int column) { return column >= 0; });
}

std::vector<std::string> typeNotes(const std::vector<Column> &expected, const std::vector<Column> &actual,
                                   const std::vector<int> &actualOf)
{
    std::vector<std::string> notes;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (actualOf[i] < 0)
            continue;
        const Column &found = actual[static_cast<std::size_t>(actualOf[i])];
        if (typeFamily(found.type) != typeFamily(expected[i].type))
            notes.push_back("Column " + std::to_string(actualOf[i] + 1) + " (" + quoted(found.name) + ") is of type " +
                            typeWords(found.type) + "; " + typeWords(expected[i].type) + " is asked for.");
    }
    return notes;
}

ColumnMatch matchColumns(const std::vector<Column> &expected, const std::vector<Column> &actual,
                         const content::ValidationRules &rules)
{
    ColumnMatch match;
    match.actualOf.assign(expected.size(), -1);
    std::vector<bool> used(actual.size(), false);
    if (expected.size() != actual.size()) {
        noteCount(expected, actual, match);
        matchByName(expected, actual, match.actualOf, used);
        return match;
    }
    if (rules.columnOrderMatters) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            match.actualOf[i] = static_cast<int>(i);
            if (rules.namesMatter && actual[i].name != expected[i].name)
                match.notes.push_back("Column " + std::to_string(i + 1) + " is called " + quoted(actual[i].name) +
                                      "; it has to be called " + quoted(expected[i].name) + ".");
        }
    } else {
        matchByName(expected, actual, match.actualOf, used);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (match.actualOf[i] >= 0)
                continue;
            if (rules.namesMatter) {
                match.notes.push_back("There is no column called " + quoted(expected[i].name) + ".");
                continue;
            }
            const auto left = std::ranges::find(used, false);
            match.actualOf[i] = static_cast<int>(left - used.begin());
            *left = true;
            match.unsettled.push_back(static_cast<int>(i));
        }
    }
    for (std::string &note : typeNotes(expected, actual, match.actualOf))
        match.notes.push_back(std::move(note));
    return match;
}

} // namespace sqlgym::grading
