// Gives large values back without the GUI thread waiting for it.
#pragma once

#include <QtCore/QThreadPool>

#include <memory>
#include <utility>

namespace sqlgym::session {

/// Drops this reference on another thread: returning a hundred megabytes takes longer than a frame.
template <typename T> void letGo(std::shared_ptr<T> value)
{
    if (value)
        QThreadPool::globalInstance()->start([gone = std::move(value)]() mutable { gone.reset(); });
}

} // namespace sqlgym::session
