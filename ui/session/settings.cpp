#include "session/settings.h"

namespace sqlgym::session {

Settings::Theme Settings::theme() const
{
    const QString word = m_file.value(QStringLiteral("look/theme")).toString();
    return word == QLatin1String("light") ? Theme::Light : word == QLatin1String("dark") ? Theme::Dark : Theme::System;
}

void Settings::setTheme(Theme theme)
{
    const char *word = theme == Theme::Light ? "light" : theme == Theme::Dark ? "dark" : "system";
    m_file.setValue(QStringLiteral("look/theme"), QLatin1String(word));
}

} // namespace sqlgym::session
