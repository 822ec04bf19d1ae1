// The readers of a pack's parts, in the order in which readPack() calls them. Internal to content.
#pragma once

#include "content/pack_files.h"
#include "content/problem.h"

#include <map>
#include <string>
#include <vector>

namespace sqlgym::content {

struct Dataset {
    std::string name;
    std::vector<Table> tables;
    std::map<std::string, std::vector<TableOverlay>> others; ///< datasets/NAME/others: other rows for all tables
};

std::vector<Dataset> readDatasets(PackFiles &files);
/// problems/SLUG. `datasets` and `topics` are all of the pack's.
Problem readProblem(PackFiles &files, const std::string &slug, const std::vector<Dataset> &datasets,
                    const std::vector<Topic> &topics);
/// tracks.json, which need not be there, for its mistakes.
void checkTracks(PackFiles &files);
/// problems/SLUG/tests, for a problem of `dataset` whose tables and contract are read; `rules` go into each test.
std::vector<TestCase> readTests(PackFiles &files, const Problem &problem, const Dataset &dataset,
                                const ValidationRules &rules);
/// What problem.json and the files beside it add to the prose: to the question the query to start from and the row
/// worked out, to the explanation the mistakes that the problem is made for.
void completeProse(PackFiles &files, const std::string &folder, const Json &json, Problem &problem);

/// Opens the block of the question that holds the text to start from.
inline constexpr const char *kStarterFence = "```sql starter\n";
/// Above the row worked out and above the misconceptions.
inline constexpr const char *kExampleHeading = "One row of the answer";
inline constexpr const char *kMistakesHeading = "Easily got wrong";
/// What the misconceptions add to the explanation; nothing without any.
std::string mistakesText(const std::vector<std::string> &mistakes);
/// The translations beside problem.json, for their mistakes; which files they are.
std::vector<std::string> checkTranslations(PackFiles &files, const std::string &folder, const Json &json);

/// The index of `name` among `columns`, -1 = none.
int columnIndex(const std::vector<TableColumn> &columns, const std::string &name);

} // namespace sqlgym::content
