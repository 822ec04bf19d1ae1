#include "engines.h"

#include "postgres/parameters.h"
#include "sandbox/child_process.h"
#include "sandbox/exact_sandbox.h"
#include "sandbox/process_sandbox.h"
#include "sandbox_postgres/postgres_sandbox.h"

namespace sqlgym::ctl {

namespace {

using Made = base::Result<std::unique_ptr<sandbox::Sandbox>>;

std::unique_ptr<sandbox::Sandbox> embedded()
{
    sandbox::ProcessSandbox::Options options;
    options.argv = {sandbox::programBeside("sqlgym-sandbox")};
    return std::make_unique<sandbox::ProcessSandbox>(std::move(options));
}

Made postgres(const Global &global, int worker)
{
    std::unique_ptr<sandbox_postgres::PostgresSandbox> made;
    if (global.dsn.empty()) {
        const std::string more = worker > 0 ? "-" + std::to_string(worker + 1) : "";
        made = std::make_unique<sandbox_postgres::PostgresSandbox>(clusterFolder(global) + more);
    } else {
        auto parameters = postgres::parseDsn(global.dsn);
        if (!parameters)
            return parameters.error();
        made = std::make_unique<sandbox_postgres::PostgresSandbox>(std::move(*parameters));
    }
    if (const auto started = made->start(); started.status != sandbox::Status::Ok)
        return base::Error{"sqlgymctl", "no_postgres", started.diagnostic.message};
    return std::unique_ptr<sandbox::Sandbox>(std::move(made));
}

} // namespace

Made makeEngine(const std::string &name, const Global &global, int worker)
{
    if (name == "postgres")
        return postgres(global, worker);
    if (name == "embedded")
        return embedded();
    return std::unique_ptr<sandbox::Sandbox>(std::make_unique<sandbox::ExactSandbox>(embedded, [global, worker] {
        auto made = postgres(global, worker);
        return made ? std::move(*made) : nullptr;
    }));
}

} // namespace sqlgym::ctl
