#include "screens/post_view.h"

#include "models/comment_model.h"
#include "models/feed_model.h"
#include "models/labels.h"
#include "screens/report_form.h"
#include "screens/web_page_offer.h"
#include "widgets/comment_delegate.h"
#include "widgets/elided_label.h"
#include "widgets/empty_words.h"
#include "widgets/icons.h"
#include "widgets/markdown_view.h"
#include "widgets/notice_bar.h"
#include "widgets/send_edit.h"
#include "widgets/sql_text.h"
#include "widgets/tame_markdown.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kMostComment = 5'000; ///< characters that the server takes
constexpr int kCodeLines = 6;

QPushButton *flatButton()
{
    auto *button = new QPushButton;
    button->setFlat(true);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

/// A name that is somebody's own: no wider than so many pixels, no letter of it a shortcut.
void setNameOn(QPushButton *button, const QString &name, int width)
{
    const QString shown = QFontMetrics(button->font()).elidedText(name, Qt::ElideRight, width);
    button->setText(QString(shown).replace(u'&', QStringLiteral("&&")));
    button->setToolTip(shown == name ? QString() : models::plainTip(name));
}

QToolButton *moreButton(const QString &name)
{
    auto *button = new QToolButton;
    button->setText(PostView::tr("More"));
    button->setAccessibleName(name);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setMenu(new QMenu(button));
    return button;
}

} // namespace

