#include "screens/community_posts.h"

#include "models/feed_model.h"
#include "screens/feed_pane.h"
#include "screens/post_editor.h"
#include "screens/post_view.h"
#include "widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>

#include <utility>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kPageSize = 50;

QWidget *nothingChosen()
{
    auto *page = new QWidget;
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    auto *words = new QLabel(CommunityPosts::tr("Choose a post to read it and what others answered."));
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    column->addWidget(words);
    return page;
}

} // namespace

CommunityPosts::CommunityPosts(session::Store &store, Form form, QWidget *parent)
    : QWidget(parent), m_store(store), m_form(form), m_feed(new FeedPane(form == Form::Wide)),
      m_beside(new QStackedWidget), m_nothing(nothingChosen()), m_post(new PostView), m_editor(new PostEditor)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    m_post->setBackOffered(form == Form::Narrow);
    if (form == Form::Wide) {
        m_beside->addWidget(m_nothing);
        auto *splitter = new QSplitter(Qt::Horizontal);
        splitter->setChildrenCollapsible(false);
        splitter->addWidget(m_feed);
        splitter->addWidget(m_beside);
        splitter->setStretchFactor(0, 2);
        splitter->setStretchFactor(1, 3);
        splitter->setSizes({400, 600});
        m_feed->setMinimumWidth(260);
        m_beside->setMinimumWidth(360);
        all->addWidget(splitter);
    } else {
        m_nothing->setParent(this);
        m_nothing->hide();
        m_beside->addWidget(m_feed);
        all->addWidget(m_beside);
    }
    m_beside->addWidget(m_post);
    m_beside->addWidget(m_editor);
    setFocusProxy(m_feed);
    const auto key = [this](const QKeySequence &keys, auto run) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    key(QKeySequence(tr("Ctrl+N")), [this] { writeNew(); });
    key(QKeySequence(tr("Ctrl+O")), [this] { m_post->openCode(); });
    connectFeed();
    connectPost();
    connectEditor();
}

void CommunityPosts::connectFeed()
{
    connect(m_feed, &FeedPane::queryChanged, this, &CommunityPosts::readFeed);
    connect(m_feed->model(), &models::FeedModel::moreWanted, this, &CommunityPosts::readMore);
    connect(m_feed, &FeedPane::postChosen, this, &CommunityPosts::openPost);
    connect(m_feed, &FeedPane::postActivated, this, [this] {
        openPost(m_feed->chosen());
        m_beside->setCurrentWidget(m_post);
        m_post->setFocus();
    });
    connect(m_feed, &FeedPane::newPostChosen, this, &CommunityPosts::writeNew);
    connect(m_feed, &FeedPane::likeToggled, this, [this](const QString &id) {
        const int row = m_feed->model()->rowOf(id);
        if (row >= 0)
            doWrite([id = id.toStdString(), liked = !m_feed->model()->posts()[row].liked](session::CacheSlot &slot) {
                return session::setLiked(slot, id, liked);
            });
    });
}

