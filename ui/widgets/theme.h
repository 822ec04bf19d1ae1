// The one visual language: colours, spacing and type sizes, in light, dark and high contrast, switched while the
// program runs.
#pragma once

#include <QtCore/QObject>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QPalette>

namespace sqlgym::widgets {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// Every colour on screen. Text colours reach 4.5:1 on `window`, `base`, `raised` and on the fill of their own kind;
/// `strongBorder` and `accent` reach 3:1; `disabled` is neither text nor edge to be found (tests/ui/widgets/tst_theme).
struct Colors {
    QColor window, base, raised, text, muted, border, strongBorder, grid, disabled;
    QColor accent, onAccent, accentText, selection, currentLine;
    QColor success, successFill, danger, dangerFill, warning, warningFill, infoFill;
    QColor keyword, string, number, comment, function, quotedName;
};

/// Distances in device-independent pixels; nothing on screen uses another.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
inline constexpr int radius = 4;
} // namespace space

enum class TypeSize { Small, Body, Heading, Title };

class Theme : public QObject {
    Q_OBJECT
public:
    static Theme &instance();

    static const Colors &light();
    static const Colors &dark();
    /// Text reaches 7:1 on everything it stands on.
    static const Colors &highContrast();
    const Colors &colors() const
    {
        return m_choice == ThemeChoice::HighContrast ? highContrast() : m_dark ? dark() : light();
    }
    bool isDark() const { return m_dark; }
    ThemeChoice choice() const { return m_choice; }
    /// Points of TypeSize::Body; 0 = the desktop's own.
    double bodyPoints() const { return m_bodyPoints; }

    /// Installs the style, palette and font on the application. Call once, before the first widget.
    void install(ThemeChoice choice, bool systemIsDark, double bodyPoints);
    void choose(ThemeChoice choice);
    void setSystemDark(bool dark);
    void setBodyPoints(double points);
    /// Of SQL and results: an empty family is the desktop's own, 0 points are as all other text.
    void setCodeFont(const QString &family, double points);
    const QString &codeFamily() const { return m_codeFamily; }
    double codePoints() const { return m_codePoints; }
    /// What stands for NULL in results.
    void setNullText(const QString &text);
    const QString &nullText() const { return m_nullText; }

    static QPalette palette(const Colors &colors);

signals:
    /// Palette, colours or font sizes are others now; widgets that keep any of them take them anew.
    void changed();

private:
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemDark = false;
    bool m_dark = false;
    bool m_installed = false;
    double m_bodyPoints = 0;
    QString m_codeFamily;
    double m_codePoints = 0;
    QString m_nullText = QStringLiteral("NULL");
    QFont m_systemFont;
};

inline const Colors &colors() { return Theme::instance().colors(); }
QFont textFont(TypeSize size, bool bold = false);
QFont monospaceFont(TypeSize size = TypeSize::Body);

/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor &one, const QColor &other);

} // namespace sqlgym::widgets
