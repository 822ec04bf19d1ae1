// Sockets as the tests' own servers and proxies need them.
#pragma once

#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace sqlgym::tests {

/// A socket that listens on 127.0.0.1, and its port; -1: there is none to be had.
inline std::pair<int, int> listenOnLoopback()
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return {-1, 0};
    return {listener, ntohs(address.sin_port)};
}

/// To the socket of this file, which the caller closes; -1: nobody listens there.
inline int connectToFile(const std::string &path)
{
    const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (connect(connection, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0)
        return connection;
    close(connection);
    return -1;
}

inline bool sendAll(int to, const char *bytes, std::size_t count)
{
    for (std::size_t done = 0; done < count;) {
        const ssize_t sent = send(to, bytes + done, count - done, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        done += static_cast<std::size_t>(sent);
    }
    return true;
}

} // namespace sqlgym::tests
