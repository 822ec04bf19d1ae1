// Pages of the web are opened only after one has seen where they lead.
#pragma once

#include <QtCore/QUrl>

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::screens {

/// Asks in `bar` whether the page is to be opened in the browser, with its host and its whole address as a browser
/// sends it. What leads to no page of the web is refused there.
void offerWebPage(widgets::NoticeBar &bar, const QUrl &url);

} // namespace sqlgym::screens
