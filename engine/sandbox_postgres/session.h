// A session of the restricted role, and what is known of it between two runs.
#pragma once

#include "postgres/address_space.h"
#include "postgres/connection.h"
#include "sandbox_postgres/server.h"

namespace sqlgym::sandbox_postgres {

/// Runs leave it in a transaction; sendReset() has all that they did undone while somebody else is busy.
class Session {
public:
    /// `server` is the one that `connection` leads to, and outlives it.
    Session(Server &server, postgres::Connection connection)
        : m_server(server), m_connection(std::move(connection)), m_memory(m_connection.backendPid())
    {
    }

    /// With nothing under way, and out of any pipeline.
    postgres::Connection &connection();
    /// Ready for sendOne() and sync().
    bool pipelined();
    postgres::Connection &raw() { return m_connection; }
    postgres::AddressSpace &memory() { return m_memory; }

    /// Asks for an end of what is under way.
    void interrupt();
    /// Sends ROLLBACK and DISCARD ALL, and waits for neither.
    bool sendReset();
    /// Waits for what sendReset() began. False: the session is not as it was when it was new.
    bool settled();

private:
    Server &m_server;
    postgres::Connection m_connection;
    postgres::AddressSpace m_memory;
    int m_syncs = 0; ///< those that the server has not answered
};

} // namespace sqlgym::sandbox_postgres
