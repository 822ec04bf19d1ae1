// Helpful links, read and written. Every function here that takes a slot runs on the cache thread.
#pragma once

#include "session/community_work.h"

#include <QtCore/QUrl>

namespace sqlgym::session {

/// Of another learner, or one's own.
struct LinkEntry {
    QString id;
    QString author;
    QString title; ///< in one line
    QUrl url;      ///< invalid: it leads to no page of the web
    QDateTime shared;
    bool own = false;
};

struct LinkList {
    QList<LinkEntry> links; ///< newest first
    Notice notice;
};

LinkList readLinks(CacheSlot &slot);
/// Refused without a title, and without an address that webAddress() takes.
Written addLink(CacheSlot &slot, const QString &title, const QString &address);
Notice deleteLink(CacheSlot &slot, const std::string &id);

/// Of a page of the web: http or https, with a host and nobody's name before it, of at most 2,000 characters, as
/// servers take it. One without a scheme gets https. nullopt: it is none.
std::optional<QUrl> webAddress(const QString &typed);

} // namespace sqlgym::session
