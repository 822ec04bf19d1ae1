#include "session/outbox_work.h"

#include "base/timestamp.h"
#include "client/trouble.h"

#include <QtCore/QCoreApplication>

#include <array>
#include <nlohmann/json.hpp>

namespace sqlgym::session {

namespace {

using Json = nlohmann::json;

QString tr(const char *text) { return QCoreApplication::translate("outbox", text); }
QString text(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8, true)); }

struct Kind {
    const char *name;
    const char *words;
    const char *field; ///< the text that can be mended
};

constexpr std::array kKinds = {
    Kind{"submit", QT_TRANSLATE_NOOP("outbox", "Submission"), "query"},
    Kind{"give_up", QT_TRANSLATE_NOOP("outbox", "Giving up"), nullptr},
    Kind{"create_post", QT_TRANSLATE_NOOP("outbox", "Post"), "content"},
    Kind{"edit_post", QT_TRANSLATE_NOOP("outbox", "Change of a post"), "content"},
    Kind{"delete_post", QT_TRANSLATE_NOOP("outbox", "Deletion of a post"), nullptr},
    Kind{"create_comment", QT_TRANSLATE_NOOP("outbox", "Comment"), "content"},
    Kind{"delete_comment", QT_TRANSLATE_NOOP("outbox", "Deletion of a comment"), nullptr},
    Kind{"like_post", QT_TRANSLATE_NOOP("outbox", "Like"), nullptr},
    Kind{"unlike_post", QT_TRANSLATE_NOOP("outbox", "Like taken back"), nullptr},
    Kind{"follow", QT_TRANSLATE_NOOP("outbox", "Following"), nullptr},
    Kind{"unfollow", QT_TRANSLATE_NOOP("outbox", "End of following"), nullptr},
    Kind{"add_link", QT_TRANSLATE_NOOP("outbox", "Helpful link"), "title"},
    Kind{"delete_link", QT_TRANSLATE_NOOP("outbox", "Deletion of a link"), nullptr},
    Kind{"set_interaction", QT_TRANSLATE_NOOP("outbox", "Bookmark or vote"), nullptr},
    Kind{"change_profile", QT_TRANSLATE_NOOP("outbox", "Profile"), nullptr},
    Kind{"add_solution", QT_TRANSLATE_NOOP("outbox", "Solution"), "content"},
    Kind{"edit_solution", QT_TRANSLATE_NOOP("outbox", "Change of a solution"), "content"},
    Kind{"mark_solution", QT_TRANSLATE_NOOP("outbox", "Vote or bookmark on a solution"), nullptr},
    Kind{"delete_solution", QT_TRANSLATE_NOOP("outbox", "Deletion of a solution"), nullptr},
    Kind{"record_session", QT_TRANSLATE_NOOP("outbox", "Time spent"), nullptr},
    Kind{"use_hint", QT_TRANSLATE_NOOP("outbox", "Hint used"), nullptr},
    Kind{"report", QT_TRANSLATE_NOOP("outbox", "Report"), "reason"},
    Kind{"hide", QT_TRANSLATE_NOOP("outbox", "Hiding"), nullptr},
    Kind{"set_leaderboard", QT_TRANSLATE_NOOP("outbox", "Leaderboard"), nullptr},
};

std::string member(const Json &payload, const char *name)
{
    const auto found = payload.find(name);
    return found != payload.end() && found->is_string() ? found->get<std::string>() : std::string();
}

QString aboutOf(CacheSlot &slot, const Json &payload)
{
    if (const std::string problem = member(payload, "problem_id"); !problem.empty()) {
        if (const auto summary = slot.cache->problems().summary(problem); summary && *summary)
            return text((*summary)->title);
    }
    for (const char *name : {"title", "content", "reason"}) {
        if (const std::string words = member(payload, name); !words.empty())
            return text(words).simplified().left(80);
    }
    return {};
}

QList<JudgedOtherwise> differences(CacheSlot &slot)
{
    QList<JudgedOtherwise> list;
    const auto found = slot.cache->outbox().differences();
    if (!found)
        return list;
    for (const cache::VerdictDifference &each : *found) {
        const auto summary = slot.cache->problems().summary(each.problemId);
        const bool known = summary && *summary;
        const Json json = {{"submission", each.submissionId},
                           {"problem", known ? (*summary)->slug : each.problemId},
                           {"query", each.query},
                           {"correct_here", each.correctHere},
                           {"correct_at_server", !each.correctHere}};
        list << JudgedOtherwise{QString::fromStdString(each.submissionId),
                                known ? text((*summary)->title) : QString::fromStdString(each.problemId),
                                each.correctHere,
                                QByteArray::fromStdString(json.dump(2, ' ', false, Json::error_handler_t::replace))};
    }
    return list;
}

