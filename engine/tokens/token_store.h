// Where the token of a session is kept between two starts of a program.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <memory>
#include <optional>
#include <string>

namespace sqlgym::tokens {

/// One token for each address (client::Gateway::address()); it is never given out for another one. Calls block; a
/// keychain may ask its owner to unlock it.
class TokenStore {
public:
    virtual ~TokenStore() = default;

    /// nullopt: none is kept for the address.
    virtual base::Result<std::optional<base::Secret>> read(const std::string &address) = 0;
    virtual base::Result<void> write(const std::string &address, const base::Secret &token) = 0;
    /// Also succeeds when there is none.
    virtual base::Result<void> remove(const std::string &address) = 0;
    /// "the keychain", "the file …": for sentences.
    virtual std::string name() const = 0;
};

/// The desktop's keychain, by libsecret, which is loaded at the first call. Items look as QtKeychain writes them
/// (service "SQLGym"), so that programs with it find the same session.
/// Errors: tokens/no_keychain  libsecret is not installed or nothing answers; tokens/keychain  it refused.
std::unique_ptr<TokenStore> keychain();

/// A file of two lines, the address and the token, for where no keychain is; only when asked for. Made anew with mode
/// 0600 and moved into place. Reading refuses a file that others could read, that somebody else owns, or that is a
/// link. Errors: tokens/unsafe_file, tokens/other_address, tokens/bad_file, tokens/cannot_read, tokens/cannot_write.
std::unique_ptr<TokenStore> tokenFile(std::string path);

} // namespace sqlgym::tokens
