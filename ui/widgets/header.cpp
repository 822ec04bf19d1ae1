#include "widgets/header.h"

#include "widgets/theme.h"

#include <QtWidgets/QHeaderView>

namespace sqlgym::widgets {

void dressHeader(QHeaderView *header)
{
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const auto takeFont = [header] { header->setFont(textFont(TypeSize::Small, true)); };
    takeFont();
    QObject::connect(&Theme::instance(), &Theme::changed, header, takeFont);
}

} // namespace sqlgym::widgets
