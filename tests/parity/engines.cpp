#include "engines.h"

#include "sandbox_embedded/embedded_sandbox.h"
#include "sandbox_postgres/postgres_sandbox.h"

#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>

namespace sqlgym::parity {

std::unique_ptr<sandbox::Sandbox> makeEngine(const std::string &name, const std::string &clusterFolder)
{
    if (name == "postgres")
        return std::make_unique<sandbox_postgres::PostgresSandbox>(clusterFolder);
    if (name == "embedded")
        return sandbox_embedded::makeEmbeddedSandbox();
    return nullptr;
}

ScratchFolder::ScratchFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "sqlgym-parity-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) {
        m_path = pattern;
        chmod(m_path.c_str(), 0711);
    }
}

ScratchFolder::~ScratchFolder()
{
    std::error_code error;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, error);
}

} // namespace sqlgym::parity
