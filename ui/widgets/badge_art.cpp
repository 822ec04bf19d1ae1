#include "widgets/badge_art.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QFile>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

static void initBadgeResources() { Q_INIT_RESOURCE(badges); }

namespace sqlgym::widgets {

namespace {

QPixmap part(const QString &file, int side, const QColor &tint)
{
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(file);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, side, side));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), tint);
    return pixmap;
}

struct Inks {
    QColor fill, edge, motif;
};

Inks inksOf(qsizetype rarity, bool earned)
{
    const Colors &c = colors();
    if (!earned)
        return {c.base, c.strongBorder, c.muted};
    switch (rarity) {
    case 1:
        return {c.successFill, c.success, c.success};
    case 2:
        return {c.infoFill, c.accentText, c.accentText};
    case 3:
        return {c.accent, c.accent, c.onAccent};
    case 4:
        return {c.warningFill, c.warning, c.warning};
    default:
        return {c.raised, c.text, c.text};
    }
}

} // namespace

const QStringList &rarities()
{
    static const QStringList words{QStringLiteral("common"), QStringLiteral("uncommon"), QStringLiteral("rare"),
                                   QStringLiteral("epic"), QStringLiteral("legendary")};
    return words;
}

QPixmap badgeArt(const QString &motif, const QString &rarity, int side, bool earned, double devicePixelRatio)
{
    static const bool loaded = (initBadgeResources(), true);
    Q_UNUSED(loaded)
    const auto level = std::max<qsizetype>(rarities().indexOf(rarity), 0);
    const Inks inks = inksOf(level, earned);
    const int pixels = qRound(side * devicePixelRatio);
    // A server's word never becomes a path.
    QString file = QStringLiteral(":/sqlgym/badges/%1.svg").arg(motif);
    if (motif.isEmpty() || motif.contains(u'/') || motif.contains(u'.') || !QFile::exists(file))
        file = QStringLiteral(":/sqlgym/icons/badge.svg");
    const QString key = QStringLiteral("badge/%1/%2/%3/%4/%5/%6")
                            .arg(file)
                            .arg(level)
                            .arg(pixels)
                            .arg(inks.fill.rgba())
                            .arg(inks.edge.rgba())
                            .arg(inks.motif.rgba());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        const QString shape =
            QStringLiteral(":/sqlgym/badges/shape-").append(rarities()[level]).append(QStringLiteral("-%1.svg"));
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.drawPixmap(0, 0, part(shape.arg(QStringLiteral("fill")), pixels, inks.fill));
        painter.drawPixmap(0, 0, part(shape.arg(QStringLiteral("edge")), pixels, inks.edge));
        const int inner = qRound(pixels * (level == 4 ? 0.48 : 0.54));
        const int at = (pixels - inner) / 2;
        painter.drawPixmap(at, at, part(file, inner, inks.motif));
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace sqlgym::widgets
