// Slips that say little about most queries, tried where others are few: what is selected, letters of texts, and a LIMIT
// that was left standing.
#include "mutants/families.h"

#include <cctype>
#include <utility>

namespace sqlgym::mutants {

namespace {

std::vector<Node *> itemsOf(const PgQuery__SelectStmt &select)
{
    return {select.target_list, select.target_list + select.n_target_list};
}

void put(const Finder &finder, std::string what, PgQuery__SelectStmt &select, const std::vector<Node *> &items)
{
    finder.add(std::move(what), [&select, list = finder.nodes.list(items), count = items.size()](Edits &edits) {
        edits.set(select.n_target_list, count);
        edits.set(select.target_list, list);
    });
}

void selected(const Finder &finder, PgQuery__SelectStmt &select)
{
    const std::vector<Node *> items = itemsOf(select);
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::vector<Node *> other = items;
        if (items.size() > 1) {
            other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
            put(finder, "a selected column is missing", select, other);
        }
        other = items;
        other.insert(other.begin() + static_cast<std::ptrdiff_t>(i), items[i]);
        put(finder, "a column is selected twice", select, other);
        if (i > 0) {
            other = items;
            std::swap(other[i - 1], other[i]);
            put(finder, "selected columns in another order", select, other);
        }
        if (items[i]->node_case != PG_QUERY__NODE__NODE_RES_TARGET || !isColumn(items[i]->res_target->val))
            continue;
        const PgQuery__ColumnRef &now = *items[i]->res_target->val->column_ref;
        for (const std::vector<std::string> &path : finder.scope.columnsOf(select)) {
            if (path.back() == lastName(now.fields, now.n_fields))
                continue;
            finder.add("another column is selected: " + path.back(),
                       [target = items[i]->res_target, column = finder.nodes.columnRef({path.back()})](Edits &edits) {
                           edits.set(target->val, column);
                       });
        }
    }
}

void limit(const Finder &finder, PgQuery__SelectStmt &select)
{
    if (select.limit_count || select.limit_offset)
        return;
    for (const int most : {1, 3})
        finder.add("LIMIT too many", [&select, count = finder.nodes.integer(most)](Edits &edits) {
            edits.set(select.limit_count, count);
            edits.set(select.limit_option, PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_COUNT);
        });
    finder.add("OFFSET too many", [&select, one = finder.nodes.integer(1)](Edits &edits) {
        edits.set(select.limit_offset, one);
        edits.set(select.limit_option, PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_COUNT);
    });
}

void letters(const Finder &finder, const std::string &text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!std::isalpha(static_cast<unsigned char>(text[i])) && text[i] != '%')
            continue;
        std::string other = text;
        other.erase(i, 1);
        finder.replace("a letter is missing", finder.nodes.text(other));
        other = text;
        if (text[i] == '%') {
            other[i] = '_'; // twice it would mean the same
            finder.replace("_ for %", finder.nodes.text(other));
        } else if (text.find('[') == std::string::npos) { // AA in brackets is A
            other.insert(i, 1, text[i]);
            finder.replace("a letter twice", finder.nodes.text(other));
        }
        if (i > 0 && text[i] != text[i - 1]) {
            other = text;
            std::swap(other[i - 1], other[i]);
            finder.replace("letters in another order", finder.nodes.text(other));
        }
    }
}

} // namespace

void slips(const Finder &finder)
{
    if (PgQuery__SelectStmt *select = finder.spot.select;
        select && !finder.spot.within && select->op == PG_QUERY__SET_OPERATION__SETOP_NONE) {
        selected(finder, *select);
        limit(finder, *select);
    }
    if (const std::string_view text = stringOf(finder.spot.slot ? *finder.spot.slot : nullptr); !text.empty())
        letters(finder, std::string(text));
}

} // namespace sqlgym::mutants
