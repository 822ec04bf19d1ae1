// What is thrown at: readers of bytes from outside. Each aborts when a promise of its reader is broken.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::fuzz {

/// Scanner guard, parser, binder, planner, operators.
void trySql(std::string_view bytes);
/// The text input and output of the type that the first word names.
void tryType(std::string_view bytes);
/// Frames from a child, their messages, and an outcome put together from them.
void tryFrames(std::string_view bytes);
std::vector<std::string> frameSeeds();
/// A JSON column or a CSV file, which the first byte picks.
void tryJson(std::string_view bytes);

struct Target {
    std::string_view name;
    void (*tryOne)(std::string_view bytes);
    /// Pieces that a mutation may insert.
    std::vector<std::string> words;
    /// Whole inputs to begin with, besides those of files.
    std::vector<std::string> seeds;
};
const std::vector<Target> &targets();

/// Says what was promised and aborts.
void require(bool holds, const char *promise);

} // namespace sqlgym::fuzz
