#include "screens/preferences_dialog.h"

#include "screens/preferences_page.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

using widgets::space::m;

PreferencesDialog::PreferencesDialog(session::Settings &settings, const QList<KeyCommand> &commands,
                                     bool postgresInstalled, QWidget *parent)
    : QDialog(parent), m_search(new QLineEdit(this)), m_nothing(new QLabel(this)), m_tabs(new QTabWidget(this)),
      m_page(new PreferencesPage(settings, postgresInstalled)), m_keys(new KeyEditor(commands))
{
    setWindowTitle(tr("Preferences"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_search->setPlaceholderText(tr("Search settings, commands and keys"));
    m_search->setAccessibleName(tr("Search preferences"));
    m_search->addAction(widgets::icon("search"), QLineEdit::LeadingPosition);
    m_search->setClearButtonEnabled(true);
    m_nothing->setAccessibleName(tr("Search result"));
    m_nothing->setContentsMargins(m, m, m, m);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Preference pages"));
    m_tabs->addTab(m_page, tr("Settings"));
    m_keys->setContentsMargins(m, m, m, 0);
    m_tabs->addTab(m_keys, tr("Keys"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter in a field is not to end it
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_nothing, 1); // in place of the pages
    column->addWidget(m_tabs, 1);
    column->addWidget(buttons);
    connect(m_search, &QLineEdit::textChanged, this, &PreferencesDialog::search);
    connect(m_page, &PreferencesPage::changed, this, &PreferencesDialog::changed);
    connect(m_keys, &KeyEditor::changed, this, &PreferencesDialog::keysChanged);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    // From the search field too.
    const auto turn = [this](int step) {
        const int pages = m_tabs->count();
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + pages + step) % pages);
    };
    connect(new QShortcut(QKeySequence::NextChild, this), &QShortcut::activated, this, [turn] { turn(1); });
    connect(new QShortcut(QKeySequence::PreviousChild, this), &QShortcut::activated, this, [turn] { turn(-1); });
    m_search->setFocus();
    resize(620, 560);
}

/// A number that is being typed becomes a setting when its field is hidden: while all is there, and told to nobody.
PreferencesDialog::~PreferencesDialog()
{
    disconnect();
    hide();
}

/// The page that has what is looked for comes to the front.
void PreferencesDialog::search(const QString &words)
{
    const bool onPage = m_page->search(words);
    const bool inKeys = m_keys->search(words);
    m_nothing->setText(tr("Nothing is called \u201C%1\u201D here.").arg(words));
    m_nothing->setVisible(!onPage && !inKeys);
    m_tabs->setVisible(onPage || inKeys);
    if (onPage != inKeys)
        m_tabs->setCurrentWidget(onPage ? static_cast<QWidget *>(m_page) : m_keys);
}

} // namespace sqlgym::screens
