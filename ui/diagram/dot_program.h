// Graphviz's `dot` as a process of its own.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QObject>

class QProcess;

namespace sqlgym::diagram {

/// One layout at a time; asking again ends the one before. Ends in laidOut(), or in nothing: dot is not installed,
/// fails, or takes more than three seconds.
class DotProgram : public QObject {
    Q_OBJECT
public:
    /// `program` as found in PATH; empty = there is none.
    explicit DotProgram(QString program, QObject *parent = nullptr);
    ~DotProgram() override;

    static QString find();

    void layOut(const QByteArray &graph);

signals:
    void laidOut(const QByteArray &json);

private:
    void stop();

    QString m_program;
    QProcess *m_process = nullptr;
};

} // namespace sqlgym::diagram
