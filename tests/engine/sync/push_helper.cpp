// A learner's program to be killed: writes a post, a comment on it and a like of it, says so, and sends.
//
//   push_helper PROFILE DSN TOKEN FIRST     numbers from FIRST; one a line, once its writes are on the disk
#include "cache/cache.h"
#include "gateway/libpq_gateway.h"
#include "sync/push.h"

#include <cstdio>
#include <string>
#include <unistd.h>

using namespace sqlgym;

namespace {

bool write(cache::Cache &cache, int number)
{
    auto &community = cache.community();
    const auto post = community.createPost({}, "post " + std::to_string(number));
    if (!post || !community.createComment(*post, {}, "comment " + std::to_string(number)) ||
        !community.setLiked(*post, true))
        return false;
    const std::string line = std::to_string(number) + "\n";
    return ::write(STDOUT_FILENO, line.data(), line.size()) > 0;
}

int failed(const base::Error &error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    auto cache = cache::Cache::open(argv[1]);
    if (!cache)
        return failed(cache.error());
    auto gateway = gateway::open(argv[2]);
    if (!gateway)
        return failed(gateway.error());
    if (auto used = (*gateway)->useToken(base::Secret(argv[3])); !used)
        return failed(used.error());
    for (int number = std::stoi(argv[4]);; ++number) {
        if (!write(**cache, number))
            return 3;
        auto report = sync::push(**cache, **gateway);
        if (!report || report->stopped)
            return failed(report ? *report->stopped : report.error());
    }
}
