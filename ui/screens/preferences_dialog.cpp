#include "screens/preferences_dialog.h"

#include "widgets/theme.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

PreferencesDialog::PreferencesDialog(const Values &values, const QList<KeyCommand> &commands, bool postgresInstalled,
                                     QWidget *parent)
    : QDialog(parent), m_values(values)
{
    setWindowTitle(tr("Preferences"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->setAccessibleName(tr("Preference pages"));
    tabs->addTab(generalPage(postgresInstalled), tr("General"));
    auto *keys = new KeyEditor(commands);
    keys->setContentsMargins(widgets::space::m, widgets::space::m, widgets::space::m, 0);
    tabs->addTab(keys, tr("Keys"));
    connect(keys, &KeyEditor::changed, this, &PreferencesDialog::keysChanged);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *column = new QVBoxLayout(this);
    column->addWidget(tabs, 1);
    column->addWidget(buttons);
    resize(540, 460);
}

QWidget *PreferencesDialog::generalPage(bool postgresInstalled)
{
    const Values &values = m_values;
    auto *page = new QWidget(this);
    auto *theme = new QComboBox(this);
    theme->addItems({tr("Follow the system"), tr("Light"), tr("Dark"), tr("High contrast")});
    theme->setCurrentIndex(values.theme);
    auto *size = new QSpinBox(this);
    size->setRange(7, 24);
    size->setSpecialValueText(tr("As the desktop"));
    size->setSuffix(tr(" pt"));
    size->setValue(values.fontPoints > 0 ? qRound(values.fontPoints) : 7);
    auto *exact = new QCheckBox(tr("Use PostgreSQL on this computer (exact mode)"), this);
    exact->setChecked(values.exactMode);
    auto *first = new QComboBox(this);
    first->addItems({tr("The embedded engine (quickest)"), tr("PostgreSQL")});
    first->setCurrentIndex(values.postgresFirst ? 1 : 0);
    auto *words = new QLabel(
        postgresInstalled
            ? tr("Exact mode runs what the embedded engine does not do yet, and confirms each check. "
                 "PostgreSQL starts when it is first needed and ends with the window.")
            : tr("PostgreSQL is not installed. With the package postgresql-15, exact mode becomes available."),
        this);
    words->setWordWrap(true);
    words->setFont(widgets::textFont(widgets::TypeSize::Small));
    exact->setEnabled(postgresInstalled);
    first->setEnabled(postgresInstalled && values.exactMode);

    auto *exam = new QCheckBox(tr("Exam mode: neither completion nor diagnostics"), this);
    exam->setChecked(values.examMode);

    auto *form = new QFormLayout(page);
    form->setSpacing(widgets::space::m);
    form->addRow(tr("&Theme"), theme);
    form->addRow(tr("&Font size"), size);
    form->addRow(QString(), exam);
    form->addRow(QString(), exact);
    form->addRow(tr("&First answer from"), first);
    form->addRow(QString(), words);
    connect(theme, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_values.theme = index;
        emit changed(m_values);
    });
    connect(size, &QSpinBox::valueChanged, this, [this, size](int points) {
        m_values.fontPoints = points == size->minimum() ? 0 : points;
        emit changed(m_values);
    });
    connect(exact, &QCheckBox::toggled, this, [this, first](bool on) {
        m_values.exactMode = on;
        first->setEnabled(on);
        emit changed(m_values);
    });
    connect(first, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_values.postgresFirst = index == 1;
        emit changed(m_values);
    });
    connect(exam, &QCheckBox::toggled, this, [this](bool on) {
        m_values.examMode = on;
        emit changed(m_values);
    });
    return page;
}

} // namespace sqlgym::screens
