// What instructors wrote about one's own submissions, beside the history.
#pragma once

namespace sqlgym::session {
class ServerLink;
class Store;
} // namespace sqlgym::session

namespace sqlgym::screens {

class HistoryView;

/// What was read before is shown at once, then what the server says; where neither knows any nothing is shown. `store`
/// and `link` outlive the view.
void connectComments(HistoryView &history, session::Store &store, session::ServerLink &link);

} // namespace sqlgym::screens
