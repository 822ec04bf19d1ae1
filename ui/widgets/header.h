// One look for the headers of tables and trees.
#pragma once

class QHeaderView;

namespace sqlgym::widgets {

/// Small bold letters, left-aligned, whatever the theme's size.
void dressHeader(QHeaderView *header);

} // namespace sqlgym::widgets
