// The narrow column at the left edge: one button a screen.
#pragma once

#include <QtWidgets/QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace sqlgym::shell {

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    void addEntry(int id, const char *icon, const QString &name, const QString &tip);
    void setOffered(int id, bool offered);
    void setCurrent(int id);

signals:
    void chosen(int id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group;
    QVBoxLayout *m_column;
};

} // namespace sqlgym::shell
