// What rows that are painted by hand have in common: their ground and their focus ring.
#pragma once

class QPainter;
class QStyleOptionViewItem;

namespace sqlgym::widgets {

/// The fill of a chosen row or of the one below the pointer.
void paintGround(QPainter *painter, const QStyleOptionViewItem &option);
/// A ring where the keyboard is; last, over everything else.
void paintFocusRing(QPainter *painter, const QStyleOptionViewItem &option);

} // namespace sqlgym::widgets
