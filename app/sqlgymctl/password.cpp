#include "password.h"

#include "interrupt.h"

#include "client/trouble.h"

#include <cerrno>
#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace sqlgym::ctl {

namespace {

/// bcrypt takes 72 bytes; more than this is no password.
constexpr std::size_t kMostBytes = 1024;

class WithoutEcho {
public:
    WithoutEcho()
    {
        m_changed = tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        quiet.c_lflag |= ECHONL;
        m_changed = m_changed && tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~WithoutEcho()
    {
        if (m_changed)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    WithoutEcho(const WithoutEcho &) = delete;
    WithoutEcho &operator=(const WithoutEcho &) = delete;

private:
    termios m_before = {};
    bool m_changed = false;
};

/// Byte by byte, past no buffer of the library's that nobody would wipe.
base::Result<base::Secret> readLine(const base::CancelToken &cancel)
{
    base::Secret line;
    char byte = 0;
    for (;;) {
        const bool there = waitForInput(STDIN_FILENO);
        const ssize_t got = there ? read(STDIN_FILENO, &byte, 1) : -1;
        if (!there || cancel.cancelled())
            return client::makeError(client::Trouble::Cancelled, "Cancelled.");
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || byte == '\n')
            break;
        if (byte == '\0' || line.size() >= kMostBytes)
            return base::Error{"sqlgymctl", "no_password", "This is no password: it is too long, or holds a NUL."};
        line.append({&byte, 1});
    }
    base::wipe(&byte, 1);
    if (!line.empty() && line.view().back() == '\r')
        line = base::Secret(line.view().substr(0, line.size() - 1));
    if (line.empty())
        return base::Error{"sqlgymctl", "no_password",
                           "No password came. It is asked for at a terminal, or is the first line of standard input."};
    return line;
}

} // namespace

base::Result<base::Secret> readPassword(bool twice, const base::CancelToken &cancel)
{
    if (isatty(STDIN_FILENO) == 0)
        return readLine(cancel);
    const WithoutEcho quiet;
    std::cerr << "Password: " << std::flush;
    auto first = readLine(cancel);
    if (!first || !twice)
        return first;
    std::cerr << "Once more: " << std::flush;
    auto second = readLine(cancel);
    if (!second)
        return second;
    if (first->view() != second->view())
        return base::Error{"sqlgymctl", "passwords_differ", "The two are not the same. Nothing was sent."};
    return first;
}

} // namespace sqlgym::ctl
