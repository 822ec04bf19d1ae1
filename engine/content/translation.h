// Problems in other languages: files beside the originals, laid over what the database holds.
#pragma once

#include "content/problem.h"

#include <filesystem>
#include <map>
#include <string>

namespace sqlgym::content {

/// Puts the pack's words in `language` ("de") into the problem: title, question, hints, explanation, the contract's
/// words. Each piece only in the place of the original that the pack holds, so that a problem which was changed since
/// keeps its own words; column names, types and code never change.
/// Returns whether there is a translation. One with mistakes counts as none.
bool translate(Problem &problem, const std::filesystem::path &pack, const std::string &language);

/// Titles by slug, of the problems that have a translation.
std::map<std::string, std::string> translatedTitles(const std::filesystem::path &pack, const std::string &language);

} // namespace sqlgym::content
