// The status bar's words about the engines.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>

class QLabel;
class QStatusBar;
class QWidget;

namespace sqlgym::shell {

class StatusStrip : public QObject {
    Q_OBJECT
public:
    explicit StatusStrip(QObject *parent);

    void install(QStatusBar *bar);
    void setEngines(bool postgresInstalled, bool exactMode, bool postgresFirst);
    void setBusy(bool busy);

private:
    QLabel *m_engine = nullptr;
    QLabel *m_exact = nullptr;
    QString m_idle;
    QTimer m_busyTimer; ///< a run that is over at once is not told
};

} // namespace sqlgym::shell
