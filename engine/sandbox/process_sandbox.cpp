#include "sandbox/process_sandbox.h"

#include "sandbox/outcome_assembly.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <unistd.h>
#include <utility>

namespace sqlgym::sandbox {

namespace {

using std::chrono::milliseconds;

std::int64_t microsSince(ChildProcess::Clock::time_point begin)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(ChildProcess::Clock::now() - begin).count();
}

/// The time limit of a run: its own or the token's, whichever is first.
ChildProcess::Clock::time_point limitOf(const Request &request, const base::CancelToken &cancel)
{
    auto limit = cancel.deadline();
    if (request.timeoutMs > 0)
        limit = std::min(limit, ChildProcess::Clock::now() + milliseconds(request.timeoutMs));
    return limit;
}

} // namespace

std::string programBeside(const std::string &name)
{
    std::string path(4096, '\0');
    const auto length = ::readlink("/proc/self/exe", path.data(), path.size());
    path.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return path.substr(0, path.rfind('/') + 1) + name;
}

struct ProcessSandbox::Served {
    std::unique_ptr<ChildProcess> process;
    std::map<std::string, std::uint64_t> loaded; ///< dataset -> version
    std::size_t loadedBytes = 0;
    std::int64_t usedUs = 0;
};

ProcessSandbox::ProcessSandbox(Options options)
    : m_options(std::move(options)),
      m_keeper({m_options.argv, m_options.environment, m_options.keepSpare, m_options.startTimeoutMs})
{
}

ProcessSandbox::~ProcessSandbox() { discard(); }

int ProcessSandbox::processId() const { return m_served ? m_served->process->pid() : 0; }

Outcome ProcessSandbox::failed(const std::string &message) const
{
    Outcome outcome;
    outcome.by = m_options.engine;
    outcome.diagnostic.message = message;
    return outcome;
}

Outcome ProcessSandbox::ended(Status status, Clock::time_point since) const
{
    Outcome outcome;
    outcome.status = status;
    outcome.by = m_options.engine;
    outcome.elapsedUs = microsSince(since);
    return outcome;
}

void ProcessSandbox::discard()
{
    if (m_served)
        m_keeper.bury(std::move(m_served->process));
    m_served.reset();
}

/// A child that is alive and has life left. False, and why in `outcome`, when there is none.
bool ProcessSandbox::ensureChild(const base::CancelToken *cancel, Outcome &outcome)
{
    if (m_served && (m_served->usedUs / 1000 > m_options.retireAfterMs ||
                     m_served->loadedBytes > m_options.retireAfterSetupBytes || !m_served->process->alive()))
        discard();
    if (m_served)
        return true;
    auto taken = m_keeper.take(cancel);
    if (!taken) {
        outcome = failed(taken.error().message);
        return false;
    }
    if (!*taken) {
        outcome = ended(Status::Cancelled, Clock::now());
        return false;
    }
    m_served = std::make_unique<Served>();
    m_served->process = std::move(*taken);
    return true;
}

Outcome ProcessSandbox::loadIntoChild(const std::string &name, const Dataset &dataset, const base::CancelToken *cancel)
{
    if (name.size() + dataset.setup.size() + 64 > kMaxRequestFrame)
        return failed("The dataset's set-up is larger than 256 MB.");
    const RequestId id = ++m_lastId;
    m_served->loaded.erase(name);
    m_served->loadedBytes += dataset.setup.size();
    auto outcome = exchange(encodeLoad(id, name, dataset.setup), id,
                            Clock::now() + milliseconds(m_options.loadTimeoutMs), cancel, false);
    if (m_served && outcome.status == Status::Ok)
        m_served->loaded[name] = dataset.version;
    return outcome;
}

Outcome ProcessSandbox::load(const std::string &dataset, const std::string &setup)
{
    Outcome outcome;
    m_datasets.erase(dataset);
    if (!ensureChild(nullptr, outcome))
        return outcome;
    Dataset fresh{setup, ++m_lastVersion};
    outcome = loadIntoChild(dataset, fresh, nullptr);
    if (outcome.status == Status::Ok)
        m_datasets[dataset] = std::move(fresh);
    return outcome;
}

/// A dataset that was never loaded is the child's to complain about.
bool ProcessSandbox::ensureLoaded(const std::string &name, base::CancelToken &cancel, Outcome &outcome)
{
    const auto known = m_datasets.find(name);
    if (known == m_datasets.end())
        return true;
    const auto there = m_served->loaded.find(name);
    if (there != m_served->loaded.end() && there->second == known->second.version)
        return true;
    outcome = loadIntoChild(name, known->second, &cancel);
    return outcome.status == Status::Ok && m_served;
}

