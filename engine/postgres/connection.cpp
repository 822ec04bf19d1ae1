#include "postgres/connection.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <libpq-fe.h>
#include <poll.h>

namespace sqlgym::postgres {

namespace {

void ignoreNotice(void *, const PGresult *) {}

std::string trimmed(const char *text)
{
    std::string line = text != nullptr ? text : "";
    while (!line.empty() && line.back() == '\n')
        line.pop_back();
    return line;
}

std::string quoted(const std::string &text, char quote)
{
    std::string out(1, quote);
    for (const char c : text) {
        out += c;
        if (c == quote)
            out += c;
    }
    return out + quote;
}

std::vector<const char *> pointers(const std::vector<std::optional<std::string>> &parameters)
{
    std::vector<const char *> values;
    values.reserve(parameters.size());
    for (const auto &parameter : parameters)
        values.push_back(parameter ? parameter->c_str() : nullptr);
    return values;
}

} // namespace

void Canceller::Free::operator()(pg_cancel *cancel) const { PQfreeCancel(cancel); }

bool Canceller::cancel()
{
    std::array<char, 256> message{};
    return m_cancel && PQcancel(m_cancel.get(), message.data(), static_cast<int>(message.size())) != 0;
}

void Connection::Finish::operator()(pg_conn *connection) const { PQfinish(connection); }

base::Result<Connection> Connection::open(const Parameters &parameters)
{
    Parameters all = parameters;
    all.try_emplace("passfile", "/dev/null/none"); // no such file: none is read
    all.try_emplace("options", "");
    all.try_emplace("gssencmode", "disable");
    all.try_emplace("connect_timeout", "10");
    all["client_encoding"] = "UTF8";
    all["application_name"] = "sqlgym";
    std::vector<const char *> keywords;
    std::vector<const char *> values;
    for (const auto &[keyword, value] : all) {
        keywords.push_back(keyword.c_str());
        values.push_back(value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);

    Connection connection(PQconnectdbParams(keywords.data(), values.data(), 0));
    PGconn *raw = connection.m_connection.get();
    if (raw == nullptr)
        return base::Error{"postgres", "connect", "There is no memory for a connection.", true};
    if (PQstatus(raw) != CONNECTION_OK) {
        const std::string words = trimmed(PQerrorMessage(raw));
        const bool transient = words.find("the database system is") != std::string::npos ||
                               words.find("No such file or directory") != std::string::npos ||
                               words.find("Connection refused") != std::string::npos ||
                               words.find("server closed the connection") != std::string::npos;
        return base::Error{"postgres", "connect", words, transient};
    }
    PQsetNoticeReceiver(raw, ignoreNotice, nullptr);
    return connection;
}

base::Result<ResultSet> Connection::execute(const std::string &sql, int timeoutMs)
{
    if (timeoutMs > 0)
        return executeWithin(sql, std::chrono::milliseconds(timeoutMs));
    ResultSet result(PQexec(m_connection.get(), sql.c_str()));
    if (!result.failed())
        return result;
    const auto diagnostic = result.diagnostic();
    return base::Error{"postgres", diagnostic.sqlstate, diagnostic.message.empty() ? lastError() : diagnostic.message};
}

base::Result<ResultSet> Connection::executeWithin(const std::string &sql, std::chrono::milliseconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    std::optional<ResultSet> last;
    bool more = send(sql);
    while (more) {
        const Readiness ready = waitForResult(50);
        if (ready == Readiness::NotYet && std::chrono::steady_clock::now() > until)
            return base::Error{"postgres", "silent", "PostgreSQL does not answer.", true};
        if (ready == Readiness::NotYet)
            continue;
        auto result = next();
        more = result.has_value();
        if (more && (!last || !last->failed()))
            last = std::move(result);
    }
    if (last && !last->failed())
        return std::move(*last);
    const auto diagnostic = last ? last->diagnostic() : base::Diagnostic{"08006", lastError(), {}, {}, 0};
    return base::Error{"postgres", diagnostic.sqlstate, diagnostic.message.empty() ? lastError() : diagnostic.message};
}

bool Connection::send(const std::string &sql) { return PQsendQuery(m_connection.get(), sql.c_str()) != 0; }

bool Connection::sendOne(const std::string &sql, const std::vector<std::optional<std::string>> &parameters)
{
    return sendOne(sql, std::span<const char *const>(pointers(parameters)));
}

bool Connection::sendOne(const std::string &sql, std::span<const char *const> parameters)
{
    return PQsendQueryParams(m_connection.get(), sql.c_str(), static_cast<int>(parameters.size()), nullptr,
                             parameters.data(), nullptr, nullptr, 0) != 0;
}

bool Connection::sendPrepare(const std::string &name, const std::string &sql)
{
    return PQsendPrepare(m_connection.get(), name.c_str(), sql.c_str(), 0, nullptr) != 0;
}

bool Connection::sendPrepared(const std::string &name, const std::vector<std::optional<std::string>> &parameters)
{
    const auto values = pointers(parameters);
    return PQsendQueryPrepared(m_connection.get(), name.c_str(), static_cast<int>(values.size()), values.data(),
                               nullptr, nullptr, 0) != 0;
}

bool Connection::sendParse(const std::string &sql)
{
    return PQsendPrepare(m_connection.get(), "", sql.c_str(), 0, nullptr) != 0;
}

void Connection::rowByRow() { PQsetSingleRowMode(m_connection.get()); }

bool Connection::beginPipeline() { return PQenterPipelineMode(m_connection.get()) != 0; }
bool Connection::sync() { return PQpipelineSync(m_connection.get()) != 0; }
bool Connection::endPipeline() { return PQexitPipelineMode(m_connection.get()) != 0; }
bool Connection::inPipeline() const { return PQpipelineStatus(m_connection.get()) != PQ_PIPELINE_OFF; }

Readiness Connection::waitForResult(int timeoutMs)
{
    PGconn *raw = m_connection.get();
    if (PQisBusy(raw) == 0)
        return Readiness::Ready;
    pollfd waiting{PQsocket(raw), POLLIN, 0};
    if (PQflush(raw) > 0)
        waiting.events |= POLLOUT;
    const int got = poll(&waiting, 1, timeoutMs);
    if (got == 0 || (got < 0 && errno == EINTR))
        return Readiness::NotYet;
    if (got < 0 || PQconsumeInput(raw) == 0)
        return Readiness::Broken;
    return PQisBusy(raw) == 0 ? Readiness::Ready : Readiness::NotYet;
}

std::optional<ResultSet> Connection::next()
{
    PGresult *result = PQgetResult(m_connection.get());
    if (result == nullptr)
        return std::nullopt;
    return ResultSet(result);
}

void CopyPiece::Free::operator()(char *bytes) const { PQfreemem(bytes); }

CopyPiece Connection::nextCopyPiece(int timeoutMs)
{
    char *bytes = nullptr;
    int size = PQgetCopyData(m_connection.get(), &bytes, 1);
    if (size == 0) {
        pollfd waiting{PQsocket(m_connection.get()), POLLIN, 0};
        const int got = poll(&waiting, 1, timeoutMs);
        if (got == 0 || (got < 0 && errno == EINTR))
            return {CopyPiece::State::NotYet, nullptr, 0};
        if (got > 0 && PQconsumeInput(m_connection.get()) != 0)
            size = PQgetCopyData(m_connection.get(), &bytes, 1);
        else
            size = -2;
    }
    if (size == 0)
        return {CopyPiece::State::NotYet, nullptr, 0};
    if (size < 0)
        return {};
    return {CopyPiece::State::Data, std::unique_ptr<char, CopyPiece::Free>(bytes), static_cast<std::size_t>(size)};
}

bool Connection::waitForNotification(int timeoutMs)
{
    PGconn *raw = m_connection.get();
    const auto taken = [raw] {
        bool any = false;
        while (PGnotify *notify = PQnotifies(raw)) {
            PQfreemem(notify);
            any = true;
        }
        return any;
    };
    if (taken())
        return true;
    pollfd waiting{PQsocket(raw), POLLIN, 0};
    if (poll(&waiting, 1, timeoutMs) <= 0 || PQconsumeInput(raw) == 0)
        return false;
    return taken();
}

bool Connection::alive() const { return m_connection && PQstatus(m_connection.get()) == CONNECTION_OK; }
bool Connection::inTransaction() const { return PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE; }
int Connection::backendPid() const { return PQbackendPID(m_connection.get()); }
int Connection::serverVersion() const { return PQserverVersion(m_connection.get()); }
std::string Connection::lastError() const { return trimmed(PQerrorMessage(m_connection.get())); }

Canceller Connection::canceller() const
{
    Canceller canceller;
    canceller.m_cancel.reset(PQgetCancel(m_connection.get()));
    return canceller;
}

std::string quoteLiteral(const std::string &text) { return quoted(text, '\''); }
std::string quoteIdentifier(const std::string &name) { return quoted(name, '"'); }

} // namespace sqlgym::postgres