void CommunityPosts::connectPost()
{
    using session::CacheSlot;
    connect(m_post, &PostView::backChosen, this, &CommunityPosts::showFeed);
    connect(m_post, &PostView::codeChosen, this, &CommunityPosts::codeChosen);
    connect(m_post, &PostView::problemChosen, this, &CommunityPosts::problemChosen);
    connect(m_post, &PostView::personChosen, this,
            m_form == Form::Wide ? &CommunityPosts::personChosen : &CommunityPosts::showPostsOf);
    connect(m_post, &PostView::followChosen, this, [this](const QString &id, bool followed) {
        doWrite([id = id.toStdString(), followed](CacheSlot &slot) { return session::setFollowed(slot, id, followed); },
                followed ? tr("You follow this person now.") : tr("You do not follow this person any more."));
    });
    connect(m_post, &PostView::likeChosen, this, [this](bool liked) {
        doWrite([id = m_post->postId().toStdString(), liked](CacheSlot &slot) {
            return session::setLiked(slot, id, liked);
        });
    });
    connect(m_post, &PostView::editChosen, this, [this] {
        m_editor->mend(m_post->page());
        m_beside->setCurrentWidget(m_editor);
        m_editor->setFocus();
    });
    connect(m_post, &PostView::deleteChosen, this, [this] {
        doWrite([id = m_post->postId().toStdString()](CacheSlot &slot) { return session::deletePost(slot, id); },
                tr("The post is deleted."));
    });
    connect(m_post, &PostView::commentWritten, this, [this](const QString &parent, const QString &text) {
        m_store.ask([id = m_post->postId().toStdString(), parent,
                     text](CacheSlot &slot) { return session::writeComment(slot, id, parent, text); },
                    this,
                    [this](const session::Written &written) {
                        if (!written.notice.isEmpty()) {
                            m_post->showNotice(written.notice);
                            return;
                        }
                        m_post->forgetComment();
                        wrote();
                    });
    });
    connect(m_post, &PostView::commentDeleteChosen, this, [this](const QString &id) {
        doWrite([id = id.toStdString()](CacheSlot &slot) { return session::deleteComment(slot, id); },
                tr("The comment is deleted."));
    });
    connect(m_post, &PostView::reportChosen, this,
            [this](const QString &kind, const QString &id, const QString &reason) {
                doWrite([kind = kind.toStdString(), id = id.toStdString(),
                         reason](CacheSlot &slot) { return session::report(slot, kind, id, reason); },
                        tr("Reported. Thank you."));
            });
    connect(m_post, &PostView::hideChosen, this, [this](const QString &kind, const QString &id) {
        doWrite([kind = kind.toStdString(),
                 id = id.toStdString()](CacheSlot &slot) { return session::hide(slot, kind, id); },
                tr("Hidden: you will not see it again."));
    });
}

void CommunityPosts::connectEditor()
{
    connect(m_editor, &PostEditor::finished, this, &CommunityPosts::write);
    connect(m_editor, &PostEditor::cancelled, this, [this] {
        if (!m_editor->mended().isEmpty())
            m_editor->clear();
        if (m_form == Form::Narrow && m_postId.isEmpty())
            showFeed();
        else
            m_beside->setCurrentWidget(m_post->postId().isEmpty() ? m_nothing : m_post);
        m_feed->setFocus();
    });
    connect(m_editor, &PostEditor::draftChanged, this, [this] {
        m_store.ask(
            [draft = m_editor->draft()](session::CacheSlot &slot) { return session::keepPostDraft(slot, draft); }, this,
            [this](const session::Notice &notice) {
                if (!notice.isEmpty())
                    m_editor->showNotice(notice);
            });
    });
}

template <typename Work> void CommunityPosts::doWrite(Work work, const QString &done)
{
    m_store.ask(std::move(work), this, [this, done](const session::Notice &notice) {
        if (!notice.isEmpty()) {
            m_post->showNotice(notice);
            return;
        }
        if (!done.isEmpty())
            emit statusMessage(done);
        wrote();
    });
}

void CommunityPosts::wrote()
{
    emit m_store.wroteForServer();
    renewFeed();
    readPost();
}

void CommunityPosts::setProblem(const QString &id, const QString &title)
{
    m_problemId = id;
    m_editor->setProblem(title, m_form == Form::Narrow);
    if (m_form == Form::Narrow) {
        m_postId.clear();
        if (m_beside->currentWidget() != m_editor)
            m_beside->setCurrentWidget(m_feed);
        m_read = false;
    }
    m_feed->setProblem(id);
    if (m_form == Form::Narrow && isVisible() && !m_read)
        readFeed();
}

void CommunityPosts::showPostsOf(const QString &userId, const QString &name) { m_feed->showPerson(userId, name); }

void CommunityPosts::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_read)
        readFeed();
    else if (m_stale)
        renew();
}

void CommunityPosts::renew()
{
    m_stale = !isVisible();
    if (m_stale)
        return;
    renewFeed();
    readPost();
}

