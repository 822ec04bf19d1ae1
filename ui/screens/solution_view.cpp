#include "screens/solution_view.h"

#include "models/labels.h"
#include "widgets/icons.h"
#include "widgets/markdown_view.h"
#include "widgets/theme.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

SolutionView::SolutionView(QWidget *parent)
    : QStackedWidget(parent), m_lockedPage(new QWidget(this)), m_words(new QLabel(m_lockedPage)),
      m_giveUp(new QPushButton(tr("Give up and show the solution\u2026"), m_lockedPage)),
      m_sure(new QPushButton(tr("Yes, show it"), m_lockedPage)),
      m_keepTrying(new QPushButton(tr("Keep trying"), m_lockedPage))
{
    m_lockedPage->setAutoFillBackground(true);
    m_lockedPage->setBackgroundRole(QPalette::Base);
    m_words->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_giveUp);
    row->addWidget(m_keepTrying);
    row->addWidget(m_sure);
    row->addStretch(1);
    auto *column = new QVBoxLayout(m_lockedPage);
    column->addWidget(m_words);
    column->addLayout(row);
    column->addStretch(1);
    addWidget(m_lockedPage);
    m_giveUp->setIcon(widgets::icon("lock"));
    connect(m_giveUp, &QPushButton::clicked, this, [this] {
        m_words->setText(
            tr("Giving up is remembered: the problem is marked as given up, and solving it later earns a quarter "
               "of the points. Your text stays as it is."));
        m_giveUp->hide();
        m_sure->show();
        m_keepTrying->show();
        m_keepTrying->setFocus();
    });
    connect(m_keepTrying, &QPushButton::clicked, this, &SolutionView::showLocked);
    connect(m_sure, &QPushButton::clicked, this, &SolutionView::giveUpChosen);
}

void SolutionView::setProblem(const session::OpenedProblem &opened)
{
    m_problem = opened.problem;
    if (opened.unlocked())
        showSolution(opened.gaveUp && opened.status != session::ProblemStatus::Solved);
    else
        showLocked();
}

void SolutionView::showLocked()
{
    m_words->setText(tr("The solution opens when you have solved the problem."));
    m_giveUp->show();
    m_sure->hide();
    m_keepTrying->hide();
    setCurrentWidget(m_lockedPage);
}

void SolutionView::showSolution(bool gaveUp)
{
    if (!m_openPage) {
        m_openPage = new QWidget(this);
        m_openPage->setAutoFillBackground(true);
        m_openPage->setBackgroundRole(QPalette::Base);
        m_text = new widgets::MarkdownView(m_openPage);
        m_text->setAccessibleName(tr("Solution"));
        auto *use = new QPushButton(tr("Add to the editor, below your own"), m_openPage);
        connect(use, &QPushButton::clicked, this,
                [this] { emit openInEditor(models::fromUtf8(m_problem->solutionSql)); });
        auto *column = new QVBoxLayout(m_openPage);
        column->setContentsMargins(0, 0, 0, widgets::space::m);
        column->addWidget(m_text, 1);
        auto *row = new QHBoxLayout;
        row->setContentsMargins(widgets::space::l, 0, widgets::space::l, 0);
        row->addWidget(use);
        row->addStretch(1);
        column->addLayout(row);
        addWidget(m_openPage);
    }
    QString text = gaveUp ? tr("*You gave this problem up. You can still solve it.*\n\n") : QString();
    text += QStringLiteral("```sql\n%1\n```\n\n").arg(models::fromUtf8(m_problem->solutionSql).trimmed());
    text += models::fromUtf8(m_problem->solutionExplanation);
    m_text->setMarkdownText(text);
    setCurrentWidget(m_openPage);
}

} // namespace sqlgym::screens
