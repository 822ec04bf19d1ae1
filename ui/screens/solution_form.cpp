#include "screens/solution_form.h"

#include "widgets/send_edit.h"
#include "widgets/sql_text.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kMostExplanation = 6'000; ///< characters; the server takes more, but nobody would see them
constexpr int kKeepMs = 500;
constexpr int kSqlLines = 8;

} // namespace

SolutionForm::SolutionForm(QWidget *parent)
    : QFrame(parent), m_words(new QLabel), m_choice(new QComboBox), m_sql(new SqlText), m_explanation(new SendEdit),
      m_problem(new QLabel), m_send(new QPushButton)
{
    setAccessibleName(tr("Share a solution"));
    m_words->setWordWrap(true);
    m_choice->setAccessibleName(tr("Which of your queries"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(8);
    m_sql->setAccessibleName(tr("Query to be shared"));
    m_explanation->setAccessibleName(tr("How it works"));
    m_explanation->setPlaceholderText(tr("How does it work? A sentence is enough."));
    m_explanation->setFixedHeight(m_explanation->heightOf(3));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_send);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::m);
    column->setSpacing(space::s);
    for (QWidget *each : std::initializer_list<QWidget *>{m_words, m_choice, m_sql, m_explanation, m_problem})
        column->addWidget(each);
    column->addLayout(row);
    setTabOrder(m_choice, m_sql);
    setTabOrder(m_sql, m_explanation);
    setTabOrder(m_explanation, m_send);
    setTabOrder(m_send, cancel);

    m_timer.setSingleShot(true);
    m_timer.setInterval(kKeepMs);
    connect(&m_timer, &QTimer::timeout, this, &SolutionForm::flush);
    connect(m_choice, &QComboBox::currentIndexChanged, this,
            [this](int at) { m_sql->showSql(m_choice->itemData(at).toString().trimmed(), kSqlLines); });
    connect(m_explanation, &QPlainTextEdit::textChanged, this, [this] {
        m_send->setEnabled(!m_explanation->toPlainText().trimmed().isEmpty());
        m_problem->hide();
        if (m_id.isEmpty() && !m_timer.isActive())
            m_timer.start();
    });
    connect(m_explanation, &SendEdit::sent, this, &SolutionForm::send);
    connect(m_explanation, &SendEdit::left, this, &SolutionForm::left);
    connect(m_send, &QPushButton::clicked, this, &SolutionForm::send);
    connect(cancel, &QPushButton::clicked, this, &SolutionForm::left);
    hide();
}

void SolutionForm::setQueries(const QStringList &queries, const QString &chosen)
{
    m_choice->clear();
    for (qsizetype i = 0; i < queries.size(); ++i) {
        const QString line = queries[i].simplified();
        m_choice->addItem(tr("%1: %2").arg(i + 1).arg(line.left(60)), queries[i]);
    }
    if (!chosen.isEmpty() && m_choice->findData(chosen) < 0)
        m_choice->insertItem(0, tr("As it is shared: %1").arg(chosen.simplified().left(50)), chosen);
    m_choice->setCurrentIndex(chosen.isEmpty() ? 0 : m_choice->findData(chosen));
    m_choice->setVisible(m_choice->count() > 1);
}

void SolutionForm::share(const QStringList &rightQueries, const QString &draft)
{
    m_id.clear();
    m_words->setText(tr("Your query is shown to everybody who has solved the problem or given it up."));
    setQueries(rightQueries, {});
    m_kept = draft;
    m_explanation->setPlainText(draft);
    m_timer.stop();
    m_send->setText(tr("Share it"));
    m_send->setEnabled(!draft.trimmed().isEmpty());
    show();
    m_explanation->setFocus(Qt::OtherFocusReason);
    m_explanation->moveCursor(QTextCursor::End);
}

void SolutionForm::mend(const session::SolutionEntry &entry, const QStringList &rightQueries)
{
    flush();
    m_id = entry.id;
    m_words->setText(tr("Mend what you shared; its votes stay."));
    setQueries(rightQueries, entry.sql);
    m_explanation->setPlainText(entry.explanation);
    m_timer.stop();
    m_send->setText(tr("Save"));
    m_send->setEnabled(true);
    show();
    m_explanation->setFocus(Qt::OtherFocusReason);
    m_explanation->moveCursor(QTextCursor::End);
}

QString SolutionForm::draft() const { return m_id.isEmpty() ? m_explanation->toPlainText() : QString(); }

void SolutionForm::leave()
{
    flush();
    m_id.clear();
    hide();
}

void SolutionForm::flush()
{
    m_timer.stop();
    if (!m_id.isEmpty() || isHidden() || m_kept == m_explanation->toPlainText())
        return;
    m_kept = m_explanation->toPlainText();
    emit draftChanged(m_kept);
}

void SolutionForm::send()
{
    const QString text = m_explanation->toPlainText().trimmed();
    if (text.isEmpty() || m_choice->currentIndex() < 0)
        return;
    if (const auto length = text.toUcs4().size(); length > kMostExplanation) {
        m_problem->setText(tr("The explanation is too long: it has room for %1 characters; this one has %2.")
                               .arg(QLocale().toString(kMostExplanation), QLocale().toString(length)));
        m_problem->show();
        return;
    }
    flush();
    emit written(m_id, text, m_choice->currentData().toString());
}

} // namespace sqlgym::screens
