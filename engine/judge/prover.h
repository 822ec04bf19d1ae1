// Proves drafts before they may be published: resources/server/0015_proofs.sql.
#pragma once

#include "base/cancel_token.h"
#include "judge/log.h"
#include "server/session.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sqlgym::judge {

struct ProverOptions {
    std::string dsn;                         ///< logs in as sqlgym_judge
    std::string name;                        ///< among all judges
    std::string clusterFolder;               ///< of the private cluster; may be shared, each takes a slot
    std::vector<std::string> sandboxProgram; ///< the embedded engine's program and its arguments
    int leaseSeconds = 180;                  ///< longer than one query may take
    int longestSeconds = 900;                ///< a proof that takes longer has failed
    int pollMs = 2'000;                      ///< between looks, should no notification come
};

/// On a thread of its own, beside the judging, until it is destroyed: learners do not wait for proofs. The server may
/// go and come back. A cluster of its own starts with a proof and ends with it.
class Prover {
public:
    Prover(ProverOptions options, Log log);
    ~Prover();
    Prover(const Prover &) = delete;
    Prover &operator=(const Prover &) = delete;

private:
    struct Claim {
        std::string problemId;
        std::string digest;
        std::string definition;
    };

    void work();
    bool connected();
    void awaitWork();
    /// False: there was nothing, or the server did not answer.
    bool turn();
    void prove(const Claim &claim);
    bool finish(const Claim &claim, const std::optional<std::string> &report, bool counts);

    ProverOptions m_options;
    Log m_log;
    std::unique_ptr<server::Session> m_session; ///< the thread's own
    std::atomic<bool> m_ending{false};
    std::mutex m_mutex; // guards what follows
    base::CancelToken *m_running = nullptr;
    std::thread m_thread;
};

} // namespace sqlgym::judge
