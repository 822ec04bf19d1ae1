// A Sandbox in another process: a runaway or a crash costs one run, never this program.
#pragma once

#include "sandbox/messages.h"
#include "sandbox/sandbox.h"
#include "sandbox/spare_keeper.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sqlgym::sandbox {

/// The absolute path of the program `name` in the folder of the running one: where the child program is.
std::string programBeside(const std::string &name);

/// Runs on a child that serves frames (frame_server.h), with a second one ready to take its place.
///
/// Datasets are remembered here and sent to whichever child serves when a run first needs them; neither that nor the
/// start of a child counts against a run's time limit.
/// Limits: at the time limit, and when cancelled, the child is asked to stop; 150 ms later it is killed and the run is
/// Timeout (Cancelled) all the same. A child that dies of its memory is MemoryLimit; one that dies otherwise, or speaks
/// nonsense, is Failed with a sentence that says how; the next run works.
class ProcessSandbox : public Sandbox {
public:
    /// Rows that have arrived, while the rest is still on its way. Called on the thread of run(), within it, for
    /// results that come in several pieces; the table is valid during the call.
    using RowsArrived = std::function<void(const ResultTable &table)>;

    struct Options {
        std::vector<std::string> argv;        ///< the program (absolute path) and its arguments
        std::vector<std::string> environment; ///< all it gets, "NAME=value"; nothing by default
        Engine engine = Engine::Embedded;     ///< whom a failure is put down to
        bool keepSpare = true;
        int startTimeoutMs = 5'000;
        int loadTimeoutMs = 60'000;
        int graceMs = 150;                                     ///< between the request to stop and the kill
        int transferMs = 10'000;                               ///< for a result after its first piece, beyond the limit
        std::uint64_t maxResultBytes = std::uint64_t{1} << 30; ///< larger ones are MemoryLimit
        std::int64_t retireAfterMs = 300'000;                  ///< of runs on one child (it may use 600 s of CPU)
        std::size_t retireAfterSetupBytes = 128u << 20;        ///< of datasets loaded into one child
        RowsArrived rowsArrived;
    };

    /// Starts the first child at once, in the background (unless keepSpare is off).
    explicit ProcessSandbox(Options options);
    ~ProcessSandbox() override;

    Outcome load(const std::string &dataset, const std::string &setup) override;
    Outcome run(const Request &request, base::CancelToken &cancel) override;

    /// The process that serves now, 0 = none yet. For diagnostics and tests.
    int processId() const;

private:
    using Clock = ChildProcess::Clock;
    struct Served;
    struct Dataset {
        std::string setup;
        std::uint64_t version = 0;
    };
    enum class Progress { Done, Goes };

    Outcome failed(const std::string &message) const;
    Outcome ended(Status status, Clock::time_point since) const;
    bool ensureChild(const base::CancelToken *cancel, Outcome &outcome);
    bool ensureLoaded(const std::string &name, base::CancelToken &cancel, Outcome &outcome);
    Outcome loadIntoChild(const std::string &name, const Dataset &dataset, const base::CancelToken *cancel);
    Outcome exchange(std::string frame, RequestId id, Clock::time_point limit, const base::CancelToken *cancel,
                     bool showRows);
    Outcome whyClosed(Clock::time_point since);
    void discard();

    const Options m_options;
    SpareKeeper m_keeper;
    std::unique_ptr<Served> m_served;
    std::map<std::string, Dataset> m_datasets;
    RequestId m_lastId = 0;
    std::uint64_t m_lastVersion = 0;
};

} // namespace sqlgym::sandbox
