// Queries with a line on each: wrong ones, right ones, equivalent mutants.
#pragma once

#include <QtCore/QJsonArray>
#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace sqlgym::widgets {
class SqlEditor;
}

namespace sqlgym::screens {

class QueryList : public QWidget {
    Q_OBJECT
public:
    /// The members of its objects, and what is said of the line: "What is wrong in it".
    QueryList(const QString &sqlMember, const QString &lineMember, const QString &name, const QString &lineName,
              QWidget *parent = nullptr);

    void setQueries(const QJsonArray &queries);
    const QJsonArray &queries() const { return m_queries; }
    void choose(int row);

signals:
    void edited();

private:
    void fillList();
    void showCurrent();
    void takeCurrent();
    void addQuery();
    void removeQuery();

    QString m_sqlMember, m_lineMember;
    QJsonArray m_queries;
    QListWidget *m_list;
    QLineEdit *m_line;
    widgets::SqlEditor *m_sql;
    QPushButton *m_remove;
    int m_documents = 0;
    bool m_filling = false;
};

} // namespace sqlgym::screens
