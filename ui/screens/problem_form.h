// A problem as a form in sections: what instructors write.
#pragma once

#include "models/findings.h"

#include "session/draft_files.h"

#include <QtCore/QSet>
#include <QtWidgets/QTabWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace sqlgym::widgets {
class MarkdownView;
class SqlEditor;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ContractFields;
class FieldBox;
class JsonField;
class QueryList;

/// Members that nobody touches stay as they came.
class ProblemForm : public QTabWidget {
    Q_OBJECT
public:
    explicit ProblemForm(QWidget *parent = nullptr);

    void setTopics(const QStringList &names);
    void setDraft(const session::KeptDraft &draft);
    QJsonObject definition() const;
    /// Members whose text is no JSON at present.
    QHash<QString, QString> brokenTexts() const;
    /// As if it were typed.
    void setTests(const QJsonArray &tests);
    /// Each at its field; those of no field are left over.
    QList<models::FieldFinding> showFindings(const QList<models::FieldFinding> &findings);
    /// The first section with a fault comes to the front.
    void showFirstFault();
    void setFilling(bool filling);

signals:
    void edited();
    void expectedWanted();

private:
    void addBasics();
    void addStatement();
    void addTables();
    void addTests();
    void addHints();
    void addSolution();
    void addQueries();
    QWidget *section(const QString &name, QWidget *content, bool scrolls);
    FieldBox *box(const QString &name, QWidget *field, const QStringList &pointers, bool stretches = false);
    QLineEdit *line(const QString &name, const QString &member, int longest);
    QPlainTextEdit *prose(const QString &member);
    void touch(const QString &member);

    QList<FieldBox *> m_boxes;
    QStringList m_sections;
    QJsonObject m_base;
    QSet<QString> m_touched;
    bool m_filling = false;

    QLineEdit *m_title = nullptr, *m_slug = nullptr, *m_tags = nullptr, *m_company = nullptr;
    QComboBox *m_topic = nullptr, *m_difficulty = nullptr;
    QSpinBox *m_order = nullptr;
    QCheckBox *m_premium = nullptr;
    QPlainTextEdit *m_statement = nullptr, *m_explanation = nullptr, *m_misconceptions = nullptr;
    widgets::MarkdownView *m_preview = nullptr, *m_explained = nullptr;
    ContractFields *m_contract = nullptr;
    JsonField *m_tables = nullptr, *m_tests = nullptr;
    QPushButton *m_fill = nullptr;
    QList<QPlainTextEdit *> m_hints;
    widgets::SqlEditor *m_solution = nullptr;
    QueryList *m_wrong = nullptr, *m_right = nullptr, *m_equivalent = nullptr;
    int m_documents = 0;
};

} // namespace sqlgym::screens
