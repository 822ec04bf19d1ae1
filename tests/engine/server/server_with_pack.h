// A server that has the bundled catalogue.
#pragma once

#include "content/pack.h"
#include "content/resources.h"
#include "server/pack_import.h"
#include "server_fixture.h"

namespace sqlgym::tests {

inline content::Pack importBundledPack(server::Session &admin)
{
    auto pack = content::readPack(content::bundledPack());
    if (!pack)
        throw std::runtime_error(pack.error().message);
    if (auto imported = server::importPack(admin, *pack); !imported)
        throw std::runtime_error(imported.error().message);
    return std::move(*pack);
}

/// `server` is a ServerFixture, or what deploys and opens administrators' sessions like one.
template <typename Server> content::Pack deployWithPack(Server &server)
{
    server.deploy();
    auto admin = server.admin();
    return importBundledPack(admin);
}

} // namespace sqlgym::tests
