#include "client/account.h"

#include <cstdlib>

namespace sqlgym::client {

namespace {

/// The only cell of `rows` as a secret; what it was read from is wiped.
std::optional<base::Secret> takeSecret(Rows &rows)
{
    if (rows.empty() || rows[0].empty() || !rows[0][0])
        return std::nullopt;
    base::Secret secret(*rows[0][0]);
    base::wipe(rows[0][0]->data(), rows[0][0]->size());
    return secret;
}

} // namespace

base::Result<base::Secret> signUp(Gateway &gateway, const std::string &username, const std::string &email,
                                  const base::Secret &password)
{
    auto rows = gateway.call("SELECT api.sign_up($1, $2, $3)", {username.c_str(), email.c_str(), password.c_str()});
    if (!rows)
        return rows.error();
    auto token = takeSecret(*rows);
    if (!token)
        return makeError(Trouble::Failed, "The server answered without a session. Ask whoever runs it.");
    return std::move(*token);
}

base::Result<std::optional<base::Secret>> signIn(Gateway &gateway, const std::string &login,
                                                 const base::Secret &password)
{
    auto rows = gateway.call("SELECT api.sign_in($1, $2)", {login.c_str(), password.c_str()});
    if (!rows)
        return rows.error();
    return takeSecret(*rows);
}

base::Result<void> signOut(Gateway &gateway)
{
    auto done = gateway.call("SELECT api.sign_out()");
    if (!done)
        return done.error();
    return gateway.useToken({});
}

base::Result<void> changePassword(Gateway &gateway, const base::Secret &before, const base::Secret &after)
{
    auto done = gateway.call("SELECT api.change_password($1, $2)", {before.c_str(), after.c_str()});
    return done ? base::Result<void>() : done.error();
}

base::Result<void> deleteAccount(Gateway &gateway, const base::Secret &password)
{
    auto done = gateway.call("SELECT api.delete_account($1)", {password.c_str()});
    if (!done)
        return done.error();
    return gateway.useToken({});
}

base::Result<Account> myAccount(Gateway &gateway)
{
    auto rows = gateway.call(
        "SELECT id, username, is_admin, problems_solved, email, email_proved, premium FROM api.my_account()");
    if (!rows)
        return rows.error();
    if (rows->empty() || !(*rows)[0][0])
        return makeError(Trouble::SignedOut,
                         "You are not signed in, or your session has ended. Sign in and try again.");
    const Row &row = (*rows)[0];
    return Account{*row[0],
                   row[1].value_or(""),
                   row[2].value_or("") == "t",
                   std::atoi(row[3].value_or("0").c_str()),
                   row[4].value_or(""),
                   row[5].value_or("") == "t",
                   row[6].value_or("") == "t"};
}

} // namespace sqlgym::client
