// Find (and replace) in the editor, below it.
#pragma once

#include <QtWidgets/QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace sqlgym::widgets {

class SqlEditor;

class FindBar : public QWidget {
    Q_OBJECT
public:
    FindBar(SqlEditor *editor, QWidget *parent = nullptr);

    /// Shows the bar with the selected word in it.
    void open(bool withReplace);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool find(bool forward, bool fromSelectionStart = false);
    void replaceOne();
    void replaceAll();
    void closeBar();

    SqlEditor *m_editor;
    QLineEdit *m_words;
    QLineEdit *m_replacement;
    QWidget *m_replaceRow;
    QCheckBox *m_case;
    QLabel *m_state;
};

} // namespace sqlgym::widgets
