// Words in one of the theme's sizes, which follow it.
#pragma once

#include "widgets/theme.h"

#include <QtWidgets/QLabel>

namespace sqlgym::widgets {

/// Plain text that breaks where it must.
class ThemeLabel : public QLabel {
    Q_OBJECT
public:
    enum class Tone { Text, Muted };
    explicit ThemeLabel(TypeSize size, const QString &text = {}, bool bold = false, Tone tone = Tone::Text,
                        QWidget *parent = nullptr);

private:
    void takeTheme();

    TypeSize m_size;
    bool m_bold;
    Tone m_tone;
};

} // namespace sqlgym::widgets
