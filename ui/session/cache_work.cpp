#include "session/cache_work.h"

#include "base/uuid.h"
#include "content/names.h"
#include "content/pack.h"
#include "content/resources.h"
#include "content/translation.h"
#include "grading/canonical.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QDirIterator>
#include <QtCore/QLocale>

namespace sqlgym::session {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("profile", text); }
QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

/// Changes when a file of the folder does; reading names, sizes and times of a few hundred files takes a millisecond.
std::string folderFingerprint(const QString &folder)
{
    QStringList lines;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QFileInfo file = files.fileInfo();
        lines << QStringLiteral("%1 %2 %3")
                     .arg(file.filePath())
                     .arg(file.size())
                     .arg(file.lastModified().toMSecsSinceEpoch());
    }
    lines.sort();
    return QCryptographicHash::hash(lines.join(u'\n').toUtf8(), QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

Notice noCache()
{
    return {tr("Nothing can be kept."), tr("The local database could not be made, not even in memory."), true};
}

int utcOffsetMinutes() { return QDateTime::currentDateTime().offsetFromUtc() / 60; }

Notice noticeFor(const base::Error &error)
{
    const QString words = text(error.message);
    if (error.code == "disk_full")
        return {tr("The disk is full."),
                tr("%1 What is in the editor is not lost, but cannot be saved until there is room.").arg(words), true};
    if (error.code == "newer_version")
        return {
            tr("This profile belongs to a newer SQLGym."),
            tr("%1 It is left untouched. Until you update, what you do here is kept only while this window is open.")
                .arg(words),
            true};
    if (error.code == "read_only" || error.code == "cannot_open")
        return {tr("This profile cannot be written."),
                tr("%1 What you do here is kept only while this window is open. Check who owns the folder, or choose "
                   "another with "
                   "--profile.")
                    .arg(words),
                true};
    if (error.code == "bad_pack" || error.code == "no_pack")
        return {tr("The catalogue could not be loaded."), words, false};
    return {tr("The profile could not be used."), words, !error.transient};
}

StartState openCache(CacheSlot &slot, const std::string &path)
{
    StartState state;
    cache::CacheOptions options;
    options.userName = qEnvironmentVariable("USER", QStringLiteral("learner")).toStdString();
    auto opened = cache::Cache::open(path, options);
    if (!opened) {
        state.notice = noticeFor(opened.error());
        state.notice.serious = true;
        opened = cache::Cache::openInMemory(options);
    }
    if (!opened) {
        state.notice = noCache();
        return state;
    }
    slot.cache = std::move(*opened);
    const auto &report = slot.cache->report();
    if (state.notice.isEmpty() && !report.sentence.empty())
        state.notice = {report.recovered ? tr("The profile was damaged and has been repaired.") : tr("Your profile:"),
                        text(report.sentence), false};
    state.entries = readEntries(slot);
    state.catalogueMissing = state.entries.empty();
    if (const auto open = slot.cache->uiState().value(kOpenSlugKey); open && *open)
        state.openSlug = text(**open);
    return state;
}

namespace {

/// Of the system, two letters: in which the words of problems are shown where the pack has them.
std::string language() { return QLocale::system().uiLanguages().value(0).left(2).toStdString(); }

} // namespace

ProblemEntries readEntries(CacheSlot &slot)
{
    ProblemEntries entries;
    if (!slot.cache)
        return entries;
    const auto summaries = slot.cache->problems().problems();
    if (!summaries)
        return entries;
    const auto titles = content::translatedTitles(content::bundledPack(), language());
    for (const auto &summary : *summaries) {
        ProblemEntry entry;
        entry.id = text(summary.id);
        entry.slug = text(summary.slug);
        const auto title = titles.find(summary.slug);
        entry.title = text(title == titles.end() ? summary.title : title->second);
        entry.topicId = text(summary.topicId);
        entry.topic = text(summary.topicName);
        entry.company = text(summary.company);
        for (const auto &tag : summary.tags)
            entry.tags << text(tag);
        entry.difficulty = summary.difficulty;
        entry.status = summary.state;
        entry.bookmarked = summary.bookmarked;
        entries.push_back(std::move(entry));
    }
    return entries;
}

CatalogueState refreshCatalogue(CacheSlot &slot)
{
    CatalogueState state;
    if (!slot.cache)
        return state;
    const auto folder = content::bundledPack();
    const std::string fingerprint = folderFingerprint(QString::fromStdString(folder.string()));
    const auto loaded = slot.cache->problems().loadedPacks();
    if (loaded) {
        for (const auto &pack : *loaded) {
            if (pack.fingerprint == fingerprint)
                return state;
        }
    }
    const auto pack = content::readPack(folder);
    if (!pack) {
        state.notice = noticeFor(pack.error());
        return state;
    }
    const auto report = slot.cache->problems().loadPack(*pack, fingerprint, grading::expectedHash);
    if (!report) {
        state.notice = noticeFor(report.error());
        return state;
    }
    state.changed = true;
    state.entries = readEntries(slot);
    return state;
}

std::optional<OpenedProblem> openProblem(CacheSlot &slot, const std::string &slug, Notice &notice)
{
    if (!slot.cache) {
        notice = noCache();
        return std::nullopt;
    }
    auto problem = slot.cache->problems().problem(slug);
    if (!problem) {
        notice = noticeFor(problem.error());
        notice.title = tr("This problem could not be opened.");
        notice.serious = false;
        return std::nullopt;
    }
    content::translate(*problem, content::bundledPack(), language());
    OpenedProblem opened;
    opened.problem = std::make_shared<const content::Problem>(std::move(*problem));
    const std::string &id = opened.problem->id;
    if (const auto summary = slot.cache->problems().summary(id); summary && *summary) {
        opened.status = (*summary)->state;
        opened.topic = text((*summary)->topicName);
    }
    opened.starter = text(content::starterSql(opened.problem->question));
    const auto draft = slot.cache->drafts().draft(id);
    if (draft && !*draft) {
        opened.draft = opened.starter;
    } else if (draft) {
        opened.draft = text((*draft)->text);
        opened.cursorUtf16 = static_cast<int>((*draft)->cursorUtf16);
        opened.firstLine = static_cast<int>((*draft)->scrollLine);
    }
    if (const auto hints = slot.cache->learning().hintsUsed(id))
        opened.hintsUsed = *hints;
    if (const auto gaveUp = slot.cache->learning().gaveUpAt(id))
        opened.gaveUp = gaveUp->has_value();
    if (auto saved = slot.cache->uiState().set(kOpenSlugKey, opened.problem->slug); !saved)
        notice = noticeFor(saved.error());
    return opened;
}

QList<ScratchText> readScratch(CacheSlot &slot)
{
    QList<ScratchText> open, closed;
    if (!slot.cache)
        return open;
    const auto drafts = slot.cache->drafts().drafts();
    const auto state = slot.cache->uiState().value(kOpenScratchKey);
    const QStringList tabs = state && *state ? text(**state).split(u'\n', Qt::SkipEmptyParts) : QStringList();
    for (const QString &document : tabs)
        open.append({document, {}, true});
    if (!drafts)
        return open;
    for (auto draft = drafts->rbegin(); draft != drafts->rend(); ++draft) {
        const QString document = text(draft->document);
        const auto tab = tabs.indexOf(document);
        if (tab >= 0)
            open[tab].text = text(draft->text);
        else if (document.startsWith(QLatin1String("scratch/")))
            closed.append({document, text(draft->text), false});
    }
    return open + closed;
}

Notice saveOpenScratch(CacheSlot &slot, const std::string &documents)
{
    if (!slot.cache)
        return {};
    const auto saved = slot.cache->uiState().set(kOpenScratchKey, documents);
    return saved ? Notice() : noticeFor(saved.error());
}

Notice saveDraft(CacheSlot &slot, const cache::Draft &draft)
{
    if (!slot.cache)
        return noCache();
    const auto saved = slot.cache->drafts().save(draft);
    return saved ? Notice() : noticeFor(saved.error());
}

SubmitResult submit(CacheSlot &slot, const content::Problem &problem, const std::string &query,
                    const grading::Verdict &verdict, base::UnixMicros writtenAt)
{
    SubmitResult result;
    if (!slot.cache) {
        result.notice = noCache();
        return result;
    }
    const auto history = slot.cache->progress().history();
    const auto badges = slot.cache->problems().badges();
    if (!history || !badges) {
        result.notice = noticeFor(history ? badges.error() : history.error());
        return result;
    }
    progress::SubmissionInput input;
    input.id = base::randomUuid();
    input.userId = slot.cache->userId();
    input.query = query;
    input.writtenAt = writtenAt;
    input.utcOffsetMinutes = utcOffsetMinutes();
    const auto judgement = progress::judge(input, problem, verdict, *history, *badges, base::randomUuid);
    if (!judgement) {
        result.notice = {tr("Not handed in."), text(judgement.error().message), false};
        return result;
    }
    cache::Attempt attempt;
    attempt.id = input.id;
    attempt.problemId = problem.id;
    attempt.kind = cache::AttemptKind::Submit;
    attempt.query = query;
    attempt.outcome = verdict.correct ? "match" : "wrong";
    attempt.correct = verdict.correct;
    attempt.startedAt = writtenAt;
    for (const auto &test : verdict.tests)
        attempt.elapsedUs += test.elapsedUs;
    attempt.utcOffsetMinutes = input.utcOffsetMinutes;
    if (const auto stored = slot.cache->progress().store(*judgement, attempt); !stored) {
        result.notice = noticeFor(stored.error());
        return result;
    }
    result.stored = true;
    result.firstSolve = judgement->firstSolve;
    result.experienceEarned = judgement->experienceEarned;
    for (const auto &earned : judgement->userBadges) {
        for (const auto &badge : *badges) {
            if (badge.id == earned.badgeId)
                result.badges.append({text(badge.name), text(badge.icon), text(badge.rarity)});
        }
    }
    return result;
}

} // namespace sqlgym::session
