#include "insight/plain_tree.h"

#include "grading/tree_node.h"

#include <map>
#include <set>

namespace sqlgym::insight {

namespace {

using grading::TreeNode;

bool isPosition(std::string_view field)
{
    return field.ends_with("location") || field == "stmt_len" || field == "version";
}

template <typename Visit> void eachItem(TreeNode node, std::string_view field, Visit visit)
{
    for (std::size_t i = 0; i < node.count(field); ++i)
        visit(node.item(field, i));
}

class Writer {
public:
    void collect(TreeNode node)
    {
        if (node.kind() == "Alias") {
            m_chosen.emplace(node.text("aliasname"));
            eachItem(node, "colnames", [this](TreeNode column) { note(column.text("sval")); });
        } else if (node.kind() == "CommonTableExpr") {
            m_ctes.emplace(node.text("ctename"));
            eachItem(node, "aliascolnames", [this](TreeNode column) { note(column.text("sval")); });
        } else if (node.kind() == "SelectStmt") {
            eachItem(node, "target_list", [this](TreeNode target) {
                if (!repeatsItsColumn(target))
                    note(target.text("name"));
            });
        }
        node.eachChild([this](TreeNode child) { collect(child); });
    }

    void write(TreeNode node)
    {
        const std::string_view kind = node.kind();
        m_words.emplace_back(kind);
        if (kind == "RangeVar")
            writeTable(node);
        else if (kind == "ColumnRef")
            writeColumn(node);
        else
            writeFields(node, kind == "Alias" || kind == "CommonTableExpr" || kind == "ResTarget",
                        kind == "ResTarget" && repeatsItsColumn(node));
        m_words.emplace_back(")");
    }

    std::vector<std::string> take() { return std::move(m_words); }

private:
    /// Empty names are nobody's choice.
    void note(std::string_view name)
    {
        if (!name.empty())
            m_chosen.emplace(name);
    }

    std::string numbered(std::string_view name)
    {
        const auto [found, isNew] = m_numbers.try_emplace(std::string(name), m_numbers.size() + 1);
        return "#" + std::to_string(found->second);
    }

    bool isCte(std::string_view name) const { return m_ctes.contains(name); }

    /// A name that may be a learner's choice.
    std::string chosen(std::string_view name)
    {
        return m_chosen.contains(name) || isCte(name) ? numbered(name) : std::string(name);
    }

    static bool repeatsItsColumn(TreeNode target)
    {
        const TreeNode value = target.child("val");
        if (value.kind() != "ColumnRef" || value.count("fields") == 0)
            return false;
        const TreeNode last = value.item("fields", value.count("fields") - 1);
        return last.kind() == "String" && last.text("sval") == target.text("name");
    }

    void writeTable(TreeNode table)
    {
        const std::string_view name = table.text("relname");
        const TreeNode alias = table.child("alias");
        m_words.push_back(std::string(table.text("schemaname")) + "." +
                          (isCte(name) ? numbered(name) : std::string(name)));
        m_words.push_back("as " + numbered(alias ? alias.text("aliasname") : name));
        eachItem(alias, "colnames", [this](TreeNode column) { m_words.push_back(numbered(column.text("sval"))); });
    }

    void writeColumn(TreeNode column)
    {
        const std::size_t parts = column.count("fields");
        for (std::size_t i = 0; i < parts; ++i) {
            const TreeNode part = column.item("fields", i);
            if (part.kind() != "String")
                m_words.emplace_back("*");
            else if (parts > 1 && i == 0)
                m_words.push_back(numbered(part.text("sval")));
            else
                m_words.push_back(chosen(part.text("sval")));
        }
    }

    /// `named`: its name is a learner's choice, and so are the names it gives to columns.
    void writeFields(TreeNode node, bool named, bool withoutName)
    {
        node.eachValue([&](std::string_view field, TreeNode child, const std::string &scalar) {
            if (isPosition(field) || (withoutName && field == "name"))
                return;
            const std::string name(field);
            if (!child) {
                const bool isName = field == "aliasname" || field == "ctename" || field == "name";
                m_words.push_back(name + "=" + (named && isName ? chosen(scalar) : scalar));
                return;
            }
            m_words.push_back(name);
            if (named && (field == "colnames" || field == "aliascolnames"))
                m_words.push_back(numbered(child.text("sval")));
            else
                write(child);
        });
    }

    std::set<std::string, std::less<>> m_chosen, m_ctes;
    std::map<std::string, std::size_t> m_numbers;
    std::vector<std::string> m_words;
};

} // namespace

std::vector<std::string> plainWords(const sql::ParsedScript &script)
{
    const TreeNode tree(reinterpret_cast<const ProtobufCMessage *>(script.tree()));
    Writer writer;
    writer.collect(tree);
    writer.write(tree);
    return writer.take();
}

} // namespace sqlgym::insight
