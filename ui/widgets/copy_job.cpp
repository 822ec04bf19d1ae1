#include "widgets/copy_job.h"

#include "models/export_file.h"
#include "models/labels.h"
#include "widgets/theme.h"

#include <QtCore/QFileInfo>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QApplication>

namespace sqlgym::widgets {

namespace {

constexpr int kTickMs = 100;
constexpr int kShownMs = 3'000; ///< how long the last word stays

} // namespace

CopyJob::CopyJob(QAbstractScrollArea *view) : QLabel(view), m_view(view)
{
    setFrameShape(QFrame::StyledPanel);
    setMargin(space::s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    setFont(textFont(TypeSize::Body));
    hide();
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        const QString words =
            m_toFile ? tr("Writing\u2026 %1 % (Esc stops it)") : tr("Copying\u2026 %1 % (Esc stops it)");
        tell(words.arg(m_progress->percent.load()), false);
    });
    m_leave.setSingleShot(true);
    m_leave.setInterval(kShownMs);
    connect(&m_leave, &QTimer::timeout, this, &QWidget::hide);
}

CopyJob::~CopyJob()
{
    if (m_progress)
        m_progress->cancelled = true;
}

void CopyJob::begin(bool toFile)
{
    cancel();
    if (!m_worker)
        m_worker = std::make_unique<session::WorkerThread>(QStringLiteral("copier"));
    m_progress = std::make_shared<models::CopyProgress>();
    m_toFile = toFile;
    m_leave.stop();
    m_tick.start();
}

void CopyJob::start(models::CellSource source, std::vector<models::CellRange> cells, models::CopyFormat format)
{
    begin(false);
    m_worker->ask([source = std::move(source), cells, format,
                   progress = m_progress] { return models::copied(source, cells, format, progress.get()); },
                  this,
                  [this, mine = m_progress, cells](const QString &text) {
                      if (mine == m_progress)
                          onCopied(text, models::cellCount(cells));
                  });
}

void CopyJob::write(models::CellSource source, const models::CellRange &cells, models::CopyFormat format,
                    const QString &path)
{
    begin(true);
    m_worker->ask([source = std::move(source), cells, format, path,
                   progress = m_progress] { return models::exportTo(path, source, cells, format, *progress); },
                  this,
                  [this, mine = m_progress, path](const QString &trouble) {
                      if (mine == m_progress)
                          onWritten(trouble, path);
                  });
}

void CopyJob::onWritten(const QString &trouble, const QString &path)
{
    m_progress.reset();
    m_tick.stop();
    tell(trouble.isEmpty() ? tr("Written to %1.").arg(QFileInfo(path).fileName())
                           : tr("The file could not be written: %1").arg(trouble),
         true);
    emit finished();
}

void CopyJob::cancel()
{
    if (!m_progress)
        return;
    m_progress->cancelled = true;
    m_progress.reset();
    m_tick.stop();
    tell(m_toFile ? tr("Nothing was written: stopped.") : tr("Nothing was copied: stopped."), true);
}

void CopyJob::onCopied(const QString &text, qint64 cells)
{
    m_progress.reset();
    m_tick.stop();
    QApplication::clipboard()->setText(text);
    tell(tr("%1 cells copied.").arg(locale().toString(cells)), true);
    emit finished();
}

void CopyJob::tell(const QString &words, bool last)
{
    setText(words);
    adjustSize();
    const QRect room = m_view->viewport()->geometry();
    move(room.center().x() - width() / 2, room.bottom() - height() - space::m);
    show();
    raise();
    if (!last)
        return;
    m_leave.start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace sqlgym::widgets
