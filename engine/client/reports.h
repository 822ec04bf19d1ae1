// What learners reported, for instructors: to anybody else the server tells nothing.
#pragma once

#include "client/gateway.h"

#include <cstdint>

namespace sqlgym::client {

struct Report {
    std::string reporter;
    std::string reason;
    std::int64_t at = 0; ///< microseconds since 1970
    bool open = false;
};

/// Something that was reported. Texts are cleaned (plainText()), and cut to 6,000 characters by the server.
struct ReportedThing {
    std::string kind; ///< post, comment, solution, link or user
    std::string targetId;
    std::string author; ///< empty: it is gone meanwhile
    std::string content;
    std::string code;
    std::string problem;   ///< its title; empty = of none
    std::string writtenAt; ///< as the server writes moments, in UTC
    bool hidden = false;   ///< from everybody but instructors
    std::string hiddenReason;
    std::vector<Report> reports; ///< the newest first, at most twenty
};

/// `closed`: what is dealt with already. The newest report first, at most 300 things.
base::Result<std::vector<ReportedThing>> reportQueue(Gateway &gateway, bool closed);

/// Hides it from everybody but instructors, or shows it again; its reports are closed. `id` is a UUID: the same again
/// does nothing.
base::Result<void> moderate(Gateway &gateway, const std::string &id, const ReportedThing &thing, bool hidden,
                            const std::string &reason);
/// Its reports are closed, and it stays as it is.
base::Result<void> dismissReports(Gateway &gateway, const ReportedThing &thing);

} // namespace sqlgym::client
