#include "content/names.h"

#include "digest/digest.h"

#include <algorithm>
#include <array>

namespace sqlgym::content {

namespace {

constexpr std::array<std::string_view, 5> kNames{"Beginner", "Easy", "Medium", "Hard", "Expert"};
constexpr std::array<std::string_view, 5> kLevels{"BEGINNER", "EASY", "MEDIUM", "HARD", "EXPERT"};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string contentId(const std::string &path) { return digest::uuid5(digest::kContentNamespace, path); }

} // namespace

std::string_view difficultyName(Difficulty difficulty) { return kNames[static_cast<std::size_t>(difficulty)]; }

std::string_view difficultyLevel(Difficulty difficulty) { return kLevels[static_cast<std::size_t>(difficulty)]; }

std::optional<Difficulty> parseDifficulty(std::string_view word)
{
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
        if (std::ranges::equal(word, kLevels[i], {}, upper))
            return static_cast<Difficulty>(i);
    }
    return std::nullopt;
}

std::string slugFromName(std::string_view name)
{
    std::string slug;
    for (const char raw : name) {
        const char c = lower(raw);
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept)
            slug += c;
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    if (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    return slug;
}

std::string problemId(std::string_view slug) { return contentId(std::string(slug)); }

std::string topicId(std::string_view slug) { return contentId("topic/" + std::string(slug)); }

std::string badgeId(std::string_view slug) { return contentId("badge/" + std::string(slug)); }

std::string testId(std::string_view problemSlug, std::string_view testName)
{
    return contentId(std::string(problemSlug) + "/tests/" + std::string(testName));
}

std::string tableId(std::string_view problemSlug, std::string_view tableName)
{
    return contentId(std::string(problemSlug) + "/tables/" + std::string(tableName));
}

} // namespace sqlgym::content
