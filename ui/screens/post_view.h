// One post, in full: its text, its code, what others answered.
#pragma once

#include "session/community_work.h"

#include <QtWidgets/QWidget>

class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace sqlgym::models {
class CommentModel;
}
namespace sqlgym::widgets {
class ElidedLabel;
class MarkdownView;
class NoticeBar;
class SendEdit;
class SqlText;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ReportForm;

class PostView : public QWidget {
    Q_OBJECT
public:
    explicit PostView(QWidget *parent = nullptr);

    /// The same post anew keeps place, choice and what is being written.
    void setPage(const session::PostPage &page);
    const session::PostPage &page() const { return m_page; }
    QString postId() const { return m_page.post ? m_page.post->id : QString(); }
    void setBackOffered(bool offered);
    /// The comment was taken: its text may go.
    void forgetComment();
    void showNotice(const session::Notice &notice);
    /// Emits codeChosen, if there is some; what may give an answer away is uncovered first.
    void openCode();

signals:
    void backChosen();
    void likeChosen(bool liked);
    void editChosen();
    void deleteChosen();
    void commentWritten(const QString &parentId, const QString &text);
    void commentDeleteChosen(const QString &id);
    /// `kind`: post, comment or user.
    void reportChosen(const QString &kind, const QString &id, const QString &reason);
    void hideChosen(const QString &kind, const QString &id);
    void personChosen(const QString &id, const QString &name);
    void followChosen(const QString &userId, bool followed);
    void problemChosen(const QString &slug);
    void codeChosen(const QString &sql);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *head();
    QWidget *actions();
    QWidget *commentRow();
    void connectParts();
    void fitContent();
    void onAnchor(const QUrl &url);
    void ask(const QString &question, const QString &yes, std::function<void()> then);
    void report(const QString &kind, const QString &id);
    const session::CommentEntry *chosen() const;
    void answer(const QString &commentId);
    void send();
    void showChoice();
    void showCode();

    session::PostPage m_page;
    bool m_covered = false; ///< its code, until the learner asks for it
    QString m_answered;     ///< the comment; empty: the post
    QToolButton *m_back;
    QPushButton *m_author;
    widgets::ElidedLabel *m_when;
    QPushButton *m_problem;
    widgets::MarkdownView *m_content;
    QLabel *m_leftOut;
    widgets::SqlText *m_code;
    QPushButton *m_uncover;
    QPushButton *m_open;
    QPushButton *m_like;
    QPushButton *m_edit;
    QPushButton *m_delete;
    QToolButton *m_more;
    widgets::NoticeBar *m_notice;
    ReportForm *m_report;
    QLabel *m_count;
    QListView *m_comments;
    models::CommentModel *m_model;
    QPushButton *m_answer;
    QPushButton *m_remove;
    QToolButton *m_moreOfComment;
    QWidget *m_choice;
    QLabel *m_answering;
    widgets::SendEdit *m_text;
    QPushButton *m_send;
};

} // namespace sqlgym::screens
