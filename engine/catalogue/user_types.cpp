#include "catalogue/user_types.h"

#include "catalogue/user_type_rows.h"

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

namespace sqlgym::catalogue {

namespace {

struct Interned {
    std::string name;
    TypeRow row;
    EnumType type;
};

struct Registry {
    std::shared_mutex mutex;
    std::vector<std::unique_ptr<Interned>> types; ///< index = OID - kFirstUserOid
    std::map<std::string, const EnumType *> byContent;
};

Registry &registry()
{
    static Registry kRegistry;
    return kRegistry;
}

std::string contentKey(std::string_view name, const std::vector<std::string> &labels)
{
    std::string key = std::to_string(name.size()) + ":" + std::string(name);
    for (const auto &label : labels)
        key += std::to_string(label.size()) + ":" + label;
    return key;
}

} // namespace

const EnumType *internEnum(std::string_view name, const std::vector<std::string> &labels)
{
    Registry &all = registry();
    const std::unique_lock lock(all.mutex);
    const std::string key = contentKey(name, labels);
    if (const auto found = all.byContent.find(key); found != all.byContent.end())
        return found->second;
    if (all.types.size() >= kMaxUserTypes)
        return nullptr;
    auto made = std::make_unique<Interned>();
    made->name = name;
    made->row = TypeRow{};
    made->row.oid = kFirstUserOid + static_cast<Oid>(all.types.size());
    made->row.name = made->name;
    made->row.length = 4;
    made->row.byValue = true;
    made->row.kind = 'e';
    made->row.category = 'E';
    made->row.input = "enum_in";
    made->row.output = "enum_out";
    made->type.row = &made->row;
    made->type.labels = labels;
    const EnumType *type = &made->type;
    all.byContent.emplace(key, type);
    all.types.push_back(std::move(made));
    return type;
}

const EnumType *findEnum(Oid oid)
{
    if (oid < kFirstUserOid)
        return nullptr;
    Registry &all = registry();
    const std::shared_lock lock(all.mutex);
    const std::size_t index = oid - kFirstUserOid;
    return index < all.types.size() ? &all.types[index]->type : nullptr;
}

const TypeRow *findUserType(Oid oid)
{
    const EnumType *type = findEnum(oid);
    return type ? type->row : nullptr;
}

} // namespace sqlgym::catalogue
