#include "screens/solution_view.h"

#include "models/labels.h"
#include "screens/learner_solutions.h"
#include "widgets/icons.h"
#include "widgets/markdown_view.h"
#include "widgets/theme.h"

#include <QtCore/QTimer>
#include <QtGui/QAbstractTextDocumentLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

SolutionView::SolutionView(QWidget *parent)
    : QStackedWidget(parent), m_lockedPage(new QWidget(this)), m_words(new QLabel(m_lockedPage)),
      m_giveUp(new QPushButton(tr("Give up and show the solution\u2026"), m_lockedPage)),
      m_sure(new QPushButton(tr("Yes, show it"), m_lockedPage)),
      m_keepTrying(new QPushButton(tr("Keep trying"), m_lockedPage)), m_learners(new LearnerSolutions(this))
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
    m_learners->hide(); // until there is a page for it
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

/// One page to be scrolled: the official solution as high as it is, the others' below it.
void SolutionView::makeOpenPage()
{
    m_openPage = new QScrollArea(this);
    m_openPage->setFrameShape(QFrame::NoFrame);
    m_openPage->setWidgetResizable(true);
    m_openPage->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_openPage->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    m_text = new widgets::MarkdownView(content);
    m_text->setAccessibleName(tr("Solution"));
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_text->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &SolutionView::fitText);
    auto *use = new QPushButton(tr("Add to the editor, below your own"), content);
    connect(use, &QPushButton::clicked, this, [this] { emit openInEditor(models::fromUtf8(m_problem->solutionSql)); });
    auto *row = new QHBoxLayout;
    row->setContentsMargins(widgets::space::l, 0, widgets::space::l, 0);
    row->addWidget(use);
    row->addStretch(1);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, widgets::space::m);
    column->addWidget(m_text);
    column->addLayout(row);
    column->addWidget(m_learners, 1);
    m_openPage->setWidget(content);
    m_openPage->setFocusProxy(m_text);
    m_learners->show();
    // Once it has its place.
    connect(m_learners, &LearnerSolutions::opened, this, [this](QWidget *form) {
        QTimer::singleShot(0, form, [this, form] { m_openPage->ensureWidgetVisible(form); });
    });
    addWidget(m_openPage);
}

void SolutionView::fitText()
{
    m_text->setFixedHeight(static_cast<int>(m_text->document()->size().height()) + 2 * m_text->frameWidth() +
                           (m_text->horizontalScrollBar()->isVisible() ? widgets::space::l : 0));
}

void SolutionView::showSolution(bool gaveUp)
{
    if (!m_openPage)
        makeOpenPage();
    QString text = gaveUp ? tr("*You gave this problem up. You can still solve it.*\n\n") : QString();
    text += QStringLiteral("```sql\n%1\n```\n\n").arg(models::fromUtf8(m_problem->solutionSql).trimmed());
    text += models::fromUtf8(m_problem->solutionExplanation);
    m_text->setMarkdownText(text);
    setCurrentWidget(m_openPage);
}

} // namespace sqlgym::screens
