// Takes away from a process what running a learner's SQL does not need. Linux.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sqlgym::sandbox {

struct HardenOptions {
    std::size_t addressSpaceBytes = std::size_t{2} << 30; ///< data, results and the parser's 64 MB stack in all
    unsigned cpuSeconds = 600;   ///< of the process's whole life; the parent retires it long before
    unsigned maxDescriptors = 4; ///< those from this number on are closed, and no more can be had
};

/// What holds after harden(): names of the measures that this kernel does not have are in `missing`.
struct Hardening {
    std::vector<std::string> missing; ///< "landlock", "seccomp"
};

/// Irrevocably, for this thread and all it starts; call it before there are others. In this order: dies with the
/// parent, is the first to go when the system's memory is short, environment empty, descriptors closed, folder /, no
/// core dump, no debugger, rlimits (address space, CPU, files of 0 bytes, descriptors), no_new_privs, landlock without
/// any path, and a seccomp allow-list: memory, threads, clocks, reading and writing descriptors that are open already.
/// Every other system call fails with EPERM (clone3 with ENOSYS, so that libc uses clone, whose flags can be seen); it
/// does not kill, so that a library's harmless attempt costs nothing: what is denied has no way round.
///
/// Errors: sandbox/cannot_harden   a limit or no_new_privs could not be set: do not run foreign SQL then.
base::Result<Hardening> harden(const HardenOptions &options);

/// An exception that nobody catches (in a thread, or thrown where none may be) ends the process as ever, but memory
/// that ran out with the exit code kExitOutOfMemory, by which the parent knows it.
void nameUncaughtExceptions();

} // namespace sqlgym::sandbox
