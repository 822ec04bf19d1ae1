// What was tried at the open problem before: a list, the text of one, or how it differs from another or from the
// editor.
#pragma once

#include "session/history_work.h"
#include "session/instructor_desk.h"
#include "session/worker_thread.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <memory>

class QCheckBox;
class QLabel;
class QListView;
class QPushButton;

namespace sqlgym::models {
class AttemptListModel;
}
namespace sqlgym::widgets {
class ComparedText;
class EmptyWords;
class SqlEditor;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class CommentThread;

/// Reads when it is shown, and again when there is something new; nothing here waits.
class HistoryView : public QWidget {
    Q_OBJECT
public:
    explicit HistoryView(widgets::SqlEditor *editor, QWidget *parent = nullptr);

    void setProblem(const QString &problemId);
    /// There are others than those that were read.
    void setStale(const QString &problemId);
    void setPage(const session::AttemptPage &page);
    void setTexts(const QStringList &ids, const QStringList &texts);
    /// What instructors wrote about a submission, shown beside it; none: nothing.
    void setComments(const QString &submissionId, const std::vector<client::SubmissionComment> &comments);

signals:
    void pageWanted(const QString &problemId, int limit);
    void textsWanted(const QStringList &ids);
    void putIntoEditor(const QString &text);
    void commentsWanted(const QString &submissionId);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QStringList chosen() const;
    void ask();
    void onChosen();
    void showTexts();
    void use();
    void askForComments();

    widgets::SqlEditor *m_editor;
    models::AttemptListModel *m_model;
    QListView *m_list;
    widgets::EmptyWords *m_empty;
    QPushButton *m_more;
    QWidget *m_detail; ///< of what is chosen
    QLabel *m_caption;
    QCheckBox *m_compare;
    widgets::ComparedText *m_text;
    QPushButton *m_use;
    CommentThread *m_comments;
    QTimer m_pause; ///< while the editor's text changes
    std::unique_ptr<session::WorkerThread> m_comparer;
    quint64 m_asked = 0;
    QString m_problemId;
    QStringList m_ids;   ///< whose texts are here
    QStringList m_texts; ///< the older one first
    int m_limit = 0;
    bool m_stale = true;
};

} // namespace sqlgym::screens
