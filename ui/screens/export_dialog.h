// Asks where a result is to be written, and as what.
#pragma once

#include "models/copy_format.h"

#include <functional>

class QFileDialog;
class QWidget;

namespace sqlgym::screens {

/// Opened, and gone when it is closed. `chosen` gets the path and the format that its filter names.
QFileDialog *askForExport(QWidget *parent, const QString &baseName,
                          const std::function<void(const QString &path, models::CopyFormat format)> &chosen);

} // namespace sqlgym::screens
