// Accounts and sessions: api.sign_up, sign_in, sign_out, change_password, my_account, delete_account.
#pragma once

#include "client/gateway.h"

namespace sqlgym::client {

struct Account {
    std::string id;
    std::string username;
    bool admin = false;
    int problemsSolved = 0;
    std::string email;
    bool emailProved = false;
    bool premium = false;
};

/// Makes an account; the token is of its first session. Not to be repeated after Offline: the name may be taken by
/// then, by the account that was made. Signing in tells.
base::Result<base::Secret> signUp(Gateway &gateway, const std::string &username, const std::string &email,
                                  const base::Secret &password);

/// nullopt: no such login, another password, or too many attempts; the server does not tell which.
base::Result<std::optional<base::Secret>> signIn(Gateway &gateway, const std::string &login,
                                                 const base::Secret &password);

/// Ends the session whose token the gateway uses, which from then on uses none.
base::Result<void> signOut(Gateway &gateway);

/// All other sessions of the account end. Errors: Refused  `before` is not the password, or `after` cannot be one.
base::Result<void> changePassword(Gateway &gateway, const base::Secret &before, const base::Secret &after);

/// Ends the account and all that is of it; the gateway uses no token from then on. Errors: Refused  another password,
/// or too many attempts.
base::Result<void> deleteAccount(Gateway &gateway, const base::Secret &password);

/// Whose the session is. Errors: SignedOut.
base::Result<Account> myAccount(Gateway &gateway);

} // namespace sqlgym::client
