#include "sandbox/frame_server.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <new>
#include <optional>
#include <pthread.h>
#include <span>
#include <unistd.h>

namespace sqlgym::sandbox {

namespace {

constexpr std::size_t kReadBytes = 64u << 10;
constexpr std::size_t kFlushBytes = 256u << 10;
constexpr std::size_t kPieceBytes = 1u << 20;
/// The first rows travel alone, so that they can be seen while the rest is still on its way.
constexpr std::size_t kFirstRows = 256;
/// One request runs, one may wait; a parent that sends more is not ours.
constexpr std::size_t kMaxJobs = 8;

} // namespace

struct FrameServer::Job {
    RequestId id = 0;
    std::optional<LoadMessage> load;
    std::optional<RunMessage> run;
    base::CancelToken cancel;

    explicit Job(LoadMessage message) : id(message.id), load(std::move(message)) {}
    explicit Job(RunMessage message) : id(message.id), run(std::move(message)), cancel(run->request.timeoutMs) {}
};

FrameServer::FrameServer(Sandbox &sandbox, int inFd, int outFd, Options options)
    : m_sandbox(sandbox), m_inFd(inFd), m_outFd(outFd), m_options(std::move(options))
{
}

FrameServer::~FrameServer() = default;

void *FrameServer::workEntry(void *self)
{
    static_cast<FrameServer *>(self)->work();
    return nullptr;
}

FrameServer::Ended FrameServer::serve()
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, m_options.stackBytes);
    pthread_t worker;
    const int failed = pthread_create(&worker, &attributes, workEntry, this);
    pthread_attr_destroy(&attributes);
    if (failed != 0)
        return Ended::NoThread;

    FrameInbox inbox(kMaxRequestFrame);
    Ended ended = Ended::ParentGone;
    bool fine = true;
    while (fine) {
        const ssize_t got = ::read(m_inFd, inbox.space(kReadBytes), kReadBytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        inbox.feed(static_cast<std::size_t>(got));
        while (const auto frame = inbox.next())
            fine = fine && take(*frame);
        fine = fine && !inbox.broken();
        if (!fine)
            ended = Ended::BadInput;
    }
    if (ended == Ended::ParentGone && m_options.onParentGone)
        m_options.onParentGone();
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        for (const auto &job : m_jobs)
            job->cancel.cancel();
    }
    m_wake.notify_one();
    pthread_join(worker, nullptr);
    return ended;
}

/// False for what is no request, or one too many.
bool FrameServer::take(const Frame &frame)
{
    if (frame.type == FrameType::Load) {
        auto message = decodeLoad(frame.payload);
        return message && enqueue(std::make_unique<Job>(std::move(*message)));
    }
    if (frame.type == FrameType::Run) {
        auto message = decodeRun(frame.payload);
        return message && enqueue(std::make_unique<Job>(std::move(*message)));
    }
    if (frame.type != FrameType::Cancel)
        return false;
    const auto id = decodeCancel(frame.payload);
    if (id)
        cancel(*id);
    return id.has_value();
}

bool FrameServer::enqueue(std::unique_ptr<Job> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_jobs.size() >= kMaxJobs)
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

/// One that is not (or no longer) here was answered already.
void FrameServer::cancel(RequestId id)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &job : m_jobs) {
        if (job->id == id)
            job->cancel.cancel();
    }
}

void FrameServer::work()
{
    queue(encodeHello());
    flush();
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_closing || !m_jobs.empty(); });
        if (m_closing)
            return;
        Job &job = *m_jobs.front();
        lock.unlock();
        execute(job);
        lock.lock();
        m_jobs.pop_front();
    }
}

void FrameServer::execute(Job &job)
{
    Outcome outcome;
    bool leaving = false;
    try {
        outcome =
            job.load ? m_sandbox.load(job.load->dataset, job.load->setup) : m_sandbox.run(job.run->request, job.cancel);
    } catch (const std::bad_alloc &) {
        outcome = Outcome();
        outcome.by = m_options.engine;
        outcome.status = Status::MemoryLimit;
        leaving = true;
    } catch (const std::exception &e) {
        outcome = Outcome();
        outcome.by = m_options.engine;
        outcome.diagnostic.message = std::string("The sandbox failed: ") + e.what();
        leaving = true;
    }
    queue(encodeOutcomeHead(job.id, outcome, leaving));
    const bool complete = sendTable(job, outcome.table);
    queue(encodeOutcomeEnd(job.id, complete));
    flush();
}

/// The cells in groups of whole rows, each group's text before its ends. False when a cancel cut it short.
bool FrameServer::sendTable(const Job &job, const ResultTable &table)
{
    const auto ends = table.flatEnds();
    const auto bytes = table.flatBytes();
    const std::size_t width = table.columnCount();
    constexpr std::uint64_t kOffset = ~(std::uint64_t{1} << 63);
    std::size_t cell = 0;
    std::size_t sent = 0;
    while (cell < ends.size()) {
        if (job.cancel.cancelled() || m_deaf)
            return false;
        std::size_t next = std::min(ends.size(), width * kFirstRows);
        if (cell > 0) {
            const std::size_t most = std::min(ends.size(), cell + kPieceBytes / sizeof(std::uint64_t) / width * width);
            for (next = cell; next < most && (ends[next] & kOffset) - sent < kPieceBytes;)
                next += width;
            next = std::max(next, std::min(ends.size(), cell + width));
        }
        const std::size_t until = ends[next - 1] & kOffset;
        while (sent < until) {
            const auto piece = bytes.substr(sent, std::min(kPieceBytes, until - sent));
            FrameWriter out(FrameType::OutcomeBytes);
            out.rest(piece);
            queue(std::move(out).finish());
            sent += piece.size();
        }
        queue(encodeEnds(ends.subspan(cell, next - cell)));
        if (cell == 0 && next < ends.size())
            flush();
        cell = next;
    }
    return true;
}

void FrameServer::queue(const std::string &frame)
{
    m_pending += frame;
    if (m_pending.size() >= kFlushBytes)
        flush();
}

void FrameServer::flush()
{
    std::size_t written = 0;
    while (written < m_pending.size() && !m_deaf) {
        const ssize_t put = ::write(m_outFd, m_pending.data() + written, m_pending.size() - written);
        if (put >= 0)
            written += static_cast<std::size_t>(put);
        else if (errno != EINTR)
            m_deaf = true;
    }
    m_pending.clear();
}

} // namespace sqlgym::sandbox
