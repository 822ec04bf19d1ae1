#include "screens/comment_thread.h"

#include "models/labels.h"
#include "models/submission_table_model.h"
#include "widgets/send_edit.h"
#include "widgets/theme.h"

#include <QtCore/QUuid>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

namespace sqlgym::screens {

namespace {

constexpr int kMostCharacters = 5'000; ///< api.comment_submission

QLabel *plain(const QString &text, bool bold = false)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFont(widgets::textFont(bold ? widgets::TypeSize::Small : widgets::TypeSize::Body, bold));
    return label;
}

} // namespace

CommentThread::CommentThread(bool withField, QWidget *parent) : QWidget(parent), m_area(new QScrollArea)
{
    using namespace widgets;
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setAccessibleName(tr("Comments"));
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(m_area, 1);
    if (!withField)
        return;
    m_field = new SendEdit;
    m_field->setAccessibleName(tr("New comment"));
    m_field->setPlaceholderText(tr("Only this learner and instructors will read it"));
    m_field->setFixedHeight(m_field->heightOf(3));
    m_send = new QPushButton(tr("Send"));
    m_send->setAccessibleName(tr("Send the comment"));
    m_send->setToolTip(tr("Ctrl+Enter"));
    m_send->setEnabled(false);
    m_trouble = new QLabel;
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->setAccessibleName(tr("Why the comment was not sent"));
    m_trouble->hide();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::m, 0, space::m, space::s);
    row->setSpacing(space::s);
    row->addWidget(m_field, 1);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    auto *foot = new QVBoxLayout;
    foot->addLayout(row);
    m_trouble->setContentsMargins(space::m, 0, space::m, space::s);
    foot->addWidget(m_trouble);
    column->addLayout(foot);
    connect(m_field, &QPlainTextEdit::textChanged, this, [this] {
        const QString text = m_field->toPlainText();
        const bool tooLong = text.toUcs4().size() > kMostCharacters;
        m_send->setEnabled(!text.trimmed().isEmpty() && !tooLong);
        m_trouble->setVisible(tooLong);
        if (tooLong)
            m_trouble->setText(tr("A comment has at most %1 characters.").arg(kMostCharacters));
    });
    connect(m_send, &QPushButton::clicked, this, &CommentThread::send);
    connect(m_field, &SendEdit::sent, this, &CommentThread::send);
}

void CommentThread::setListName(const QString &name) { m_area->setAccessibleName(name); }

void CommentThread::setComments(const std::vector<client::SubmissionComment> &comments)
{
    if (comments.empty()) {
        setWords(tr("No comments yet."));
        return;
    }
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(widgets::space::m, widgets::space::s, widgets::space::m, widgets::space::s);
    column->setSpacing(widgets::space::xs);
    for (const auto &comment : comments) {
        auto *head =
            plain(tr("%1 \u00B7 %2").arg(models::fromUtf8(comment.author), models::momentLabel(comment.at)), true);
        auto *text = plain(models::fromUtf8(comment.text));
        text->setAccessibleName(tr("Comment by %1").arg(models::fromUtf8(comment.author)));
        column->addWidget(head);
        column->addWidget(text);
        column->addSpacing(widgets::space::s);
    }
    column->addStretch(1);
    page->setBackgroundRole(QPalette::Base);
    m_area->setWidget(page);
}

void CommentThread::setWords(const QString &words)
{
    auto *label = new QLabel(words);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    label->setMargin(widgets::space::l);
    label->setBackgroundRole(QPalette::Base);
    m_area->setWidget(label);
}

void CommentThread::clearField()
{
    m_id.clear();
    if (m_field)
        m_field->clear();
    setSending(false);
}

void CommentThread::setSending(bool sending, const QString &trouble)
{
    if (!m_field)
        return;
    m_field->setReadOnly(sending);
    m_send->setEnabled(!sending && !m_field->toPlainText().trimmed().isEmpty());
    m_send->setText(sending ? tr("Sending\u2026") : tr("Send"));
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
}

void CommentThread::send()
{
    if (!m_send->isEnabled())
        return;
    if (m_id.isEmpty())
        m_id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    setSending(true);
    emit written(m_id, m_field->toPlainText());
}

} // namespace sqlgym::screens
