#include "screens/learner_solutions.h"

#include "screens/report_form.h"
#include "screens/solution_card.h"
#include "screens/solution_form.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using namespace widgets;
using session::SolutionEntry;
using session::SolutionGroup;

namespace {

constexpr qsizetype kShownFirst = 2; ///< of a group; the rest comes by a button

QString capital(const QString &words) { return words.left(1).toUpper() + words.mid(1); }

QString countWords(qsizetype count)
{
    return count == 1 ? LearnerSolutions::tr("1 solution")
                      : LearnerSolutions::tr("%1 solutions").arg(QLocale().toString(count));
}

QString failingWords(const QStringList &failing)
{
    QStringList names;
    for (const QString &each : failing)
        names << (each.isEmpty() ? LearnerSolutions::tr("hidden tests") : each);
    return names.isEmpty() ? LearnerSolutions::tr("wrong, says the judge")
                           : LearnerSolutions::tr("fails: %1").arg(names.join(QStringLiteral(", ")));
}

QString headingOf(const SolutionGroup &group)
{
    using Kind = SolutionGroup::Kind;
    const QString count = countWords(group.solutions.size());
    switch (group.kind) {
    case Kind::Official:
        return LearnerSolutions::tr("Further official ways");
    case Kind::NotTold:
        return LearnerSolutions::tr("%1, %2 (the verdict is not here yet)").arg(capital(group.words), count);
    case Kind::NotJudged:
        return LearnerSolutions::tr("%1, %2 that no judge has tested").arg(capital(group.words), count);
    case Kind::Wrong:
        return LearnerSolutions::tr("%1, %2 (%3)").arg(capital(group.words), count, failingWords(group.failing));
    case Kind::Right:
        break;
    }
    return LearnerSolutions::tr("%1, %2").arg(capital(group.words), count);
}

QLabel *wrapped(const QString &accessible)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(accessible);
    return label;
}

} // namespace

LearnerSolutions::LearnerSolutions(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(tr("How others solved it"))),
      m_share(new QPushButton(tr("&Share your way\u2026"))), m_stateWords(wrapped(tr("State of the solutions"))),
      m_signInButton(new QPushButton(tr("Sign in\u2026"))), m_notice(new NoticeBar), m_report(new ReportForm),
      m_form(new SolutionForm), m_words(wrapped(tr("About the solutions")))
{
    setAccessibleName(tr("Learners' solutions"));
    m_notice->setAccessibleName(tr("Notice of the solutions"));
    m_notice->setClosable(true);
    m_notice->hide();
    m_title->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::s, space::l, space::l);
    column->setSpacing(space::s);
    column->addWidget(m_title);
    column->addWidget(m_stateWords);
    column->addWidget(m_signInButton, 0, Qt::AlignLeft);
    column->addWidget(m_share, 0, Qt::AlignLeft);
    for (QWidget *each : std::initializer_list<QWidget *>{m_notice, m_report, m_form, m_words})
        column->addWidget(each);
    column->addStretch(1);

    connect(m_signInButton, &QPushButton::clicked, this, &LearnerSolutions::accountAsked);
    connect(m_share, &QPushButton::clicked, this, [this] {
        m_form->share(m_page.rightQueries, m_page.draft);
        m_share->hide();
        emit opened(m_form);
        showWords();
    });
    connect(m_form, &SolutionForm::left, this, [this] {
        closeForm();
        if (m_share->isVisible())
            m_share->setFocus();
    });
    connect(m_form, &SolutionForm::written, this, &LearnerSolutions::written);
    connect(m_form, &SolutionForm::draftChanged, this, [this](const QString &text) {
        m_page.draft = text;
        emit draftChanged(m_page.problemId, text);
    });
    connect(m_report, &ReportForm::reported, this,
            [this](const QString &, const QString &id, const QString &reason) { emit reportChosen(id, reason); });
    connect(&Theme::instance(), &Theme::changed, this, &LearnerSolutions::takeTheme);
    setState({}, false);
    setLoading();
}

void LearnerSolutions::setLoading()
{
    m_form->leave();
    m_notice->hide();
    m_report->hide();
    m_loading = true;
    m_page = {};
    m_shape.clear();
    m_expanded.clear();
    build();
}

void LearnerSolutions::setState(const QString &words, bool signIn)
{
    m_state = words;
    m_signIn = signIn;
    m_stateWords->setText(words);
    m_stateWords->setVisible(!words.isEmpty());
    m_signInButton->setVisible(signIn);
    showWords();
}

QSet<QString> LearnerSolutions::shape() const
{
    QSet<QString> all;
    for (const SolutionGroup &group : m_page.groups) {
        for (const SolutionEntry &entry : group.solutions)
            all << group.key() + u'\n' + entry.id;
    }
    return all;
}

void LearnerSolutions::setPage(const session::SolutionPage &page)
{
    m_loading = false;
    m_page = page;
    if (m_form->isVisible() && !m_form->draft().isEmpty())
        m_page.draft = m_form->draft();
    if (!page.notice.isEmpty())
        showNotice(page.notice);
    const QSet<QString> now = shape();
    if (now != m_shape || !m_body) {
        m_shape = now;
        build();
        return;
    }
    for (const SolutionGroup &group : m_page.groups) {
        for (const SolutionEntry &entry : group.solutions) {
            const auto card = std::ranges::find(m_cards, entry.id, [](const auto *each) { return each->entry().id; });
            if (card != m_cards.end())
                (*card)->setEntry(entry);
        }
    }
    showWords();
}

