// SQL to be read: in the editor's colours, never to be run or changed here.
#pragma once

#include <QtWidgets/QPlainTextEdit>

namespace sqlgym::widgets {

class SqlText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit SqlText(QWidget *parent = nullptr);

    /// As high as its lines, from one to `mostLines`.
    void showSql(const QString &sql, int mostLines = 8);

protected:
    /// What is shown whole leaves the wheel to the page.
    void wheelEvent(QWheelEvent *event) override;

private:
    void takeTheme();
    void fit();

    int m_mostLines = 8;
};

} // namespace sqlgym::widgets
