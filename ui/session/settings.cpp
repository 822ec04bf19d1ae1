#include "session/settings.h"

namespace sqlgym::session {

namespace {

constexpr const char *kThemeWords[] = {"system", "light", "dark", "high-contrast"};

} // namespace

Settings::Theme Settings::theme() const
{
    const QString word = m_file.value(QStringLiteral("look/theme")).toString();
    for (int i = 0; i < 4; ++i) {
        if (word == QLatin1String(kThemeWords[i]))
            return static_cast<Theme>(i);
    }
    return Theme::System;
}

void Settings::setTheme(Theme theme)
{
    const char *word = kThemeWords[static_cast<int>(theme)];
    m_file.setValue(QStringLiteral("look/theme"), QLatin1String(word));
}

} // namespace sqlgym::session
