// What a process holds: read from /proc.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// Processes whose parent is this one, zombies included.
std::vector<int> childProcesses();
std::size_t childCount();

/// Open descriptors of this process.
std::size_t descriptorCount();

/// The state letter of a process ("R", "S", "Z" ...), empty when there is none.
std::string processState(int pid);
