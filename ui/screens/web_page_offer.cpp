#include "screens/web_page_offer.h"

#include "widgets/notice_bar.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QDesktopServices>

namespace sqlgym::screens {

namespace {

constexpr int kShown = 300;

QString tr(const char *text) { return QCoreApplication::translate("web page", text); }

} // namespace

void offerWebPage(widgets::NoticeBar &bar, const QUrl &url)
{
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!web || url.host().isEmpty()) {
        bar.setNotice(widgets::NoticeKind::Warning, tr("This link is not opened."),
                      tr("It does not lead to a page of the web."));
        bar.show();
        return;
    }
    // Letters of other alphabets that look alike are told apart as they are sent.
    const QString host = url.host(QUrl::FullyEncoded);
    bar.setNotice(widgets::NoticeKind::Info, tr("Open a page of %1 in the browser?").arg(host),
                  QString::fromLatin1(url.toEncoded()).left(kShown));
    bar.addButton(tr("Open it"), &bar, [bar = &bar, url] {
        bar->hide();
        QDesktopServices::openUrl(url);
    });
    bar.show();
}

} // namespace sqlgym::screens
