// One window per profile: the second start hands over to the first.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

#include <memory>

namespace sqlgym::session {

/// Holds a lock on the profile's folder (which ends with the process, however it ends) and listens on a socket in the
/// runtime folder. Nothing is written into the profile: a read-only one works.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const QString &profileFolder, QObject *parent = nullptr);
    ~SingleInstance() override;

    enum class Role {
        First,     ///< go on; requests of later starts arrive as requested()
        HandedOver ///< another window has the profile and was told; leave
    };
    /// `slug` (may be empty) is what the other window is to open.
    Role enter(const QString &slug);

signals:
    void requested(const QString &slug);

private:
    bool tell(const QString &slug) const;
    void listen();
    void accept();

    QString m_folder;
    QByteArray m_socketPath;
    int m_lock = -1;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/// The slug in "sqlgym://problem/SLUG" or a plain slug; empty when it is neither.
QString slugFromArgument(const QString &argument);

} // namespace sqlgym::session