void LearnerSolutions::build()
{
    // Whoever walks through it goes on from where they were.
    const QWidget *focus = QApplication::focusWidget();
    QString focused;
    QString control;
    for (const SolutionCard *card : m_cards) {
        if (focus && card->isAncestorOf(focus)) {
            focused = card->entry().id;
            control = focus->accessibleName();
        }
    }
    const bool had = m_body && focus && m_body->isAncestorOf(focus);
    if (m_body) {
        m_body->hide();
        m_body->deleteLater();
    }
    m_cards.clear();
    m_headings.clear();
    m_body = new QWidget(this);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s);
    for (const SolutionGroup &group : m_page.groups)
        addGroup(group, column);
    auto *all = static_cast<QVBoxLayout *>(layout());
    all->insertWidget(all->count() - 1, m_body);
    takeTheme();
    showWords();
    if (!had)
        return;
    for (const SolutionCard *card : std::as_const(m_cards)) {
        for (QWidget *each : card->findChildren<QWidget *>()) {
            if (card->entry().id == focused && each->accessibleName() == control)
                each->setFocus(Qt::OtherFocusReason);
        }
    }
}

void LearnerSolutions::addGroup(const SolutionGroup &group, QVBoxLayout *column)
{
    auto *heading = wrapped(tr("Way"));
    heading->setText(headingOf(group));
    m_headings << heading;
    column->addWidget(heading);
    const bool official = group.kind == SolutionGroup::Kind::Official;
    const QString key = group.key();
    const bool whole = official || m_expanded.contains(key) || group.solutions.size() <= kShownFirst + 1;
    const qsizetype shown = whole ? group.solutions.size() : kShownFirst;
    for (const SolutionEntry &entry : std::as_const(group.solutions).first(shown))
        addCard(entry, official, column);
    if (whole)
        return;
    auto *more = new QPushButton(tr("Show %1 more like this").arg(QLocale().toString(group.solutions.size() - shown)));
    column->addWidget(more, 0, Qt::AlignLeft);
    connect(more, &QPushButton::clicked, this, [this, key, next = group.solutions[shown].id] {
        m_expanded << key;
        build();
        const auto card = std::ranges::find(m_cards, next, [](const auto *each) { return each->entry().id; });
        if (card != m_cards.end())
            (*card)->findChild<QPushButton *>()->setFocus(Qt::OtherFocusReason);
    });
}

SolutionCard *LearnerSolutions::addCard(const SolutionEntry &entry, bool official, QVBoxLayout *column)
{
    auto *card = new SolutionCard(entry, official);
    column->addWidget(card);
    m_cards << card;
    connect(card, &SolutionCard::runWanted, this, &LearnerSolutions::runWanted);
    connect(card, &SolutionCard::marked, this, &LearnerSolutions::marked);
    connect(card, &SolutionCard::editWanted, this, [this](const SolutionEntry &chosen) {
        m_form->mend(chosen, m_page.rightQueries);
        m_share->hide();
        emit opened(m_form);
        showWords();
    });
    connect(card, &SolutionCard::deleteWanted, this, [this](const QString &id) {
        ask(tr("Delete your solution?"), tr("Delete it"), [this, id] { emit deleteChosen(id); });
    });
    connect(card, &SolutionCard::reportWanted, this, [this](const QString &id) {
        m_report->open(QStringLiteral("solution"), id);
        emit opened(m_report);
    });
    connect(card, &SolutionCard::hideWanted, this, [this](const QString &kind, const QString &id) {
        if (kind == QLatin1String("solution"))
            emit hideChosen(kind, id);
        else
            ask(tr("Hide all that this person writes?"), tr("Hide it"),
                [this, kind, id] { emit hideChosen(kind, id); });
    });
    return card;
}

void LearnerSolutions::showWords()
{
    const bool mine = std::ranges::any_of(m_page.groups, [](const SolutionGroup &group) {
        return std::ranges::any_of(group.solutions, &SolutionEntry::own);
    });
    const bool may = !m_page.rightQueries.isEmpty();
    m_share->setVisible(may && !m_form->isVisible() && !m_loading);
    m_share->setText(mine                     ? tr("&Share another way\u2026")
                     : m_page.draft.isEmpty() ? tr("&Share your way\u2026")
                                              : tr("Go on &sharing\u2026"));
    QString words;
    if (m_loading)
        words = tr("Reading\u2026");
    else if (m_page.groups.isEmpty() && m_state.isEmpty())
        words = may ? tr("Nobody has shared a way yet: share yours.")
                    : tr("Nobody has shared a way yet. Solve the problem, then share yours.");
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty() && !m_form->isVisible());
}

void LearnerSolutions::takeTheme()
{
    m_title->setFont(textFont(TypeSize::Heading, true));
    QPalette muted;
    muted.setColor(QPalette::WindowText, colors().muted);
    m_stateWords->setFont(textFont(TypeSize::Small));
    m_stateWords->setPalette(muted);
    m_words->setPalette(muted);
    for (QLabel *each : std::as_const(m_headings)) {
        each->setFont(textFont(TypeSize::Body, true));
        each->setContentsMargins(0, space::s, 0, 0);
    }
}

void LearnerSolutions::ask(const QString &question, const QString &yes, std::function<void()> then)
{
    m_notice->setNotice(NoticeKind::Warning, question);
    m_notice->addButton(yes, this, [this, then = std::move(then)] {
        m_notice->hide();
        then();
    });
    m_notice->show();
    m_notice->findChild<QPushButton *>()->setFocus(Qt::OtherFocusReason);
    emit opened(m_notice);
}

void LearnerSolutions::showNotice(const session::Notice &notice)
{
    m_notice->setNotice(notice.serious ? NoticeKind::Danger : NoticeKind::Info, notice.title, notice.text);
    m_notice->show();
}

void LearnerSolutions::closeForm()
{
    m_form->leave();
    showWords();
}

void LearnerSolutions::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    emit looked();
}

} // namespace sqlgym::screens
