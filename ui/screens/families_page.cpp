#include "screens/families_page.h"

#include "models/labels.h"
#include "widgets/header.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTreeWidget>

namespace sqlgym::screens {

namespace {

constexpr int kIds = Qt::UserRole;
constexpr int kRowHeight = 28;
constexpr qsizetype kLongestName = 120;

QString name(const std::string &text) { return models::beginningOf(text, kLongestName); }

QString outcome(const insight::Family &family)
{
    if (family.correct)
        return FamiliesPage::tr("right");
    if (family.failing.empty())
        return FamiliesPage::tr("wrong");
    QStringList tests;
    for (const std::string &each : family.failing)
        tests << name(each);
    return FamiliesPage::tr("fails: %1").arg(tests.join(QStringLiteral(", ")));
}

void addRow(QTreeWidget *to, const QStringList &cells, const QStringList &ids)
{
    auto *row = new QTreeWidgetItem(to, cells);
    row->setData(0, kIds, ids);
    row->setSizeHint(0, {0, kRowHeight});
    for (int i = 0; i < cells.size(); ++i)
        row->setToolTip(i, models::plainTip(cells[i]));
}

QLabel *wrapped()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setContentsMargins(widgets::space::m, widgets::space::s, widgets::space::m, widgets::space::s);
    return label;
}

} // namespace

FamiliesPage::FamiliesPage(QWidget *parent)
    : QWidget(parent), m_words(wrapped()), m_families(list(tr("Families"), {tr("Way"), tr("Outcome"), tr("How many")})),
      m_pairWords(wrapped()), m_pairs(list(tr("Alike"), {tr("Learners"), tr("What is alike")}))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_words->setAccessibleName(tr("About the families"));
    m_pairWords->setAccessibleName(tr("About likeness"));
    m_families->setToolTip(tr("Enter shows one of the family"));
    m_pairs->setToolTip(tr("Enter shows how the two differ"));
    m_families->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_families->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_families->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_pairs->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_words);
    column->addWidget(m_families, 2);
    column->addWidget(m_pairWords);
    column->addWidget(m_pairs, 1);
    column->addStretch();
    setWords({});
}

QTreeWidget *FamiliesPage::list(const QString &accessible, const QStringList &heads)
{
    auto *made = new QTreeWidget(this);
    made->setAccessibleName(accessible);
    made->setHeaderLabels(heads);
    made->setRootIsDecorated(false);
    made->setUniformRowHeights(true);
    made->setFrameShape(QFrame::NoFrame);
    made->setTabKeyNavigation(false);
    made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    widgets::dressHeader(made->header());
    connect(made, &QTreeWidget::itemActivated, this,
            [this](const QTreeWidgetItem *row) { emit submissionsWanted(row->data(0, kIds).toStringList()); });
    return made;
}

void FamiliesPage::setWords(const QString &words)
{
    m_families->clear();
    m_pairs->clear();
    m_words->setText(words);
    for (auto *each :
         {static_cast<QWidget *>(m_families), static_cast<QWidget *>(m_pairs), static_cast<QWidget *>(m_pairWords)})
        each->hide();
}

void FamiliesPage::setFamilies(const session::Families &families)
{
    setWords(tr("Of the newest %1 submissions, by their way and the tests they fail.")
                 .arg(QLocale().toString(families.submissions.size())));
    if (families.families.empty()) {
        m_words->setText(tr("None of its submissions is judged yet."));
        return;
    }
    fillFamilies(families);
    m_families->show();
    fillPairs(families);
    m_pairWords->show();
    m_pairs->setVisible(!families.pairs.empty());
}

void FamiliesPage::fillFamilies(const session::Families &families)
{
    for (const insight::Family &each : families.families)
        addRow(m_families,
               {QString::fromStdString(each.words), outcome(each),
                tr("%1 by %2").arg(QLocale().toString(each.submissions), QLocale().toString(each.learners))},
               {QString::fromStdString(families.submissions[each.example].id)});
}

void FamiliesPage::fillPairs(const session::Families &families)
{
    m_pairWords->setText(
        families.pairs.empty()
            ? tr("No two right answers are alike in what few others wrote.")
            : tr("Right answers alike in what at most %1 learners wrote. It proves nothing: look at them.")
                  .arg(families.few));
    for (const insight::LikePair &pair : families.pairs) {
        const auto &one = families.submissions[pair.one];
        const auto &other = families.submissions[pair.other];
        QString words = tr("%1 of %2 pieces rare").arg(pair.rare).arg(pair.fragments);
        if (pair.same)
            words = tr("%1 wrote the same; %2")
                        .arg(pair.sameBy == 2 ? tr("only these two") : QLocale().toString(pair.sameBy), words);
        // The newest is the first.
        addRow(m_pairs, {tr("%1, %2").arg(name(one.learner), name(other.learner)), words},
               {QString::fromStdString(other.id), QString::fromStdString(one.id)});
    }
}

} // namespace sqlgym::screens
