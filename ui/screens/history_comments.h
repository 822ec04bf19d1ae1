// What instructors wrote about one's own submissions, beside the history.
#pragma once

namespace sqlgym::session {
class ServerLink;
}

namespace sqlgym::screens {

class HistoryView;

/// Asked for when a submission is looked at; where there is no answer nothing is shown. `link` outlives the view.
void connectComments(HistoryView &history, session::ServerLink &link);

} // namespace sqlgym::screens
