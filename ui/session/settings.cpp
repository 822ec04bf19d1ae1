#include "session/settings.h"

#include <algorithm>

namespace sqlgym::session {

namespace {

constexpr const char *kThemeWords[] = {"system", "light", "dark", "high-contrast"};
constexpr const char *kMotionWords[] = {"system", "reduced", "full"};
constexpr qsizetype kLongestNullText = 16;
const QString kRunSeconds = QStringLiteral("run/seconds");
const QString kRunMemoryMb = QStringLiteral("run/memoryMb");
const QString kRunRows = QStringLiteral("run/rows");

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

Settings::Motion Settings::motion() const
{
    const QString word = m_file.value(QStringLiteral("look/motion")).toString();
    for (int i = 0; i < 3; ++i) {
        if (word == QLatin1String(kMotionWords[i]))
            return static_cast<Motion>(i);
    }
    return Motion::System;
}

void Settings::setMotion(Motion motion)
{
    m_file.setValue(QStringLiteral("look/motion"), QLatin1String(kMotionWords[static_cast<int>(motion)]));
}

QString Settings::nullText() const
{
    const QString text = m_file.value(QStringLiteral("look/nullText")).toString().trimmed().left(kLongestNullText);
    return text.isEmpty() ? QStringLiteral("NULL") : text;
}

RunLimits Settings::runLimits() const
{
    const RunLimits usual;
    const auto read = [this](const QString &key, int otherwise, int least, int most) {
        bool isNumber = false;
        const int value = m_file.value(key).toInt(&isNumber);
        return isNumber ? std::clamp(value, least, most) : otherwise;
    };
    RunLimits limits;
    limits.seconds = read(kRunSeconds, usual.seconds, 1, RunLimits::kMostSeconds);
    limits.memoryMb = read(kRunMemoryMb, usual.memoryMb, RunLimits::kLeastMemoryMb, RunLimits::kMostMemoryMb);
    limits.rows = read(kRunRows, usual.rows, RunLimits::kLeastRows, RunLimits::kMostRows);
    return limits;
}

void Settings::setRunLimits(const RunLimits &limits)
{
    m_file.setValue(kRunSeconds, limits.seconds);
    m_file.setValue(kRunMemoryMb, limits.memoryMb);
    m_file.setValue(kRunRows, limits.rows);
}

} // namespace sqlgym::session
