#include "sandbox/messages.h"

#include "base/text_position.h"

#include <bit>
#include <cstring>

namespace sqlgym::sandbox {

namespace {

enum OutcomeFlag : std::uint8_t { kDependsOnOrder = 1, kTruncated = 2, kLeaving = 4, kAllFlags = 7 };

/// Words for people: what is not UTF-8 would trouble every screen and file behind.
bool readWords(FrameReader &in, std::string &out, std::size_t maxBytes = kMaxWords)
{
    const auto text = in.text();
    if (!in.ok() || text.size() > maxBytes || !base::isValidUtf8(text))
        return false;
    out = text;
    return true;
}

/// `text`, or nothing at all when an engine's slip made it something else than UTF-8: cells may be, words may not.
std::string_view words(std::string_view text)
{
    return base::isValidUtf8(text) ? text : std::string_view("(text that is not UTF-8)");
}

} // namespace

std::string encodeHello()
{
    FrameWriter out(FrameType::Hello);
    out.u32(kProtocolVersion);
    return std::move(out).finish();
}

std::optional<std::uint32_t> decodeHello(std::string_view payload)
{
    FrameReader in(payload);
    const auto version = in.u32();
    return in.complete() ? std::optional(version) : std::nullopt;
}

std::string encodeLoad(RequestId id, std::string_view dataset, std::string_view setup)
{
    FrameWriter out(FrameType::Load);
    out.u64(id);
    out.text(dataset);
    out.text(setup);
    return std::move(out).finish();
}

std::optional<LoadMessage> decodeLoad(std::string_view payload)
{
    FrameReader in(payload);
    LoadMessage message;
    message.id = in.u64();
    message.dataset = in.text();
    message.setup = in.text();
    if (!in.complete())
        return std::nullopt;
    return message;
}

std::string encodeRun(RequestId id, const Request &request)
{
    FrameWriter out(FrameType::Run);
    out.u64(id);
    out.text(request.dataset);
    out.text(request.query);
    out.u32(static_cast<std::uint32_t>(request.timeoutMs));
    out.u32(static_cast<std::uint32_t>(request.memoryMb));
    out.u64(request.maxRows);
    out.u8(request.singleStatement ? 1 : 0);
    return std::move(out).finish();
}

std::optional<RunMessage> decodeRun(std::string_view payload)
{
    FrameReader in(payload);
    RunMessage message;
    message.id = in.u64();
    message.request.dataset = in.text();
    message.request.query = in.text();
    message.request.timeoutMs = static_cast<int>(in.u32());
    message.request.memoryMb = static_cast<int>(in.u32());
    message.request.maxRows = in.u64();
    const auto single = in.u8();
    message.request.singleStatement = single == 1;
    if (!in.complete() || single > 1)
        return std::nullopt;
    return message;
}

std::string encodeCancel(RequestId id)
{
    FrameWriter out(FrameType::Cancel);
    out.u64(id);
    return std::move(out).finish();
}

std::optional<RequestId> decodeCancel(std::string_view payload)
{
    FrameReader in(payload);
    const auto id = in.u64();
    return in.complete() ? std::optional(id) : std::nullopt;
}

std::string encodeOutcomeHead(RequestId id, const Outcome &outcome, bool leaving)
{
    FrameWriter out(FrameType::OutcomeHead);
    out.u64(id);
    out.u8(static_cast<std::uint8_t>(outcome.status));
    out.u8(static_cast<std::uint8_t>(outcome.by));
    out.u8(static_cast<std::uint8_t>((outcome.dependsOnOrder ? kDependsOnOrder : 0) |
                                     (outcome.truncated ? kTruncated : 0) | (leaving ? kLeaving : 0)));
    out.u64(static_cast<std::uint64_t>(outcome.elapsedUs));
    out.u64(outcome.memoryPeakBytes);
    for (const auto *text : {&outcome.commandTag, &outcome.feature, &outcome.diagnostic.sqlstate,
                             &outcome.diagnostic.message, &outcome.diagnostic.detail, &outcome.diagnostic.hint})
        out.text(words(*text), kMaxWords);
    out.u32(static_cast<std::uint32_t>(outcome.diagnostic.position));
    out.u32(static_cast<std::uint32_t>(outcome.table.columns.size()));
    for (const auto &column : outcome.table.columns) {
        out.text(words(column.name), kMaxName);
        out.text(words(column.type), kMaxName);
    }
    out.u64(outcome.table.columns.empty() ? outcome.table.emptyRows() : 0);
    out.u64(outcome.table.flatEnds().size());
    out.u64(outcome.table.flatBytes().size());
    return std::move(out).finish();
}

std::optional<OutcomeHead> decodeOutcomeHead(std::string_view payload)
{
    FrameReader in(payload);
    OutcomeHead head;
    Outcome &outcome = head.outcome;
    head.id = in.u64();
    const auto status = in.u8();
    const auto by = in.u8();
    const auto flags = in.u8();
    if (status > static_cast<std::uint8_t>(Status::Failed) || by > static_cast<std::uint8_t>(Engine::Postgres) ||
        flags > kAllFlags)
        return std::nullopt;
    outcome.status = static_cast<Status>(status);
    outcome.by = static_cast<Engine>(by);
    outcome.dependsOnOrder = (flags & kDependsOnOrder) != 0;
    outcome.truncated = (flags & kTruncated) != 0;
    head.leaving = (flags & kLeaving) != 0;
    outcome.elapsedUs = static_cast<std::int64_t>(in.u64());
    outcome.memoryPeakBytes = in.u64();
    for (auto *text : {&outcome.commandTag, &outcome.feature, &outcome.diagnostic.sqlstate, &outcome.diagnostic.message,
                       &outcome.diagnostic.detail, &outcome.diagnostic.hint}) {
        if (!readWords(in, *text))
            return std::nullopt;
    }
    outcome.diagnostic.position = static_cast<int>(in.u32());
    const auto columns = in.u32();
    if (columns > kMaxColumns)
        return std::nullopt;
    for (std::uint32_t i = 0; i < columns; ++i) {
        Column column;
        if (!readWords(in, column.name, kMaxName) || !readWords(in, column.type, kMaxName))
            return std::nullopt;
        outcome.table.columns.push_back(std::move(column));
    }
    const auto emptyRows = in.u64();
    head.cellCount = in.u64();
    head.byteCount = in.u64();
    const bool whole = columns == 0 ? head.cellCount == 0 && emptyRows <= kMaxEmptyRows
                                    : emptyRows == 0 && head.cellCount % columns == 0;
    if (!in.complete() || !whole)
        return std::nullopt;
    outcome.table.setEmptyRows(emptyRows);
    return head;
}

std::string encodeOutcomeEnd(RequestId id, bool complete)
{
    FrameWriter out(FrameType::OutcomeEnd);
    out.u64(id);
    out.u8(complete ? 1 : 0);
    return std::move(out).finish();
}

std::optional<OutcomeEnd> decodeOutcomeEnd(std::string_view payload)
{
    FrameReader in(payload);
    OutcomeEnd end;
    end.id = in.u64();
    const auto complete = in.u8();
    end.complete = complete == 1;
    return in.complete() && complete <= 1 ? std::optional(end) : std::nullopt;
}

std::string encodeEnds(std::span<const std::uint64_t> ends)
{
    FrameWriter out(FrameType::OutcomeEnds);
    if constexpr (std::endian::native == std::endian::little) {
        out.rest({reinterpret_cast<const char *>(ends.data()), ends.size_bytes()});
    } else {
        for (const auto end : ends)
            out.u64(end);
    }
    return std::move(out).finish();
}

std::optional<std::vector<std::uint64_t>> decodeEnds(std::string_view payload)
{
    if (payload.size() % sizeof(std::uint64_t) != 0)
        return std::nullopt;
    std::vector<std::uint64_t> ends(payload.size() / sizeof(std::uint64_t));
    if constexpr (std::endian::native == std::endian::little) {
        if (!ends.empty())
            std::memcpy(ends.data(), payload.data(), payload.size());
    } else {
        FrameReader in(payload);
        for (auto &end : ends)
            end = in.u64();
    }
    return ends;
}

} // namespace sqlgym::sandbox
