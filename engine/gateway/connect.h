// One connection of a client: made, spoken over, and its failures told in a client's words.
#pragma once

#include "client/gateway.h"
#include "gateway/endpoint.h"
#include "gateway/libpq_gateway.h"
#include "postgres/connection.h"

#include <functional>
#include <string_view>

namespace sqlgym::gateway {

struct Line {
    postgres::Connection connection;
};

/// With startup options, and without where a pooler refuses those.
base::Result<Line> connect(const Endpoint &endpoint, const Options &options);

/// One statement by the extended protocol. When its time is over or the caller cancels, the connection is dropped:
/// whether it was done is unknown.
base::Result<client::Rows> run(postgres::Connection &connection, const std::string &sql, const client::Values &values,
                               const Options &options);

/// Statements without parameters and without anybody's text in them.
base::Result<void> runPlain(postgres::Connection &connection, const std::string &sql, const Options &options);

/// What COPY ... TO STDOUT sends, in pieces, to its end; Options::callMs is how long one may take to come. An error of
/// `take` drops the connection and is returned.
base::Result<void> copyOut(postgres::Connection &connection, const std::string &sql,
                           const std::function<base::Result<void>(std::string_view)> &take, const Options &options);

} // namespace sqlgym::gateway
