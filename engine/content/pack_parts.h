// The readers of a pack's parts, in the order in which readPack() calls them. Internal to content.
#pragma once

#include "content/pack_files.h"
#include "content/problem.h"

#include <string>
#include <vector>

namespace sqlgym::content {

struct Dataset {
    std::string name;
    std::vector<Table> tables;
};

std::vector<Dataset> readDatasets(PackFiles &files);
/// problems/SLUG. `datasets` and `topics` are all of the pack's.
Problem readProblem(PackFiles &files, const std::string &slug, const std::vector<Dataset> &datasets,
                    const std::vector<Topic> &topics);
/// problems/SLUG/tests, for a problem whose tables and contract are read; `rules` go into each test.
std::vector<TestCase> readTests(PackFiles &files, const Problem &problem, const ValidationRules &rules);

/// The index of `name` among `columns`, -1 = none.
int columnIndex(const std::vector<TableColumn> &columns, const std::string &name);

} // namespace sqlgym::content
