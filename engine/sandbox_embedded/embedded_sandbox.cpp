#include "sandbox_embedded/embedded_sandbox.h"

namespace sqlgym::sandbox_embedded {

namespace {

sandbox::Outcome declined(std::string feature)
{
    sandbox::Outcome outcome;
    outcome.status = sandbox::Status::Unsupported;
    outcome.by = sandbox::Engine::Embedded;
    outcome.feature = std::move(feature);
    return outcome;
}

} // namespace

sandbox::Outcome EmbeddedSandbox::load(const std::string &, const std::string &)
{
    return declined("loading a dataset");
}

sandbox::Outcome EmbeddedSandbox::run(const sandbox::Request &, base::CancelToken &)
{
    return declined("running a statement");
}

std::unique_ptr<sandbox::Sandbox> makeEmbeddedSandbox() { return std::make_unique<EmbeddedSandbox>(); }

} // namespace sqlgym::sandbox_embedded
