// Reading and writing posts: the feed with the post beside it, or, where there is little room, in its place.
#pragma once

#include "session/community_work.h"
#include "session/store.h"

#include <QtWidgets/QWidget>

class QSplitter;
class QStackedWidget;

namespace sqlgym::screens {

class FeedPane;
class PostEditor;
class PostView;

class CommunityPosts : public QWidget {
    Q_OBJECT
public:
    enum class Form { Wide, Narrow };
    /// Narrow: posts of the open problem alone.
    CommunityPosts(session::Store &store, Form form, QWidget *parent = nullptr);

    /// What is open in Practice.
    void setProblem(const QString &id, const QString &title);
    void showPostsOf(const QString &userId, const QString &name);
    /// The profile may hold other rows; reads at once if it is seen, or when it is seen next.
    void renew();
    void writeNew();

signals:
    /// Of the wide form; the narrow one shows the posts itself.
    void personChosen(const QString &userId, const QString &name);
    void codeChosen(const QString &sql);
    void problemChosen(const QString &slug);
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectFeed();
    void connectPost();
    void connectEditor();
    void readFeed();
    void readMore();
    void renewFeed();
    void openPost(const QString &id);
    void readPost();
    void showFeed();
    void write();
    /// A write is done: what is seen is read anew, and the server told.
    void wrote();
    template <typename Work> void doWrite(Work work, const QString &done = {});

    session::Store &m_store;
    const Form m_form;
    FeedPane *m_feed;
    QStackedWidget *m_beside;
    QWidget *m_nothing;
    PostView *m_post;
    PostEditor *m_editor;
    QString m_postId;     ///< chosen; what is seen is m_post's until it has been read
    bool m_comes = false; ///< the chosen one is shown as soon as it has been read
    QString m_problemId;
    bool m_read = false;
    bool m_stale = false;
    int m_asked = 0; ///< feeds; an answer to an earlier question is not shown
};

} // namespace sqlgym::screens
