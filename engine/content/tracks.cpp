// tracks.json: problems in the order in which to take them, and which tracks help when taken first.
#include "content/tracks.h"

#include "content/names.h"
#include "content/pack_parts.h"

#include <algorithm>
#include <set>

namespace sqlgym::content {

namespace {

constexpr const char *kFile = "tracks.json";

std::vector<Track> readAll(PackFiles &files)
{
    std::vector<Track> tracks;
    const std::vector<std::string> present = files.files("", ".json");
    if (std::ranges::find(present, kFile) == present.end())
        return tracks;
    const std::optional<Json> json = files.json(kFile, "pack_tracks");
    for (const Json &item : json.value_or(Json::array())) {
        Track track;
        track.name = item.at("name").get<std::string>();
        track.slug = slugFromName(track.name);
        track.description = item.at("description").get<std::string>();
        track.needs = item.value("needs", std::vector<std::string>());
        track.problems = item.at("problems").get<std::vector<std::string>>();
        tracks.push_back(std::move(track));
    }
    return tracks;
}

} // namespace

void checkTracks(PackFiles &files)
{
    const std::vector<Track> tracks = readAll(files);
    std::set<std::string> above;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        const Track &track = tracks[i];
        const std::string path = "/" + std::to_string(i);
        if (track.slug.empty())
            files.fault(kFile, path + "/name", "has no letter or digit");
        // What is needed stands above: there can be no circle.
        for (std::size_t n = 0; n < track.needs.size(); ++n) {
            if (!above.contains(track.needs[n]))
                files.fault(kFile, path + "/needs/" + std::to_string(n),
                            "no track above this one has the slug \"" + track.needs[n] + "\"");
        }
        if (!above.insert(track.slug).second)
            files.fault(kFile, path + "/name", "another track has the slug \"" + track.slug + "\"");
        for (std::size_t p = 0; p < track.problems.size(); ++p) {
            const std::string at = path + "/problems/" + std::to_string(p);
            if (!taken.insert(track.problems[p]).second)
                files.fault(kFile, at, "\"" + track.problems[p] + "\" stands in a track already");
        }
    }
}

std::vector<Track> tracksOf(const std::filesystem::path &folder)
{
    PackFiles files(folder);
    std::vector<Track> tracks = readAll(files);
    return files.faultCount() > 0 ? std::vector<Track>() : tracks;
}

} // namespace sqlgym::content
