#include "screens/problem_form.h"

#include "screens/contract_fields.h"
#include "screens/json_field.h"
#include "screens/query_list.h"
#include "widgets/icons.h"
#include "widgets/markdown_view.h"
#include "widgets/send_edit.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"
#include "widgets/theme_label.h"

#include <QtCore/QJsonArray>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QSplitter>

namespace sqlgym::screens {

using namespace widgets;

namespace {

constexpr int kHints = 3;
constexpr int kHintLines = 4;
const QStringList kDifficulties{QStringLiteral("Beginner"), QStringLiteral("Easy"), QStringLiteral("Medium"),
                                QStringLiteral("Hard"), QStringLiteral("Expert")};

QString key(const char *member) { return QLatin1String(member); }

QStringList textsOf(const QJsonValue &list)
{
    QStringList all;
    for (const auto &each : list.toArray())
        all << each.toString();
    return all;
}

QHBoxLayout *beside(FieldBox *one, FieldBox *other)
{
    auto *both = new QHBoxLayout;
    both->setSpacing(space::m);
    both->addWidget(one, 1, Qt::AlignTop);
    both->addWidget(other, 1, Qt::AlignTop);
    return both;
}

} // namespace

ProblemForm::ProblemForm(QWidget *parent) : QTabWidget(parent)
{
    setAccessibleName(tr("Sections of the problem"));
    setDocumentMode(true);
    setUsesScrollButtons(true);
    tabBar()->setExpanding(false);
    addBasics();
    addStatement();
    m_contract = new ContractFields;
    m_boxes << m_contract->boxes();
    section(tr("Answer"), m_contract, true);
    connect(m_contract, &ContractFields::contractEdited, this, [this] { touch(key("contract")); });
    connect(m_contract, &ContractFields::rulesEdited, this, [this] { touch(key("rules")); });
    addTables();
    addTests();
    addHints();
    addSolution();
    addQueries();
}

QWidget *ProblemForm::section(const QString &name, QWidget *content, bool scrolls)
{
    content->setContentsMargins(space::m, space::m, space::m, space::m);
    if (content->layout() != nullptr)
        content->layout()->setContentsMargins(0, 0, 0, 0);
    QWidget *page = content;
    if (scrolls) {
        auto *area = new QScrollArea;
        area->setAccessibleName(name);
        area->setFrameShape(QFrame::NoFrame);
        area->setWidgetResizable(true);
        area->setWidget(content);
        page = area;
    }
    m_sections << name;
    addTab(page, name);
    return page;
}

FieldBox *ProblemForm::box(const QString &name, QWidget *field, const QStringList &pointers, bool stretches)
{
    m_boxes << new FieldBox(name, field, pointers, stretches);
    return m_boxes.last();
}

QLineEdit *ProblemForm::line(const QString &name, const QString &member, int longest)
{
    auto *edit = new QLineEdit;
    edit->setMaxLength(longest);
    box(name, edit, {u'/' + member});
    connect(edit, &QLineEdit::textEdited, this, [this, member] { touch(member); });
    return edit;
}

QPlainTextEdit *ProblemForm::prose(const QString &member)
{
    auto *edit = new QPlainTextEdit;
    edit->setTabChangesFocus(true);
    connect(edit, &QPlainTextEdit::textChanged, this, [this, member] { touch(member); });
    return edit;
}

void ProblemForm::touch(const QString &member)
{
    if (m_filling)
        return;
    m_touched << member;
    emit edited();
}

void ProblemForm::addBasics()
{
    m_title = line(tr("Title"), key("title"), 200);
    FieldBox *title = m_boxes.last();
    m_slug = line(tr("Slug"), key("slug"), 80);
    FieldBox *slug = m_boxes.last();
    slug->setNote(tr("Small letters and digits in words joined by \"-\": the problem's name in packs and addresses."));
    m_topic = new QComboBox;
    m_topic->setEditable(true);
    m_topic->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    FieldBox *topic = box(tr("Topic"), m_topic, {key("/topic")});
    m_difficulty = new QComboBox;
    m_difficulty->addItems({tr("Beginner"), tr("Easy"), tr("Medium"), tr("Hard"), tr("Expert")});
    FieldBox *difficulty = box(tr("Difficulty"), m_difficulty, {key("/difficulty")});
    m_tags = line(tr("Tags"), key("tags"), 1'000);
    FieldBox *tags = m_boxes.last();
    m_tags->setPlaceholderText(tr("where, null"));
    m_order = new QSpinBox;
    m_order->setRange(1, 1'000'000);
    FieldBox *order = box(tr("Place in its topic"), m_order, {key("/order")});
    m_company = line(tr("Company, if it is said to come from one"), key("company"), 100);
    FieldBox *company = m_boxes.last();
    m_premium = new QCheckBox(tr("Premium"));
    FieldBox *premium = box({}, m_premium, {key("/premium"), key("/expected_hash")});
    m_premium->setAccessibleName(tr("Premium"));

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setSpacing(space::m);
    column->addWidget(title);
    column->addWidget(slug);
    column->addLayout(beside(topic, difficulty));
    column->addLayout(beside(tags, order));
    column->addWidget(company);
    column->addWidget(premium);
    column->addStretch();
    section(tr("About"), page, true);
    connect(m_topic, &QComboBox::currentTextChanged, this, [this] { touch(key("topic")); });
    connect(m_difficulty, &QComboBox::currentIndexChanged, this, [this] { touch(key("difficulty")); });
    connect(m_order, &QSpinBox::valueChanged, this, [this] { touch(key("order")); });
    connect(m_premium, &QCheckBox::clicked, this, [this] { touch(key("premium")); });
}

void ProblemForm::addStatement()
{
    m_statement = prose(key("statement"));
    m_preview = new MarkdownView;
    m_preview->setAccessibleName(tr("Statement as learners see it"));
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(box(tr("Statement (Markdown)"), m_statement, {key("/statement")}, true));
    splitter->addWidget(box(tr("As learners see it"), m_preview, {}, true));
    splitter->setSizes({500, 500});
    section(tr("Statement"), splitter, false);
    connect(m_statement, &QPlainTextEdit::textChanged, this,
            [this] { m_preview->setMarkdownText(m_statement->toPlainText()); });
}

void ProblemForm::addTables()
{
    m_tables = new JsonField(tr("Tables and their rows (JSON)"), key("tables"));
    m_tables->setNote(
        tr("In an order in which they can be made. Cells are texts, as PostgreSQL writes them, or null."));
    m_boxes << m_tables;
    auto *page = new QWidget;
    (new QVBoxLayout(page))->addWidget(m_tables);
    section(tr("Tables"), page, false);
    connect(m_tables, &JsonField::edited, this, [this] { touch(key("tables")); });
}

void ProblemForm::addTests()
{
    m_tests = new JsonField(tr("Tests (JSON)"), key("tests"));
    m_tests->setNote(tr("\"tables\" replaces rows of the tables; what it leaves out is as above. \"hidden\" ones are "
                        "never shown. One at least is visible."));
    m_boxes << m_tests;
    m_fill = new QPushButton(tr("&Fill in what is expected"));
    m_fill->setIcon(icon("run"));
    m_fill->setToolTip(tr("Runs the solution on the rows of each test, on this computer"));
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setSpacing(space::s);
    column->addWidget(m_tests, 1);
    column->addWidget(m_fill, 0, Qt::AlignLeft);
    section(tr("Tests"), page, false);
    connect(m_tests, &JsonField::edited, this, [this] { touch(key("tests")); });
    connect(m_fill, &QPushButton::clicked, this, &ProblemForm::expectedWanted);
}

void ProblemForm::addHints()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setSpacing(space::m);
    const QStringList names{tr("First hint: a nudge"), tr("Second hint: the approach"),
                            tr("Third hint: nearly the query")};
    for (int i = 0; i < kHints; ++i) {
        m_hints << prose(key("hints"));
        m_hints.last()->setMinimumHeight(QFontMetrics(font()).lineSpacing() * kHintLines);
        QStringList pointers{QStringLiteral("/hints/%1").arg(i)};
        if (i == 0)
            pointers << key("/hints");
        column->addWidget(box(names[i], m_hints.last(), pointers, true), 1);
    }
    section(tr("Hints"), page, true);
}

void ProblemForm::addSolution()
{
    m_solution = new SqlEditor;
    m_solution->setAccessibleName(tr("Solution"));
    m_explanation = prose(key("solution"));
    m_explained = new MarkdownView;
    m_explained->setAccessibleName(tr("Explanation as learners see it"));
    m_misconceptions = prose(key("misconceptions"));
    auto *words = new QSplitter;
    words->setChildrenCollapsible(false);
    words->addWidget(box(tr("Explanation (Markdown)"), m_explanation, {key("/solution/explanation")}, true));
    words->addWidget(box(tr("As learners see it"), m_explained, {}, true));
    words->setSizes({500, 500});
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(box(tr("Solution (SQL)"), m_solution, {key("/solution"), key("/solution/sql")}, true));
    splitter->addWidget(words);
    splitter->addWidget(box(tr("Misconceptions, a line each: shown with the solution"), m_misconceptions,
                            {key("/misconceptions")}, true));
    splitter->setSizes({300, 300, 150});
    section(tr("Solution"), splitter, false);
    connect(m_solution, &SqlEditor::edited, this, [this] { touch(key("solution")); });
    connect(m_explanation, &QPlainTextEdit::textChanged, this,
            [this] { m_explained->setMarkdownText(m_explanation->toPlainText()); });
}

void ProblemForm::addQueries()
{
    m_wrong = new QueryList(key("sql"), key("mistake"), tr("Wrong queries"), tr("What is wrong in it"));
    m_right = new QueryList(key("sql"), key("way"), tr("Right queries"), tr("What is different in it"));
    m_equivalent =
        new QueryList(key("mutant"), key("why"), tr("Equivalent mutants"), tr("Why its answer is always the same"));
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setSpacing(space::l);
    FieldBox *wrong = box(tr("Wrong queries: the tests have to refuse them"), m_wrong, {key("/wrong_queries")}, true);
    FieldBox *right = box(tr("Right queries: the tests have to accept them"), m_right, {key("/right_queries")}, true);
    FieldBox *same =
        box(tr("Mutants of the solution that no test can refuse"), m_equivalent, {key("/equivalent")}, true);
    for (FieldBox *each : {wrong, right, same})
        column->addWidget(each);
    section(tr("Queries"), page, true);
    connect(m_wrong, &QueryList::edited, this, [this] { touch(key("wrong_queries")); });
    connect(m_right, &QueryList::edited, this, [this] { touch(key("right_queries")); });
    connect(m_equivalent, &QueryList::edited, this, [this] { touch(key("equivalent")); });
}

void ProblemForm::setTopics(const QStringList &names)
{
    m_filling = true;
    const QString text = m_topic->currentText();
    m_topic->clear();
    m_topic->addItems(names);
    m_topic->setEditText(text);
    m_filling = false;
}

void ProblemForm::setDraft(const session::KeptDraft &draft)
{
    m_filling = true;
    m_base = draft.definition;
    m_touched.clear();
    const auto text = [this](const char *member) { return m_base.value(QLatin1String(member)).toString(); };
    m_title->setText(text("title"));
    m_slug->setText(text("slug"));
    m_topic->setEditText(text("topic"));
    m_difficulty->setCurrentIndex(static_cast<int>(std::max<qsizetype>(0, kDifficulties.indexOf(text("difficulty")))));
    m_order->setValue(m_base.value(key("order")).toInt(1));
    m_tags->setText(textsOf(m_base.value(key("tags"))).join(QStringLiteral(", ")));
    m_company->setText(text("company"));
    m_premium->setChecked(m_base.value(key("premium")).toBool());
    m_statement->setPlainText(text("statement"));
    m_contract->setContract(m_base.value(key("contract")).toObject(), m_base.value(key("rules")).toObject());
    m_tables->setValue(m_base.value(key("tables")));
    m_tests->setValue(m_base.value(key("tests")));
    for (JsonField *each : {m_tables, m_tests}) {
        const QString member = each == m_tables ? key("tables") : key("tests");
        if (draft.texts.contains(member))
            each->setText(draft.texts.value(member));
    }
    const QStringList hints = textsOf(m_base.value(key("hints")));
    for (int i = 0; i < kHints; ++i)
        m_hints[i]->setPlainText(hints.value(i));
    const QJsonObject solution = m_base.value(key("solution")).toObject();
    m_solution->openDocument(QString::number(++m_documents), solution.value(key("sql")).toString());
    m_explanation->setPlainText(solution.value(key("explanation")).toString());
    m_misconceptions->setPlainText(textsOf(m_base.value(key("misconceptions"))).join(u'\n'));
    m_wrong->setQueries(m_base.value(key("wrong_queries")).toArray());
    m_right->setQueries(m_base.value(key("right_queries")).toArray());
    m_equivalent->setQueries(m_base.value(key("equivalent")).toArray());
    m_filling = false;
    showFindings({});
}

QJsonObject ProblemForm::definition() const
{
    QJsonObject all = m_base;
    const auto put = [&](const char *member, const QJsonValue &value) {
        if (m_touched.contains(QLatin1String(member)))
            all.insert(QLatin1String(member), value);
    };
    put("title", m_title->text());
    put("slug", m_slug->text());
    put("topic", m_topic->currentText().trimmed());
    put("difficulty", kDifficulties.value(m_difficulty->currentIndex()));
    put("order", m_order->value());
    QJsonArray tags;
    for (const QString &tag : m_tags->text().split(u',', Qt::SkipEmptyParts)) {
        if (!tag.trimmed().isEmpty())
            tags.append(tag.trimmed());
    }
    put("tags", tags);
    put("company", m_company->text());
    put("premium", m_premium->isChecked());
    put("statement", m_statement->toPlainText());
    put("contract", m_contract->contract());
    put("rules", m_contract->rules());
    put("tables", m_tables->value());
    put("tests", m_tests->value());
    QJsonArray hints;
    for (const QPlainTextEdit *hint : m_hints)
        hints.append(hint->toPlainText());
    const QStringList before = textsOf(m_base.value(key("hints")));
    for (qsizetype i = kHints; i < before.size(); ++i)
        hints.append(before[i]);
    put("hints", hints);
    put("solution", QJsonObject{{key("sql"), QString::fromUtf8(m_solution->utf8())},
                                {key("explanation"), m_explanation->toPlainText()}});
    QJsonArray misconceptions;
    for (const QString &each : m_misconceptions->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        if (!each.trimmed().isEmpty())
            misconceptions.append(each.trimmed());
    }
    put("misconceptions", misconceptions);
    put("wrong_queries", m_wrong->queries());
    put("right_queries", m_right->queries());
    put("equivalent", m_equivalent->queries());
    return all;
}

QHash<QString, QString> ProblemForm::brokenTexts() const
{
    QHash<QString, QString> texts;
    if (const QString text = m_tables->brokenText(); !text.isEmpty())
        texts.insert(key("tables"), text);
    if (const QString text = m_tests->brokenText(); !text.isEmpty())
        texts.insert(key("tests"), text);
    return texts;
}

void ProblemForm::setTests(const QJsonArray &tests)
{
    m_tests->setValue(tests);
    touch(key("tests"));
}

QList<models::FieldFinding> ProblemForm::showFindings(const QList<models::FieldFinding> &findings)
{
    QList<models::FieldFinding> left;
    QHash<FieldBox *, QList<models::FieldFinding>> placed;
    for (const models::FieldFinding &each : findings) {
        const auto best =
            std::ranges::max_element(m_boxes, {}, [&each](const FieldBox *field) { return field->covers(each.field); });
        if ((*best)->covers(each.field) < 0)
            left << each;
        else
            placed[*best] << each;
    }
    QList<int> faults(count(), 0);
    for (FieldBox *field : std::as_const(m_boxes)) {
        const auto &own = placed[field];
        const qsizetype serious = std::ranges::count(own, true, &models::FieldFinding::fault);
        QList<std::pair<QString, QString>> lines;
        QStringList words;
        for (const models::FieldFinding &each : own) {
            lines << std::pair(each.field, each.words());
            words << each.words();
        }
        if (auto *json = qobject_cast<JsonField *>(field))
            json->setPlaced(lines, serious > 0);
        else
            field->setFindings(words, serious > 0);
        for (int i = 0; i < count(); ++i) {
            if (widget(i)->isAncestorOf(field))
                faults[i] += static_cast<int>(serious);
        }
    }
    for (int i = 0; i < count(); ++i) {
        setTabText(i, faults[i] > 0 ? tr("%1 (%2)").arg(m_sections[i]).arg(faults[i]) : m_sections[i]);
        setTabIcon(i, faults[i] > 0 ? icon("verdict-wrong", colors().danger) : QIcon());
    }
    return left;
}

void ProblemForm::showFirstFault()
{
    for (int i = 0; i < count(); ++i) {
        if (tabText(i) != m_sections[i]) {
            setCurrentIndex(i);
            return;
        }
    }
}

void ProblemForm::setFilling(bool filling) { m_fill->setEnabled(!filling); }

} // namespace sqlgym::screens
