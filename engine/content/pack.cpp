#include "content/pack.h"

#include "content/names.h"
#include "content/pack_parts.h"
#include "digest/digest.h"

#include <algorithm>
#include <system_error>

namespace sqlgym::content {

namespace fs = std::filesystem;

namespace {

std::vector<Topic> readTopics(PackFiles &files)
{
    std::vector<Topic> topics;
    const std::optional<Json> json = files.json("topics.json", "pack_topics");
    for (const Json &item : json.value_or(Json::array())) {
        const std::string path = "/" + std::to_string(topics.size());
        Topic topic;
        topic.name = item.at("name").get<std::string>();
        topic.slug = slugFromName(topic.name);
        topic.id = topicId(topic.slug);
        topic.description = item.at("description").get<std::string>();
        topic.difficulty = parseDifficulty(item.at("difficulty").get<std::string>()).value_or(Difficulty::Beginner);
        topic.parent = item.value("parent", std::string());
        if (topic.slug.empty())
            files.fault("topics.json", path + "/name", "has no letter or digit");
        if (std::ranges::find(topics, topic.slug, &Topic::slug) != topics.end())
            files.fault("topics.json", path + "/name", "another topic has the slug \"" + topic.slug + "\"");
        // Parents stand before children: there can be no circle.
        if (!topic.parent.empty() && std::ranges::find(topics, topic.parent, &Topic::slug) == topics.end())
            files.fault("topics.json", path + "/parent",
                        "no topic above this one has the slug \"" + topic.parent + "\"");
        topic.orderIndex = static_cast<int>(topics.size()) + 1;
        topics.push_back(std::move(topic));
    }
    return topics;
}

// What a kind of badge needs beside its kind: badges.criteria as progress evaluates it.
std::vector<std::string> neededMembers(const std::string &kind)
{
    if (kind == "topic_solved")
        return {"topic"};
    if (kind == "streak" || kind == "active_days")
        return {"days"};
    if (kind == "all" || kind == "any" || kind == "not")
        return {"of"};
    if (kind == "solved_in_topic")
        return {"count", "topic"};
    if (kind == "fast")
        return {"count", "milliseconds"};
    return kind == "difficulty_solved" ? std::vector<std::string>{"count", "difficulty"}
                                       : std::vector<std::string>{"count"};
}

void checkCriteria(PackFiles &files, const Json &criteria, const std::string &path, const std::vector<Topic> &topics)
{
    const auto kind = criteria.at("kind").get<std::string>();
    for (const std::string &needed : neededMembers(kind)) {
        if (!criteria.contains(needed))
            files.fault("badges.json", pointerTo(path, needed), "is missing");
    }
    if (criteria.contains("topic")) {
        const auto slug = criteria.at("topic").get<std::string>();
        if (std::ranges::find(topics, slug, &Topic::slug) == topics.end())
            files.fault("badges.json", path + "/topic", "there is no topic \"" + slug + "\" in topics.json");
    }
    const Json parts = criteria.value("of", Json::array());
    if (kind == "not" && parts.size() > 1)
        files.fault("badges.json", path + "/of", "must hold one criterion");
    for (std::size_t i = 0; i < parts.size(); ++i)
        checkCriteria(files, parts[i], path + "/of/" + std::to_string(i), topics);
}

std::vector<Badge> readBadges(PackFiles &files, const std::vector<Topic> &topics)
{
    std::vector<Badge> badges;
    const std::optional<Json> json = files.json("badges.json", "pack_badges");
    for (const Json &item : json.value_or(Json::array())) {
        const std::string path = "/" + std::to_string(badges.size());
        Badge badge;
        badge.name = item.at("name").get<std::string>();
        badge.slug = slugFromName(badge.name);
        badge.id = badgeId(badge.slug);
        badge.description = item.at("description").get<std::string>();
        badge.icon = item.value("icon", std::string());
        badge.criteriaJson = dumped(item.at("criteria"));
        badge.pointsReward = item.at("points").get<int>();
        badge.rarity = item.at("rarity").get<std::string>();
        checkCriteria(files, item.at("criteria"), path + "/criteria", topics);
        if (badge.slug.empty())
            files.fault("badges.json", path + "/name", "has no letter or digit");
        if (std::ranges::find(badges, badge.slug, &Badge::slug) != badges.end())
            files.fault("badges.json", path + "/name", "another badge has the slug \"" + badge.slug + "\"");
        badges.push_back(std::move(badge));
    }
    return badges;
}

void readProblems(PackFiles &files, Pack &pack)
{
    const std::vector<Dataset> datasets = readDatasets(files);
    const std::vector<std::string> slugs = files.folders("problems");
    for (const std::string &slug : slugs) {
        if (isSlug(slug))
            pack.problems.push_back(readProblem(files, slug, datasets, pack.topics));
        else
            files.fault("problems/" + slug, "",
                        "must be named in lower-case letters and digits, with '-' between words");
    }
    if (slugs.empty())
        files.fault("problems", "", "holds no problem");
    files.allowOnly("problems", slugs);
    std::ranges::stable_sort(pack.problems, {}, &Problem::orderIndex);
    for (std::size_t i = 1; i < pack.problems.size(); ++i) {
        const Problem &problem = pack.problems[i];
        if (problem.orderIndex > 0 && problem.orderIndex == pack.problems[i - 1].orderIndex)
            files.fault("problems/" + problem.slug + "/problem.json", "/order",
                        "is also that of " + pack.problems[i - 1].slug);
    }
}

} // namespace

base::Result<Pack> readPack(const fs::path &folder)
{
    std::error_code failed;
    if (!fs::is_directory(folder, failed) || !fs::exists(folder / "pack.json", failed))
        return base::Error{"content", "no_pack", "There is no pack in " + folder.string() + ": it has no pack.json."};
    PackFiles files(folder);
    Pack pack;
    if (const std::optional<Json> json = files.json("pack.json", "pack")) {
        pack.name = json->at("name").get<std::string>();
        pack.title = json->at("title").get<std::string>();
        pack.version = json->at("version").get<std::string>();
    }
    pack.topics = readTopics(files);
    pack.badges = readBadges(files, pack.topics);
    readProblems(files, pack);
    checkTracks(files);
    files.allowOnly("",
                    {"pack.json", "topics.json", "badges.json", "tracks.json", "datasets", "problems", "README.md"});
    if (files.faultCount() > 0)
        return base::Error{"content", "bad_pack", files.faultText()};
    return pack;
}

std::string packFingerprint(const fs::path &folder)
{
    std::vector<std::string> lines;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code unknown;
        if (!at->is_regular_file(unknown))
            continue;
        const auto written = at->last_write_time(unknown).time_since_epoch().count();
        lines.push_back(at->path().lexically_relative(folder).string() + '\t' + std::to_string(at->file_size(unknown)) +
                        '\t' + std::to_string(written) + '\n');
    }
    std::ranges::sort(lines);
    std::string all;
    for (const std::string &line : lines)
        all += line;
    return lines.empty() ? std::string() : digest::sha256Hex(all);
}

} // namespace sqlgym::content
