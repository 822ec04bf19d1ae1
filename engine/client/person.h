// Another person, as a server shows everybody who is signed in.
#pragma once

#include "base/clock.h"
#include "client/gateway.h"

namespace sqlgym::client {

struct PersonName {
    std::string id;
    std::string username;
};

/// Texts are in one line, without control and direction characters.
struct Person {
    PersonName person;
    std::string name; ///< first and last
    std::string company;
    std::string linkedin; ///< as it was written
    base::UnixMicros since = 0;
    int solved = 0;
    int posts = 0;
    int followerCount = 0;
    int followingCount = 0;
    std::vector<PersonName> followers; ///< at most 200, by name
    std::vector<PersonName> following; ///< likewise
};

/// nullopt: there is nobody of that id. Errors: SignedOut.
base::Result<std::optional<Person>> person(Gateway &gateway, const std::string &userId);

} // namespace sqlgym::client
