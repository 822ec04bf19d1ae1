#include "screens/sync_words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace sqlgym::screens {

namespace {

using Kind = session::LinkState::Kind;

QString tr(const char *text) { return QCoreApplication::translate("sync", text); }

QString timeLeft(int seconds)
{
    return seconds < 100 ? tr("%1 s left").arg(seconds) : tr("%1 min left").arg((seconds + 30) / 60);
}

QString clock(const QDateTime &moment)
{
    const bool today = moment.date() == QDate::currentDate();
    return today ? QLocale().toString(moment.time(), QLocale::ShortFormat)
                 : QLocale().toString(moment, QLocale::ShortFormat);
}

QString syncing(const session::LinkState &state)
{
    if (state.total == 0)
        return tr("Syncing\u2026");
    const QLocale locale;
    const QString rows = tr("Syncing %1 of %2").arg(locale.toString(state.rows), locale.toString(state.total));
    return state.secondsLeft < 0 ? rows : rows + QStringLiteral(" \u00b7 ") + timeLeft(state.secondsLeft);
}

/// What is not at the server, for those states that do not say so themselves.
QString pile(const session::OutboxView &outbox)
{
    QString words;
    if (outbox.waiting > 0)
        words += QStringLiteral(" \u00b7 ") + tr("%1 waiting").arg(outbox.waiting);
    if (outbox.awaitingVerdict > 0)
        words += QStringLiteral(" \u00b7 ") + tr("%1 being judged").arg(outbox.awaitingVerdict);
    if (outbox.refused > 0)
        words += QStringLiteral(" \u00b7 ") + tr("%1 refused").arg(outbox.refused);
    return words;
}

} // namespace

SyncWords syncWords(const session::LinkState &state, const session::OutboxView &outbox)
{
    const QString more = pile(outbox);
    switch (state.kind) {
    case Kind::NoServer:
        return {"computer", tr("No server"),
                tr("Everything stays on this computer. To learn together with others, choose a server under Account.")};
    case Kind::SignedOut:
        return {"account", tr("Signed out") + more,
                (state.reason.isEmpty() ? tr("Nobody is signed in at %1.").arg(state.server) : state.reason) + u' ' +
                    tr("Everything works all the same, and is sent once you have signed in.")};
    case Kind::Offline:
        return {"offline", tr("Offline") + more,
                tr("%1\nSince %2. Everything works all the same; it is tried again by itself.")
                    .arg(state.reason, clock(state.since))};
    case Kind::Connecting:
        return {"sync", tr("Connecting\u2026") + more, tr("Connecting to %1.").arg(state.server)};
    case Kind::Syncing:
        return {"sync", syncing(state),
                state.total == 0
                    ? tr("What waits is sent, what changed is fetched from %1.").arg(state.server)
                    : tr("A new copy of what %1 has. You can go on working; it may be cancelled and goes on later.")
                          .arg(state.server)};
    case Kind::Synced:
        return {outbox.refused > 0 ? "verdict-warning" : "synced", tr("Synced %1").arg(clock(state.synced)) + more,
                outbox.refused > 0 ? tr("The server refused something: look into the outbox for the reason.")
                                   : tr("Signed in as %1 at %2.").arg(state.account, state.server)};
    case Kind::Stopped:
        break;
    }
    return {"verdict-warning", tr("Not syncing") + more, state.reason};
}

} // namespace sqlgym::screens
