#include "tokens/token_store.h"

#include <dlfcn.h>

#include <libsecret/secret.h>

namespace sqlgym::tokens {

namespace {

constexpr char kService[] = "SQLGym";

/// QtKeychain's.
const SecretSchema kSchema = {"org.qt.keychain",
                              SECRET_SCHEMA_DONT_MATCH_NAME,
                              {{"user", SECRET_SCHEMA_ATTRIBUTE_STRING},
                               {"server", SECRET_SCHEMA_ATTRIBUTE_STRING},
                               {"type", SECRET_SCHEMA_ATTRIBUTE_STRING}},
                              0,
                              nullptr,
                              nullptr,
                              nullptr,
                              nullptr,
                              nullptr,
                              nullptr,
                              nullptr};

/// libsecret's functions, found in the library when first needed: a program that needs no token never loads it.
struct Library {
    decltype(&secret_password_store_sync) store = nullptr;
    decltype(&secret_password_lookup_sync) lookup = nullptr;
    decltype(&secret_password_clear_sync) clear = nullptr;
    decltype(&secret_password_free) free = nullptr;
    decltype(&g_error_free) freeError = nullptr;
    bool complete() const { return store && lookup && clear && free && freeError; }
};

template <typename Function> void find(void *library, const char *name, Function &function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
}

const Library &library()
{
    static const Library found = [] {
        Library made;
        // Never unloaded: GLib's types cannot be.
        void *secret = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
        if (secret == nullptr)
            return made;
        find(secret, "secret_password_store_sync", made.store);
        find(secret, "secret_password_lookup_sync", made.lookup);
        find(secret, "secret_password_clear_sync", made.clear);
        find(secret, "secret_password_free", made.free);
        find(secret, "g_error_free", made.freeError); // of GLib, on which it depends
        return made;
    }();
    return found;
}

base::Error noKeychain(const std::string &why)
{
    return {"tokens", "no_keychain",
            "No keychain answers here (" + why +
                "). On a computer without one, keep the session in a file of your own."};
}

base::Error refused(GError *error)
{
    // A secret service that is locked and stays so, or none at all: both come as D-Bus errors.
    const std::string words = error->message != nullptr ? error->message : "no reason given";
    const bool none = error->domain != 0 && words.find("locked") == std::string::npos;
    library().freeError(error);
    if (none)
        return noKeychain(words);
    return {"tokens", "keychain", "The keychain did not do it: " + words + ". Unlock it and try again."};
}

class Keychain final : public TokenStore {
public:
    base::Result<std::optional<base::Secret>> read(const std::string &address) override
    {
        if (!library().complete())
            return missing();
        GError *error = nullptr;
        char *text = library().lookup(&kSchema, nullptr, &error, "user", address.c_str(), "server", kService, nullptr);
        if (error != nullptr)
            return refused(error);
        if (text == nullptr)
            return std::optional<base::Secret>();
        base::Secret token{std::string_view(text)};
        library().free(text); // wipes it
        return std::optional<base::Secret>(std::move(token));
    }

    base::Result<void> write(const std::string &address, const base::Secret &token) override
    {
        if (!library().complete())
            return missing();
        GError *error = nullptr;
        const std::string label = std::string(kService) + "/" + address;
        library().store(&kSchema, SECRET_COLLECTION_DEFAULT, label.c_str(), token.c_str(), nullptr, &error, "user",
                        address.c_str(), "server", kService, "type", "plaintext", nullptr);
        return error != nullptr ? base::Result<void>(refused(error)) : base::Result<void>();
    }

    base::Result<void> remove(const std::string &address) override
    {
        if (!library().complete())
            return missing();
        GError *error = nullptr;
        library().clear(&kSchema, nullptr, &error, "user", address.c_str(), "server", kService, nullptr);
        return error != nullptr ? base::Result<void>(refused(error)) : base::Result<void>();
    }

    std::string name() const override { return "the keychain"; }

private:
    static base::Error missing() { return noKeychain("libsecret-1.so.0 is not installed"); }
};

} // namespace

std::unique_ptr<TokenStore> keychain() { return std::make_unique<Keychain>(); }

} // namespace sqlgym::tokens
