#include "screens/scratch_tabs.h"

namespace sqlgym::screens {

namespace {

const QString kPrefix = QStringLiteral("scratch/");

int numberOf(const QString &document) { return document.mid(kPrefix.size()).toInt(); }

} // namespace

ScratchTabs::ScratchTabs(QWidget *parent) : QTabBar(parent)
{
    setAccessibleName(tr("Editor tabs"));
    setDocumentMode(true);
    setExpanding(false);
    setDrawBase(false);
    setTabsClosable(true);
    addTab(tr("Problem"));
    setTabButton(0, QTabBar::RightSide, nullptr);
    setVisible(false);
    connect(this, &QTabBar::currentChanged, this, [this] { emit documentChosen(current()); });
    connect(this, &QTabBar::tabCloseRequested, this, &ScratchTabs::close);
}

void ScratchTabs::setTexts(const QList<session::ScratchText> &texts)
{
    const QSignalBlocker quiet(this);
    for (const auto &text : texts) {
        m_texts.insert(text.document, text.text);
        if (text.open)
            open(text.document);
        else
            m_closed << text.document;
    }
    showProblem();
}

QString ScratchTabs::current() const { return documentAt(currentIndex()); }

QStringList ScratchTabs::openDocuments() const
{
    QStringList list;
    for (int i = 1; i < count(); ++i)
        list << documentAt(i);
    return list;
}

void ScratchTabs::open(const QString &document)
{
    const int index = addTab(tr("Scratch %1").arg(numberOf(document)));
    setTabData(index, document);
    setTabToolTip(index, tr("Runs on the open problem's tables (Ctrl+W closes)"));
    setVisible(true);
    setCurrentIndex(index);
}

void ScratchTabs::addNew(const QString &text)
{
    int number = 1;
    const QStringList used = openDocuments() + m_closed;
    while (used.contains(kPrefix + QString::number(number)))
        ++number;
    if (!text.isEmpty())
        m_texts.insert(kPrefix + QString::number(number), text);
    open(kPrefix + QString::number(number));
    emit openChanged(openDocuments());
}

void ScratchTabs::closeCurrent() { close(currentIndex()); }

void ScratchTabs::close(int index)
{
    if (index <= 0)
        return;
    m_closed << documentAt(index);
    removeTab(index);
    setVisible(count() > 1);
    emit openChanged(openDocuments());
}

void ScratchTabs::reopen()
{
    if (m_closed.isEmpty())
        return;
    open(m_closed.takeLast());
    emit openChanged(openDocuments());
}

void ScratchTabs::showProblem()
{
    const QSignalBlocker quiet(this);
    setCurrentIndex(0);
}

} // namespace sqlgym::screens
