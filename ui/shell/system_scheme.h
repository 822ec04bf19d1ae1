// Whether the desktop prefers dark and how much motion, now and when it changes its mind (XDG desktop portal).
#pragma once

#include <QtCore/QObject>
#include <QtDBus/QDBusMessage>

namespace sqlgym::shell {

class SystemScheme : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks the portal without waiting; known() follows if there is one.
    void watch();

signals:
    void known(bool dark);
    /// Whether it wants motion at all.
    void motionKnown(bool reduced);

private:
    void ask(const QString &group, const QString &key);
    void tell(const QString &group, const QString &key, const QVariant &value);

private slots:
    void onSettingChanged(const QDBusMessage &message);
};

} // namespace sqlgym::shell
