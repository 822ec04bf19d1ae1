#include "widgets/copy_job.h"

#include "models/labels.h"
#include "widgets/theme.h"

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
    connect(&m_tick, &QTimer::timeout, this,
            [this] { tell(tr("Copying\u2026 %1 % (Esc stops it)").arg(m_progress->percent.load()), false); });
    m_leave.setSingleShot(true);
    m_leave.setInterval(kShownMs);
    connect(&m_leave, &QTimer::timeout, this, &QWidget::hide);
}

CopyJob::~CopyJob()
{
    if (m_progress)
        m_progress->cancelled = true;
}

void CopyJob::start(models::CellSource source, std::vector<models::CellRange> cells, models::CopyFormat format)
{
    cancel();
    if (!m_worker)
        m_worker = std::make_unique<session::WorkerThread>(QStringLiteral("copier"));
    m_progress = std::make_shared<models::CopyProgress>();
    m_worker->ask([source = std::move(source), cells, format,
                   progress = m_progress] { return models::copied(source, cells, format, progress.get()); },
                  this,
                  [this, mine = m_progress, cells](const QString &text) {
                      if (mine == m_progress)
                          onCopied(text, models::cellCount(cells));
                  });
    m_leave.stop();
    m_tick.start();
}

void CopyJob::cancel()
{
    if (!m_progress)
        return;
    m_progress->cancelled = true;
    m_progress.reset();
    m_tick.stop();
    tell(tr("Nothing was copied: stopped."), true);
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
