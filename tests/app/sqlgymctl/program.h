// The real sqlgymctl with a profile of its own.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/stat.h>

namespace sqlgym::tests {

class Program {
public:
    Program() { chmod(m_profile.path().toUtf8().constData(), 0711); }

    void start(QStringList arguments)
    {
        m_process.start(SQLGYMCTL, QStringList{"--profile", m_profile.path()} + arguments);
        m_process.waitForStarted();
    }
    QJsonObject ask(const QByteArray &line)
    {
        m_process.write(line + '\n');
        return QJsonDocument::fromJson(readLine()).object();
    }
    QByteArray readLine()
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(60'000)) {
        }
        return m_process.readLine();
    }
    /// Ends the input; the exit code.
    int finish()
    {
        m_process.closeWriteChannel();
        return m_process.waitForFinished(60'000) ? m_process.exitCode() : -1;
    }
    QProcess &process() { return m_process; }
    QString profile() const { return m_profile.path(); }

private:
    QTemporaryDir m_profile;
    QProcess m_process;
};

} // namespace sqlgym::tests
