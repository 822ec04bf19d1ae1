#include "sandbox_embedded/embedded_sandbox.h"

#include "runtime/prepare.h"
#include "sandbox_embedded/script.h"

namespace sqlgym::sandbox_embedded {

using sandbox::Outcome;
using sandbox::Status;

Outcome EmbeddedSandbox::load(const std::string &name, const std::string &setup)
{
    auto dataset = std::make_unique<Dataset>();
    dataset->account = std::make_unique<base::MemoryAccount>();
    base::CancelToken cancel;
    dataset->loaded = runScript(setup, dataset->database, *dataset->account, cancel, {});
    Outcome outcome = dataset->loaded;
    m_datasets[name] = std::move(dataset);
    return outcome;
}

Outcome EmbeddedSandbox::run(const sandbox::Request &request, base::CancelToken &cancel)
{
    exec::Database database;
    if (!request.dataset.empty() || m_datasets.count("")) {
        const auto found = m_datasets.find(request.dataset);
        if (found == m_datasets.end()) {
            Outcome outcome;
            outcome.diagnostic.message = "There is no dataset called \"" + request.dataset + "\".";
            return outcome;
        }
        const Outcome &loaded = found->second->loaded;
        if (loaded.status != Status::Ok) {
            Outcome outcome;
            outcome.by = sandbox::Engine::Embedded;
            outcome.status = Status::Unsupported;
            outcome.feature = "the dataset: " + (loaded.status == Status::Unsupported ? loaded.feature
                                                 : loaded.status == Status::Error     ? loaded.diagnostic.message
                                                                                      : std::string("too large"));
            return outcome;
        }
        database = found->second->database.fork();
    }
    cancel.limitTo(request.timeoutMs);
    // Declared after the account so that what the run made goes first.
    base::MemoryAccount account(request.memoryMb > 0 ? std::size_t(request.memoryMb) << 20
                                                     : base::MemoryAccount().limit());
    exec::Database own = std::move(database);
    return runScript(request.query, own, account, cancel, {request.maxRows, request.singleStatement, &m_parsed});
}

std::unique_ptr<sandbox::Sandbox> makeEmbeddedSandbox()
{
    runtime::prepare();
    return std::make_unique<EmbeddedSandbox>();
}

} // namespace sqlgym::sandbox_embedded
