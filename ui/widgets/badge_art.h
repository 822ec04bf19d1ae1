// A badge's picture: a shape for its rarity, a motif of its own, in the theme's colours.
#pragma once

#include <QtCore/QStringList>
#include <QtGui/QColor>
#include <QtGui/QPixmap>

namespace sqlgym::widgets {

/// Rarities from the most common on: each has a shape.
const QStringList &rarities();

/// `motif` is a file of resources/badges, `rarity` one of rarities(); what is not known there gets a plain medal, or
/// the most common shape. A badge that is not earned is drawn in outline.
QPixmap badgeArt(const QString &motif, const QString &rarity, int side, bool earned, double devicePixelRatio);

} // namespace sqlgym::widgets
