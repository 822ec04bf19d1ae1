#include "postgres/exact_connect.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <libpq-fe.h>
#include <poll.h>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace sqlgym::postgres {

namespace {

using Clock = std::chrono::steady_clock;

// A file that cannot be there: libpq then goes without, where an empty name would mean one in the home folder.
constexpr char kNoFile[] = "/dev/null/none";

// Where an empty value would be an error or would mean a file of the home folder.
const Parameters &plainValues()
{
    static const Parameters values = {
        {"channel_binding", "prefer"},
        {"client_encoding", "UTF8"},
        {"connect_timeout", "10"},
        {"gssdelegation", "0"},
        {"gssencmode", "disable"},
        {"keepalives", "1"},
        {"keepalives_count", "3"},
        {"keepalives_idle", "30"},
        {"keepalives_interval", "10"},
        {"krbsrvname", "postgres"},
        {"load_balance_hosts", "disable"},
        {"passfile", kNoFile},
        {"ssl_min_protocol_version", "TLSv1.2"},
        {"sslcert", kNoFile},
        {"sslcertmode", "allow"},
        {"sslcompression", "0"},
        {"sslcrl", kNoFile},
        {"sslkey", kNoFile},
        {"sslmode", "verify-full"},
        {"sslnegotiation", "postgres"},
        {"sslrootcert", kNoFile},
        {"sslsni", "1"},
        {"target_session_attrs", "any"},
        {"tcp_user_timeout", "30000"},
    };
    return values;
}

std::string quoted(const std::string &value)
{
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "'";
}

/// A text, not arrays: of arrays libpq ignores what is empty.
std::string connectionText(const Parameters &parameters)
{
    std::string text;
    PQconninfoOption *options = PQconninfoParse("", nullptr);
    for (const PQconninfoOption *option = options; option != nullptr && option->keyword != nullptr; ++option) {
        const std::string keyword = option->keyword;
        if (keyword == "service")
            continue; // an empty one would be looked for
        const auto given = parameters.find(keyword);
        const auto plain = plainValues().find(keyword);
        const std::string &value = given != parameters.end()      ? given->second
                                   : plain != plainValues().end() ? plain->second
                                                                  : std::string();
        text += keyword + "=" + quoted(value) + " ";
    }
    PQconninfoFree(options);
    return text;
}

std::string trimmed(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return text;
}

/// With verbose errors the server's words come as "…: FATAL:  28000: role … does not exist\nLOCATION: …".
void takeServerWords(Attempt &attempt)
{
    const std::string &words = attempt.words;
    for (std::size_t at = words.find(":  "); at != std::string::npos; at = words.find(":  ", at + 1)) {
        const std::size_t state = at + 3;
        const auto isState = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
        if (words.size() < state + 7 || words.compare(state + 5, 2, ": ") != 0 ||
            !std::all_of(words.begin() + static_cast<std::ptrdiff_t>(state),
                         words.begin() + static_cast<std::ptrdiff_t>(state) + 5, isState))
            continue;
        attempt.sqlstate = words.substr(state, 5);
        attempt.words = words.substr(state + 7, words.find('\n', state) - state - 7);
        return;
    }
}

Stage stageOf(ConnStatusType last, const std::string &words)
{
    switch (last) {
    case CONNECTION_STARTED:
    case CONNECTION_NEEDED:
        return Stage::Network;
    case CONNECTION_SSL_STARTUP:
        // Whatever language libpq speaks, it names SSL or a certificate where they are the matter.
        return words.find("SSL") != std::string::npos || words.find("ertifi") != std::string::npos ? Stage::Tls
                                                                                                   : Stage::Network;
    case CONNECTION_CHECK_WRITABLE:
    case CONNECTION_CHECK_TARGET:
    case CONNECTION_CHECK_STANDBY:
    case CONNECTION_CONSUME:
        return Stage::Writable;
    default:
        return Stage::Login;
    }
}

Attempt failed(PGconn *connection, ConnStatusType last)
{
    Attempt attempt;
    attempt.words = trimmed(PQerrorMessage(connection));
    attempt.stage = stageOf(last, attempt.words);
    takeServerWords(attempt);
    if (!attempt.sqlstate.empty())
        attempt.stage = Stage::Login;
    else if (attempt.stage == Stage::Login && attempt.words.find("\n\t") != std::string::npos)
        attempt.stage = Stage::Network; // it went away without a word; libpq takes two lines to say that
    return attempt;
}

Attempt stopped(Stage stage, std::string words)
{
    Attempt attempt;
    attempt.stage = stage;
    attempt.words = std::move(words);
    return attempt;
}

void ignoreNotice(void *, const PGresult *) {}

} // namespace

Attempt connectExactly(const Parameters &parameters, int timeoutMs, const base::CancelToken *cancel)
{
    // A slice of waiting, so that a cancel is seen soon.
    constexpr int kSliceMs = 50;
    const auto until = Clock::now() + std::chrono::milliseconds(timeoutMs);
    Connection connection(PQconnectStart(connectionText(parameters).c_str()));
    PGconn *raw = connection.raw();
    if (raw == nullptr)
        return stopped(Stage::Network, "there is no memory for a connection");
    if (PQstatus(raw) == CONNECTION_BAD) {
        Attempt attempt = failed(raw, CONNECTION_STARTED);
        // What is wrong with parameters is said before a socket is there.
        attempt.stage = attempt.words.find("nvalid") != std::string::npos ? Stage::Address : Stage::Network;
        return attempt;
    }
    PQsetErrorVerbosity(raw, PQERRORS_VERBOSE);
    PQsetNoticeReceiver(raw, ignoreNotice, nullptr);
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    ConnStatusType last = PQstatus(raw);
    while (wanted != PGRES_POLLING_OK) {
        if (wanted == PGRES_POLLING_FAILED)
            return failed(raw, last);
        if (cancel != nullptr && cancel->cancelled())
            return stopped(Stage::Address, "cancelled");
        if (Clock::now() >= until)
            return stopped(Stage::Network, "the server did not answer in time");
        pollfd waiting{PQsocket(raw), static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        if (poll(&waiting, 1, kSliceMs) == 0)
            continue;
        last = PQstatus(raw);
        wanted = PQconnectPoll(raw);
    }
    PQsetErrorVerbosity(raw, PQERRORS_DEFAULT);
    Attempt attempt;
    attempt.connection.emplace(std::move(connection));
    return attempt;
}

void forgetEnvironment()
{
    std::vector<std::string> names;
    for (char **entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        if (std::strncmp(*entry, "PG", 2) == 0)
            names.emplace_back(*entry, std::strcspn(*entry, "="));
    }
    for (const std::string &name : names)
        unsetenv(name.c_str());
}

int libraryVersion() { return PQlibVersion(); }

} // namespace sqlgym::postgres
