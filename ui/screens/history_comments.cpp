#include "screens/history_comments.h"

#include "screens/history_view.h"
#include "session/instructor_desk.h"
#include "session/server_link.h"

namespace sqlgym::screens {

void connectComments(HistoryView &history, session::ServerLink &link)
{
    QObject::connect(&history, &HistoryView::commentsWanted, &history, [&history, &link](const QString &id) {
        if (!link.state().signedIn())
            return;
        link.ask([submission = id.toStdString()](
                     client::Gateway &gateway) { return client::submissionComments(gateway, submission); },
                 &history,
                 [&history, id](const base::Result<std::vector<client::SubmissionComment>> &comments) {
                     if (comments)
                         history.setComments(id, *comments);
                 });
    });
}

} // namespace sqlgym::screens
