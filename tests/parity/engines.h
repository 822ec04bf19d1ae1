// The engines that the tests here compare, in this process.
#pragma once

#include "sandbox/sandbox.h"

#include <memory>
#include <string>

namespace sqlgym::parity {

/// "postgres" on a private cluster in `clusterFolder`, or "embedded"; nullptr for other names.
std::unique_ptr<sandbox::Sandbox> makeEngine(const std::string &name, const std::string &clusterFolder);

/// A folder for a cluster that is removed at the end; PostgreSQL's account may enter it.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

} // namespace sqlgym::parity
