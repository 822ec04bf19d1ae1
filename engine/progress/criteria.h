// What a badge asks for: badges.criteria (resources/schemas/criteria.schema.json) as a value.
#pragma once

#include "base/result.h"
#include "content/problem.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sqlgym::progress {

enum class CriterionKind : std::uint8_t {
    ProblemsSolved,   ///< {"kind":"problems_solved","count":N}
    TopicSolved,      ///< {"kind":"topic_solved","topic":SLUG}: every problem of the topic
    SolvedInTopic,    ///< {"kind":"solved_in_topic","topic":SLUG,"count":N}
    TopicsBegun,      ///< {"kind":"topics_begun","count":N}: at least one problem solved in each
    TopicsFinished,   ///< {"kind":"topics_finished","count":N}
    DifficultySolved, ///< {"kind":"difficulty_solved","difficulty":"HARD","count":N}
    FirstTry,         ///< {"kind":"first_try","count":N}
    NoHints,          ///< {"kind":"no_hints","count":N}
    NotGivenUp,       ///< {"kind":"not_given_up","count":N}: right after at least that many wrong submissions
    Fast,             ///< {"kind":"fast","milliseconds":M,"count":N}: problems with a right query of at most M
    SolvedInADay,     ///< {"kind":"solved_in_a_day","count":N}: problems, each on the day it was first solved
    ActiveDays,       ///< {"kind":"active_days","days":N}: days with a right submission, in a row or not
    Streak,           ///< {"kind":"streak","days":N}: in a row, the longest ever
    Posts,            ///< {"kind":"posts","count":N}: Deeds, as those that follow
    Comments,         ///< {"kind":"comments","count":N}
    LikesReceived,    ///< {"kind":"likes_received","count":N}
    Followers,        ///< {"kind":"followers","count":N}
    SolutionsShared,  ///< {"kind":"solutions_shared","count":N}
    LinksShared,      ///< {"kind":"links_shared","count":N}
    All,              ///< {"kind":"all","of":[...]}
    Any,              ///< {"kind":"any","of":[...]}
    Not,              ///< {"kind":"not","of":[ONE]}
};

struct Criterion {
    CriterionKind kind = CriterionKind::ProblemsSolved;
    int count = 1; ///< or days
    int milliseconds = 0;
    std::string topic; ///< slug
    content::Difficulty difficulty = content::Difficulty::Medium;
    std::vector<Criterion> parts; ///< of All, Any, Not
};

/// Groups within groups, and criteria in a group: a server's badge is no way to keep a program busy.
inline constexpr int kDeepestGroup = 2;
inline constexpr std::size_t kMostParts = 8;

/// Errors: progress/bad_criteria  not JSON, or not of a kind known here; the message ends a sentence: "name no topic".
base::Result<Criterion> readCriteria(const std::string &json);

} // namespace sqlgym::progress
