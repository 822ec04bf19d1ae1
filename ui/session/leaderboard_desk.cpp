#include "session/leaderboard_desk.h"

#include "client/leaderboard.h"
#include "session/cache_work.h"

namespace sqlgym::session {

namespace {

constexpr char kSpace[] = "leaderboard";
constexpr char kKey[] = "all";

struct Kept {
    client::Leaderboard board;
    base::UnixMicros at = 0;
    std::string userId;
};

Kept kept(CacheSlot &slot)
{
    Kept found;
    if (!slot.cache)
        return found;
    found.userId = slot.cache->userId();
    if (const auto answer = slot.cache->communityRead().kept(kSpace, kKey); answer && *answer) {
        found.board = client::leaderboardOf((*answer)->json);
        found.at = (*answer)->at;
    }
    return found;
}

void keep(CacheSlot &slot, const client::Leaderboard &board)
{
    if (slot.cache)
        (void)slot.cache->communityRead().keep(kSpace, kKey, client::leaderboardJson(board));
}

/// What is kept says so from now on, too: there may be no server for a while.
Notice writeVisible(CacheSlot &slot, bool visible)
{
    if (!slot.cache)
        return noCache();
    if (const auto done = slot.cache->profile().setLeaderboard(visible); !done)
        return noticeFor(done.error());
    Kept now = kept(slot);
    if (now.at == 0)
        return {};
    now.board.visible = visible;
    if (!visible)
        std::erase_if(now.board.rows, [&now](const auto &row) { return row.userId == now.userId; });
    keep(slot, now.board);
    return {};
}

LeaderboardView viewOf(const client::Leaderboard &board, const std::string &userId, const QDateTime &at)
{
    LeaderboardView view;
    view.at = at;
    view.visible = board.visible;
    for (const client::LeaderboardRow &row : board.rows)
        view.rows << LeaderboardEntry{row.place,
                                      QString::fromStdString(row.userId),
                                      QString::fromStdString(row.username).simplified(),
                                      row.points,
                                      row.solved,
                                      row.userId == userId};
    return view;
}

} // namespace

LeaderboardDesk::LeaderboardDesk(Store &store, ServerLink &link, QObject *parent)
    : QObject(parent), m_store(store), m_link(link)
{
}

void LeaderboardDesk::readKept()
{
    m_store.ask([](CacheSlot &slot) { return kept(slot); }, this,
                [this, asked = m_asked](const Kept &found) {
                    if (asked == m_asked)
                        emit changed(
                            viewOf(found.board, found.userId,
                                   found.at == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(found.at / 1000)));
                });
}

void LeaderboardDesk::renew()
{
    ++m_asked;
    const LinkState &state = m_link.state();
    if (!state.signedIn() || state.kind == LinkState::Kind::Offline || state.kind == LinkState::Kind::Connecting) {
        readKept();
        return;
    }
    m_link.ask([](client::Gateway &gateway) { return client::leaderboard(gateway); }, this,
               [this, asked = m_asked,
                userId = state.accountId.toStdString()](const base::Result<client::Leaderboard> &board) {
                   if (asked != m_asked)
                       return;
                   if (board) {
                       emit changed(viewOf(*board, userId, QDateTime::currentDateTime()));
                       m_store.ask([kept = *board](CacheSlot &slot) { return keep(slot, kept), true; }, this,
                                   [](bool) {});
                   } else if (client::troubleOf(board.error()) != client::Trouble::Cancelled) {
                       readKept();
                       emit failed(QString::fromStdString(board.error().message));
                   }
               });
}

void LeaderboardDesk::setVisible(bool visible)
{
    m_store.ask([visible](CacheSlot &slot) { return writeVisible(slot, visible); }, this,
                [this](const Notice &notice) {
                    if (!notice.isEmpty())
                        emit failed(notice.title);
                    else
                        emit m_store.wroteForServer();
                });
}

} // namespace sqlgym::session
