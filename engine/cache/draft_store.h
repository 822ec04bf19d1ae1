// What a learner is writing, kept as typed.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

/// The text in an editor. `document` is a problem's id, or the name of a scratch tab ("scratch/1"): it need not be in
/// the catalogue, so that a draft outlives its problem.
struct Draft {
    std::string document;
    std::string text;               ///< UTF-8
    std::int64_t cursorUtf16 = 0;   ///< as the editor counts
    std::int64_t scrollLine = 0;    ///< first visible line, from 0
    base::UnixMicros updatedAt = 0; ///< set by save()
};

struct DraftVersion {
    std::string text;
    base::UnixMicros savedAt = 0; ///< when that text was last the draft
};

class DraftStore {
public:
    explicit DraftStore(StoreContext &context) : m_context(context) {}

    /// On the disk when it returns. The text it replaces goes into the history when the history's newest is older than
    /// a minute, or when more than half of the text vanishes at once; the newest 100 are kept per document.
    base::Result<void> save(const Draft &draft);
    base::Result<std::optional<Draft>> draft(std::string_view document);
    /// All drafts, the last edited first.
    base::Result<std::vector<Draft>> drafts();
    /// Newest first; the current text is not among them.
    base::Result<std::vector<DraftVersion>> history(std::string_view document);
    /// Forgets a closed scratch tab, its history too.
    base::Result<void> remove(std::string_view document);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
