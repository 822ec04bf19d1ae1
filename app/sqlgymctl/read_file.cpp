#include "read_file.h"

#include "interrupt.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace sqlgym::ctl {

base::Result<std::string> readFile(const std::string &file)
{
    const auto error = [&](int number) {
        return base::Error{"sqlgymctl", "cannot_read", "Cannot read " + file + ": " + std::strerror(number) + ".",
                           false};
    };
    const int in = file == "-" ? STDIN_FILENO : open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return error(errno);
    std::string text;
    char buffer[65536];
    int failure = 0;
    while (true) {
        if (!waitForInput(in)) {
            failure = EINTR;
            break;
        }
        const ssize_t got = read(in, buffer, sizeof buffer);
        if (got <= 0) {
            failure = got < 0 ? errno : 0;
            break;
        }
        text.append(buffer, static_cast<std::size_t>(got));
    }
    if (in != STDIN_FILENO)
        close(in);
    return failure != 0 ? base::Result<std::string>(error(failure)) : base::Result<std::string>(std::move(text));
}

} // namespace sqlgym::ctl
