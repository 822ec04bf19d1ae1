// The embedded engine behind the sandbox's interface.
#pragma once

#include "base/memory_account.h"
#include "exec/database.h"
#include "sandbox/sandbox.h"
#include "sql/parse_cache.h"

#include <map>
#include <memory>
#include <string>

namespace sqlgym::sandbox_embedded {

/// PostgreSQL's SQL in this process's memory (DESIGN 4). What it cannot do as PostgreSQL does it declines.
///
/// A dataset whose set-up fails or is declined stays known: each run on it answers with the reason.
class EmbeddedSandbox : public sandbox::Sandbox {
public:
    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override;
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override;

private:
    /// `account` outlives the rows that are charged to it.
    struct Dataset {
        std::unique_ptr<base::MemoryAccount> account;
        exec::Database database;
        sandbox::Outcome loaded;
    };
    std::map<std::string, std::unique_ptr<Dataset>, std::less<>> m_datasets;
    sql::ParseCache m_parsed;
};

std::unique_ptr<sandbox::Sandbox> makeEmbeddedSandbox();

} // namespace sqlgym::sandbox_embedded
