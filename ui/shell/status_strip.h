// The status bar's words: profile, engine, exact mode.
#pragma once

#include <QtCore/QObject>

class QLabel;
class QStatusBar;
class QWidget;

namespace sqlgym::shell {

class StatusStrip : public QObject {
    Q_OBJECT
public:
    explicit StatusStrip(QObject *parent) : QObject(parent) {}

    void install(QStatusBar *bar);
    void setEngines(bool postgresInstalled, bool exactMode, bool postgresFirst);
    void setBusy(bool busy);

private:
    QLabel *m_sync = nullptr;
    QLabel *m_engine = nullptr;
    QLabel *m_exact = nullptr;
    QString m_idle;
};

} // namespace sqlgym::shell
