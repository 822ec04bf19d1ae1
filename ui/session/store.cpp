#include "session/store.h"

namespace sqlgym::session {

namespace {

constexpr int kDraftDelayMs = 700; ///< also: how soon a draft that could not be saved is tried again

} // namespace

Store::Store(QObject *parent)
    : QObject(parent), m_slot(std::make_shared<CacheSlot>()), m_thread(QStringLiteral("cache"))
{
    // Not restarted by each key: a draft is never older than the delay.
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(kDraftDelayMs);
    connect(&m_draftTimer, &QTimer::timeout, this, &Store::flushDrafts);
}

Store::~Store()
{
    flushDrafts();
    m_thread.post([slot = m_slot] { slot->cache.reset(); });
}

void Store::open(const QString &databaseFile)
{
    m_databaseFile = databaseFile.toStdString();
    m_thread.ask([slot = m_slot, path = m_databaseFile] { return openCache(*slot, path); }, this,
                 [this](const StartState &state) { emit started(state); });
}

void Store::closeWhile(std::function<void()> closed, std::function<void()> opened)
{
    m_thread.ask(
        [slot = m_slot, path = m_databaseFile, closed = std::move(closed), opened = std::move(opened)] {
            slot->cache.reset();
            closed();
            auto state = openCache(*slot, path);
            opened();
            return state.notice;
        },
        this, [this](const Notice &notice) { tell(notice); });
}

void Store::refreshCatalogue()
{
    m_thread.ask([slot = m_slot] { return session::refreshCatalogue(*slot); }, this,
                 [this](const CatalogueState &state) {
                     tell(state.notice);
                     if (state.changed)
                         emit catalogueChanged(state);
                 });
}

void Store::openProblem(const QString &slug)
{
    flushDrafts();
    struct Answer {
        std::optional<OpenedProblem> opened;
        Notice notice;
    };
    m_thread.ask(
        [slot = m_slot, name = slug.toStdString()] {
            Answer answer;
            answer.opened = session::openProblem(*slot, name, answer.notice);
            return answer;
        },
        this,
        [this, slug](const Answer &answer) {
            if (answer.opened)
                emit problemOpened(*answer.opened);
            else
                emit problemMissing(slug, answer.notice);
        });
}

void Store::keepDraft(const QString &document, const QByteArray &text, int cursorUtf16, int firstLine)
{
    m_unsaved.insert(document, {text, cursorUtf16, firstLine});
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
}

void Store::flushDrafts()
{
    m_draftTimer.stop();
    for (auto each = m_unsaved.cbegin(); each != m_unsaved.cend(); ++each) {
        m_thread.ask(
            [slot = m_slot, document = each.key(), draft = each.value()] {
                return saveDraft(
                    *slot, {document.toStdString(), draft.text.toStdString(), draft.cursorUtf16, draft.firstLine, 0});
            },
            this,
            [this, document = each.key(), draft = each.value()](const Notice &notice) {
                const bool failed = !notice.isEmpty();
                if (failed) {
                    // Tried again until it works: the text is still here.
                    if (!m_unsaved.contains(document))
                        m_unsaved.insert(document, draft);
                    m_draftTimer.start();
                }
                if (failed != m_draftFailed) {
                    m_draftFailed = failed;
                    emit noticed(notice);
                }
            });
    }
    m_unsaved.clear();
}

void Store::readScratch()
{
    m_thread.ask([slot = m_slot] { return session::readScratch(*slot); }, this,
                 [this](const QList<ScratchText> &texts) { emit scratchRead(texts); });
}

void Store::keepOpenScratch(const QStringList &documents)
{
    m_thread.ask(
        [slot = m_slot, lines = documents.join(u'\n').toStdString()] { return session::saveOpenScratch(*slot, lines); },
        this, [this](const Notice &notice) { tell(notice); });
}

void Store::tell(const Notice &notice)
{
    if (!notice.isEmpty())
        emit noticed(notice);
}

void Store::readStanding(const std::string &problemId)
{
    m_thread.ask(
        [slot = m_slot, problemId]() -> std::optional<cache::ProblemSummary> {
            if (!slot->cache)
                return std::nullopt;
            auto summary = slot->cache->problems().summary(problemId);
            return summary ? *summary : std::nullopt;
        },
        this,
        [this](const std::optional<cache::ProblemSummary> &summary) {
            if (summary)
                emit standingChanged(QString::fromStdString(summary->slug), summary->state);
        });
}

void Store::addAttempt(cache::Attempt attempt)
{
    attempt.utcOffsetMinutes = utcOffsetMinutes();
    const std::string problemId = attempt.problemId;
    m_thread.ask(
        [slot = m_slot, attempt = std::move(attempt)]() -> Notice {
            if (!slot->cache)
                return {};
            const auto added = slot->cache->attempts().add(attempt);
            return added ? Notice() : noticeFor(added.error());
        },
        this,
        [this, problemId](const Notice &notice) {
            tell(notice);
            emit attemptsChanged(QString::fromStdString(problemId));
        });
    readStanding(problemId);
}

void Store::useHint(const QString &problemId, int level)
{
    m_thread.ask(
        [slot = m_slot, id = problemId.toStdString(), level]() -> Notice {
            if (!slot->cache)
                return {};
            const auto used = slot->cache->learning().useHint(id, level, utcOffsetMinutes());
            return used ? Notice() : noticeFor(used.error());
        },
        this,
        [this](const Notice &notice) {
            tell(notice);
            emit wroteForServer();
        });
}

void Store::giveUp(const ProblemPtr &problem)
{
    m_thread.ask(
        [slot = m_slot, id = problem->id]() -> Notice {
            if (!slot->cache)
                return noCache();
            const auto given = slot->cache->learning().giveUp(id, utcOffsetMinutes());
            return given ? Notice() : noticeFor(given.error());
        },
        this,
        [this, problem](const Notice &notice) {
            tell(notice);
            if (!notice.isEmpty())
                return;
            emit gaveUp(QString::fromStdString(problem->slug));
            emit wroteForServer();
            readStanding(problem->id);
        });
}

void Store::submit(JobId job, const ProblemPtr &problem, const QByteArray &query,
                   std::shared_ptr<const grading::Verdict> verdict)
{
    const auto writtenAt = base::Clock().now();
    m_thread.ask([slot = m_slot, problem, sql = query.toStdString(), verdict = std::move(verdict),
                  writtenAt] { return session::submit(*slot, *problem, sql, *verdict, writtenAt); },
                 this,
                 [this, job, problem](const SubmitResult &result) {
                     emit submitted(job, QString::fromStdString(problem->slug), result);
                     emit attemptsChanged(QString::fromStdString(problem->id));
                     emit wroteForServer();
                     readStanding(problem->id);
                 });
}

void Store::readProgress()
{
    m_thread.ask([slot = m_slot] { return session::readProgress(*slot); }, this,
                 [this](const ProgressView &view) { emit progressRead(view); });
}

void Store::addTime(const QString &problemId, int seconds)
{
    m_thread.ask(
        [slot = m_slot, id = problemId.toStdString(), seconds] { return session::addTime(*slot, id, seconds); }, this,
        [this](bool kept) {
            if (kept)
                emit wroteForServer();
        });
}

void Store::readAttempts(const QString &problemId, int limit)
{
    m_thread.ask(
        [slot = m_slot, id = problemId.toStdString(), limit] { return session::readAttempts(*slot, id, limit); }, this,
        [this](const AttemptPage &page) { emit attemptsRead(page); });
}

void Store::readAttemptTexts(const QStringList &ids)
{
    m_thread.ask([slot = m_slot, ids] { return session::readAttemptTexts(*slot, ids); }, this,
                 [this, ids](const QStringList &texts) { emit attemptTextsRead(ids, texts); });
}

} // namespace sqlgym::session
