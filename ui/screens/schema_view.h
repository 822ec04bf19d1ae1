// A problem's tables: their columns, or a diagram of them, above sample rows.
#pragma once

#include "session/values.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTabBar;
class QTreeView;

namespace sqlgym::diagram {
class DiagramView;
}

namespace sqlgym::models {
class ResultTableModel;
class SchemaModel;
} // namespace sqlgym::models

namespace sqlgym::widgets {
class ResultGrid;
}

namespace sqlgym::screens {

class SchemaView : public QWidget {
    Q_OBJECT
public:
    explicit SchemaView(QWidget *parent = nullptr);

    void setProblem(const session::ProblemPtr &problem);
    /// Whether the rows of hidden tests may be seen.
    void setUnlocked(bool unlocked);
    /// The rows of a test in place of the sample data; empty: the sample data. Ends in dataChosen().
    void chooseData(const QString &testId);
    enum Form { Columns, Diagram };
    void showForm(Form form);
    void focusForm() const;
    Form form() const;

signals:
    /// A table or column was double-clicked (or Enter pressed on it): its name, quoted where SQL needs it; or a join
    /// was asked for in the diagram: its FROM clause.
    void textChosen(const QString &sql);
    /// Whose rows are shown: a test's id, or empty for the sample data.
    void dataChosen(const QString &testId);

private:
    QWidget *makeBar();
    void makeDiagram();
    void fillData();
    const content::TestCase *chosenTest() const;
    void showRowsOf(const content::Table *table);
    void savePicture();
    void describe(const QString &words);

    session::ProblemPtr m_problem;
    QTabBar *m_forms;
    QWidget *m_tools; ///< of the diagram
    QStackedWidget *m_upper;
    diagram::DiagramView *m_diagram = nullptr; ///< made when first looked at
    QLabel *m_words = nullptr;                 ///< what the diagram has lit
    QString m_described;

    models::SchemaModel *m_model;
    models::ResultTableModel *m_rows;
    QTreeView *m_tree;
    QComboBox *m_data;
    bool m_unlocked = false;
    QLabel *m_caption;
    widgets::ResultGrid *m_grid;
    const content::Table *m_shown = nullptr;

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace sqlgym::screens
