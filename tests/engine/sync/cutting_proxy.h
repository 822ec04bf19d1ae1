// Stands between a client and its server on a loopback port, and cuts the connection where a test says.
#pragma once

#include "../gateway/loopback.h"

#include <array>
#include <atomic>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <tuple>
#include <unistd.h>

namespace sqlgym::tests {

/// What a client sends at once, and what the server answers to it, is an exchange; the greeting is one too.
enum class Cut {
    Never,
    BeforeRequest, ///< the server does not hear it
    BeforeReply,   ///< the server does it, and nobody hears that
    WithinReply,
    AfterReply,
};

/// One connection at a time.
class CuttingProxy {
public:
    explicit CuttingProxy(std::string serverSocket) : m_serverSocket(std::move(serverSocket))
    {
        std::tie(m_listener, m_port) = listenOnLoopback();
        m_thread = std::thread([this] { serve(); });
    }
    ~CuttingProxy()
    {
        m_ending = true;
        shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        close(m_listener);
    }
    CuttingProxy(const CuttingProxy &) = delete;
    CuttingProxy &operator=(const CuttingProxy &) = delete;

    int port() const { return m_port; }
    /// The exchange-th from now, from 1, on whichever connection. Once.
    void cutAt(Cut cut, int exchange)
    {
        m_cut = cut;
        m_left = exchange;
    }
    bool hasCut() const { return m_cut == Cut::Never; }

private:
    static std::string received(int from)
    {
        std::array<char, 65536> bytes;
        const ssize_t got = recv(from, bytes.data(), bytes.size(), 0);
        return got > 0 ? std::string(bytes.data(), static_cast<std::size_t>(got)) : std::string();
    }
    /// Up to ReadyForQuery.
    static std::string wholeReply(int server)
    {
        std::string reply;
        while (reply.size() < 6 || reply.compare(reply.size() - 6, 5, std::string("Z\0\0\0\5", 5)) != 0) {
            const std::string more = received(server);
            if (more.empty())
                break;
            reply += more;
        }
        return reply;
    }

    void serve()
    {
        for (int client = 0; (client = accept(m_listener, nullptr, nullptr)) >= 0; close(client)) {
            if (const int server = connectToFile(m_serverSocket); server >= 0) {
                pass(client, server);
                close(server);
            }
        }
    }
    void pass(int client, int server)
    {
        while (!m_ending) {
            std::array<pollfd, 2> ready{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
            if (poll(ready.data(), ready.size(), 100) < 0)
                return;
            if (ready[1].revents != 0) {
                const std::string bytes = received(server);
                if (bytes.empty() || !sendAll(client, bytes.data(), bytes.size()))
                    return;
            }
            if (ready[0].revents == 0)
                continue;
            const std::string request = received(client);
            if (request.empty())
                return;
            const bool now = m_cut != Cut::Never && --m_left == 0;
            const Cut cut = now ? m_cut.exchange(Cut::Never) : Cut::Never;
            if (cut == Cut::BeforeRequest || !sendAll(server, request.data(), request.size()))
                return;
            if (cut == Cut::Never)
                continue;
            const std::string reply = wholeReply(server);
            if (cut == Cut::WithinReply)
                sendAll(client, reply.data(), reply.size() / 2);
            else if (cut == Cut::AfterReply)
                sendAll(client, reply.data(), reply.size());
            return;
        }
    }

    std::string m_serverSocket;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<Cut> m_cut = Cut::Never;
    std::atomic<int> m_left = 0;
    std::atomic<bool> m_ending = false;
    std::thread m_thread;
};

} // namespace sqlgym::tests
