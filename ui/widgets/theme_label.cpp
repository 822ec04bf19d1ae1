#include "widgets/theme_label.h"

namespace sqlgym::widgets {

ThemeLabel::ThemeLabel(TypeSize size, const QString &text, bool bold, Tone tone, QWidget *parent)
    : QLabel(text, parent), m_size(size), m_bold(bold), m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &ThemeLabel::takeTheme);
}

void ThemeLabel::takeTheme()
{
    setFont(textFont(m_size, m_bold));
    if (m_tone != Tone::Muted)
        return;
    QPalette colored;
    colored.setColor(QPalette::WindowText, colors().muted);
    setPalette(colored);
}

} // namespace sqlgym::widgets
