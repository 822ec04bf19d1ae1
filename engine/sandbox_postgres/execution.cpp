#include "sandbox_postgres/execution.h"

#include <algorithm>
#include <optional>

namespace sqlgym::sandbox_postgres {

namespace {

using Clock = std::chrono::steady_clock;
using postgres::Readiness;
using postgres::ResultKind;
using sandbox::Status;

constexpr int kPollMs = 5;
constexpr int kParseMs = 10'000;
/// What a session needs whatever it runs: catalogue caches, plans, libraries loaded on first use.
constexpr std::uint64_t kAllowance = 16u << 20;
/// libpq and the table keep about this much beside a cell's text.
constexpr std::uint64_t kCellBytes = 8;

class Runner {
public:
    Runner(Session &session, const Limits &limits, base::CancelToken &cancel)
        : m_whole(session), m_session(session.raw()), m_memory(session.memory()), m_limits(limits), m_cancel(cancel),
          m_begin(Clock::now()),
          m_deadline(std::min(cancel.deadline(), limits.timeoutMs > 0
                                                     ? m_begin + std::chrono::milliseconds(limits.timeoutMs)
                                                     : Clock::time_point::max()))
    {
        m_done.outcome.by = sandbox::Engine::Postgres;
    }

    /// `send` hands the text to the server; the memory's limit is in force before. In a pipeline `ahead` other
    /// statements were sent before it.
    template <typename Send> Execution run(Send send, std::size_t ahead = 0)
    {
        m_ahead = ahead;
        limitMemory();
        if (!send())
            return broken();
        while (true) {
            const Readiness ready = m_session.waitForResult(kPollMs);
            if (ready == Readiness::Broken)
                return broken();
            if (ready == Readiness::NotYet || ++m_resultsSinceWatch >= 256)
                watch();
            if (m_asked && Clock::now() > m_giveUp)
                return givenUp();
            if (ready == Readiness::NotYet)
                continue;
            const auto result = m_session.next();
            if (!result && !m_session.inPipeline())
                break;
            if (!result)
                endStatement();
            else if (result->kind() == ResultKind::Synced)
                break;
            else if (m_ahead == 0 || result->failed())
                take(*result);
        }
        return m_session.alive() ? finished() : broken();
    }

private:
    void limitMemory()
    {
        if (!m_limits.watchProcess || m_limits.memoryBytes == 0)
            return m_memory.lift();
        m_before = m_memory.bytes();
        if (m_before > 0)
            m_limited = m_memory.limit(m_before + kAllowance + m_limits.memoryBytes);
    }

    void endStatement()
    {
        if (m_ahead > 0 && --m_ahead == 0)
            m_session.rowByRow();
    }

    /// Looks at the clock, the token and the server's memory.
    void watch()
    {
        m_resultsSinceWatch = 0;
        if (m_limited) {
            const auto now = m_memory.bytes();
            m_peak = std::max(m_peak, now > m_before ? now - m_before : 0);
        }
        if (m_cancel.cancelled())
            stop(Status::Cancelled);
        else if (Clock::now() >= m_deadline)
            stop(Status::Timeout);
    }

    void stop(Status why)
    {
        if (m_asked)
            return;
        m_asked = why;
        // Rows that are enough hurry nobody: the session is kept, and a busy server may take its time to say so.
        const Clock::duration grace = std::chrono::milliseconds(kGraceMs);
        const auto now = Clock::now();
        const bool enough = why == Status::Ok;
        m_giveUp =
            now + (enough ? std::clamp<Clock::duration>(m_deadline - now, grace, std::chrono::seconds(5)) : grace);
        m_whole.interrupt();
    }

    void take(const postgres::ResultSet &result)
    {
        switch (result.kind()) {
        case ResultKind::SingleRow:
            begin(result);
            row(result);
            break;
        case ResultKind::Rows:
            begin(result);
            end(result);
            break;
        case ResultKind::Command:
        case ResultKind::Empty:
            m_inRows = false;
            m_done.outcome.table = {};
            m_done.typeOids.clear();
            end(result);
            break;
        case ResultKind::Error:
            m_error = result.diagnostic();
            break;
        case ResultKind::Copy:
            stop(Status::Failed); // the gate lets no COPY through
            break;
        case ResultKind::Synced:
        case ResultKind::Skipped: // what failed before it said so
            break;
        }
    }

    void begin(const postgres::ResultSet &result)
    {
        if (m_inRows)
            return;
        m_inRows = true;
        m_bytes = 0;
        m_done.outcome.table = {};
        m_done.outcome.truncated = false;
        m_done.typeOids.clear();
        for (int column = 0; column < result.columnCount(); ++column) {
            m_done.outcome.table.columns.push_back({std::string(result.columnName(column)), {}});
            m_done.typeOids.push_back(result.typeOid(column));
        }
    }

