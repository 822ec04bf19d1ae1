#include "screens/instructor_pages.h"

#include "screens/instructor_screen.h"
#include "screens/problems_page.h"
#include "screens/reports_page.h"

namespace sqlgym::screens {

InstructorPages::InstructorPages(session::ServerLink &link, session::Store &store, session::EngineRoom &engines,
                                 const QString &drafts, QWidget *parent)
    : QTabWidget(parent), m_submissions(new InstructorScreen(link, store, engines)),
      m_problems(new ProblemsPage(link, engines, drafts)), m_reports(new ReportsPage(link))
{
    setAccessibleName(tr("Instructor pages"));
    setDocumentMode(true);
    addTab(m_submissions, tr("&Submissions"));
    addTab(m_reports, tr("&Reports"));
    addTab(m_problems, tr("Pr&oblems"));
    connect(this, &QTabWidget::currentChanged, this, &InstructorPages::activate);
}

void InstructorPages::activate()
{
    if (currentWidget() == m_problems)
        m_problems->activate();
    else if (currentWidget() == m_reports)
        m_reports->activate();
    else
        m_submissions->activate();
}

} // namespace sqlgym::screens
