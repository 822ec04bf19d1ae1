#include "session/solutions_work.h"

#include "client/trouble.h"
#include "insight/approach.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sqlgym::session {

namespace {

constexpr qsizetype kLongestTitle = 200;

QString clean(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8, true)); }
QString line(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8)).simplified(); }
std::string draftKey(const QString &problemId) { return "solutions/draft/" + problemId.toStdString(); }

SolutionEntry entryOf(const cache::Solution &solution)
{
    SolutionEntry entry;
    entry.id = QString::fromStdString(solution.id);
    entry.authorId = QString::fromStdString(solution.authorId);
    entry.author = line(solution.author);
    entry.explanation = clean(solution.content);
    entry.leftOut = std::max<qint64>(0, solution.characters - static_cast<qint64>(entry.explanation.toUcs4().size()));
    entry.sql = clean(solution.sql).trimmed();
    entry.written = QDateTime::fromMSecsSinceEpoch(solution.createdAt / 1000);
    entry.up = std::max(solution.up, 0);
    entry.down = std::max(solution.down, 0);
    entry.vote = solution.vote;
    entry.bookmark = solution.bookmark;
    entry.own = solution.own;
    entry.edited = solution.edited;
    entry.waiting = solution.waiting;
    return entry;
}

int score(const SolutionEntry &entry) { return entry.up - entry.down; }

/// How many others of the group have the same words of their trees.
void countSame(SolutionGroup &group, const std::vector<std::vector<std::string>> &plain)
{
    std::map<std::vector<std::string>, int> counts;
    for (const auto &words : plain)
        ++counts[words];
    for (qsizetype i = 0; i < group.solutions.size(); ++i) {
        const auto &words = plain[static_cast<std::size_t>(i)];
        group.solutions[i].same = words.empty() ? 0 : counts[words] - 1;
    }
}

SolutionGroup::Kind kindOf(const cache::Solution &solution)
{
    using Kind = SolutionGroup::Kind;
    if (solution.official)
        return Kind::Official;
    if (solution.verdict)
        return *solution.verdict ? Kind::Right : Kind::Wrong;
    return solution.told || solution.own ? Kind::NotJudged : Kind::NotTold;
}

QList<SolutionGroup> grouped(const std::vector<cache::Solution> &solutions)
{
    using Kind = SolutionGroup::Kind;
    QList<SolutionGroup> groups;
    QHash<QString, qsizetype> places;
    std::vector<std::vector<std::vector<std::string>>> plain;
    for (const cache::Solution &solution : solutions) {
        SolutionGroup wanted;
        auto approach = insight::approachOf(solution.sql);
        wanted.kind = kindOf(solution);
        if (wanted.kind != Kind::Official)
            wanted.words = QString::fromStdString(approach.words);
        for (const std::string &test : solution.failing)
            wanted.failing << line(test).left(100);
        wanted.failing.sort();
        const auto place = places.find(wanted.key());
        const qsizetype at = place == places.end() ? groups.size() : *place;
        if (at == groups.size()) {
            places.insert(wanted.key(), at);
            groups << wanted;
            plain.emplace_back();
        }
        groups[at].solutions << entryOf(solution);
        plain[static_cast<std::size_t>(at)].push_back(std::move(approach.plain));
    }
    for (qsizetype at = 0; at < groups.size(); ++at) {
        countSame(groups[at], plain[static_cast<std::size_t>(at)]);
        std::ranges::stable_sort(groups[at].solutions, std::greater(), score);
    }
    std::ranges::stable_sort(groups, [](const SolutionGroup &one, const SolutionGroup &other) {
        const auto rank = [](const SolutionGroup &group) {
            return std::tuple(static_cast<int>(group.kind), -group.solutions.size(), -score(group.solutions.front()));
        };
        return rank(one) < rank(other);
    });
    return groups;
}

Notice noticeOf(const base::Result<void> &done) { return done ? Notice() : noticeFor(done.error()); }

} // namespace

QString SolutionGroup::key() const
{
    return QString::number(static_cast<int>(kind)) + u'\n' + words + u'\n' + failing.join(u'\n');
}

SolutionPage readSolutions(CacheSlot &slot, const QString &problemId)
{
    SolutionPage page;
    page.problemId = problemId;
    if (!slot.cache) {
        page.notice = noCache();
        return page;
    }
    const auto solutions = slot.cache->solutions().solutions(problemId.toStdString());
    const auto right = slot.cache->solutions().rightQueries(problemId.toStdString());
    if (!solutions || !right) {
        page.notice = noticeFor(solutions ? right.error() : solutions.error());
        return page;
    }
    page.groups = grouped(*solutions);
    for (const std::string &query : *right)
        page.rightQueries << QString::fromStdString(query);
    if (const auto draft = slot.cache->uiState().value(draftKey(problemId)); draft && *draft)
        page.draft = QString::fromStdString(**draft);
    return page;
}

SolutionPage keepSolutions(CacheSlot &slot, const QString &problemId, const sync::ToldSolutions &told)
{
    Notice notice;
    if (slot.cache)
        notice = noticeOf(slot.cache->solutions().take(problemId.toStdString(), told.solutions, told.horizon));
    SolutionPage page = readSolutions(slot, problemId);
    if (page.notice.isEmpty())
        page.notice = notice;
    return page;
}

Notice shareSolution(CacheSlot &slot, const QString &problemId, const QString &id, const QString &explanation,
                     const QString &sql)
{
    if (!slot.cache)
        return noCache();
    const std::string query = sql.toStdString();
    const std::string title =
        QString::fromStdString(insight::approachOf(query).words).left(kLongestTitle).toStdString();
    auto &community = slot.cache->community();
    if (!id.isEmpty())
        return noticeOf(community.editSolution(id.toStdString(), title, explanation.toStdString(), query));
    const auto made = community.addSolution(problemId.toStdString(), title, explanation.toStdString(), query);
    return made ? Notice() : noticeFor(made.error());
}

Notice deleteSolution(CacheSlot &slot, const QString &id)
{
    return slot.cache ? noticeOf(slot.cache->community().deleteSolution(id.toStdString())) : noCache();
}

Notice markSolution(CacheSlot &slot, const QString &id, std::optional<int> vote, std::optional<bool> bookmark)
{
    return slot.cache ? noticeOf(slot.cache->solutions().mark(id.toStdString(), vote, bookmark)) : noCache();
}

Notice keepSolutionDraft(CacheSlot &slot, const QString &problemId, const QString &explanation)
{
    return slot.cache ? noticeOf(slot.cache->uiState().set({{draftKey(problemId), explanation.toStdString()}}))
                      : noCache();
}

} // namespace sqlgym::session
