// What a screen reader gets where Qt's own answer falls short.
#pragma once

namespace sqlgym::widgets {

/// Once, before the first of these widgets is asked about:
/// - SqlEditor: text, caret and selection as Qt counts them (UTF-16), with ranges cut to what is there;
/// - QComboBox: its accessible name stays its name, the choice is the description (Qt puts the choice in its place);
/// - NoticeBar: an alert, so that what it says is read out when it appears.
void installAccessibility();

} // namespace sqlgym::widgets