    void row(const postgres::ResultSet &result)
    {
        if (m_asked)
            return;
        auto &table = m_done.outcome.table;
        if (m_limits.maxRows > 0 && table.rowCount() >= m_limits.maxRows) {
            m_done.outcome.truncated = true;
            // Only of the last result we know that nothing more will come that counts.
            if (m_results + 1 >= m_limits.statements)
                stop(Status::Ok);
            return;
        }
        if (result.columnCount() == 0)
            table.appendEmptyRow();
        for (int column = 0; column < result.columnCount(); ++column) {
            const auto cell = result.cell(0, column);
            m_bytes += kCellBytes + (cell ? cell->size() : 0);
            table.append(cell);
        }
        if (m_limits.memoryBytes > 0 && m_bytes > m_limits.memoryBytes)
            stop(Status::MemoryLimit);
    }

    void end(const postgres::ResultSet &result)
    {
        m_inRows = false;
        ++m_results;
        m_done.outcome.commandTag = result.commandTag();
    }

    Execution finished()
    {
        auto &outcome = m_done.outcome;
        outcome.status = Status::Ok;
        if (m_asked && (*m_asked != Status::Ok || m_error)) {
            outcome.status = *m_asked;
        } else if (m_error) {
            outcome.status = statusOf(*m_error);
            outcome.diagnostic = *m_error;
        }
        if (outcome.status != Status::Ok) {
            outcome.table = {};
            outcome.truncated = false;
            m_done.typeOids.clear();
        }
        return closed();
    }

    static Status statusOf(const base::Diagnostic &error)
    {
        if (error.sqlstate == "53200" || error.sqlstate == "53400")
            return Status::MemoryLimit; // no memory, or more temporary files than allowed
        if (error.sqlstate == "57014")
            return Status::Timeout; // statement_timeout: we ask for nothing else here
        if (error.sqlstate == "53100" || error.sqlstate.starts_with("57P") || error.sqlstate.starts_with("08"))
            return Status::Failed;
        return Status::Error;
    }

    /// Asked to stop, it went on: planning, for one, cannot be interrupted.
    Execution givenUp()
    {
        m_done.outcome.status = *m_asked == Status::Ok ? Status::Timeout : *m_asked;
        m_done.outcome.table = {};
        m_done.answered = false;
        return closed();
    }

    Execution broken()
    {
        auto &outcome = m_done.outcome;
        outcome.table = {};
        m_done.answered = false;
        // A process that dies at the edge of its memory (its stack, for one, cannot grow) died of that.
        const bool atLimit = m_limited && m_peak > (kAllowance + m_limits.memoryBytes) / 10 * 8;
        outcome.status = m_asked && *m_asked != Status::Ok ? *m_asked : atLimit ? Status::MemoryLimit : Status::Failed;
        if (outcome.status == Status::Failed)
            outcome.diagnostic = {"58000", "PostgreSQL closed the connection: " + m_session.lastError(), {}, {}, 0};
        return closed();
    }

    Execution closed()
    {
        m_done.outcome.elapsedUs =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_begin).count();
        m_done.outcome.memoryPeakBytes = std::max<std::uint64_t>(m_peak, m_done.outcome.table.memoryBytes());
        return std::move(m_done);
    }

    Session &m_whole;
    postgres::Connection &m_session;
    postgres::AddressSpace &m_memory;
    const Limits &m_limits;
    base::CancelToken &m_cancel;
    Clock::time_point m_begin;
    Clock::time_point m_deadline;
    Clock::time_point m_giveUp;
    std::optional<Status> m_asked; ///< why we asked the server to stop; Ok = there are rows enough
    std::optional<base::Diagnostic> m_error;
    Execution m_done;
    std::size_t m_ahead = 0; ///< statements before ours that have not ended
    bool m_inRows = false;
    bool m_limited = false;
    int m_results = 0;
    int m_resultsSinceWatch = 0;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_before = 0;
    std::uint64_t m_peak = 0;
};

} // namespace

Execution execute(Session &session, const std::string &sql, const Limits &limits, base::CancelToken &cancel)
{
    postgres::Connection &connection = session.connection();
    return Runner(session, limits, cancel).run([&] {
        const bool sent = limits.oneStatement ? connection.sendOne(sql) : connection.send(sql);
        if (sent)
            connection.rowByRow();
        return sent;
    });
}

Execution executeAfter(Session &session, const std::vector<std::string> &first, const std::string &sql,
                       const Limits &limits, base::CancelToken &cancel)
{
    const auto send = [&] {
        postgres::Connection &connection = session.raw();
        const auto each = [&](const std::string &statement) { return connection.sendOne(statement); };
        return session.pipelined() && std::ranges::all_of(first, each) && each(sql) && connection.sync();
    };
    return Runner(session, limits, cancel).run(send, first.size());
}

Execution parseOnly(Session &session, const std::string &sql, base::CancelToken &cancel)
{
    const Limits limits{.timeoutMs = kParseMs};
    return Runner(session, limits, cancel).run([&] { return session.connection().sendParse(sql); });
}

} // namespace sqlgym::sandbox_postgres
