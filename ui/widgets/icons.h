// The program's own line icons, drawn in the theme's colours at any size.
#pragma once

#include <QtGui/QIcon>
#include <QtGui/QPixmap>

namespace sqlgym::widgets {

/// An icon of resources/icons by its file name without ".svg". It follows the theme while it lives: text colour, accent
/// when on, faded when disabled. `tint` fixes the colour instead.
QIcon icon(const char *name, const QColor &tint = {});

/// The icon as a pixmap of `side` device-independent pixels.
QPixmap iconPixmap(const char *name, int side, const QColor &tint, double devicePixelRatio);

/// Whether there is such an icon.
bool hasIcon(const QString &name);

/// The program's mark in its own colours.
QIcon applicationIcon();

} // namespace sqlgym::widgets
