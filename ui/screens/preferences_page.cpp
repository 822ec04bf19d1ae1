#include "screens/preferences_page.h"

#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSpinBox>

#include <algorithm>

namespace sqlgym::screens {

using session::RunLimits;
using session::Settings;

namespace {

constexpr int kSmallestPoints = 7, kLargestPoints = 32;
constexpr int kLongestNull = 16;

QStringList fixedFamilies()
{
    QStringList families;
    for (const QString &family : QFontDatabase::families()) {
        if (QFontDatabase::isFixedPitch(family) && !QFontDatabase::isPrivateFamily(family))
            families << family;
    }
    return families;
}

} // namespace

PreferencesPage::PreferencesPage(Settings &settings, bool postgresInstalled, QWidget *parent)
    : QScrollArea(parent), m_settings(settings)
{
    setAccessibleName(tr("Settings"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget;
    m_form = new QFormLayout(page);
    m_form->setContentsMargins(widgets::space::m, 0, widgets::space::m, widgets::space::m);
    m_form->setHorizontalSpacing(widgets::space::l);
    m_form->setVerticalSpacing(widgets::space::s);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addLookRows();
    addProgressRows();
    addEditorRows();
    addResultRows();
    addRunRows();
    addExactRows(postgresInstalled);
    setWidget(page);
}

void PreferencesPage::addGroup(const QString &title)
{
    auto *label = new QLabel(title);
    label->setFont(widgets::textFont(widgets::TypeSize::Heading, true));
    label->setContentsMargins(0, widgets::space::m, 0, 0);
    m_groups.push_back({m_form->rowCount(), title, {}});
    m_form->addRow(label);
}

void PreferencesPage::addRow(const QString &name, QWidget *field, const QString &about)
{
    Row row{{m_form->rowCount()}, {}};
    row.words = QStringList({name, about, m_groups.back().title}).join(u' ').remove(u'&').toLower();
    if (auto *box = qobject_cast<QCheckBox *>(field)) {
        box->setText(name);
        m_form->addRow(QString(), box);
    } else {
        auto *label = new QLabel(name);
        label->setBuddy(field);
        field->setAccessibleName(QString(name).remove(u'&'));
        field->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_form->addRow(label, field);
    }
    if (!about.isEmpty()) {
        auto *words = new QLabel(about);
        words->setWordWrap(true);
        words->setFont(widgets::textFont(widgets::TypeSize::Small));
        words->setForegroundRole(QPalette::PlaceholderText);
        words->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        field->setAccessibleDescription(about);
        row.formRows.push_back(m_form->rowCount());
        m_form->addRow(QString(), words);
    }
    m_groups.back().rows.push_back(std::move(row));
}

QSpinBox *PreferencesPage::spinBox(int least, int most, int value, const QString &suffix)
{
    auto *box = new QSpinBox;
    box->setRange(least, most);
    box->setSuffix(suffix);
    box->setGroupSeparatorShown(true);
    box->setAccelerated(true);
    box->setKeyboardTracking(false); // 30 is not to be 3 for a moment
    box->setValue(value);
    return box;
}

void PreferencesPage::addLookRows()
{
    addGroup(tr("Look"));
    auto *theme = new QComboBox;
    theme->addItems({tr("Follow the system"), tr("Light"), tr("Dark"), tr("High contrast")});
    theme->setCurrentIndex(static_cast<int>(m_settings.theme()));
    addRow(tr("&Theme"), theme);
    connect(theme, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_settings.setTheme(static_cast<Settings::Theme>(index));
        emit changed();
    });

    auto *points = spinBox(kSmallestPoints - 1, kLargestPoints, qRound(m_settings.fontPoints()), tr(" pt"));
    points->setSpecialValueText(tr("As the desktop"));
    addRow(tr("&Font size"), points);
    connect(points, &QSpinBox::valueChanged, this, [this](int size) {
        m_settings.setFontPoints(size < kSmallestPoints ? 0 : size);
        emit changed();
    });
}

void PreferencesPage::addProgressRows()
{
    addGroup(tr("Progress"));
    auto *motion = new QComboBox;
    motion->addItems({tr("Follow the system"), tr("On"), tr("Off")});
    motion->setCurrentIndex(static_cast<int>(m_settings.motion()));
    addRow(tr("Reduce m&otion"), motion, tr("On: a badge that is earned appears without fading in."));
    connect(motion, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_settings.setMotion(static_cast<Settings::Motion>(index));
        emit changed();
    });
    auto *streak = new QCheckBox;
    streak->setChecked(m_settings.streakShown());
    addRow(tr("Show the strea&k"), streak, tr("The days in a row on which you solved something."));
    connect(streak, &QCheckBox::toggled, this, [this](bool on) {
        m_settings.setStreakShown(on);
        emit changed();
    });
}

void PreferencesPage::addEditorRows()
{
    addGroup(tr("Editor and results"));
    auto *family = new QComboBox;
    family->addItem(tr("As the desktop"), QString());
    for (const QString &each : fixedFamilies())
        family->addItem(each, each);
    family->setCurrentIndex(std::max(0, family->findData(m_settings.codeFamily())));
    family->setMaxVisibleItems(12);
    family->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    family->setMinimumContentsLength(22);
    addRow(tr("Font of S&QL"), family, tr("A fixed-width family, for the editor and for results."));
    connect(family, &QComboBox::currentIndexChanged, this, [this, family] {
        m_settings.setCodeFamily(family->currentData().toString());
        emit changed();
    });

    auto *points = spinBox(kSmallestPoints - 1, kLargestPoints, qRound(m_settings.codePoints()), tr(" pt"));
    points->setSpecialValueText(tr("As all text"));
    addRow(tr("&Size of SQL"), points);
    connect(points, &QSpinBox::valueChanged, this, [this](int size) {
        m_settings.setCodePoints(size < kSmallestPoints ? 0 : size);
        emit changed();
    });

    auto *exam = new QCheckBox;
    exam->setChecked(m_settings.examMode());
    addRow(tr("E&xam mode"), exam, tr("Neither completion nor diagnostics while you write."));
    connect(exam, &QCheckBox::toggled, this, [this](bool on) {
        m_settings.setExamMode(on);
        emit changed();
    });
}

void PreferencesPage::addResultRows()
{
    auto *null = new QLineEdit(m_settings.nullText());
    null->setMaxLength(kLongestNull);
    null->setPlaceholderText(QStringLiteral("NULL"));
    addRow(tr("&NULL is shown as"), null, tr("In tables on the screen. Copies and files keep their format's own."));
    connect(null, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_settings.setNullText(text);
        emit changed();
    });
}

