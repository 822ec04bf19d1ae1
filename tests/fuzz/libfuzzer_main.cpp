// libFuzzer's way in; FUZZ_TARGET names the function.
#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    sqlgym::fuzz::FUZZ_TARGET({reinterpret_cast<const char *>(data), size});
    return 0;
}
