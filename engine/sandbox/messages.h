// What the frames say: a dataset to load, a run, its cancelling, and the outcome with its result in pieces.
#pragma once

#include "sandbox/frame.h"
#include "sandbox/sandbox.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sandbox {

constexpr std::uint32_t kProtocolVersion = 1;
/// Longest message or feature, and longest name of a column, that travel; longer ones are cut.
constexpr std::size_t kMaxWords = 1u << 20;
constexpr std::size_t kMaxName = 1024;
/// PostgreSQL itself stops at 1664.
constexpr std::uint32_t kMaxColumns = 4096;
/// Rows of a result without columns travel as a number; whoever goes through them must come to an end.
constexpr std::uint64_t kMaxEmptyRows = 1u << 28;
/// What a process that ran out of memory exits with when it cannot say so any more.
constexpr int kExitOutOfMemory = 112;
/// What it exits with when it was sent something that is not this protocol.
constexpr int kExitBadInput = 113;

/// Every request has a number, which its answer repeats.
using RequestId = std::uint64_t;

struct LoadMessage {
    RequestId id = 0;
    std::string dataset;
    std::string setup;
};

struct RunMessage {
    RequestId id = 0;
    Request request;
};

/// An outcome but for the cells of its table, and how many of them follow.
struct OutcomeHead {
    RequestId id = 0;
    Outcome outcome; ///< `table` has columns (and empty rows), no cells
    std::uint64_t cellCount = 0;
    std::uint64_t byteCount = 0;
    bool leaving = false; ///< the process is not fit for another run and wants to be replaced
};

std::string encodeHello();
std::string encodeLoad(RequestId id, std::string_view dataset, std::string_view setup);
std::string encodeRun(RequestId id, const Request &request);
std::string encodeCancel(RequestId id);
std::string encodeOutcomeHead(RequestId id, const Outcome &outcome, bool leaving);
/// `complete`: all cells were sent; false when sending was cut short by a cancel.
std::string encodeOutcomeEnd(RequestId id, bool complete);

// Each is nullopt for a payload that is not exactly one such message.

/// The version of the protocol.
std::optional<std::uint32_t> decodeHello(std::string_view payload);
std::optional<LoadMessage> decodeLoad(std::string_view payload);
std::optional<RunMessage> decodeRun(std::string_view payload);
std::optional<RequestId> decodeCancel(std::string_view payload);
std::optional<OutcomeHead> decodeOutcomeHead(std::string_view payload);

struct OutcomeEnd {
    RequestId id = 0;
    bool complete = false;
};
std::optional<OutcomeEnd> decodeOutcomeEnd(std::string_view payload);

/// The ends of cells (see ResultTable's flat form) as 8 bytes each.
std::string encodeEnds(std::span<const std::uint64_t> ends);
std::optional<std::vector<std::uint64_t>> decodeEnds(std::string_view payload);

} // namespace sqlgym::sandbox
