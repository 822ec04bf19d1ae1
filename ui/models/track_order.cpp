#include "models/track_order.h"

#include <QtCore/QHash>

#include <algorithm>

namespace sqlgym::models {

using session::ProblemEntries;
using session::ProblemEntry;
using session::ProblemStatus;
using session::TrackEntry;

namespace {

const ProblemEntry *find(const ProblemEntries &entries, const QString &slug)
{
    const auto at = std::ranges::find(entries, slug, &ProblemEntry::slug);
    return at == entries.end() ? nullptr : &*at;
}

TrackNeed standing(const TrackEntry &track, const ProblemEntries &entries)
{
    TrackNeed need{track.name};
    for (const QString &slug : track.problems) {
        const ProblemEntry *entry = find(entries, slug);
        need.total += entry ? 1 : 0;
        need.solved += entry && entry->status == ProblemStatus::Solved ? 1 : 0;
    }
    return need;
}

} // namespace

ProblemEntries byTrack(const ProblemEntries &entries, const std::vector<TrackEntry> &tracks, const QString &others)
{
    QHash<QString, const ProblemEntry *> bySlug;
    for (const ProblemEntry &entry : entries)
        bySlug.insert(entry.slug, &entry);
    ProblemEntries out;
    const auto add = [&out](ProblemEntry entry, const QString &id, const QString &name) {
        entry.topicId = QStringLiteral("track/") + id;
        entry.topic = name;
        out.push_back(std::move(entry));
    };
    for (const TrackEntry &track : tracks) {
        for (const QString &slug : track.problems) {
            if (const ProblemEntry *entry = bySlug.take(slug))
                add(*entry, track.slug, track.name);
        }
    }
    for (const ProblemEntry &entry : entries) {
        if (bySlug.contains(entry.slug))
            add(entry, QString(), others);
    }
    return out;
}

TrackAdvice trackAdvice(const QString &slug, const ProblemEntries &entries, const std::vector<TrackEntry> &tracks)
{
    TrackAdvice advice;
    const auto track =
        std::ranges::find_if(tracks, [&](const TrackEntry &each) { return each.problems.contains(slug); });
    if (track == tracks.end())
        return advice;
    advice.name = track->name;
    advice.about = track->about;
    for (const TrackEntry &each : tracks) {
        const TrackNeed need = standing(each, entries);
        if (track->needs.contains(each.slug) && need.solved < need.total)
            advice.needs.push_back(need);
        if (each.needs.contains(track->slug) && need.total > 0)
            advice.leadsTo << each.name;
    }
    for (const QString &each : track->problems) {
        const ProblemEntry *entry = find(entries, each);
        if (!entry || entry->status == ProblemStatus::Solved)
            continue;
        advice.nextSlug = entry->slug;
        advice.nextTitle = entry->title;
        break;
    }
    return advice;
}

} // namespace sqlgym::models
