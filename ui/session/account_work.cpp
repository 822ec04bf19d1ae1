#include "session/account_work.h"

#include "base/timestamp.h"
#include "session/picture_fetcher.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>

namespace sqlgym::session {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("account", text); }
QString text(const std::string &utf8) { return QString::fromStdString(utf8); }
QString text(const std::optional<std::string> &utf8) { return utf8 ? text(*utf8) : QString(); }

std::optional<std::string> orNothing(const QString &words)
{
    const QString trimmed = words.trimmed();
    return trimmed.isEmpty() ? std::nullopt : std::optional(trimmed.toStdString());
}

} // namespace

QString addressTrouble(const QString &address)
{
    const QString trimmed = address.trimmed();
    if (trimmed.isEmpty())
        return {};
    const QUrl url(trimmed, QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return tr("An address that others see holds no user name or password.");
    if (!isPictureAddress(url))
        return tr("An address begins with https:// and names a host.");
    return {};
}

AccountView readAccount(CacheSlot &slot)
{
    AccountView view;
    if (!slot.cache) {
        view.notice = noCache();
        return view;
    }
    const auto own = slot.cache->profile().own();
    if (!own) {
        view.notice = noticeFor(own.error());
        return view;
    }
    view.username = text(own->username);
    view.email = text(own->account.email);
    view.local = own->local;
    view.emailProved = own->account.emailProved;
    view.premium = own->account.premium;
    view.instructor = own->account.admin;
    if (const auto since = base::parseTimestamp(own->since))
        view.since = QDateTime::fromMSecsSinceEpoch(*since / 1'000);
    view.texts = {text(own->text.firstName), text(own->text.lastName), text(own->text.companyName),
                  text(own->text.linkedinUrl), text(own->text.profileImageUrl)};
    view.submissions = own->submissions;
    view.attempts = own->attempts;
    view.drafts = own->drafts;
    view.waiting = own->waiting;
    return view;
}

Notice saveProfile(CacheSlot &slot, const ProfileTexts &texts)
{
    if (!slot.cache)
        return noCache();
    const auto saved =
        slot.cache->profile().edit({orNothing(texts.firstName), orNothing(texts.lastName), orNothing(texts.company),
                                    orNothing(texts.linkedin), orNothing(texts.picture)});
    return saved ? Notice() : noticeFor(saved.error());
}

DataExport exportData(CacheSlot &slot, const QString &folder)
{
    DataExport result;
    result.folder = folder;
    if (!slot.cache) {
        result.trouble = noCache().text;
        return result;
    }
    const auto report = slot.cache->exportOwnData(folder.toStdString());
    if (!report) {
        result.trouble = text(report.error().message);
        return result;
    }
    result.files = static_cast<int>(report->tables.size()) * 2 + report->drafts;
    for (const auto &table : report->tables)
        result.rows += table.rows;
    return result;
}

} // namespace sqlgym::session