OutboxItem item(CacheSlot &slot, const cache::OutboxEntry &entry)
{
    OutboxItem made;
    made.id = QString::fromStdString(entry.id);
    made.state = entry.state == cache::OutboxState::Pending    ? OutboxItem::State::Waiting
                 : entry.state == cache::OutboxState::Rejected ? OutboxItem::State::Refused
                                                               : OutboxItem::State::AwaitingVerdict;
    made.reason = text(entry.lastError);
    made.blocked = !entry.blockedBy.empty();
    made.written = QDateTime::fromMSecsSinceEpoch(entry.createdAt / 1000);
    const auto kind = std::ranges::find_if(kKinds, [&](const Kind &each) { return entry.kind == each.name; });
    made.what = kind == kKinds.end() ? text(entry.kind) : tr(kind->words);
    const Json payload = Json::parse(entry.payloadJson, nullptr, false);
    if (!payload.is_object())
        return made;
    made.about = aboutOf(slot, payload);
    if (kind != kKinds.end() && kind->field) {
        made.field = QString::fromLatin1(kind->field);
        made.text = QString::fromStdString(member(payload, kind->field));
    }
    return made;
}

Notice failed(const base::Error &error)
{
    if (error.code == "in_flight" || error.code == "unknown_entry" || error.code == "not_text")
        return {tr("That was not done."), text(error.message), false};
    return noticeFor(error);
}

} // namespace

OutboxView readOutbox(CacheSlot &slot)
{
    OutboxView view;
    if (!slot.cache) {
        view.notice = noCache();
        return view;
    }
    const auto entries = slot.cache->outbox().entries();
    if (!entries) {
        view.notice = noticeFor(entries.error());
        return view;
    }
    for (const cache::OutboxEntry &entry : *entries) {
        view.items << item(slot, entry);
        int &count = view.items.back().state == OutboxItem::State::Waiting   ? view.waiting
                     : view.items.back().state == OutboxItem::State::Refused ? view.refused
                                                                             : view.awaitingVerdict;
        ++count;
    }
    view.judgedOtherwise = differences(slot);
    return view;
}

OutboxView countOutbox(CacheSlot &slot)
{
    OutboxView view;
    if (!slot.cache)
        return view;
    if (const auto counts = slot.cache->outbox().counts()) {
        view.waiting = counts->pending;
        view.refused = counts->rejected;
        view.awaitingVerdict = counts->awaitingVerdict;
    }
    view.judgedOtherwise = differences(slot);
    return view;
}

Notice retryEntry(CacheSlot &slot, const std::string &id)
{
    if (!slot.cache)
        return noCache();
    const auto done = slot.cache->outbox().retry(id);
    return done ? Notice() : failed(done.error());
}

Notice discardEntry(CacheSlot &slot, const std::string &id, int &gone)
{
    if (!slot.cache)
        return noCache();
    const auto done = slot.cache->outbox().discard(id);
    gone = done ? *done : 0;
    return done ? Notice() : failed(done.error());
}

Notice dismissDifference(CacheSlot &slot, const std::string &id)
{
    if (!slot.cache)
        return noCache();
    const auto done = slot.cache->outbox().dismissDifference(id);
    return done ? Notice() : noticeFor(done.error());
}

Notice mendEntry(CacheSlot &slot, const std::string &id, const QString &field, const QString &words)
{
    if (!slot.cache)
        return noCache();
    const auto entries = slot.cache->outbox().entries();
    if (!entries)
        return noticeFor(entries.error());
    const auto entry = std::ranges::find(*entries, id, &cache::OutboxEntry::id);
    Json payload = entry == entries->end() ? Json() : Json::parse(entry->payloadJson, nullptr, false);
    if (!payload.is_object())
        return {tr("That was not done."), tr("It does not wait any more."), false};
    payload[field.toStdString()] = words.toStdString();
    const auto done = slot.cache->outbox().mend(id, payload.dump());
    return done ? Notice() : failed(done.error());
}

} // namespace sqlgym::session
