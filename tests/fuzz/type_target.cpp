#include "targets.h"

#include "catalogue/catalogue.h"
#include "runtime/io.h"

#include <algorithm>
#include <functional>

namespace sqlgym::fuzz {

namespace {

std::vector<catalogue::Oid> readableTypes()
{
    std::vector<catalogue::Oid> types;
    for (const auto &row : catalogue::types())
        if (runtime::hasTextForm(row.oid))
            types.push_back(row.oid);
    return types;
}

} // namespace

void tryType(std::string_view bytes)
{
    static const auto kTypes = readableTypes();
    // "int4 12": the type's name, then its text. Any other word stands for some type, so that mutations reach them all.
    const std::size_t blank = std::min(bytes.find(' '), bytes.size());
    const std::string_view name = bytes.substr(0, blank);
    const std::string_view text = bytes.substr(std::min(blank + 1, bytes.size()));
    const auto *row = catalogue::findType(name);
    const auto type =
        row && runtime::hasTextForm(row->oid) ? row->oid : kTypes[std::hash<std::string_view>()(name) % kTypes.size()];
    // Values of a text never hold NUL: the parser and the protocol refuse it before.
    if (text.find('\0') != std::string_view::npos)
        return;
    base::MemoryAccount account(64u << 20);
    base::Stop stop;
    value::Arena arena(account, stop);
    base::CancelToken cancel;
    value::Session session;
    value::Context cx{arena, stop, cancel, session};

    const auto datum = runtime::textIn(type, text, -1, cx);
    if (stop.raised()) {
        require(stop.reason() != base::StopReason::Error || stop.diagnostic().sqlstate.size() == 5,
                "an error has an SQLSTATE");
        return;
    }
    require(!datum.isNull, "what could be read is a value");
    std::string once, twice;
    runtime::textOut(type, datum, once);
    const auto again = runtime::textIn(type, once, -1, cx);
    require(!stop.raised() && !again.isNull, "what was written can be read");
    runtime::textOut(type, again, twice);
    require(once == twice, "what was read and written stays as it is");
}

} // namespace sqlgym::fuzz
