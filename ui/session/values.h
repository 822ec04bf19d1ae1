// What crosses between the threads and the screens: plain values.
#pragma once

#include "content/problem.h"
#include "progress/status.h"

#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>
#include <vector>

namespace sqlgym::session {

/// One run, check or submission; never 0, never used twice.
using JobId = quint64;

using ProblemStatus = progress::ProblemState;

/// A problem as the list shows it.
struct ProblemEntry {
    QString id;
    QString slug;
    QString title;
    QString topicSlug;
    QString topic;
    QString company;
    QStringList tags;
    content::Difficulty difficulty = content::Difficulty::Medium;
    ProblemStatus status = ProblemStatus::New;

    bool operator==(const ProblemEntry &) const = default;
};

/// Problems in the order in which they are practised: by topic, then as the topic orders them.
using ProblemEntries = std::vector<ProblemEntry>;

using ProblemPtr = std::shared_ptr<const content::Problem>;

} // namespace sqlgym::session

Q_DECLARE_METATYPE(sqlgym::session::ProblemPtr)
