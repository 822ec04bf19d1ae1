// What learners wrote to each other, as the community's pages show it.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

enum class FeedKind : std::uint8_t { Newest, Followed, OfProblem, OfPerson };

/// Where a page ends: those older than it follow.
struct FeedPlace {
    std::string createdAt; ///< as the table holds it
    std::string id;
};

struct FeedQuery {
    FeedKind kind = FeedKind::Newest;
    std::string of; ///< the problem's or person's id, of those kinds
    std::optional<FeedPlace> before{};
    int limit = 50;
};

/// Texts are as their writers left them: to be cleaned before they are shown.
struct Post {
    FeedPlace place;
    std::string authorId;
    std::string author;
    std::string problemSlug; ///< empty = of no problem
    std::string problemTitle;
    std::string content;         ///< cut: see the functions
    std::string code;            ///< cut likewise; empty = none
    std::int64_t characters = 0; ///< of the whole content
    base::UnixMicros createdAt = 0;
    int likes = 0;
    int comments = 0;
    bool edited = false;
    bool liked = false;    ///< by the learner
    bool own = false;      ///< the learner's
    bool waiting = false;  ///< something about it is not sent yet
    bool followed = false; ///< its writer, by the learner
};

struct Comment {
    std::string id;
    std::string authorId;
    std::string author;
    std::string content;
    base::UnixMicros createdAt = 0;
    int depth = 0; ///< 0 = answers the post
    bool own = false;
    bool deleted = false; ///< only its place is kept
    bool waiting = false;
};

struct Thread {
    std::vector<Comment> comments; ///< each behind what it answers, older answers first
    bool more = false;             ///< the newest ones are left out
};

struct Person {
    std::string id;
    std::string username;
};

struct PersonPage {
    Person person;
    std::string name; ///< first and last
    std::string company;
    std::string linkedin;
    base::UnixMicros since = 0;
    int solved = 0;
    int posts = 0; ///< that are here
    bool own = false;
    bool followed = false;         ///< by the learner
    std::vector<Person> followers; ///< that are known here: all of the learner's own, of others the learner alone
    std::vector<Person> following; ///< likewise
};

struct Link {
    std::string id;
    std::string authorId;
    std::string author;
    std::string title;
    std::string url;
    base::UnixMicros createdAt = 0;
    bool own = false;
};

/// A server's answer that is kept for when there is none.
struct KeptAnswer {
    std::string json;
    base::UnixMicros at = 0;
};

/// Reads only, but for keep(). Errors of all: those of the database.
class CommunityRead {
public:
    explicit CommunityRead(StoreContext &context) : m_context(context) {}

    /// Newest first, `content` and `code` cut to their first 600 characters.
    base::Result<std::vector<Post>> feed(const FeedQuery &query);
    /// `content` and `code` cut to 24,000 characters. nullopt: it is gone.
    base::Result<std::optional<Post>> post(std::string_view id);
    /// At most 2,000 comments, each cut to 6,000 characters.
    base::Result<Thread> thread(std::string_view postId);
    /// nullopt: nobody known here.
    base::Result<std::optional<PersonPage>> person(std::string_view userId);
    /// Newest first.
    base::Result<std::vector<Link>> links(int limit = 200);

    /// In cache_entries, under `key` of `space`.
    base::Result<void> keep(std::string_view space, std::string_view key, std::string_view json);
    base::Result<std::optional<KeptAnswer>> kept(std::string_view space, std::string_view key);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
