// What is wrong with what somebody wrote, for those who look after the community.
#pragma once

#include <QtWidgets/QFrame>

class QComboBox;

namespace sqlgym::screens {

class ReportForm : public QFrame {
    Q_OBJECT
public:
    explicit ReportForm(QWidget *parent = nullptr);

    void open(const QString &kind, const QString &id);

signals:
    void reported(const QString &kind, const QString &id, const QString &reason);

private:
    QComboBox *m_reason;
    QString m_kind;
    QString m_id;
};

} // namespace sqlgym::screens
