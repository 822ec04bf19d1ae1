// Ctrl+C as a cancel token: the work stops in good order, and the program exits 130.
#pragma once

#include "base/cancel_token.h"

namespace sqlgym::ctl {

/// What a shell expects of a program that was interrupted.
inline constexpr int kInterrupted = 130;

/// While it lives, SIGINT and SIGTERM cancel `token()`; a second one ends the program at once. One at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    base::CancelToken &token() { return m_token; }
    bool happened() const { return m_token.cancelled(); }

private:
    base::CancelToken m_token;
};

/// Waits until `descriptor` can be read. False: a signal came, before or meanwhile, on whichever thread.
bool waitForInput(int descriptor);

} // namespace sqlgym::ctl
