// Which server, and how it is reached: between libpq's text and the fields of a form.
#pragma once

#include <QtCore/QMap>
#include <QtCore/QString>

#include <optional>

namespace sqlgym::session {

/// Keywords of libpq with their values; what a form has no field for is kept as it came.
class ServerAddress {
public:
    ServerAddress() = default;
    /// `dsn` as keywords or as postgresql://…; nothing where it is neither.
    static std::optional<ServerAddress> read(const QString &dsn);

    bool isEmpty() const { return m_values.isEmpty(); }
    QString value(const QString &keyword) const { return m_values.value(keyword); }
    /// An empty value takes the keyword out: what stands for it then is gateway::endpoint()'s to say.
    void set(const QString &keyword, const QString &value);

    QString host() const { return value(QStringLiteral("host")); }
    bool hasPassword() const { return m_values.contains(QStringLiteral("password")); }
    /// "gym.example.org", with the port where it is another than usual.
    QString shown() const;
    /// The text, as keywords.
    QString dsn() const;

    bool operator==(const ServerAddress &) const = default;

private:
    QMap<QString, QString> m_values;
};

} // namespace sqlgym::session
