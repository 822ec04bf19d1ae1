#include "widgets/track_note.h"

#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::widgets {

TrackNote::TrackNote(QWidget *parent) : QWidget(parent), m_words(new QLabel(this)), m_next(new QPushButton(this))
{
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("Track"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::m, space::s, space::m, space::s);
    column->setSpacing(space::s);
    column->addWidget(m_words);
    column->addWidget(m_next);
    connect(m_next, &QPushButton::clicked, this, [this] { emit nextChosen(m_slug); });
    connect(&Theme::instance(), &Theme::changed, this, &TrackNote::setFonts);
    setFonts();
    hide();
}

void TrackNote::setFonts() { m_words->setFont(textFont(TypeSize::Small)); }

void TrackNote::setAdvice(const models::TrackAdvice &advice)
{
    setVisible(!advice.name.isEmpty());
    QStringList lines{advice.about};
    QStringList needs;
    for (const models::TrackNeed &need : advice.needs)
        needs << tr("\u201C%1\u201D (%2 of %3 solved)").arg(need.name).arg(need.solved).arg(need.total);
    if (!needs.isEmpty())
        lines << tr("Easier after %1.").arg(needs.join(tr(" and ")));
    if (advice.nextSlug.isEmpty() && !advice.leadsTo.isEmpty())
        lines << tr("All solved. It leads on to \u201C%1\u201D.").arg(advice.leadsTo.join(tr("\u201D and \u201C")));
    else if (advice.nextSlug.isEmpty())
        lines << tr("All solved.");
    m_words->setText(lines.join(u'\n'));
    m_slug = advice.nextSlug;
    m_next->setVisible(!m_slug.isEmpty());
    const QString title = tr("Next: %1").arg(QString(advice.nextTitle).replace(u'&', QStringLiteral("&&")));
    m_next->setAccessibleName(tr("Next in the track: %1").arg(advice.nextTitle));
    m_next->setToolTip(advice.nextTitle);
    m_next->setText(m_next->fontMetrics().elidedText(title, Qt::ElideRight, 200));
}

} // namespace sqlgym::widgets
