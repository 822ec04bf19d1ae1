#include "widgets/theme.h"

#include "widgets/house_style.h"

#include <QtGui/QFontDatabase>
#include <QtWidgets/QApplication>

#include <cmath>

namespace sqlgym::widgets {

const Colors &Theme::light()
{
    static const Colors colors{
        .window = 0xF5F6F8,
        .base = 0xFFFFFF,
        .raised = 0xECEFF3,
        .text = 0x1A1E26,
        .muted = 0x565F6E,
        .border = 0xD3D8E0,
        .strongBorder = 0x7E8796,
        .grid = 0xDFE3EA,
        .disabled = 0x7E8796,
        .accent = 0x2F5BD0,
        .onAccent = 0xFFFFFF,
        .accentText = 0x2850BC,
        .selection = 0xD3E0FB,
        .currentLine = 0xF1F5FD,
        .success = 0x1A6B36,
        .successFill = 0xE2F4E7,
        .danger = 0xAE231B,
        .dangerFill = 0xFCE8E6,
        .warning = 0x774C00,
        .warningFill = 0xFFF2D3,
        .infoFill = 0xE6EDFD,
        .keyword = 0x7A2A9C,
        .string = 0x1A6B36,
        .number = 0x8F4400,
        .comment = 0x626B79,
        .function = 0x0B5F73,
        .quotedName = 0x8A2447,
    };
    return colors;
}

const Colors &Theme::dark()
{
    static const Colors colors{
        .window = 0x16191F,
        .base = 0x1C2027,
        .raised = 0x262B35,
        .text = 0xE5E8EE,
        .muted = 0xA3ACBA,
        .border = 0x353C48,
        .strongBorder = 0x788396,
        .grid = 0x2E3541,
        .disabled = 0x788396,
        .accent = 0x7FA2FF,
        .onAccent = 0x0E1220,
        .accentText = 0x93B1FF,
        .selection = 0x2B4170,
        .currentLine = 0x222834,
        .success = 0x74D391,
        .successFill = 0x1B3225,
        .danger = 0xFF958C,
        .dangerFill = 0x3C2323,
        .warning = 0xF0C267,
        .warningFill = 0x362D19,
        .infoFill = 0x1E2942,
        .keyword = 0xCBA6FF,
        .string = 0x8FD7A3,
        .number = 0xF2B780,
        .comment = 0x97A1B0,
        .function = 0x83D3E2,
        .quotedName = 0xF29BB5,
    };
    return colors;
}

const Colors &Theme::highContrast()
{
    static const Colors colors{
        .window = Qt::black,
        .base = Qt::black,
        .raised = 0x1A1A1A,
        .text = 0xFFFFFF,
        .muted = 0xE6E6E6,
        .border = 0xFFFFFF,
        .strongBorder = 0xFFFFFF,
        .grid = 0x6E6E6E,
        .disabled = 0x8C8C8C,
        .accent = 0xFFD800,
        .onAccent = Qt::black,
        .accentText = 0xFFE24D,
        .selection = 0x00408A,
        .currentLine = 0x141414,
        .success = 0x7DFF9B,
        .successFill = 0x002A0C,
        .danger = 0xFFB3AD,
        .dangerFill = 0x3A0000,
        .warning = 0xFFD27A,
        .warningFill = 0x2E1F00,
        .infoFill = 0x00183A,
        .keyword = 0xE3C7FF,
        .string = 0xA5F5B8,
        .number = 0xFFCE99,
        .comment = 0xD9D9D9,
        .function = 0x9BECFA,
        .quotedName = 0xFFC0D3,
    };
    return colors;
}

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

void Theme::install(ThemeChoice choice, bool systemIsDark, double bodyPoints)
{
    m_choice = choice;
    m_systemDark = systemIsDark;
    m_bodyPoints = bodyPoints;
    m_systemFont = QApplication::font();
    m_installed = true;
    QApplication::setStyle(new HouseStyle);
    apply();
}

void Theme::choose(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

void Theme::setSystemDark(bool dark)
{
    if (dark == m_systemDark)
        return;
    m_systemDark = dark;
    if (m_choice == ThemeChoice::System)
        apply();
}

void Theme::setBodyPoints(double points)
{
    if (points == m_bodyPoints)
        return;
    m_bodyPoints = points;
    apply();
}

void Theme::setCodeFont(const QString &family, double points)
{
    if (family == m_codeFamily && points == m_codePoints)
        return;
    m_codeFamily = family;
    m_codePoints = points;
    apply();
}

void Theme::setNullText(const QString &text)
{
    if (text == m_nullText)
        return;
    m_nullText = text;
    apply();
}

void Theme::apply()
{
    if (!m_installed)
        return;
    m_dark = m_choice == ThemeChoice::Dark || m_choice == ThemeChoice::HighContrast ||
             (m_choice == ThemeChoice::System && m_systemDark);
    QFont font = m_systemFont;
    if (m_bodyPoints > 0)
        font.setPointSizeF(m_bodyPoints);
    if (font != QApplication::font())
        QApplication::setFont(font);
    QApplication::setPalette(palette(colors()));
    emit changed();
}

QPalette Theme::palette(const Colors &c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.base);
    p.setColor(QPalette::AlternateBase, c.raised);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.muted);
    p.setColor(QPalette::Button, c.base);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.danger);
    p.setColor(QPalette::ToolTipBase, c.raised);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Highlight, c.selection);
    p.setColor(QPalette::HighlightedText, c.text);
    p.setColor(QPalette::Link, c.accentText);
    p.setColor(QPalette::LinkVisited, c.accentText);
    p.setColor(QPalette::Light, c.base);
    p.setColor(QPalette::Midlight, c.raised);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Dark, c.strongBorder);
    p.setColor(QPalette::Shadow, c.strongBorder);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, c.disabled);
    p.setColor(QPalette::Disabled, QPalette::Base, c.window);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.raised);
    return p;
}

namespace {

double scaleOf(TypeSize size)
{
    switch (size) {
    case TypeSize::Small:
        return 0.9;
    case TypeSize::Body:
        return 1.0;
    case TypeSize::Heading:
        return 1.2;
    case TypeSize::Title:
        return 1.5;
    }
    return 1.0;
}

double luminance(const QColor &color)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

} // namespace

QFont textFont(TypeSize size, bool bold)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * scaleOf(size));
    font.setBold(bold);
    return font;
}

QFont monospaceFont(TypeSize size)
{
    static const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    QFont font = fixed;
    const Theme &theme = Theme::instance();
    if (!theme.codeFamily().isEmpty())
        font.setFamilies({theme.codeFamily(), fixed.family()});
    const double points = theme.codePoints() > 0 ? theme.codePoints() : QApplication::font().pointSizeF();
    font.setPointSizeF(points * scaleOf(size));
    return font;
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace sqlgym::widgets