void CommunityPosts::readFeed()
{
    const bool first = !m_read;
    m_read = true;
    cache::FeedQuery query = m_feed->query();
    query.limit = kPageSize;
    m_store.ask([query](session::CacheSlot &slot) { return session::readFeed(slot, query); }, this,
                [this, asked = ++m_asked](const session::FeedPage &page) {
                    if (asked != m_asked)
                        return;
                    m_feed->setPage(page);
                    m_feed->choose(m_postId);
                });
    if (first && m_editor->mended().isEmpty() && m_editor->draft().content.isEmpty())
        m_store.ask([](session::CacheSlot &slot) { return session::readPostDraft(slot); }, this,
                    [this](const session::PostDraft &draft) {
                        if (m_editor->draft().content.isEmpty() && m_editor->draft().code.isEmpty())
                            m_editor->setDraft(draft);
                    });
}

void CommunityPosts::readMore()
{
    cache::FeedQuery query = m_feed->query();
    query.limit = kPageSize;
    query.before = m_feed->model()->posts().last().place;
    m_store.ask([query](session::CacheSlot &slot) { return session::readFeed(slot, query); }, this,
                [this, asked = m_asked](const session::FeedPage &page) {
                    if (asked == m_asked)
                        m_feed->model()->append(page);
                });
}

void CommunityPosts::renewFeed()
{
    if (!m_read)
        return;
    cache::FeedQuery query = m_feed->query();
    query.limit = static_cast<int>(m_feed->model()->posts().size()) + kPageSize;
    m_store.ask([query](session::CacheSlot &slot) { return session::readFeed(slot, query); }, this,
                [this, asked = m_asked](const session::FeedPage &page) {
                    if (asked != m_asked)
                        return;
                    m_feed->renew(page);
                    m_feed->choose(m_postId);
                });
}

void CommunityPosts::openPost(const QString &id)
{
    if (m_beside->currentWidget() == m_editor && !m_editor->mended().isEmpty())
        return; // what is being mended stays until it is saved or left
    m_postId = id;
    m_comes = m_form == Form::Wide || m_beside->currentWidget() == m_feed;
    readPost();
}

void CommunityPosts::readPost()
{
    if (m_postId.isEmpty())
        return;
    m_store.ask([id = m_postId.toStdString()](session::CacheSlot &slot) { return session::readPost(slot, id); }, this,
                [this, id = m_postId](const session::PostPage &page) {
                    if (id != m_postId)
                        return;
                    if (page.post) {
                        m_post->setPage(page);
                        if (std::exchange(m_comes, false))
                            m_beside->setCurrentWidget(m_post);
                        return;
                    }
                    m_postId.clear();
                    m_comes = false;
                    if (m_beside->currentWidget() != m_post)
                        return;
                    if (m_form == Form::Narrow)
                        showFeed();
                    else
                        m_beside->setCurrentWidget(m_nothing);
                });
}

void CommunityPosts::showFeed()
{
    m_beside->setCurrentWidget(m_form == Form::Narrow ? m_feed : m_nothing);
    m_feed->setFocus();
}

void CommunityPosts::writeNew()
{
    m_comes = false;
    m_editor->writeNew();
    m_beside->setCurrentWidget(m_editor);
    m_editor->setFocus();
}

void CommunityPosts::write()
{
    const session::PostDraft draft = m_editor->draft();
    const QString mended = m_editor->mended();
    const QString problem = m_editor->isAboutProblem() ? m_problemId : QString();
    m_store.ask(
        [mended, problem, draft](session::CacheSlot &slot) -> session::Written {
            if (mended.isEmpty())
                return session::writePost(slot, problem, draft);
            return {mended, session::editPost(slot, mended.toStdString(), draft)};
        },
        this,
        [this](const session::Written &written) {
            if (!written.notice.isEmpty()) {
                m_editor->showNotice(written.notice);
                return;
            }
            m_editor->clear();
            m_postId = written.id;
            m_comes = true;
            wrote();
            m_feed->setFocus();
        });
}

void CommunityPosts::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_form == Form::Narrow && m_beside->currentWidget() == m_post)
        showFeed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sqlgym::screens
