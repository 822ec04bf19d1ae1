#include "widgets/icons.h"

#include "widgets/theme.h"

#include <QtCore/QFile>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

static void initIconResources() { Q_INIT_RESOURCE(icons); }

namespace sqlgym::widgets {

namespace {

void needResources()
{
    static const bool loaded = (initIconResources(), true);
    Q_UNUSED(loaded)
}

QPixmap render(const QString &name, const QSize &pixels, const QColor &tint)
{
    if (pixels.isEmpty()) // of a button that has no room yet
        return {};
    const QString key =
        QStringLiteral("sqlgym/%1/%2x%3/%4").arg(name).arg(pixels.width()).arg(pixels.height()).arg(tint.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    needResources();
    QSvgRenderer renderer(QStringLiteral(":/sqlgym/icons/%1.svg").arg(name));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixels)));
    if (tint.isValid()) {
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), tint);
    }
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class TintedEngine : public QIconEngine {
public:
    TintedEngine(QString name, const QColor &tint) : m_name(std::move(name)), m_tint(tint) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, render(m_name, rect.size() * ratio, tintFor(mode, state)));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return render(m_name, size, tintFor(mode, state));
    }
    QIconEngine *clone() const override { return new TintedEngine(m_name, m_tint); }

private:
    QColor tintFor(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return colors().disabled;
        if (m_tint.isValid())
            return m_tint;
        return state == QIcon::On ? colors().accentText : colors().text;
    }

    QString m_name;
    QColor m_tint;
};

} // namespace

QIcon icon(const char *name, const QColor &tint) { return QIcon(new TintedEngine(QString::fromLatin1(name), tint)); }

QPixmap iconPixmap(const char *name, int side, const QColor &tint, double devicePixelRatio)
{
    QPixmap pixmap = render(QString::fromLatin1(name), QSize(side, side) * devicePixelRatio, tint);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

bool hasIcon(const QString &name)
{
    needResources();
    return QFile::exists(QStringLiteral(":/sqlgym/icons/%1.svg").arg(name));
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int side : {32, 64, 128})
        icon.addPixmap(render(QStringLiteral("sqlgym"), {side, side}, {}));
    return icon;
}

} // namespace sqlgym::widgets
