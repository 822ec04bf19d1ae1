// Texts into arrays and rows, and arrays into texts.
#include "catalogue/type_oids.h"
#include "runtime/array_build.h"
#include "runtime/families.h"
#include "runtime/io.h"
#include "runtime/text_coercion.h"

namespace sqlgym::runtime {

namespace {

/// Cuts a text at a separator: NULL = every character, '' = not at all.
class Splitter {
public:
    Splitter(const Datum &text, const Datum &separator, const Datum *nullText)
        : m_text(text.text()), m_separator(separator), m_nullText(nullText && !nullText->isNull ? nullText : nullptr),
          m_done(m_text.empty())
    {
    }

    bool next(Datum &out)
    {
        if (m_done)
            return false;
        std::string_view piece;
        if (m_separator.isNull) {
            piece = m_text.substr(m_at, utf8Length(m_text[m_at]));
            m_at += piece.size();
            m_done = m_at >= m_text.size();
        } else {
            const std::string_view by = m_separator.text();
            const auto end = by.empty() ? std::string_view::npos : m_text.find(by, m_at);
            m_done = end == std::string_view::npos;
            piece = m_text.substr(m_at, m_done ? std::string_view::npos : end - m_at);
            m_at = m_done ? m_text.size() : end + by.size();
        }
        out = m_nullText && m_nullText->text() == piece ? Datum::null() : Datum::ofText(piece);
        return true;
    }

private:
    std::string_view m_text;
    Datum m_separator;
    const Datum *m_nullText;
    std::size_t m_at = 0;
    bool m_done;
};

Datum toArray(Call &call, const Datum *a)
{
    if (a[0].isNull)
        return Datum::null();
    Splitter splitter(a[0], a[1], call.argumentCount > 2 ? &a[2] : nullptr);
    std::vector<Datum> pieces;
    Datum piece;
    while (splitter.next(piece)) {
        pieces.push_back(piece);
        if ((pieces.size() & 4095) == 0 && call.cx.poll())
            return Datum::null();
    }
    return makeArray(catalogue::type::kText, pieces, call.cx);
}

struct TableState {
    alignas(Splitter) char splitter[sizeof(Splitter)];
    Datum nullText;
    bool empty;
};

void *openTable(Call &call, const Datum *a)
{
    auto *state = static_cast<TableState *>(call.cx.arena.allocate(sizeof(TableState)));
    state->empty = a[0].isNull;
    state->nullText = call.argumentCount > 2 ? a[2] : Datum::null();
    if (!state->empty)
        new (state->splitter) Splitter(a[0], a[1], &state->nullText);
    return state;
}

bool nextPiece(Call &, void *state, Datum *columns)
{
    auto *table = static_cast<TableState *>(state);
    return !table->empty && std::launder(reinterpret_cast<Splitter *>(table->splitter))->next(columns[0]);
}

Datum toText(Call &call, const Datum *a)
{
    const bool withNull = call.argumentCount > 2;
    if (a[0].isNull || a[1].isNull)
        return Datum::null();
    const value::ArrayValue &array = *a[0].array;
    std::string out;
    bool any = false;
    for (std::uint32_t i = 0; i < array.elementCount; ++i) {
        const Datum &element = array.elements[i];
        if (element.isNull && (!withNull || a[2].isNull))
            continue;
        if (any)
            out += a[1].text();
        any = true;
        if (element.isNull)
            out += a[2].text();
        else
            textOut(array.elementType, element, out);
        if (out.size() > 0x3fffffff) {
            call.cx.stop.stop(base::StopReason::MemoryLimit);
            return Datum::null();
        }
        if ((i & 1023) == 1023 && call.cx.poll())
            return Datum::null();
    }
    return value::makeText(out, call.cx.arena);
}

constexpr ScalarEntry kScalars[] = {
    {"text_to_array", toArray},
    {"text_to_array_null", toArray},
    {"array_to_text", toText},
    {"array_to_text_null", toText},
};

const SetFunction kSets[] = {
    {"text_to_table", openTable, nextPiece},
    {"text_to_table_null", openTable, nextPiece},
};

} // namespace

Family arraySplitFamily() { return {kScalars, kSets, {}}; }

} // namespace sqlgym::runtime
