// Reads a content pack: a folder of text files, described in resources/help/packs.md.
#pragma once

#include "base/result.h"
#include "content/problem.h"

#include <filesystem>
#include <string>

namespace sqlgym::content {

/// Everything in the pack, checked: files against the JSON Schemas, names against each other, rows against columns,
/// expected outputs against contracts. Nothing is loaded from a pack with a mistake in it.
///
/// Order:  topics, problems and badges as the pack numbers them; tests by file name; tables can be created in turn.
/// Fills:  every member but Problem::expectedHash, which grading computes.
/// Errors: content/no_pack   there is no such folder, or no pack.json in it.
///         content/bad_pack  every mistake found, one a line, each with its file and where in the file:
///                           "problems/late-returns/problem.json: /contract/grain: is missing".
base::Result<Pack> readPack(const std::filesystem::path &folder);

/// Changes whenever a file of the pack is written, added or removed; found without reading any, so that a program need
/// not load an unchanged pack again. Empty when there is nothing.
std::string packFingerprint(const std::filesystem::path &folder);

} // namespace sqlgym::content
