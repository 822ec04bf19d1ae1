// A client's way to its server, whatever carries it. No header of libpq comes through here: the window can know this
// class and load what implements it when a server is first spoken to.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "client/trouble.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::client {

/// Parameters as NUL-ended texts that outlive the call; null = NULL. Whatever comes from a person goes here and never
/// into SQL text, which servers log and show.
using Values = std::vector<const char *>;
using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;

/// The server as it was at one moment, to be read only. Ends with the object; the gateway must outlive it and is not
/// used meanwhile.
class Snapshot {
public:
    virtual ~Snapshot() = default;

    virtual base::Result<Rows> call(const std::string &sql, const Values &values = {}) = 0;
    /// The rows of `query` in PostgreSQL's binary COPY format, in pieces as they come. An error of `take` ends it, and
    /// is returned. For as long as pieces come there is no limit of time.
    virtual base::Result<void> copy(const std::string &query,
                                    const std::function<base::Result<void>(std::string_view)> &take) = 0;
};

/// One thread uses it, and all its calls block. Every error is one of `Trouble`.
class Gateway {
public:
    virtual ~Gateway() = default;

    /// One statement, in a transaction of its own. A connection that broke is made anew first, and shows the token
    /// before anything else; a call that breaks is not repeated: whether it may be is the caller's to know.
    virtual base::Result<Rows> call(const std::string &sql, const Values &values = {}) = 0;

    virtual base::Result<std::unique_ptr<Snapshot>> snapshot() = 0;

    enum class Notice : std::uint8_t {
        Came, ///< look again; also when this has just begun to listen
        None,
        Never, ///< this way nobody is told (a pooler, an older server): look now and then
    };
    /// Waits until the server tells that something of this learner's changed. What it is, is asked for as usual.
    virtual Notice awaitNotice(int timeoutMs)
    {
        (void)timeoutMs;
        return Notice::Never;
    }

    /// From now on calls are made with this session's token; an empty one: as nobody. What was set at the server before
    /// is cleared there.
    virtual base::Result<void> useToken(base::Secret token) = 0;

    /// A pooler lends connections for a transaction: nothing stays set between calls.
    virtual bool pooled() const = 0;
    virtual int schemaVersion() const = 0;
    /// Names server and database, without secrets: what a kept token belongs to.
    virtual const std::string &address() const = 0;
};

} // namespace sqlgym::client
