#include "screens/marks_desk.h"

#include "screens/problem_marks.h"
#include "screens/problem_panel.h"
#include "session/store.h"

namespace sqlgym::screens {

using session::Marks;

MarksDesk::MarksDesk(session::Store &store, ProblemMarks &marks, ProblemPanel &panel, QObject *parent)
    : QObject(parent), m_store(store), m_marks(marks), m_panel(panel)
{
    connect(&marks, &ProblemMarks::wanted, this, [this](const Marks &wanted) {
        m_marks.setMarks(wanted); // what the profile says comes behind it
        ++m_writing;
        m_store.ask([wanted](session::CacheSlot &slot) { return session::setMarks(slot, wanted); }, this,
                    [this, slug = m_slug](const Marks &now) {
                        --m_writing;
                        m_panel.setBookmarked(slug, now.bookmark);
                        take(now);
                        emit m_store.wroteForServer();
                    });
    });
    connect(&store, &session::Store::submitted, this, &MarksDesk::renew);
}

void MarksDesk::setProblem(const QString &id, const QString &slug)
{
    m_id = id;
    m_slug = slug;
    m_marks.setMarks({});
    renew();
}

void MarksDesk::renew()
{
    if (m_id.isEmpty())
        return;
    m_store.ask([id = m_id](session::CacheSlot &slot) { return session::readMarks(slot, id); }, this,
                [this](const Marks &now) { take(now); });
}

void MarksDesk::toggleBookmark() { m_marks.toggleBookmark(); }

void MarksDesk::take(const Marks &marks)
{
    if (!marks.notice.isEmpty())
        emit m_store.noticed(marks.notice);
    if (marks.problemId != m_id || m_writing > 0)
        return; // another problem is open, or what a later click wants is on its way
    m_marks.setMarks(marks);
    m_panel.setBookmarked(m_slug, marks.bookmark);
}

} // namespace sqlgym::screens