PostView::PostView(QWidget *parent)
    : QWidget(parent), m_back(new QToolButton), m_author(flatButton()), m_when(new ElidedLabel),
      m_problem(flatButton()), m_content(new MarkdownView), m_leftOut(new QLabel), m_code(new SqlText),
      m_uncover(new QPushButton(tr("Show the query: it may give the answer away"))),
      m_open(new QPushButton(tr("&Open in the editor"))), m_like(new QPushButton), m_edit(new QPushButton(tr("&Edit"))),
      m_delete(new QPushButton(tr("&Delete"))), m_more(moreButton(tr("More about the post"))), m_notice(new NoticeBar),
      m_report(new ReportForm), m_count(new QLabel), m_comments(new QListView), m_model(new models::CommentModel(this)),
      m_answer(new QPushButton(tr("&Answer"))), m_remove(new QPushButton(tr("Delete comment"))),
      m_moreOfComment(moreButton(tr("More about the comment"))), m_choice(new QWidget), m_answering(new QLabel),
      m_text(new SendEdit), m_send(new QPushButton(tr("&Send")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_content->setAccessibleName(tr("Post"));
    m_content->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_code->setAccessibleName(tr("Code of the post"));
    m_leftOut->setWordWrap(true);
    m_leftOut->setContentsMargins(space::l, 0, space::l, 0);
    m_notice->setAccessibleName(tr("Notice of the post"));
    m_notice->setClosable(true);
    m_notice->hide();
    m_count->setFont(textFont(TypeSize::Body, true));
    m_count->setContentsMargins(space::m, space::s, space::m, 0);
    m_comments->setModel(m_model);
    m_comments->setItemDelegate(new CommentDelegate(m_comments));
    m_comments->setAccessibleName(tr("Comments"));
    m_comments->setFrameShape(QFrame::NoFrame);
    m_comments->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_comments->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_comments->setResizeMode(QListView::Adjust);
    m_comments->setMinimumHeight(80);
    m_comments->installEventFilter(this);
    new EmptyWords(m_comments, tr("Nobody has answered yet."));
    m_text->setAccessibleName(tr("Comment text"));
    m_text->setFixedHeight(m_text->heightOf(2));
    m_text->setPlaceholderText(tr("Write a comment (Ctrl+Enter sends it)"));
    m_answering->setTextFormat(Qt::PlainText);
    m_answering->hide();

    auto *code = new QHBoxLayout;
    code->setContentsMargins(space::l, space::xs, space::l, space::xs);
    code->addWidget(m_code, 1);
    code->addWidget(m_uncover);
    auto *reply = new QHBoxLayout;
    reply->setContentsMargins(space::m, space::xs, space::m, space::s);
    reply->setSpacing(space::s);
    reply->addWidget(m_text, 1);
    reply->addWidget(m_send, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head());
    column->addWidget(m_notice);
    column->addWidget(m_report);
    column->addWidget(m_content, 3);
    column->addWidget(m_leftOut);
    column->addLayout(code);
    column->addWidget(actions());
    column->addWidget(m_count);
    column->addWidget(m_comments, 2);
    column->addWidget(commentRow());
    column->addLayout(reply);
    setFocusProxy(m_content);
    connectParts();
    setBackOffered(false);
}

QWidget *PostView::head()
{
    m_back->setIcon(icon("previous"));
    m_back->setAutoRaise(true);
    m_back->setAccessibleName(tr("Back to the posts"));
    m_back->setToolTip(tr("Back to the posts (Esc)"));
    m_back->setFocusPolicy(Qt::StrongFocus);
    m_author->setAccessibleName(tr("Author"));
    m_author->setFont(textFont(TypeSize::Body, true));
    m_problem->setAccessibleName(tr("Problem of the post"));
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(space::s, space::s, space::m, 0);
    row->setSpacing(space::xs);
    row->addWidget(m_back);
    row->addWidget(m_author);
    row->addWidget(m_when, 1);
    row->addWidget(m_problem);
    return page;
}

QWidget *PostView::actions()
{
    m_like->setAccessibleName(tr("Like"));
    m_like->setCheckable(true);
    m_uncover->setToolTip(tr("You have not solved this problem yet. (Ctrl+O)"));
    m_open->setIcon(icon("run"));
    m_open->setToolTip(tr("As a scratch tab of the editor (Ctrl+O)"));
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(space::m, space::xs, space::m, space::xs);
    row->setSpacing(space::s);
    row->addWidget(m_like);
    row->addWidget(m_open);
    row->addStretch(1);
    row->addWidget(m_edit);
    row->addWidget(m_delete);
    row->addWidget(m_more);
    return page;
}

QWidget *PostView::commentRow()
{
    auto *row = new QHBoxLayout(m_choice);
    row->setContentsMargins(space::m, space::xs, space::m, 0);
    row->setSpacing(space::s);
    row->addWidget(m_answering, 1);
    row->addStretch(1);
    row->addWidget(m_answer);
    row->addWidget(m_remove);
    row->addWidget(m_moreOfComment);
    return m_choice;
}

void PostView::connectParts()
{
    connect(m_back, &QToolButton::clicked, this, &PostView::backChosen);
    connect(m_author, &QPushButton::clicked, this,
            [this] { emit personChosen(m_page.post->authorId, m_page.post->author); });
    connect(m_problem, &QPushButton::clicked, this, [this] { emit problemChosen(m_page.post->problemSlug); });
    connect(m_like, &QPushButton::clicked, this, &PostView::likeChosen);
    connect(m_open, &QPushButton::clicked, this, &PostView::openCode);
    connect(m_uncover, &QPushButton::clicked, this, [this] {
        openCode();
        m_open->setFocus();
    });
    connect(m_edit, &QPushButton::clicked, this, &PostView::editChosen);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        ask(tr("Delete this post and its comments?"), tr("Delete it"), [this] { emit deleteChosen(); });
    });
    connect(m_content, &QTextBrowser::anchorClicked, this, &PostView::onAnchor);
    connect(m_content->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &PostView::fitContent);
    connect(m_report, &ReportForm::reported, this, &PostView::reportChosen);
    connect(m_more->menu(), &QMenu::aboutToShow, this, [this] {
        auto *menu = m_more->menu();
        menu->clear();
        menu->addAction(m_page.post->followed ? tr("Do not &follow this person any more") : tr("&Follow this person"),
                        this, [this] { emit followChosen(m_page.post->authorId, !m_page.post->followed); });
        menu->addAction(tr("&Report the post\u2026"), this, [this] { report(QStringLiteral("post"), postId()); });
        menu->addAction(tr("&Hide the post"), this, [this] { emit hideChosen(QStringLiteral("post"), postId()); });
        menu->addAction(tr("Hide &everything of this person"), this, [this] {
            ask(tr("Hide all that this person writes?"), tr("Hide it"),
                [this] { emit hideChosen(QStringLiteral("user"), m_page.post->authorId); });
        });
    });
    connect(m_moreOfComment->menu(), &QMenu::aboutToShow, this, [this] {
        auto *menu = m_moreOfComment->menu();
        menu->clear();
        const auto *comment = chosen();
        if (!comment)
            return;
        menu->addAction(tr("More about this &person"), this,
                        [this, id = comment->authorId, name = comment->author] { emit personChosen(id, name); });
        if (comment->own)
            return;
        menu->addAction(tr("&Report the comment\u2026"), this,
                        [this, id = comment->id] { report(QStringLiteral("comment"), id); });
        menu->addAction(tr("&Hide the comment"), this,
                        [this, id = comment->id] { emit hideChosen(QStringLiteral("comment"), id); });
    });
    connect(m_comments->selectionModel(), &QItemSelectionModel::currentChanged, this, &PostView::showChoice);
    connect(m_model, &QAbstractItemModel::modelReset, this, &PostView::showChoice);
    connect(m_comments, &QListView::activated, this, [this] {
        if (const auto *comment = chosen())
            answer(comment->id);
    });
    connect(m_answer, &QPushButton::clicked, this, [this] {
        const auto *comment = chosen();
        answer(comment && m_answered != comment->id ? comment->id : QString());
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const auto *comment = chosen())
            ask(tr("Delete your comment?"), tr("Delete it"),
                [this, id = comment->id] { emit commentDeleteChosen(id); });
    });
    connect(m_text, &SendEdit::sent, this, &PostView::send);
    connect(m_text, &SendEdit::left, this, [this] { answer({}); });
    connect(m_send, &QPushButton::clicked, this, &PostView::send);
    connect(m_text, &QPlainTextEdit::textChanged, this,
            [this] { m_send->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
    m_send->setEnabled(false);
}

void PostView::setBackOffered(bool offered) { m_back->setVisible(offered); }

void PostView::setPage(const session::PostPage &page)
{
    const bool same = page.post && page.post->id == postId();
    const QString current = chosen() ? chosen()->id : QString();
    const int scrolled = m_comments->verticalScrollBar()->value();
    m_page = page;
    if (!page.post)
        return;
    const auto &post = *page.post;
    if (!same) {
        m_notice->hide();
        m_report->hide();
        m_text->clear();
        m_answered.clear();
    }
    setNameOn(m_author, post.author, 180);
    m_author->setAccessibleDescription(tr("%1: more about this person").arg(post.author));
    QString when = QLocale().toString(post.written, QLocale::ShortFormat);
    if (post.edited)
        when += tr(" \u00b7 edited");
    if (post.waiting)
        when += tr(" \u00b7 not sent yet");
    m_when->setText(when);
    m_problem->setVisible(!post.problemSlug.isEmpty());
    setNameOn(m_problem, post.problemTitle, 160);
    m_content->setMarkdownText(tameMarkdown(page.content));
    m_leftOut->setVisible(page.leftOut > 0);
    m_leftOut->setText(
        tr("The post goes on for another %1 characters, which are not shown.").arg(QLocale().toString(page.leftOut)));
    m_covered = page.spoils && (!same || m_covered);
    showCode();
    m_like->setIcon(icon(post.liked ? "liked" : "like"));
    m_like->setChecked(post.liked);
    m_like->setText(QLocale().toString(post.likes));
    m_like->setToolTip(post.liked ? tr("You like it: take that back") : tr("I like it"));
    m_edit->setVisible(post.own);
    m_edit->setEnabled(page.leftOut == 0);
    m_delete->setVisible(post.own);
    m_more->setVisible(!post.own);
    m_count->setText(page.moreComments ? tr("Comments (the first 2,000 of %1)").arg(QLocale().toString(post.comments))
                     : post.comments == 0 ? tr("Comments")
                     : post.comments == 1 ? tr("1 comment")
                                          : tr("%1 comments").arg(QLocale().toString(post.comments)));
    m_model->setComments(page.comments);
    if (same) {
        if (const int row = m_model->rowOf(current); row >= 0)
            m_comments->setCurrentIndex(m_model->index(row));
        m_comments->verticalScrollBar()->setValue(scrolled);
    }
    if (m_model->rowOf(m_answered) < 0)
        answer({});
    showChoice();
    fitContent();
}

/// A short post leaves its room to the comments.
void PostView::fitContent()
{
    const int high = static_cast<int>(m_content->document()->size().height()) + 2 * m_content->frameWidth();
    m_content->setMaximumHeight(std::max(high + (m_content->horizontalScrollBar()->isVisible() ? space::l : 0), 48));
    m_content->setMinimumHeight(std::min(high, 90));
}

void PostView::onAnchor(const QUrl &url) { offerWebPage(*m_notice, url); }

void PostView::ask(const QString &question, const QString &yes, std::function<void()> then)
{
    m_notice->setNotice(NoticeKind::Warning, question);
    m_notice->addButton(yes, this, [this, then = std::move(then)] {
        m_notice->hide();
        then();
    });
    m_notice->show();
}

void PostView::showNotice(const session::Notice &notice)
{
    m_notice->setNotice(notice.serious ? NoticeKind::Danger : NoticeKind::Info, notice.title, notice.text);
    m_notice->show();
}

void PostView::report(const QString &kind, const QString &id) { m_report->open(kind, id); }

const session::CommentEntry *PostView::chosen() const
{
    const QModelIndex at = m_comments->currentIndex();
    return at.isValid() ? &m_model->comments()[at.row()] : nullptr;
}

void PostView::showChoice()
{
    const auto *comment = chosen();
    m_choice->setVisible(comment || !m_answered.isEmpty());
    m_answer->setEnabled(comment && !comment->deleted);
    m_remove->setVisible(comment && comment->own && !comment->deleted);
    m_moreOfComment->setVisible(comment && !comment->deleted);
    const bool answers = comment && m_answered == comment->id;
    m_answer->setText(answers ? tr("Answer the &post instead") : tr("&Answer"));
}

void PostView::answer(const QString &commentId)
{
    m_answered = commentId;
    const int row = m_model->rowOf(commentId);
    m_answering->setVisible(row >= 0);
    if (row >= 0) {
        const QString name = m_model->comments()[row].author;
        m_answering->setText(tr("Answering %1").arg(QFontMetrics(font()).elidedText(name, Qt::ElideRight, 160)));
        m_text->setFocus(Qt::OtherFocusReason);
    }
    showChoice();
}

void PostView::send()
{
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty())
        return;
    if (const auto length = text.toUcs4().size(); length > kMostComment) {
        showNotice({tr("The comment is too long."),
                    tr("A comment has room for %1 characters; this one has %2.")
                        .arg(QLocale().toString(kMostComment), QLocale().toString(length)),
                    true});
        return;
    }
    emit commentWritten(m_answered, text);
}

void PostView::forgetComment()
{
    m_text->clear();
    answer({});
}

void PostView::showCode()
{
    const bool some = !m_page.code.isEmpty();
    m_code->setVisible(some && !m_covered);
    m_open->setVisible(some && !m_covered);
    m_uncover->setVisible(some && m_covered);
    if (some && !m_covered)
        m_code->showSql(m_page.code, kCodeLines);
}

void PostView::openCode()
{
    if (m_covered) {
        m_covered = false;
        showCode();
        return;
    }
    if (!m_page.code.isEmpty())
        emit codeChosen(m_page.code);
}

bool PostView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete &&
        m_remove->isVisible()) {
        m_remove->click();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sqlgym::screens
