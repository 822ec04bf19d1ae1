#include "session/single_instance.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>

#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace sqlgym::session {

namespace {

constexpr qsizetype kLongestMessage = 300;
constexpr int kPatienceMs = 2'000;

QByteArray socketPathFor(const QString &folder)
{
    const QByteArray name = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return QFile::encodeName(runtime) + "/sqlgym-" + name;
}

bool fillAddress(const QByteArray &path, sockaddr_un &address)
{
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return false;
    address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    return true;
}

} // namespace

SingleInstance::SingleInstance(const QString &profileFolder, QObject *parent)
    : QObject(parent), m_folder(QFileInfo(profileFolder).canonicalFilePath()), m_socketPath(socketPathFor(m_folder))
{
}

SingleInstance::~SingleInstance()
{
    m_notifier.reset();
    if (m_socket >= 0) {
        ::close(m_socket);
        ::unlink(m_socketPath.constData());
    }
    if (m_lock >= 0)
        ::close(m_lock);
}

SingleInstance::Role SingleInstance::enter(const QString &slug)
{
    m_lock = ::open(QFile::encodeName(m_folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_lock >= 0 && ::flock(m_lock, LOCK_EX | LOCK_NB) != 0 && tell(slug))
        return Role::HandedOver;
    listen();
    return Role::First;
}

bool SingleInstance::tell(const QString &slug) const
{
    sockaddr_un address;
    if (!fillAddress(m_socketPath, address))
        return false;
    // The first one may be starting still: its socket comes a moment after its lock.
    for (int waited = 0; waited < kPatienceMs; waited += 50) {
        const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            return false;
        if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0) {
            const QByteArray message = "open " + slug.toUtf8().left(kLongestMessage - 10) + '\n';
            const bool sent = ::send(fd, message.constData(), static_cast<std::size_t>(message.size()), MSG_NOSIGNAL) ==
                              message.size();
            char answer = 0;
            pollfd ready{fd, POLLIN, 0};
            const bool heard = sent && ::poll(&ready, 1, kPatienceMs) == 1 && ::recv(fd, &answer, 1, 0) == 1;
            ::close(fd);
            return heard;
        }
        ::close(fd);
        ::usleep(50'000);
    }
    return false;
}

void SingleInstance::listen()
{
    sockaddr_un address;
    if (m_lock < 0 || !fillAddress(m_socketPath, address))
        return;
    m_socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_socket < 0)
        return;
    ::unlink(m_socketPath.constData()); // left by one that was killed: the lock is ours, so nobody listens there
    if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(m_socket, 8) != 0) {
        ::close(m_socket);
        m_socket = -1;
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SingleInstance::accept);
}

void SingleInstance::accept()
{
    const int fd = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0)
        return;
    QByteArray message(kLongestMessage, '\0');
    pollfd ready{fd, POLLIN, 0};
    const ssize_t got =
        ::poll(&ready, 1, 200) == 1 ? ::recv(fd, message.data(), static_cast<std::size_t>(message.size()), 0) : 0;
    message.truncate(std::max<ssize_t>(got, 0));
    if (message.startsWith("open ") && message.endsWith('\n')) {
        [[maybe_unused]] const auto told = ::send(fd, "k", 1, MSG_NOSIGNAL);
        emit requested(slugFromArgument(QString::fromUtf8(message.mid(5).trimmed())));
    }
    ::close(fd);
}

QString slugFromArgument(const QString &argument)
{
    static const QRegularExpression form(QStringLiteral("^(?:sqlgym://problem/)?([a-z0-9][a-z0-9-]{0,199})/?$"));
    const auto match = form.match(argument.trimmed());
    return match.hasMatch() ? match.captured(1) : QString();
}

} // namespace sqlgym::session
