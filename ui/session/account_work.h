// The learner's own profile and data, as the Account screen asks for them. Every function here runs on the cache
// thread.
#pragma once

#include "session/cache_work.h"

#include <QtCore/QDateTime>

namespace sqlgym::session {

/// What a learner says about themselves; empty = nothing.
struct ProfileTexts {
    QString firstName;
    QString lastName;
    QString company;
    QString linkedin;
    QString picture; ///< its address

    bool operator==(const ProfileTexts &) const = default;
};

/// As many characters as the server takes.
inline constexpr int kMostNameLength = 50, kMostCompanyLength = 100, kMostAddressLength = 2'000;

/// Why this is no address for others to see; empty: it is one. An empty address is none, and right. https alone, and
/// http to this computer itself.
QString addressTrouble(const QString &address);

struct AccountView {
    QString username;
    QString email; ///< empty = not known yet, or none
    bool local = true;
    bool emailProved = false;
    bool premium = false;
    bool instructor = false;
    QDateTime since;
    ProfileTexts texts;
    int submissions = 0;
    int attempts = 0;
    int drafts = 0;
    int waiting = 0; ///< in the outbox
    Notice notice;
};

AccountView readAccount(CacheSlot &slot);
/// Through the outbox: only what differs is sent.
Notice saveProfile(CacheSlot &slot, const ProfileTexts &texts);

struct DataExport {
    int files = 0;
    int rows = 0;
    QString folder;
    QString trouble; ///< empty: it is done
};
/// See cache/own_data.h.
DataExport exportData(CacheSlot &slot, const QString &folder);

} // namespace sqlgym::session
