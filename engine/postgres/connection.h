// A connection to PostgreSQL, owned: one thread uses it; only a Canceller crosses threads.
#pragma once

#include "base/result.h"
#include "postgres/parameters.h"
#include "postgres/result_set.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct pg_conn;
struct pg_cancel;

namespace sqlgym::postgres {

/// Asks the server to give up what a connection is doing. Usable from any thread while the connection lives.
class Canceller {
public:
    /// False when the server could not be reached. Blocks for as long as connecting takes.
    bool cancel();

private:
    friend class Connection;
    struct Free {
        void operator()(pg_cancel *cancel) const;
    };
    std::unique_ptr<pg_cancel, Free> m_cancel;
};

enum class Readiness : std::uint8_t { Ready, NotYet, Broken };

/// A piece of what COPY ... TO STDOUT sends.
struct CopyPiece {
    enum class State : std::uint8_t {
        Data,
        NotYet, ///< none came in time
        End,    ///< that was all, or it failed: next() tells
    };
    struct Free {
        void operator()(char *bytes) const;
    };
    State state = State::End;
    std::unique_ptr<char, Free> bytes;
    std::size_t size = 0;
};

class Connection {
public:
    /// Takes over a connection of libpq's.
    explicit Connection(pg_conn *connection) : m_connection(connection) {}
    /// Connects with exactly `parameters`: neither the environment nor ~/.pgpass adds a password or options.
    /// Errors: postgres/connect  the server's or libpq's words; transient when the server is starting or stopping.
    static base::Result<Connection> open(const Parameters &parameters);

    /// Runs `sql` (one or several statements) to its end and returns the last result; blocks, for timeoutMs at most
    /// (0 = for ever).
    /// Errors: postgres/<sqlstate>  PostgreSQL's words; postgres/silent  no answer in time: the connection is useless.
    base::Result<ResultSet> execute(const std::string &sql, int timeoutMs = 0);

    /// Sends `sql` by the simple protocol: any number of statements, error positions count from the text's start.
    bool send(const std::string &sql);
    /// Sends `sql` by the extended protocol, which takes one statement and refuses more. Parameters as text.
    bool sendOne(const std::string &sql, const std::vector<std::optional<std::string>> &parameters = {});
    /// The same without copies of the parameters: NUL-ended texts that outlive the call; null = NULL.
    bool sendOne(const std::string &sql, std::span<const char *const> parameters);
    /// Has `sql` kept by the server as `name`, and runs what is kept so. Parameters as text.
    bool sendPrepare(const std::string &name, const std::string &sql);
    bool sendPrepared(const std::string &name, const std::vector<std::optional<std::string>> &parameters);
    /// Has `sql` parsed and nothing run.
    bool sendParse(const std::string &sql);
    /// Results of what was just sent come row by row. In a pipeline: of the statement whose results come next.
    void rowByRow();

    /// From here to endPipeline() several statements, each by sendOne(), may be under way; a failure skips the others
    /// up to the next sync(). next() answers nullopt after the results of each, and ResultKind::Synced for each sync().
    bool beginPipeline();
    /// Hands to the server all that was sent.
    bool sync();
    /// False while something is under way.
    bool endPipeline();
    bool inPipeline() const;

    /// Waits until next() would not block; timeoutMs 0 = looks only.
    Readiness waitForResult(int timeoutMs);
    /// The next result of what was sent; nullopt after the last. Blocks unless waitForResult() said Ready.
    std::optional<ResultSet> next();

    /// After next() said Copy: the next piece. Waits for up to `timeoutMs`.
    CopyPiece nextCopyPiece(int timeoutMs);

    /// Waits for a notification (LISTEN) while nothing else is under way. False: none came, or the connection broke.
    bool waitForNotification(int timeoutMs);

    bool alive() const;
    bool inTransaction() const;
    /// For libpq's own functions.
    pg_conn *raw() const { return m_connection.get(); }
    int backendPid() const;
    int serverVersion() const; ///< 150020
    std::string lastError() const;
    Canceller canceller() const;

private:
    base::Result<ResultSet> executeWithin(const std::string &sql, std::chrono::milliseconds time);

    struct Finish {
        void operator()(pg_conn *connection) const;
    };
    std::unique_ptr<pg_conn, Finish> m_connection;
};

/// `text` as an SQL literal, `name` as an SQL identifier.
std::string quoteLiteral(const std::string &text);
std::string quoteIdentifier(const std::string &name);

} // namespace sqlgym::postgres
