#include "judge/awarding.h"

#include "base/clock.h"
#include "base/uuid.h"
#include "judge/learner_rows.h"
#include "judge/problem_rows.h"
#include "judge/server_errors.h"
#include "progress/badges.h"
#include "progress/judge.h"

#include <nlohmann/json.hpp>

namespace sqlgym::judge {

namespace {

constexpr const char *kAtOnce = "100";

struct Catalogue {
    std::vector<progress::ProblemFact> problems;
    std::vector<content::Badge> badges;
};

base::Result<Catalogue> readCatalogue(server::Session &session)
{
    auto problems = readFacts(session);
    if (!problems)
        return problems.error();
    auto badges = readBadges(session);
    if (!badges)
        return badges.error();
    return Catalogue{std::move(*problems), std::move(*badges)};
}

/// Ids of badges that the learner has not and now earns.
base::Result<std::vector<std::string>> earned(server::Session &session, const std::string &userId,
                                              const Catalogue &catalogue)
{
    std::vector<postgres::ResultSet> answers;
    for (const postgres::Statement &question : historyQuestions(userId, {})) {
        auto answer = session.run(question.sql, question.values);
        if (!answer)
            return answer.error();
        answers.push_back(std::move(*answer));
    }
    const progress::History history = historyOf(answers);
    const progress::BadgeFacts facts{history.events,     catalogue.problems, base::Clock().now(), 0,
                                     history.frozenDays, history.deeds};
    std::vector<std::string> ids;
    for (auto &row : progress::newBadges(userId, facts, history.badgeIds, catalogue.badges, base::randomUuid))
        ids.push_back(std::move(row.badgeId));
    return ids;
}

/// Adds to `awarded` how many badges.
base::Result<void> award(server::Session &session, const std::string &userId, const Catalogue &catalogue, int &awarded)
{
    const auto opened = session.value("SELECT private.open_deeds($1)", {userId});
    if (!opened)
        return opened.error();
    if (*opened != "t")
        return {};
    const auto badges = earned(session, userId, catalogue);
    if (!badges)
        return badges.error();
    if (badges->empty())
        return {};
    const auto added = session.value("SELECT private.award_badges($1, ARRAY(SELECT jsonb_array_elements_text($2)))",
                                     {userId, nlohmann::json(*badges).dump()});
    if (!added)
        return added.error();
    awarded += std::stoi(added->value_or("0"));
    return {};
}

} // namespace

base::Result<Facts> awardDeeds(server::Session &session)
{
    const auto waiting = session.run("SELECT waiting_deeds FROM private.waiting_deeds($1)", {kAtOnce});
    if (!waiting)
        return waiting.error();
    if (waiting->rowCount() == 0)
        return Facts();
    const auto catalogue = readCatalogue(session);
    if (!catalogue)
        return catalogue.error();
    int awarded = 0;
    std::optional<base::Error> failure;
    for (int row = 0; row < waiting->rowCount(); ++row) {
        const std::string userId(waiting->cell(row, 0).value_or(""));
        auto done =
            session.transaction([&](server::Session &within) { return award(within, userId, *catalogue, awarded); });
        if (!done && connectionLost(done.error()))
            return done.error();
        if (!done)
            failure = done.error(); // the others are not to wait for this one
    }
    if (failure)
        return *failure;
    if (awarded == 0)
        return Facts();
    return Facts{{"badges", std::to_string(awarded)}};
}

} // namespace sqlgym::judge