Outcome ProcessSandbox::run(const Request &request, base::CancelToken &cancel)
{
    Outcome outcome;
    if (cancel.cancelled())
        return ended(Status::Cancelled, Clock::now());
    if (request.query.size() + request.dataset.size() + 64 > kMaxRequestFrame)
        return failed("The statement is larger than 256 MB.");
    if (!ensureChild(&cancel, outcome) || !ensureLoaded(request.dataset, cancel, outcome))
        return outcome;
    const RequestId id = ++m_lastId;
    return exchange(encodeRun(id, request), id, limitOf(request, cancel), &cancel, true);
}

/// Sends one request and waits for its outcome: until `limit`, then `graceMs` after asking the child to stop, and for a
/// result that has begun to arrive `transferMs` longer.
Outcome ProcessSandbox::exchange(std::string frame, RequestId id, Clock::time_point limit,
                                 const base::CancelToken *cancel, bool showRows)
{
    const auto since = Clock::now();
    ChildProcess &child = *m_served->process;
    OutcomeAssembly assembly(id, m_options.maxResultBytes);
    auto state = OutcomeAssembly::State::Waiting;
    auto until = limit;
    std::optional<Status> asked; // Timeout or Cancelled, once the child was asked to stop
    Frame got{};
    child.post(std::move(frame));
    while (true) {
        const bool heedsCancel = cancel && asked != Status::Cancelled;
        const auto event = child.wait(got, until, heedsCancel ? cancel : nullptr);
        const bool cancelled = heedsCancel && cancel->cancelled();
        const bool late = Clock::now() >= until;
        if (event == ChildProcess::Event::Closed)
            return whyClosed(since);
        if (event == ChildProcess::Event::Broken)
            state = OutcomeAssembly::State::Nonsense;
        else if (event == ChildProcess::Event::Frame)
            state = assembly.take(got);
        if (state == OutcomeAssembly::State::Nonsense) {
            discard();
            return failed("The sandbox's process answered with something that is no answer, and was replaced.");
        }
        if (state == OutcomeAssembly::State::TooLarge) {
            discard();
            auto outcome = ended(Status::MemoryLimit, since);
            outcome.diagnostic.message = "The result is larger than this program takes.";
            return outcome;
        }
        if (state == OutcomeAssembly::State::Complete || state == OutcomeAssembly::State::CutShort)
            break;
        if (state == OutcomeAssembly::State::MoreRows && showRows && !assembly.allRows() && m_options.rowsArrived)
            m_options.rowsArrived(assembly.outcome().table);
        if (cancelled || (late && !asked)) {
            const bool arriving = state != OutcomeAssembly::State::Waiting;
            if (cancelled || !arriving)
                child.post(encodeCancel(id));
            asked = cancelled ? Status::Cancelled : Status::Timeout;
            const bool transfer = arriving && !cancelled;
            until = Clock::now() + milliseconds(transfer ? m_options.transferMs : m_options.graceMs);
        } else if (late) {
            discard();
            return ended(*asked, since);
        }
    }
    m_served->usedUs += microsSince(since);
    const bool leaving = assembly.leaving();
    Outcome outcome = std::move(assembly.outcome());
    if (leaving)
        discard();
    if (state == OutcomeAssembly::State::CutShort || (outcome.status == Status::Cancelled && asked))
        return ended(asked.value_or(Status::Cancelled), since);
    return outcome;
}

/// The child's end closed in the middle of a request: what its exit says about that.
Outcome ProcessSandbox::whyClosed(Clock::time_point since)
{
    ChildProcess &child = *m_served->process;
    auto exit = child.reap(milliseconds(m_options.graceMs));
    std::string how;
    Outcome outcome;
    if (!exit) {
        how = "stopped answering";
    } else if (!exit->signalled && exit->code == kExitOutOfMemory) {
        outcome = ended(Status::MemoryLimit, since);
    } else if (exit->signalled && exit->code == SIGXCPU) {
        outcome = ended(Status::Timeout, since);
    } else if (exit->signalled && exit->code == SIGKILL) {
        how = "was killed from outside (the system does that when memory is short)";
    } else if (exit->signalled) {
        how = "crashed (signal " + std::to_string(exit->code) + ", " + ::strsignal(exit->code) + ")";
    } else {
        how = "ended by itself (code " + std::to_string(exit->code) + ")";
    }
    if (!how.empty()) {
        outcome = failed("The sandbox's process " + how + " during this run. Nothing else is lost; run it again.");
        outcome.diagnostic.detail = child.lastWords();
        outcome.elapsedUs = microsSince(since);
    }
    discard();
    return outcome;
}

} // namespace sqlgym::sandbox
