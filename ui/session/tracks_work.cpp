#include "session/tracks_work.h"

#include "content/resources.h"
#include "content/tracks.h"

namespace sqlgym::session {

namespace {

QStringList list(const std::vector<std::string> &slugs)
{
    QStringList out;
    for (const std::string &slug : slugs)
        out << QString::fromStdString(slug);
    return out;
}

} // namespace

std::vector<TrackEntry> readTracks()
{
    std::vector<TrackEntry> out;
    for (const content::Track &track : content::tracksOf(content::bundledPack()))
        out.push_back({QString::fromStdString(track.slug), QString::fromStdString(track.name),
                       QString::fromStdString(track.description), list(track.needs), list(track.problems)});
    return out;
}

} // namespace sqlgym::session
