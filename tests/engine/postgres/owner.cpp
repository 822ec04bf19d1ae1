// A program that owns a private cluster and waits to be killed: for the tests that really do it.
#include "postgres/private_cluster.h"

#include <cstdio>
#include <unistd.h>

using namespace sqlgym::postgres;

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    const auto cluster = PrivateCluster::start(arguments[1]);
    if (!cluster) {
        std::printf("failed %s\n", cluster.error().message.c_str());
        return 1;
    }
    std::printf("server %d %s\n", static_cast<int>((*cluster)->serverPid()), (*cluster)->folder().c_str());
    std::fflush(stdout);
    char byte = 0;
    while (read(0, &byte, 1) > 0) {
    }
    return 0;
}
