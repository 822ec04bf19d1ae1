#include "tokens/token_store.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sqlgym::tokens {

namespace {

constexpr std::size_t kMostBytes = 4096;

/// A descriptor that is closed.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return m_number; }
    bool close()
    {
        const int number = m_number;
        m_number = -1;
        return number < 0 || ::close(number) == 0;
    }

private:
    int m_number;
};

base::Error error(const char *code, std::string message) { return {"tokens", code, std::move(message)}; }

class TokenFile final : public TokenStore {
public:
    explicit TokenFile(std::string path) : m_path(std::move(path)) {}

    base::Result<std::optional<base::Secret>> read(const std::string &address) override
    {
        const Descriptor file(open(m_path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
        if (file.get() < 0 && errno == ENOENT)
            return std::optional<base::Secret>();
        if (file.get() < 0 && errno == ELOOP)
            return unsafe("is a link");
        if (file.get() < 0)
            return error("cannot_read", "The token file " + m_path + " cannot be read: " + std::strerror(errno) + ".");
        if (auto safe = checked(file.get()); !safe)
            return safe.error();
        std::array<char, kMostBytes> bytes{};
        std::size_t size = 0;
        ssize_t got = 0;
        while (size < bytes.size() && (got = ::read(file.get(), bytes.data() + size, bytes.size() - size)) > 0)
            size += static_cast<std::size_t>(got);
        auto token = parsed({bytes.data(), size}, address);
        base::wipe(bytes.data(), bytes.size());
        return token;
    }

    base::Result<void> write(const std::string &address, const base::Secret &token) override
    {
        if (address.find('\n') != std::string::npos)
            return error("cannot_write", "The server's address holds a line break.");
        std::string making = m_path + ".XXXXXX";
        Descriptor file(mkostemp(making.data(), O_CLOEXEC)); // with mode 0600
        if (file.get() < 0)
            return cannotWrite();
        base::Secret text(address);
        text.append("\n");
        text.append(token.view());
        text.append("\n");
        const bool written = ::write(file.get(), text.c_str(), text.size()) == static_cast<ssize_t>(text.size()) &&
                             fsync(file.get()) == 0 && file.close() && rename(making.c_str(), m_path.c_str()) == 0;
        if (written)
            return {};
        const base::Error why = cannotWrite();
        unlink(making.c_str());
        return why;
    }

    base::Result<void> remove(const std::string &address) override
    {
        const auto kept = read(address);
        // Another server's session is not ours to forget.
        if (!kept && kept.error().code == "other_address")
            return {};
        if (unlink(m_path.c_str()) != 0 && errno != ENOENT)
            return cannotWrite();
        return {};
    }

    std::string name() const override { return "the file " + m_path; }

private:
    base::Error unsafe(const std::string &why) const
    {
        return error("unsafe_file", "The token file " + m_path + " " + why +
                                        ", so it is not used. Remove it, or make it yours alone (chmod 600).");
    }

    base::Error cannotWrite() const
    {
        return error("cannot_write", "The token file " + m_path + " cannot be written: " + std::strerror(errno) + ".");
    }

    base::Result<void> checked(int file) const
    {
        struct stat about = {};
        if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
            return unsafe("is no ordinary file");
        if (about.st_uid != geteuid())
            return unsafe("belongs to somebody else");
        if ((about.st_mode & 077) != 0)
            return unsafe("can be read or written by others");
        return {};
    }

    base::Result<std::optional<base::Secret>> parsed(std::string_view text, const std::string &address) const
    {
        const std::size_t first = text.find('\n');
        const std::size_t second = first == std::string_view::npos ? first : text.find('\n', first + 1);
        if (second == std::string_view::npos || second + 1 != text.size())
            return error("bad_file", "The file " + m_path + " holds no token of SQLGym's. Sign in anew.");
        if (text.substr(0, first) != address)
            return error("other_address",
                         "The token file " + m_path +
                             " is of another server, and is not shown to this one. Sign in with another "
                             "file.");
        return std::optional<base::Secret>(base::Secret(text.substr(first + 1, second - first - 1)));
    }

    std::string m_path;
};

} // namespace

std::unique_ptr<TokenStore> tokenFile(std::string path) { return std::make_unique<TokenFile>(std::move(path)); }

} // namespace sqlgym::tokens
