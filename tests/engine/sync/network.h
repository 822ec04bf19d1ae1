// A bad network between clients and a server, on loopback: every connection has a fate.
#pragma once

#include "../gateway/loopback.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <tuple>
#include <unistd.h>
#include <vector>

namespace sqlgym::tests {

struct Fate {
    enum Kind {
        Passes,
        Cut,    ///< reset after `bytes` of the server's, which may be within a message
        Silent, ///< nothing goes through any more after as many, and nobody is told
        Slow,   ///< at most `bytes` at a time, 5 ms apart
        Late,   ///< the first that the client sends with `text` in it: the connection ends for the client, and the
                ///< server gets it when deliver() says so
    };
    Kind kind = Passes;
    long bytes = 0;
    std::string text = {};
};

/// Before the PostgreSQL whose socket this is.
class Network {
public:
    explicit Network(std::string serverSocket) : m_serverSocket(std::move(serverSocket))
    {
        std::tie(m_listener, m_port) = listenOnLoopback();
        m_thread = std::thread([this] {
            for (int client = 0; (client = accept(m_listener, nullptr, nullptr)) >= 0;) {
                const std::scoped_lock lock(m_mutex);
                m_lines.emplace_back([this, client, fate = m_fate] { pass(client, fate); });
            }
        });
    }
    ~Network()
    {
        m_ending = true;
        shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        close(m_listener);
        for (std::thread &line : m_lines)
            line.join();
    }
    Network(const Network &) = delete;
    Network &operator=(const Network &) = delete;

    int port() const { return m_port; }
    /// Of the connections from now on; also where one of them ended otherwise than it would have.
    void setFate(Fate fate)
    {
        const std::scoped_lock lock(m_mutex);
        m_fate = std::move(fate);
    }
    /// How many connections met their fate.
    int met() const { return m_met; }
    /// What was kept back goes to the server, which is heard out.
    void deliver()
    {
        m_delivering = true;
        while (m_kept > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        m_delivering = false;
    }
    int kept() const { return m_kept; }

private:
    static void reset(int socket)
    {
        const linger now = {1, 0};
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    void waitForTheEnd(int client) const
    {
        while (!m_ending) {
            pollfd gone = {client, POLLRDHUP, 0};
            if (poll(&gone, 1, 50) > 0)
                return;
        }
    }

    void pass(int client, const Fate &fate)
    {
        if (const int server = connectToFile(m_serverSocket); server >= 0) {
            pass(client, server, fate);
            close(server);
        }
        close(client);
    }
    void pass(int client, int server, const Fate &fate)
    {
        std::array<char, 16384> bytes;
        long told = 0;
        const std::size_t most = fate.kind == Fate::Slow ? static_cast<std::size_t>(fate.bytes) : bytes.size();
        while (!m_ending) {
            std::array<pollfd, 2> ready{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
            if (poll(ready.data(), ready.size(), 50) < 0)
                return;
            if (ready[1].revents != 0) {
                const ssize_t got = recv(server, bytes.data(), most, 0);
                if (got <= 0)
                    return;
                long passing = got;
                const bool ends = (fate.kind == Fate::Cut || fate.kind == Fate::Silent) && told + got > fate.bytes;
                if (ends)
                    passing = fate.bytes - told;
                if (!sendAll(client, bytes.data(), static_cast<std::size_t>(passing)))
                    return;
                told += passing;
                if (ends) {
                    ++m_met;
                    if (fate.kind == Fate::Cut)
                        reset(client);
                    else
                        waitForTheEnd(client);
                    return;
                }
            }
            if (ready[0].revents != 0) {
                const ssize_t got = recv(client, bytes.data(), most, 0);
                if (got <= 0)
                    return;
                const std::string_view request(bytes.data(), static_cast<std::size_t>(got));
                if (fate.kind == Fate::Late && request.find(fate.text) != std::string_view::npos) {
                    ++m_met;
                    keepBack(client, server, std::string(request));
                    return;
                }
                if (!sendAll(server, bytes.data(), static_cast<std::size_t>(got)))
                    return;
            }
            if (fate.kind == Fate::Slow)
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    void keepBack(int client, int server, const std::string &request)
    {
        ++m_kept;
        reset(client);
        shutdown(client, SHUT_RDWR);
        while (!m_delivering && !m_ending)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (sendAll(server, request.data(), request.size())) {
            // Whatever it says; until it has been quiet for a while.
            std::array<char, 16384> bytes;
            pollfd more = {server, POLLIN, 0};
            while (poll(&more, 1, 1'000) > 0 && recv(server, bytes.data(), bytes.size(), 0) > 0) {
            }
        }
        --m_kept;
    }

    std::string m_serverSocket;
    int m_listener = -1;
    int m_port = 0;
    std::thread m_thread;
    std::mutex m_mutex;
    std::vector<std::thread> m_lines;
    Fate m_fate;
    std::atomic<bool> m_ending = false;
    std::atomic<bool> m_delivering = false;
    std::atomic<int> m_met = 0;
    std::atomic<int> m_kept = 0;
};

} // namespace sqlgym::tests
