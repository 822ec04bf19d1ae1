// json_to_record and json_to_recordset: rows of the columns that a definition list names.
//
// Source: PostgreSQL 15 manual, 9.16.1 Processing and Creating JSON Data.
#include "runtime/families.h"

#include "catalogue/type_oids.h"
#include "runtime/array_build.h"
#include "runtime/io.h"
#include "runtime/json_tree.h"
#include "runtime/type_table.h"

#include <algorithm>
#include <vector>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;
using Kind = JsonNode::Kind;

namespace {

/// What a type's input function is given.
std::string_view textOf(const JsonNode &node)
{
    return node.kind == Kind::String ? std::string_view(node.text) : node.source;
}

Datum populate(const JsonNode *node, const ColumnShape &column, Context &cx)
{
    if (!node || node->kind == Kind::Null)
        return Datum::null();
    if (column.type == type::kJson || column.type == type::kJsonb)
        return textIn(column.type, node->source, -1, cx);
    const Oid element = elementOf(column.type);
    if (!element || node->kind == Kind::String)
        return textIn(column.type, textOf(*node), column.typmod, cx);
    if (node->kind != Kind::Array)
        return cx.fail("22P02", "expected JSON array", {},
                       "See the value of key \"" + std::string(column.name) + "\".");
    std::vector<Datum> items;
    for (const JsonNode &item : node->items) {
        if (item.kind == Kind::Array) {
            cx.stop.decline("a JSON array of arrays as an array");
            return Datum::null();
        }
        items.push_back(populate(&item, {column.name, element, column.typmod}, cx));
        if (cx.poll())
            return Datum::null();
    }
    return makeArray(element, items, cx);
}

/// All rows at once: the tree does not outlive open().
struct Rows {
    const Datum *cells;
    std::size_t count, next;
};

void fill(Call &call, const JsonNode &record, Datum *cells)
{
    for (const ColumnShape &column : call.site.columns) {
        *cells++ = call.cx.stop.raised() ? Datum::null() : populate(record.find(column.name), column, call.cx);
    }
}

Rows *emptyRows(Call &call)
{
    auto *rows = static_cast<Rows *>(call.cx.arena.allocate(sizeof(Rows)));
    *rows = {};
    return rows;
}

void *openOne(Call &call, const Datum *a)
{
    Rows *rows = emptyRows(call);
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return rows;
    if (node.kind != Kind::Object) {
        call.cx.fail("22023", node.kind == Kind::Array ? "cannot call populate_composite on an array"
                                                       : "cannot call populate_composite on a scalar");
        return rows;
    }
    auto *cells = call.cx.arena.allocateArray<Datum>(call.site.columns.size());
    if (!cells)
        return rows;
    fill(call, node, cells);
    *rows = {cells, 1, 0};
    return rows;
}

template <bool Binary> void *openMany(Call &call, const Datum *a)
{
    const std::string name = Binary ? "jsonb_to_recordset" : "json_to_recordset";
    Rows *rows = emptyRows(call);
    JsonNode node;
    if (a[0].isNull || !parseJson(a[0].text(), node, call.cx))
        return rows;
    if (node.kind != Kind::Array) {
        call.cx.fail("22023", "cannot call " + name +
                                  (Binary                      ? " on a non-array"
                                   : node.kind == Kind::Object ? " on an object"
                                                               : " on a scalar"));
        return rows;
    }
    const std::size_t width = call.site.columns.size();
    auto *cells = call.cx.arena.allocateArray<Datum>(width * node.items.size());
    if (!cells)
        return rows;
    for (std::size_t i = 0; i < node.items.size() && !call.cx.poll(); ++i) {
        if (node.items[i].kind != Kind::Object)
            call.cx.fail("22023", "argument of " + name + " must be an array of objects");
        else
            fill(call, node.items[i], cells + i * width);
    }
    *rows = {cells, node.items.size(), 0};
    return rows;
}

bool next(Call &call, void *state, Datum *columns)
{
    auto &rows = *static_cast<Rows *>(state);
    if (rows.next == rows.count || call.cx.stop.raised())
        return false;
    const std::size_t width = call.site.columns.size();
    std::copy_n(rows.cells + rows.next++ * width, width, columns);
    return true;
}

constexpr SetFunction kSets[] = {
    {"json_to_record", openOne, next},
    {"jsonb_to_record", openOne, next},
    {"json_to_recordset", openMany<false>, next},
    {"jsonb_to_recordset", openMany<true>, next},
};

} // namespace

Family jsonRecordsFamily() { return {{}, kSets, {}}; }

} // namespace sqlgym::runtime
