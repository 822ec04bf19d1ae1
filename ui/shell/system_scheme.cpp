#include "shell/system_scheme.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>

namespace sqlgym::shell {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");
const QString kMotionGroup = QStringLiteral("org.gnome.desktop.interface");
const QString kMotionKey = QStringLiteral("enable-animations");
constexpr uint kPrefersDark = 1; // 0: no preference, 2: light

/// Read() wraps the value twice.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>() && value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

void SystemScheme::watch()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(QString(), kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QDBusMessage)));
    ask(kGroup, kKey);
    ask(kMotionGroup, kMotionKey);
}

void SystemScheme::ask(const QString &group, const QString &key)
{
    auto call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << group << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError())
            tell(group, key, reply.value().variant());
        watcher->deleteLater();
    });
}

void SystemScheme::tell(const QString &group, const QString &key, const QVariant &value)
{
    if (group == kGroup && key == kKey)
        emit known(unwrapped(value).toUInt() == kPrefersDark);
    else if (group == kMotionGroup && key == kMotionKey)
        emit motionKnown(!unwrapped(value).toBool());
}

void SystemScheme::onSettingChanged(const QDBusMessage &message)
{
    const QVariantList words = message.arguments();
    if (words.size() == 3)
        tell(words[0].toString(), words[1].toString(), words[2]);
}

} // namespace sqlgym::shell
