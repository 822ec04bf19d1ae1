#include "diagram/dot_program.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>

#include <utility>

namespace sqlgym::diagram {

namespace {

constexpr int kPatienceMs = 3000;
constexpr int kDeathMs = 200; // of a process that has been killed: a millisecond or so

} // namespace

DotProgram::DotProgram(QString program, QObject *parent) : QObject(parent), m_program(std::move(program)) {}

DotProgram::~DotProgram() { stop(); }

QString DotProgram::find() { return QStandardPaths::findExecutable(QStringLiteral("dot")); }

void DotProgram::stop()
{
    auto *process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    if (process->state() != QProcess::NotRunning) {
        process->kill();
        process->waitForFinished(kDeathMs);
    }
    process->deleteLater();
}

void DotProgram::layOut(const QByteArray &graph)
{
    stop();
    if (m_program.isEmpty())
        return;
    m_process = new QProcess(this);
    m_process->setStandardErrorFile(QProcess::nullDevice());
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        const QByteArray json = m_process->readAllStandardOutput();
        stop();
        if (code == 0 && status == QProcess::NormalExit)
            emit laidOut(json);
    });
    QTimer::singleShot(kPatienceMs, m_process, [this, process = m_process] {
        if (process == m_process)
            stop();
    });
    m_process->start(m_program, {QStringLiteral("-Tjson")});
    m_process->write(graph);
    m_process->closeWriteChannel();
}

} // namespace sqlgym::diagram