void PreferencesPage::addRunRows()
{
    addGroup(tr("Limits of a run"));
    const RunLimits limits = m_settings.runLimits();
    const auto add = [this](const QString &name, QSpinBox *box, int RunLimits::*limit, const QString &about) {
        addRow(name, box, about);
        connect(box, &QSpinBox::valueChanged, this, [this, limit](int value) {
            RunLimits now = m_settings.runLimits();
            now.*limit = value;
            m_settings.setRunLimits(now);
            emit changed();
        });
    };
    add(tr("T&ime"), spinBox(1, RunLimits::kMostSeconds, limits.seconds, tr(" s")), &RunLimits::seconds, {});
    auto *memory = spinBox(RunLimits::kLeastMemoryMb, RunLimits::kMostMemoryMb, limits.memoryMb, tr(" MB"));
    memory->setSingleStep(16);
    add(tr("&Memory"), memory, &RunLimits::memoryMb, tr("Above the problem's own rows."));
    auto *rows = spinBox(RunLimits::kLeastRows, RunLimits::kMostRows, limits.rows, {});
    rows->setSingleStep(1'000);
    add(tr("&Rows"), rows, &RunLimits::rows,
        tr("A result is cut there and says so. Checks keep the limits of their tests."));
}

void PreferencesPage::addExactRows(bool postgresInstalled)
{
    addGroup(tr("Exact mode"));
    auto *exact = new QCheckBox;
    exact->setChecked(m_settings.exactMode());
    exact->setEnabled(postgresInstalled);
    addRow(tr("&Use PostgreSQL on this computer"), exact,
           postgresInstalled
               ? tr("It runs what the embedded engine does not do yet, and confirms each check. It starts when it is "
                    "first needed and ends with the window.")
               : tr("PostgreSQL is not installed. With the package postgresql-15, exact mode becomes available."));
    auto *first = new QComboBox;
    first->addItems({tr("The embedded engine (quickest)"), tr("PostgreSQL")});
    first->setCurrentIndex(m_settings.postgresFirst() ? 1 : 0);
    first->setEnabled(postgresInstalled && m_settings.exactMode());
    addRow(tr("First &answer from"), first);
    connect(exact, &QCheckBox::toggled, this, [this, first](bool on) {
        m_settings.setExactMode(on);
        first->setEnabled(on);
        emit changed();
    });
    connect(first, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_settings.setPostgresFirst(index == 1);
        emit changed();
    });
}

bool PreferencesPage::search(const QString &words)
{
    const QStringList wanted = words.toLower().split(u' ', Qt::SkipEmptyParts);
    bool any = false;
    for (const Group &group : m_groups) {
        bool anyHere = false;
        for (const Row &row : group.rows) {
            const bool fits =
                std::ranges::all_of(wanted, [&](const QString &word) { return row.words.contains(word); });
            for (const int formRow : row.formRows)
                m_form->setRowVisible(formRow, fits);
            anyHere = anyHere || fits;
        }
        m_form->setRowVisible(group.formRow, anyHere);
        any = any || anyHere;
    }
    return any;
}

} // namespace sqlgym::screens
