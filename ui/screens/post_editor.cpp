#include "screens/post_editor.h"

#include "widgets/notice_bar.h"
#include "widgets/send_edit.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kMostCharacters = 20'000; ///< that the server takes, of text and of code
constexpr int kPauseMs = 600;

} // namespace

PostEditor::PostEditor(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_content(new SendEdit), m_code(new SendEdit), m_about(new QCheckBox),
      m_room(new QLabel), m_notice(new NoticeBar), m_done(new QPushButton(tr("&Post")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title->setFont(textFont(TypeSize::Heading, true));
    m_content->setAccessibleName(tr("Post text"));
    m_content->setPlaceholderText(tr("What would you like to say or ask? Markdown is shown as such."));
    m_code->setAccessibleName(tr("Post code"));
    m_code->setPlaceholderText(tr("A query that goes with it"));
    m_code->setFont(monospaceFont());
    m_about->setAccessibleName(tr("About the open problem"));
    m_room->setWordWrap(true);
    m_room->setAccessibleName(tr("Room left"));
    m_notice->setAccessibleName(tr("Answer"));
    m_notice->hide();
    m_done->setDefault(true);
    auto *content = new QLabel(tr("&Text"));
    content->setBuddy(m_content);
    auto *code = new QLabel(tr("S&QL, if there is some"));
    code->setBuddy(m_code);
    auto *cancel = new QPushButton(tr("&Cancel"));

    auto *row = new QHBoxLayout;
    row->addWidget(m_room, 1);
    row->addWidget(cancel);
    row->addWidget(m_done);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::m, space::l, space::m);
    column->setSpacing(space::s);
    column->addWidget(m_title);
    column->addWidget(m_notice);
    column->addWidget(content);
    column->addWidget(m_content, 3);
    column->addWidget(code);
    column->addWidget(m_code, 2);
    column->addWidget(m_about);
    column->addLayout(row);
    setFocusProxy(m_content);

    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &PostEditor::draftChanged);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_title->setFont(textFont(TypeSize::Heading, true));
        m_code->setFont(monospaceFont());
    });
    for (auto *edit : {m_content, m_code}) {
        connect(edit, &QPlainTextEdit::textChanged, this, &PostEditor::onEdited);
        connect(edit, &SendEdit::sent, this, &PostEditor::finish);
        connect(edit, &SendEdit::left, this, &PostEditor::cancelled);
    }
    connect(m_done, &QPushButton::clicked, this, &PostEditor::finish);
    connect(cancel, &QPushButton::clicked, this, &PostEditor::cancelled);
    setProblem({}, false);
    onEdited();
}

void PostEditor::setProblem(const QString &title, bool fixed)
{
    m_fixed = fixed;
    m_about->setVisible(!title.isEmpty() && !fixed && m_mended.isEmpty());
    const QFontMetrics metrics(m_about->font());
    m_about->setText(tr("About \u201C%1\u201D").arg(metrics.elidedText(title, Qt::ElideRight, 300)));
    m_about->setToolTip(title);
}

void PostEditor::writeNew()
{
    if (!m_mended.isEmpty()) {
        m_mended.clear();
        setDraft(m_kept);
    }
    m_about->setVisible(!m_about->toolTip().isEmpty() && !m_fixed);
    m_title->setText(tr("New post"));
    m_done->setText(tr("&Post"));
    m_notice->hide();
}

void PostEditor::mend(const session::PostPage &page)
{
    if (m_mended.isEmpty())
        m_kept = draft();
    m_mended = page.post->id;
    m_about->hide();
    m_title->setText(tr("Edit the post"));
    m_done->setText(tr("&Save"));
    m_notice->hide();
    m_content->setPlainText(page.content);
    m_code->setPlainText(page.code);
    m_content->moveCursor(QTextCursor::End);
}

void PostEditor::setDraft(const session::PostDraft &draft)
{
    m_content->setPlainText(draft.content);
    m_code->setPlainText(draft.code);
    m_content->moveCursor(QTextCursor::End);
}

session::PostDraft PostEditor::draft() const { return {m_content->toPlainText(), m_code->toPlainText()}; }

bool PostEditor::isAboutProblem() const { return m_fixed || (m_about->isVisibleTo(this) && m_about->isChecked()); }

void PostEditor::clear()
{
    if (m_mended.isEmpty()) {
        setDraft({});
        m_pause.stop();
        emit draftChanged();
    } else {
        setDraft(m_kept);
        m_mended.clear();
    }
}

void PostEditor::showNotice(const session::Notice &notice)
{
    m_notice->setNotice(NoticeKind::Danger, notice.title, notice.text);
    m_notice->show();
}

void PostEditor::finish()
{
    if (m_done->isEnabled())
        emit finished();
}

void PostEditor::onEdited()
{
    if (m_mended.isEmpty())
        m_pause.start();
    const qsizetype most = std::max(m_content->toPlainText().toUcs4().size(), m_code->toPlainText().toUcs4().size());
    const bool blank = m_content->toPlainText().trimmed().isEmpty();
    m_done->setEnabled(!blank && most <= kMostCharacters);
    const QLocale locale;
    m_room->setText(most > kMostCharacters
                        ? tr("%1 characters too many: text and SQL have room for %2 each.")
                              .arg(locale.toString(most - kMostCharacters), locale.toString(kMostCharacters))
                        : tr("Ctrl+Enter sends it."));
}

} // namespace sqlgym::screens
