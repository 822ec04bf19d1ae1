#include "screens/history_comments.h"

#include "screens/history_view.h"
#include "session/comments_work.h"
#include "session/server_link.h"
#include "session/store.h"

namespace sqlgym::screens {

namespace {

using Comments = std::vector<client::SubmissionComment>;

void askServer(HistoryView &history, session::Store &store, session::ServerLink &link, const QString &id)
{
    if (!link.state().signedIn())
        return;
    link.ask([submission = id.toStdString()](
                 client::Gateway &gateway) { return client::submissionComments(gateway, submission); },
             &history,
             [&history, &store, id](const base::Result<Comments> &comments) {
                 if (!comments)
                     return;
                 history.setComments(id, *comments);
                 store.ask([submission = id.toStdString(), kept = *comments](
                               session::CacheSlot &slot) { return session::keepComments(slot, submission, kept); },
                           &history, [](bool) {});
             });
}

} // namespace

void connectComments(HistoryView &history, session::Store &store, session::ServerLink &link)
{
    QObject::connect(&history, &HistoryView::commentsWanted, &history, [&history, &store, &link](const QString &id) {
        store.ask([submission =
                       id.toStdString()](session::CacheSlot &slot) { return session::keptComments(slot, submission); },
                  &history,
                  [&history, &store, &link, id](const Comments &kept) {
                      if (!kept.empty())
                          history.setComments(id, kept);
                      askServer(history, store, link, id);
                  });
    });
}

} // namespace sqlgym::screens
