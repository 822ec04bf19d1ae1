#include "insight/plain_tree.h"

#include <protobuf-c/protobuf-c.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

namespace sqlgym::insight {

namespace {

using Message = ProtobufCMessage;
using Field = ProtobufCFieldDescriptor;

const char *place(const Message &message, const Field &field)
{
    return reinterpret_cast<const char *>(&message) + field.offset;
}

template <typename T> T read(const char *at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

/// Elements of a field, with their size: none where it is not set.
std::size_t elements(const Message &message, const Field &field, const char *&first)
{
    first = place(message, field);
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
        first = read<const char *>(first);
        return read<std::size_t>(reinterpret_cast<const char *>(&message) + field.quantifier_offset);
    }
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0)
        return read<std::uint32_t>(reinterpret_cast<const char *>(&message) + field.quantifier_offset) == field.id;
    return 1;
}

bool isPosition(const std::string &name)
{
    return name.ends_with("location") || name == "stmt_len" || name == "version";
}

std::string_view kindOf(const Message &message) { return message.descriptor->short_name; }

template <typename Visit> void eachField(const Message &message, Visit visit)
{
    for (unsigned i = 0; i < message.descriptor->n_fields; ++i) {
        const Field &field = message.descriptor->fields[i];
        const std::string name = field.name;
        if (!isPosition(name))
            visit(name, field);
    }
}

template <typename Visit> void eachMessage(const Message &message, const Field &field, Visit visit)
{
    if (field.type != PROTOBUF_C_TYPE_MESSAGE)
        return;
    const char *at = nullptr;
    const std::size_t count = elements(message, field, at);
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto *below = read<const Message *>(at + i * sizeof(Message *)))
            visit(*below);
    }
}

/// The message in the wrapper "Node".
const Message &unwrapped(const Message &message)
{
    const Message *inner = &message;
    if (kindOf(message) == "Node")
        eachField(message, [&](const std::string &, const Field &field) {
            eachMessage(message, field, [&](const Message &below) { inner = &below; });
        });
    return *inner;
}

std::string textOf(const Message &message, std::string_view wanted)
{
    std::string text;
    eachField(message, [&](const std::string &name, const Field &field) {
        if (name != wanted || field.type != PROTOBUF_C_TYPE_STRING || field.label == PROTOBUF_C_LABEL_REPEATED)
            return;
        if (const char *chars = read<const char *>(place(message, field)))
            text = chars;
    });
    return text;
}

std::vector<const Message *> listOf(const Message &message, std::string_view wanted)
{
    std::vector<const Message *> all;
    eachField(message, [&](const std::string &name, const Field &field) {
        if (name == wanted)
            eachMessage(message, field, [&](const Message &below) { all.push_back(&unwrapped(below)); });
    });
    return all;
}

class Writer {
public:
    void collect(const Message &wrapped)
    {
        const Message &message = unwrapped(wrapped);
        const std::string_view kind = kindOf(message);
        if (kind == "Alias") {
            m_chosen.insert(textOf(message, "aliasname"));
            note(listOf(message, "colnames"), "sval");
        } else if (kind == "CommonTableExpr") {
            m_ctes.insert(textOf(message, "ctename"));
            note(listOf(message, "aliascolnames"), "sval");
        } else if (kind == "SelectStmt") {
            for (const Message *target : listOf(message, "target_list")) {
                if (!repeatsItsColumn(*target))
                    note({target}, "name");
            }
        }
        eachField(message, [&](const std::string &, const Field &field) {
            eachMessage(message, field, [this](const Message &below) { collect(below); });
        });
    }

    void write(const Message &wrapped)
    {
        const Message &message = unwrapped(wrapped);
        const std::string_view kind = kindOf(message);
        m_words.emplace_back(kind);
        if (kind == "RangeVar") {
            writeTable(message);
            return;
        }
        if (kind == "ColumnRef") {
            writeColumn(message);
            return;
        }
        const bool named = kind == "Alias" || kind == "CommonTableExpr" || kind == "ResTarget";
        const bool sameName = kind == "ResTarget" && repeatsItsColumn(message);
        eachField(message, [&](const std::string &name, const Field &field) {
            if (sameName && name == "name")
                return;
            const bool names = named && (name == "colnames" || name == "aliascolnames");
            writeField(message, name, field, named, names);
        });
        m_words.emplace_back(")");
    }

