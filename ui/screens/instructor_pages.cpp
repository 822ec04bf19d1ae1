#include "screens/instructor_pages.h"

#include "screens/instructor_screen.h"
#include "screens/reports_page.h"

namespace sqlgym::screens {

InstructorPages::InstructorPages(session::ServerLink &link, session::Store &store, session::EngineRoom &engines,
                                 QWidget *parent)
    : QTabWidget(parent), m_submissions(new InstructorScreen(link, store, engines)), m_reports(new ReportsPage(link))
{
    setAccessibleName(tr("Instructor pages"));
    setDocumentMode(true);
    addTab(m_submissions, tr("&Submissions"));
    addTab(m_reports, tr("&Reports"));
    connect(this, &QTabWidget::currentChanged, this, &InstructorPages::activate);
}

void InstructorPages::activate()
{
    if (currentWidget() == m_reports)
        m_reports->activate();
    else
        m_submissions->activate();
}

} // namespace sqlgym::screens
