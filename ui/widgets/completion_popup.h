// The list below the cursor while a word is being completed.
#pragma once

#include "assist/complete.h"

#include <QtWidgets/QFrame>

class QLabel;
class QListView;
class QStandardItemModel;

namespace sqlgym::widgets {

class SqlEditor;

/// The keyboard stays with the editor: Up, Down and the page keys move, Enter and Tab take, Esc closes.
class CompletionPopup : public QFrame {
    Q_OBJECT
public:
    explicit CompletionPopup(SqlEditor *editor);

    /// Shows itself at the word; hides when there is nothing to show.
    void propose(assist::Completion completion);

signals:
    void chosen(const sqlgym::assist::Proposal &proposal, int byteBegin);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool takeKey(int key);
    void move(int rows);
    void choose(int row);
    void showDetail();
    void place();

    SqlEditor *m_editor;
    QStandardItemModel *m_model;
    QListView *m_list;
    QWidget *m_rule;
    QLabel *m_detail;
    assist::Completion m_completion;
};

} // namespace sqlgym::widgets