    std::vector<std::string> take() { return std::move(m_words); }

private:
    /// Empty names are nobody's choice.
    void note(const std::vector<const Message *> &all, std::string_view field)
    {
        for (const Message *each : all) {
            if (std::string name = textOf(*each, field); !name.empty())
                m_chosen.insert(std::move(name));
        }
    }

    std::string numbered(const std::string &name)
    {
        const auto [found, isNew] = m_numbers.try_emplace(name, m_numbers.size() + 1);
        return "#" + std::to_string(found->second);
    }

    /// A name that may be a learner's choice.
    std::string chosen(const std::string &name)
    {
        return m_chosen.contains(name) || m_ctes.contains(name) ? numbered(name) : name;
    }

    static bool repeatsItsColumn(const Message &target)
    {
        const auto values = listOf(target, "val");
        if (values.empty() || kindOf(*values.front()) != "ColumnRef")
            return false;
        const auto parts = listOf(*values.front(), "fields");
        return !parts.empty() && kindOf(*parts.back()) == "String" &&
               textOf(*parts.back(), "sval") == textOf(target, "name");
    }

    void writeTable(const Message &table)
    {
        const std::string name = textOf(table, "relname");
        const auto alias = listOf(table, "alias");
        m_words.push_back(textOf(table, "schemaname") + "." + (m_ctes.contains(name) ? numbered(name) : name));
        m_words.push_back("as " + numbered(alias.empty() ? name : textOf(*alias.front(), "aliasname")));
        if (!alias.empty()) {
            for (const Message *column : listOf(*alias.front(), "colnames"))
                m_words.push_back(numbered(textOf(*column, "sval")));
        }
        m_words.emplace_back(")");
    }

    void writeColumn(const Message &column)
    {
        const auto parts = listOf(column, "fields");
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (kindOf(*parts[i]) != "String")
                m_words.emplace_back("*");
            else if (parts.size() > 1 && i == 0)
                m_words.push_back(numbered(textOf(*parts[i], "sval")));
            else
                m_words.push_back(chosen(textOf(*parts[i], "sval")));
        }
        m_words.emplace_back(")");
    }

    void writeField(const Message &message, const std::string &name, const Field &field, bool named, bool names)
    {
        const char *at = nullptr;
        const std::size_t count = elements(message, field, at);
        for (std::size_t i = 0; i < count; ++i) {
            switch (field.type) {
            case PROTOBUF_C_TYPE_MESSAGE:
                if (const auto *below = read<const Message *>(at + i * sizeof(Message *))) {
                    m_words.push_back(name);
                    if (names)
                        m_words.push_back(numbered(textOf(unwrapped(*below), "sval")));
                    else
                        write(*below);
                }
                break;
            case PROTOBUF_C_TYPE_STRING:
                if (const char *text = read<const char *>(at + i * sizeof(char *)); text != nullptr && *text != 0)
                    m_words.push_back(name + "=" + (named ? chosen(text) : std::string(text)));
                break;
            case PROTOBUF_C_TYPE_INT64:
            case PROTOBUF_C_TYPE_UINT64:
                writeNumber(name, read<std::int64_t>(at + i * 8));
                break;
            case PROTOBUF_C_TYPE_DOUBLE:
                writeNumber(name, read<double>(at + i * 8));
                break;
            default:
                writeNumber(name, read<std::int32_t>(at + i * 4));
                break;
            }
        }
    }

    template <typename T> void writeNumber(const std::string &name, T value)
    {
        if (value != T{})
            m_words.push_back(name + "=" + std::to_string(value));
    }

    std::set<std::string> m_chosen, m_ctes;
    std::map<std::string, std::size_t> m_numbers;
    std::vector<std::string> m_words;
};

} // namespace

std::vector<std::string> plainWords(const sql::ParsedScript &script)
{
    const auto &tree = *reinterpret_cast<const Message *>(script.tree());
    Writer writer;
    writer.collect(tree);
    writer.write(tree);
    return writer.take();
}

} // namespace sqlgym::insight
