// The tracks of a pack, for whoever shows its problems: the database keeps none.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sqlgym::content {

/// Problems in the order in which to take them.
struct Track {
    std::string slug;
    std::string name;
    std::string description;
    std::vector<std::string> needs;    ///< slugs of tracks that help when taken first: advice, never a lock
    std::vector<std::string> problems; ///< slugs; none stands in two tracks, and a smaller pack may lack some
};

/// Those of the pack in `folder`, without reading its problems; empty when it has none, or a tracks.json with mistakes.
std::vector<Track> tracksOf(const std::filesystem::path &folder);

} // namespace sqlgym::content
