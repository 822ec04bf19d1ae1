// What is wrong with how a window looks, as far as that can be measured.
#pragma once

#include <QtCore/QStringList>

class QMenu;
class QWidget;

namespace sqlgym {

/// Each fault as a sentence with the control's name:
/// - a button, tab or label without room for its words; wrapped words that are cut below;
/// - words that are cut and in no tooltip: in labels, choices, cells and column headers;
/// - a control outside its window or its parent;
/// - two controls of one layout that lie over each other;
/// - a control that takes the keyboard and has no name for screen readers.
QStringList layoutFaults(const QWidget *window);

/// The controls of the window that take the Tab key's focus, in its order, from `first` until it comes back; by name.
QStringList tabOrder(QWidget *first);

/// Those in view and enabled that Tab is to reach.
QStringList tabStops(const QWidget *window);

/// What is wrong with a menu that is open: words cut, letters to press that stand twice, or parts off the screen.
QStringList menuFaults(const QMenu *menu);

} // namespace sqlgym
