// Markdown that somebody else wrote, made fit to be laid out.
#pragma once

#include <QtCore/QString>

namespace sqlgym::widgets {

/// Pictures become links, and what is nested or divided beyond any reader's use (quotes, lists, columns of a table,
/// brackets, marks over one letter) is shown as the characters that it is: laying it out would take minutes.
QString tameMarkdown(const QString &markdown);

} // namespace sqlgym::widgets
