// What a hardened process must not be able to do, tried for real.
#pragma once

#include <string>
#include <vector>

struct Attempt {
    std::string what;
    bool succeeded = false;
    int error = 0; ///< errno
};

std::vector<Attempt> tryEverything();
