#include "gateway/connect.h"

#include "postgres/exact_connect.h"

#include <chrono>

namespace sqlgym::gateway {

namespace {

using client::makeError;
using client::Trouble;
using Clock = std::chrono::steady_clock;

// They beat what the role or the database sets. The last one tells us that they came through.
constexpr char kStartup[] =
    "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c row_security=on"
    " -c default_transaction_read_only=off -c default_transaction_isolation=read\\ committed"
    " -c default_transaction_deferrable=off -c search_path=public -c TimeZone=UTC -c DateStyle=ISO,MDY"
    " -c IntervalStyle=postgres -c bytea_output=hex -c extra_float_digits=1 -c synchronous_commit=on"
    " -c transform_null_equals=off -c client_min_messages=warning -c sqlgym.direct=on";

/// How often a wait looks whether it was cancelled.
constexpr int kSliceMs = 50;

base::Error cancelled() { return makeError(Trouble::Cancelled, "Cancelled."); }

base::Error ofLogin(const postgres::Attempt &attempt)
{
    const std::string words = client::plainText(attempt.words);
    const std::string &state = attempt.sqlstate;
    if (state.rfind("53", 0) == 0)
        return makeError(Trouble::Busy, "The server has no room for one more: " + words + ". Try again in a moment.");
    if (state.rfind("57P0", 0) == 0 || (state.rfind("08", 0) == 0 && state != "08P01"))
        return makeError(Trouble::Offline, "The server is not ready: " + words + ". Try again in a moment.");
    if (state == "3D000") // invalid_catalog_name
        return makeError(Trouble::NotAServer,
                         "There is no such database on the server: " + words + ". Check the address.");
    return makeError(Trouble::Refused, "The server does not let this program in: " + words +
                                           ". Check the address, or ask whoever runs the server.");
}

base::Error errorOf(const postgres::Attempt &attempt)
{
    const std::string words = client::plainText(attempt.words, true);
    switch (attempt.stage) {
    case postgres::Stage::Address:
        return attempt.words == "cancelled"
                   ? cancelled()
                   : makeError(Trouble::BadAddress, "The server's address cannot be used: " + words + ".");
    case postgres::Stage::Network:
        return makeError(Trouble::Offline, "The server cannot be reached: " + words +
                                               ". Check the address and the network, or try again later.");
    case postgres::Stage::Tls:
        return makeError(
            Trouble::Tls,
            "There is no protected connection to the right server: " + words +
                ". Nothing was sent. A certificate that cannot be verified has expired, or was signed by "
                "somebody this computer does not trust (sslrootcert=FILE names whom to trust); ask whoever "
                "runs the server.");
    case postgres::Stage::Writable:
        return makeError(Trouble::ReadOnly, "The server takes no changes at present (" + words + "). Try again later.");
    case postgres::Stage::Login:
        return ofLogin(attempt);
    }
    return makeError(Trouble::Failed, words);
}

base::Error wentAway(const postgres::Connection &connection)
{
    const std::string words = client::plainText(connection.lastError(), true);
    return makeError(Trouble::Offline, "The connection broke" + (words.empty() ? std::string() : ": " + words) +
                                           ". The server may have done what was asked or not. Try again.");
}

/// Adds the rows of `result`; how many bytes their cells hold.
std::size_t addRows(const postgres::ResultSet &result, client::Rows &rows)
{
    std::size_t bytes = 0;
    for (int row = 0; row < result.rowCount(); ++row) {
        client::Row &cells = rows.emplace_back();
        for (int column = 0; column < result.columnCount(); ++column) {
            const auto cell = result.cell(row, column);
            cells.push_back(cell ? std::optional<std::string>(std::string(*cell)) : std::nullopt);
            bytes += sizeof(client::Row::value_type) + (cell ? cell->size() : 0);
        }
    }
    return bytes;
}

/// Drops the connection: what it was doing has no end that anybody waits for.
void drop(postgres::Connection &connection) { connection = postgres::Connection(nullptr); }

/// The rows of what was sent, which is not kept beyond Options::mostBytes; or the first error.
base::Result<client::Rows> await(postgres::Connection &connection, const Options &options)
{
    const auto until = Clock::now() + std::chrono::milliseconds(options.callMs);
    std::optional<postgres::ResultSet> last;
    client::Rows rows;
    std::size_t bytes = 0;
    for (;;) {
        if (options.cancel != nullptr && options.cancel->cancelled()) {
            drop(connection);
            return cancelled();
        }
        if (Clock::now() >= until) {
            drop(connection);
            return makeError(Trouble::Offline,
                             "The server does not answer. It may have done what was asked or not. Try again.");
        }
        const postgres::Readiness readiness = connection.waitForResult(kSliceMs);
        if (readiness == postgres::Readiness::NotYet)
            continue;
        // Broken: libpq hands out what it knows as a last result.
        auto result = connection.next();
        if (!result)
            break;
        if (result->kind() == postgres::ResultKind::Copy) {
            drop(connection);
            return makeError(Trouble::Failed, "The server answered with something else than rows.");
        }
        bytes += addRows(*result, rows);
        if (bytes > options.mostBytes) {
            drop(connection);
            return makeError(Trouble::Failed, "The server answered with more than this program takes.");
        }
        if (!last || !last->failed())
            last = std::move(result);
    }
    if (!last)
        return wentAway(connection);
    if (last->failed()) {
        const auto diagnostic = last->diagnostic();
        return connection.alive() || diagnostic.sqlstate != "08006" ? client::errorOf(diagnostic)
                                                                    : wentAway(connection);
    }
    return rows;
}

} // namespace

base::Result<Line> connect(const Endpoint &endpoint, const Options &options)
{
    postgres::Parameters parameters = endpoint.parameters;
    const std::string own = parameters["options"];
    parameters["options"] = own.empty() ? kStartup : own + " " + kStartup;
    auto attempt = postgres::connectExactly(parameters, options.connectMs, options.cancel);
    // 08P01 protocol_violation: "unsupported startup parameter: options" of PgBouncer, whatever its language.
    if (!attempt.connection && attempt.sqlstate == "08P01") {
        parameters["options"] = "";
        attempt = postgres::connectExactly(parameters, options.connectMs, options.cancel);
    }
    // libpq turned it down, not the server: perhaps for taking no writes. It says so in some language only.
    if (!attempt.connection && attempt.stage == postgres::Stage::Login && attempt.sqlstate.empty()) {
        parameters["target_session_attrs"] = "any";
        if (postgres::connectExactly(parameters, options.connectMs, options.cancel).connection)
            attempt.stage = postgres::Stage::Writable;
    }
    if (!attempt.connection)
        return errorOf(attempt);
    return Line{std::move(*attempt.connection)};
}

base::Result<client::Rows> run(postgres::Connection &connection, const std::string &sql, const client::Values &values,
                               const Options &options)
{
    if (!connection.sendOne(sql, std::span<const char *const>(values)))
        return wentAway(connection);
    connection.rowByRow();
    return await(connection, options);
}

base::Result<void> copyOut(postgres::Connection &connection, const std::string &sql,
                           const std::function<base::Result<void>(std::string_view)> &take, const Options &options)
{
    if (!connection.send(sql))
        return wentAway(connection);
    const auto patience = std::chrono::milliseconds(options.callMs);
    auto until = Clock::now() + patience;
    const auto given = [&]() -> std::optional<base::Error> {
        if (options.cancel != nullptr && options.cancel->cancelled())
            return cancelled();
        if (Clock::now() >= until)
            return makeError(Trouble::Offline, "The server does not answer. Try again.");
        return std::nullopt;
    };
    for (auto readiness = connection.waitForResult(kSliceMs); readiness == postgres::Readiness::NotYet;
         readiness = connection.waitForResult(kSliceMs)) {
        if (auto error = given()) {
            drop(connection);
            return *error;
        }
    }
    auto result = connection.next();
    if (result && result->kind() == postgres::ResultKind::Copy) {
        for (auto piece = connection.nextCopyPiece(kSliceMs); piece.state != postgres::CopyPiece::State::End;
             piece = connection.nextCopyPiece(kSliceMs)) {
            auto taken = base::Result<void>();
            if (piece.state == postgres::CopyPiece::State::Data) {
                until = Clock::now() + patience;
                taken = take(std::string_view(piece.bytes.get(), piece.size));
            }
            auto error = taken ? given() : std::optional(taken.error());
            if (error) {
                drop(connection);
                return *error;
            }
        }
    } else if (result && !result->failed()) {
        drop(connection);
        return makeError(Trouble::Failed, "The server answered with something else than a copy.");
    }
    // The end of it, or what went wrong on the way.
    std::optional<base::Error> failed;
    if (result && result->failed())
        failed = client::errorOf(result->diagnostic());
    while (auto more = connection.next()) {
        if (more->failed() && !failed)
            failed = client::errorOf(more->diagnostic());
    }
    if (!connection.alive())
        return wentAway(connection);
    return failed ? base::Result<void>(*failed) : base::Result<void>();
}

base::Result<void> runPlain(postgres::Connection &connection, const std::string &sql, const Options &options)
{
    if (!connection.send(sql))
        return wentAway(connection);
    auto rows = await(connection, options);
    return rows ? base::Result<void>() : rows.error();
}

} // namespace sqlgym::gateway
