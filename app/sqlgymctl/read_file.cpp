#include "read_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sqlgym::ctl {

// By stdio rather than streams: an interrupted read has to end.
base::Result<std::string> readFile(const std::string &file)
{
    std::FILE *in = file == "-" ? stdin : std::fopen(file.c_str(), "rb");
    const auto error = [&] {
        return base::Error{"sqlgymctl", "cannot_read", "Cannot read " + file + ": " + std::strerror(errno) + "."};
    };
    if (!in)
        return error();
    std::string text;
    char buffer[65536];
    std::size_t got = 0;
    errno = 0;
    while ((got = std::fread(buffer, 1, sizeof buffer, in)) > 0)
        text.append(buffer, got);
    const bool broken = std::ferror(in) != 0;
    base::Result<std::string> result = broken ? base::Result<std::string>(error()) : base::Result<std::string>(text);
    if (in != stdin)
        std::fclose(in);
    return result;
}

} // namespace sqlgym::ctl
