#include "mutants/tree.h"

namespace sqlgym::mutants {

template <typename T> T &Nodes::make(void (*init)(T *))
{
    auto made = std::make_shared<T>();
    init(made.get());
    m_kept.push_back(made);
    return *made;
}

char *Nodes::letters(std::string_view text)
{
    auto made = std::make_shared<std::string>(text);
    m_kept.push_back(made);
    return made->data();
}

Node **Nodes::list(const std::vector<Node *> &items)
{
    auto made = std::make_shared<std::vector<Node *>>(items);
    m_kept.push_back(made);
    return made->data();
}

namespace {

Node *constant(Node &node, PgQuery__AConst &value, PgQuery__AConst__ValCase kind)
{
    value.val_case = kind;
    value.location = -1;
    node.node_case = PG_QUERY__NODE__NODE_A_CONST;
    node.a_const = &value;
    return &node;
}

} // namespace

Node *Nodes::integer(int value)
{
    auto &number = make(pg_query__integer__init);
    number.ival = value;
    auto &held = make(pg_query__a__const__init);
    held.ival = &number;
    return constant(make(pg_query__node__init), held, PG_QUERY__A__CONST__VAL_IVAL);
}

Node *Nodes::number(std::string_view digits)
{
    auto &number = make(pg_query__float__init);
    number.fval = letters(digits);
    auto &held = make(pg_query__a__const__init);
    held.fval = &number;
    return constant(make(pg_query__node__init), held, PG_QUERY__A__CONST__VAL_FVAL);
}

Node *Nodes::text(std::string_view value)
{
    auto &string = make(pg_query__string__init);
    string.sval = letters(value);
    auto &held = make(pg_query__a__const__init);
    held.sval = &string;
    return constant(make(pg_query__node__init), held, PG_QUERY__A__CONST__VAL_SVAL);
}

Node *Nodes::boolean(bool value)
{
    auto &boolean = make(pg_query__boolean__init);
    boolean.boolval = value;
    auto &held = make(pg_query__a__const__init);
    held.boolval = &boolean;
    return constant(make(pg_query__node__init), held, PG_QUERY__A__CONST__VAL_BOOLVAL);
}

Node *Nodes::operation(std::string_view name, Node *left, Node *right)
{
    auto &string = make(pg_query__string__init);
    string.sval = letters(name);
    auto &word = make(pg_query__node__init);
    word.node_case = PG_QUERY__NODE__NODE_STRING;
    word.string = &string;
    auto &expr = make(pg_query__a__expr__init);
    expr.kind = PG_QUERY__A__EXPR__KIND__AEXPR_OP;
    expr.n_name = 1;
    expr.name = list({&word});
    expr.lexpr = left;
    expr.rexpr = right;
    auto &node = make(pg_query__node__init);
    node.node_case = PG_QUERY__NODE__NODE_A_EXPR;
    node.a_expr = &expr;
    return &node;
}

Node *Nodes::columnRef(const std::vector<std::string> &path)
{
    std::vector<Node *> fields;
    for (const std::string &part : path) {
        auto &string = make(pg_query__string__init);
        string.sval = letters(part);
        auto &word = make(pg_query__node__init);
        word.node_case = PG_QUERY__NODE__NODE_STRING;
        word.string = &string;
        fields.push_back(&word);
    }
    auto &ref = make(pg_query__column_ref__init);
    ref.n_fields = fields.size();
    ref.fields = list(fields);
    auto &node = make(pg_query__node__init);
    node.node_case = PG_QUERY__NODE__NODE_COLUMN_REF;
    node.column_ref = &ref;
    return &node;
}

Node *Nodes::both(std::vector<Node *> conditions)
{
    if (conditions.size() == 1)
        return conditions.front();
    auto &expr = make(pg_query__bool_expr__init);
    expr.boolop = PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    expr.n_args = conditions.size();
    expr.args = list(conditions);
    auto &node = make(pg_query__node__init);
    node.node_case = PG_QUERY__NODE__NODE_BOOL_EXPR;
    node.bool_expr = &expr;
    return &node;
}

Node *Nodes::negated(Node *condition)
{
    auto &expr = make(pg_query__bool_expr__init);
    expr.boolop = PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR;
    expr.n_args = 1;
    expr.args = list({condition});
    auto &node = make(pg_query__node__init);
    node.node_case = PG_QUERY__NODE__NODE_BOOL_EXPR;
    node.bool_expr = &expr;
    return &node;
}

Node *Nodes::cast(Node *value, std::string_view type)
{
    const auto word = [&](std::string_view text) {
        auto &string = make(pg_query__string__init);
        string.sval = letters(text);
        auto &node = make(pg_query__node__init);
        node.node_case = PG_QUERY__NODE__NODE_STRING;
        node.string = &string;
        return &node;
    };
    auto &name = make(pg_query__type_name__init);
    name.n_names = 2;
    name.names = list({word("pg_catalog"), word(type)});
    name.typemod = -1;
    auto &expr = make(pg_query__type_cast__init);
    expr.arg = value;
    expr.type_name = &name;
    auto &node = make(pg_query__node__init);
    node.node_case = PG_QUERY__NODE__NODE_TYPE_CAST;
    node.type_cast = &expr;
    return &node;
}

Node *Nodes::row(const std::vector<Node *> &values)
{
    if (values.size() == 1)
        return values.front();
    auto &expr = make(pg_query__row_expr__init);
    expr.n_args = values.size();
    expr.args = list(values);
    expr.row_format = PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST;
    auto &node = make(pg_query__node__init);
    node.node_case = PG_QUERY__NODE__NODE_ROW_EXPR;
    node.row_expr = &expr;
    return &node;
}

Node *Nodes::plainDistinct() { return &make(pg_query__node__init); }

Node *Nodes::copy(const Node &node)
{
    std::vector<std::uint8_t> packed(pg_query__node__get_packed_size(&node));
    pg_query__node__pack(&node, packed.data());
    Node *made = pg_query__node__unpack(nullptr, packed.size(), packed.data());
    m_kept.emplace_back(made, [](void *at) { pg_query__node__free_unpacked(static_cast<Node *>(at), nullptr); });
    return made;
}

void Edits::drop(std::size_t &count, Node **&items, std::size_t index, Nodes &nodes)
{
    if (index >= count)
        return; // another change was there before
    std::vector<Node *> left(items, items + count);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
    set(count, left.size());
    set(items, nodes.list(left));
}

void Edits::takeBack()
{
    for (auto undo = m_undo.rbegin(); undo != m_undo.rend(); ++undo)
        (*undo)();
    m_undo.clear();
}

std::string_view lastName(Node *const *names, std::size_t count)
{
    if (count == 0 || names[count - 1]->node_case != PG_QUERY__NODE__NODE_STRING)
        return {};
    return names[count - 1]->string->sval;
}

std::string_view stringOf(const Node *node)
{
    const bool is = node && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                    node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
    return is ? std::string_view(node->a_const->sval->sval) : std::string_view();
}

bool isColumn(const Node *node) { return node && node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF; }
bool isConstant(const Node *node) { return node && node->node_case == PG_QUERY__NODE__NODE_A_CONST; }

std::vector<Node *> conditionsOf(Node *condition)
{
    if (!condition)
        return {};
    if (condition->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        condition->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR)
        return {condition->bool_expr->args, condition->bool_expr->args + condition->bool_expr->n_args};
    return {condition};
}

} // namespace sqlgym::mutants
