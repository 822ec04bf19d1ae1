// Window functions: which one, PARTITION BY and ORDER BY left out, the frame.
#include "mutants/families.h"

#include <map>

namespace sqlgym::mutants {

namespace {

// The bits of WindowDef.frame_options, as PostgreSQL's nodes/parsenodes.h numbers them.
enum Frame : std::int32_t {
    kNonDefault = 0x1,
    kRange = 0x2,
    kRows = 0x4,
    kBetween = 0x10,
    kStartUnboundedPreceding = 0x20,
    kEndUnboundedFollowing = 0x100,
    kStartCurrentRow = 0x200,
    kEndCurrentRow = 0x400,
    kStartOffsetPreceding = 0x800,
    kEndOffsetPreceding = 0x1000,
};

const std::map<std::string_view, std::vector<const char *>> &confusions()
{
    static const std::map<std::string_view, std::vector<const char *>> kConfusions{
        {"rank", {"dense_rank", "row_number"}},
        {"dense_rank", {"rank", "row_number"}},
        {"row_number", {"rank", "dense_rank"}},
        {"lag", {"lead"}},
        {"lead", {"lag"}},
        {"first_value", {"last_value"}},
        {"last_value", {"first_value"}},
    };
    return kConfusions;
}

void frames(const Finder &finder, PgQuery__WindowDef &window)
{
    if (window.n_order_clause == 0)
        return;
    const std::int32_t now = window.frame_options;
    const auto set = [&](const char *what, std::int32_t options) {
        finder.add(what, [&window, options](Edits &edits) {
            edits.set(window.frame_options, options | kNonDefault | kBetween);
        });
    };
    const bool byRows = (now & kRows) != 0;
    if ((now & kStartOffsetPreceding) == 0) // an offset of RANGE means something else for ROWS
        set(byRows ? "ROWS -> RANGE" : "RANGE -> ROWS", (now & ~(kRows | kRange)) | (byRows ? kRange : kRows));
    if ((now & kEndCurrentRow) != 0) {
        set("the frame goes to the end", (now & ~kEndCurrentRow) | kEndUnboundedFollowing);
        finder.add("the frame ends a row early", [&window, now, one = finder.nodes.integer(1)](Edits &edits) {
            edits.set(window.frame_options,
                      (now & ~(kEndCurrentRow | kRange)) | kRows | kNonDefault | kBetween | kEndOffsetPreceding);
            edits.set(window.end_offset, one);
        });
    }
    if ((now & kStartUnboundedPreceding) != 0)
        set("the frame begins at the row", (now & ~kStartUnboundedPreceding) | kStartCurrentRow);
    if ((now & kStartOffsetPreceding) != 0)
        finder.add("the frame has no beginning", [&window, now](Edits &edits) {
            edits.set(window.frame_options, (now & ~kStartOffsetPreceding) | kStartUnboundedPreceding);
            edits.set(window.start_offset, nullptr);
        });
}

void calls(const Finder &finder, PgQuery__FuncCall &call)
{
    const std::string name(lastName(call.funcname, call.n_funcname));
    if (const auto known = confusions().find(name); known != confusions().end()) {
        for (const char *other : known->second)
            finder.add(name + " -> " + other,
                       [&call, fields = finder.nodes.columnRef({other})->column_ref->fields](Edits &edits) {
                           edits.set(call.n_funcname, 1U);
                           edits.set(call.funcname, fields);
                       });
    } else if (*call.over->name == 0) {
        frames(finder, *call.over); // rank(), lag() and the like pay no heed to a frame
    }
    if ((name == "lag" || name == "lead") && call.n_args == 3)
        finder.add(name + " without its default", [&call](Edits &edits) { edits.set(call.n_args, 2U); });
    if ((name == "lag" || name == "lead") && call.n_args == 1)
        finder.add(name + " two rows away",
                   [&call, list = finder.nodes.list({call.args[0], finder.nodes.integer(2)})](Edits &edits) {
                       edits.set(call.n_args, 2U);
                       edits.set(call.args, list);
                   });
}

} // namespace

void windows(const Finder &finder)
{
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_FUNC_CALL); node && node->func_call->over)
        calls(finder, *node->func_call);
    PgQuery__WindowDef *window = finder.spot.window;
    if (!window)
        return;
    for (std::size_t i = 0; i < window->n_partition_clause; ++i)
        finder.add("PARTITION BY without a column", [window, i, &nodes = finder.nodes](Edits &edits) {
            edits.drop(window->n_partition_clause, window->partition_clause, i, nodes);
        });
    for (std::size_t i = 0; i < window->n_order_clause; ++i)
        finder.add("a window's ORDER BY without a key", [window, i, &nodes = finder.nodes](Edits &edits) {
            edits.drop(window->n_order_clause, window->order_clause, i, nodes);
        });
    if (finder.spot.slot) // named in a WINDOW clause
        frames(finder, *window);
}

} // namespace sqlgym::mutants
