#include "progress/criteria.h"

#include "content/names.h"

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

namespace sqlgym::progress {

namespace {

using Json = nlohmann::json;

struct KindName {
    const char *name;
    CriterionKind kind;
    const char *number; ///< the member that says how many
};

constexpr KindName kKinds[] = {
    {"problems_solved", CriterionKind::ProblemsSolved, "count"},
    {"topic_solved", CriterionKind::TopicSolved, nullptr},
    {"solved_in_topic", CriterionKind::SolvedInTopic, "count"},
    {"topics_begun", CriterionKind::TopicsBegun, "count"},
    {"topics_finished", CriterionKind::TopicsFinished, "count"},
    {"difficulty_solved", CriterionKind::DifficultySolved, "count"},
    {"first_try", CriterionKind::FirstTry, "count"},
    {"no_hints", CriterionKind::NoHints, "count"},
    {"not_given_up", CriterionKind::NotGivenUp, "count"},
    {"fast", CriterionKind::Fast, "count"},
    {"solved_in_a_day", CriterionKind::SolvedInADay, "count"},
    {"active_days", CriterionKind::ActiveDays, "days"},
    {"streak", CriterionKind::Streak, "days"},
    {"posts", CriterionKind::Posts, "count"},
    {"comments", CriterionKind::Comments, "count"},
    {"likes_received", CriterionKind::LikesReceived, "count"},
    {"followers", CriterionKind::Followers, "count"},
    {"solutions_shared", CriterionKind::SolutionsShared, "count"},
    {"links_shared", CriterionKind::LinksShared, "count"},
    {"all", CriterionKind::All, nullptr},
    {"any", CriterionKind::Any, nullptr},
    {"not", CriterionKind::Not, nullptr},
};

constexpr const char *kDifficulties[] = {"BEGINNER", "EASY", "MEDIUM", "HARD", "EXPERT"};

base::Error bad(const std::string &why) { return {"progress", "bad_criteria", why, false}; }

std::string text(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// 0 = none, or none that can be counted to.
int number(const Json &json, const char *key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer())
        return 0;
    const auto value = found->get<std::int64_t>();
    return value >= 1 && value <= 1'000'000 ? static_cast<int>(value) : 0;
}

base::Result<Criterion> read(const Json &json, int depth);

base::Result<void> readParts(const Json &json, int depth, Criterion &criterion)
{
    const auto of = json.find("of");
    if (of == json.end() || !of->is_array() || of->empty())
        return bad("need the criteria of their group in \"of\"");
    if (of->size() > kMostParts || depth >= kDeepestGroup)
        return bad("hold more than this program reads");
    if (criterion.kind == CriterionKind::Not && of->size() != 1)
        return bad("deny one criterion at a time");
    for (const Json &each : *of) {
        auto part = read(each, depth + 1);
        if (!part)
            return part.error();
        criterion.parts.push_back(std::move(*part));
    }
    return {};
}

base::Result<Criterion> read(const Json &json, int depth)
{
    if (!json.is_object())
        return bad("are not a JSON object");
    const std::string name = text(json, "kind");
    const auto kind = std::ranges::find_if(kKinds, [&](const KindName &each) { return name == each.name; });
    if (kind == std::end(kKinds))
        return bad("are of a kind '" + name.substr(0, 40) + "' that this program does not know");
    Criterion criterion;
    criterion.kind = kind->kind;
    if (kind->number) {
        criterion.count = number(json, kind->number);
        if (criterion.count == 0)
            return bad(std::string("need ") + (name == "streak" || name == "active_days" ? "" : "a ") + '"' +
                       kind->number + "\" of at least 1");
    }
    switch (criterion.kind) {
    case CriterionKind::TopicSolved:
    case CriterionKind::SolvedInTopic:
        criterion.topic = text(json, "topic");
        if (criterion.topic.empty())
            return bad("name no topic");
        break;
    case CriterionKind::DifficultySolved: {
        const std::string wanted = text(json, "difficulty");
        const auto found = std::ranges::find_if(kDifficulties, [&](const char *each) { return wanted == each; });
        if (found == std::end(kDifficulties))
            return bad("name no difficulty");
        criterion.difficulty = static_cast<content::Difficulty>(found - std::begin(kDifficulties));
        break;
    }
    case CriterionKind::Fast:
        criterion.milliseconds = number(json, "milliseconds");
        if (criterion.milliseconds == 0)
            return bad("need \"milliseconds\" of at least 1");
        break;
    case CriterionKind::All:
    case CriterionKind::Any:
    case CriterionKind::Not:
        if (auto parts = readParts(json, depth, criterion); !parts)
            return parts.error();
        break;
    default:
        break;
    }
    return criterion;
}

} // namespace

base::Result<Criterion> readCriteria(const std::string &json) { return read(Json::parse(json, nullptr, false), 0); }

} // namespace sqlgym::progress
