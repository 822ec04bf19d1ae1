#include "screens/hints_view.h"

#include "models/labels.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

namespace {

QString levelWords(int level)
{
    switch (level) {
    case 1:
        return HintsView::tr("A nudge");
    case 2:
        return HintsView::tr("The approach");
    default:
        return HintsView::tr("Nearly the query");
    }
}

} // namespace

HintsView::HintsView(QWidget *parent)
    : QScrollArea(parent), m_column(nullptr), m_intro(new QLabel), m_next(new QPushButton)
{
    setAccessibleName(tr("Hints"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto *page = new QWidget(this);
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(widgets::space::l, widgets::space::l, widgets::space::l, widgets::space::l);
    m_column->setSpacing(widgets::space::m);
    m_intro->setWordWrap(true);
    m_next->setIcon(widgets::icon("hint"));
    m_column->addWidget(m_intro);
    m_column->addWidget(m_next, 0, Qt::AlignLeft);
    m_column->addStretch(1);
    setWidget(page);
    connect(m_next, &QPushButton::clicked, this, &HintsView::openNext);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &HintsView::rebuild);
}

void HintsView::setProblem(const session::OpenedProblem &opened)
{
    m_problem = opened.problem;
    m_opened = 0;
    for (const int level : opened.hintsUsed)
        m_opened = std::max(m_opened, level);
    rebuild();
}

void HintsView::openNext()
{
    if (!m_problem || m_opened >= static_cast<int>(m_problem->hints.size()))
        return;
    ++m_opened;
    rebuild();
    emit hintOpened(m_problem->hints[static_cast<std::size_t>(m_opened - 1)].level);
}

void HintsView::rebuild()
{
    qDeleteAll(m_cards);
    m_cards.clear();
    if (!m_problem)
        return;
    const auto count = static_cast<int>(m_problem->hints.size());
    for (int i = 0; i < std::min(m_opened, count); ++i) {
        const auto &hint = m_problem->hints[static_cast<std::size_t>(i)];
        auto *card = new QLabel(widget());
        card->setTextFormat(Qt::MarkdownText);
        card->setWordWrap(true);
        card->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        card->setText(
            QStringLiteral("**%1. %2**\n\n%3").arg(i + 1).arg(levelWords(hint.level), models::fromUtf8(hint.text)));
        card->setAutoFillBackground(true);
        card->setBackgroundRole(QPalette::AlternateBase);
        card->setMargin(widgets::space::m);
        m_column->insertWidget(1 + i, card);
        m_cards << card;
    }
    if (count == 0)
        m_intro->setText(tr("This problem has no hints."));
    else if (m_opened == 0)
        m_intro->setText(
            tr("%1 hints, from a nudge to nearly the query. Opening one is remembered; it costs no points.")
                .arg(count));
    else
        m_intro->setText(tr("%1 of %2 hints opened.").arg(std::min(m_opened, count)).arg(count));
    m_next->setVisible(m_opened < count);
    m_next->setText(m_opened == 0 ? tr("Open the first hint (Alt+H)") : tr("Open the next hint (Alt+H)"));
}

} // namespace sqlgym::screens
