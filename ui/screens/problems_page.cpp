#include "screens/problems_page.h"

#include "models/definition_text.h"
#include "models/problem_list_model.h"
#include "screens/problem_editor.h"
#include "session/server_link.h"
#include "widgets/draft_delegate.h"
#include "widgets/empty_words.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QUuid>
#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>

namespace sqlgym::screens {

using namespace widgets;
using models::EditedProblem;
using models::ProblemListModel;
using session::AskTrouble;
using session::KeptDraft;
using session::ProblemDesk;

ProblemsPage::ProblemsPage(session::ServerLink &link, session::EngineRoom &engines, const QString &folder,
                           QWidget *parent)
    : QWidget(parent), m_desk(new ProblemDesk(link, this)),
      m_bench(new session::ProblemBench(engines.embeddedFactory(), engines.postgresFactory(), this)),
      m_files(new session::DraftFiles(folder, this)), m_model(new ProblemListModel(this)),
      m_filtered(new QSortFilterProxyModel(this)), m_notice(new NoticeBar),
      m_editor(new ProblemEditor(*m_desk, *m_bench))
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_notice->setAccessibleName(tr("Problems notice"));
    m_notice->setClosable(true);
    m_notice->hide();
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildList());
    splitter->addWidget(m_editor);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({250, 750});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(splitter, 1);
    setFocusProxy(m_list);
    connectDesk();
    setLinkState(link.state());
    connect(&link, &session::ServerLink::stateChanged, this, &ProblemsPage::setLinkState);
}

ProblemsPage::~ProblemsPage() { m_editor->flush(); }

QWidget *ProblemsPage::buildList()
{
    m_list = new QListView;
    m_list->setModel(m_filtered);
    m_list->setAccessibleName(tr("Problems to edit"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new DraftDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_empty = new EmptyWords(m_list);
    m_search = new QLineEdit;
    m_search->setAccessibleName(tr("Find a problem to edit"));
    m_search->setPlaceholderText(tr("Find a problem"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon("search"), QLineEdit::LeadingPosition);
    m_new = new QPushButton(tr("&New"));
    m_new->setAccessibleName(tr("New problem"));
    m_copy = new QPushButton(tr("Cop&y"));
    m_copy->setAccessibleName(tr("Copy the problem"));
    m_copy->setToolTip(tr("A new problem that begins as the open one"));
    m_refresh = new QPushButton(icon("sync"), {});
    m_refresh->setAccessibleName(tr("Read the problems again"));
    m_refresh->setToolTip(tr("Read the problems again"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_new);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    buttons->addWidget(m_refresh);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(space::m, space::s, 0, 0);
    column->setSpacing(space::s);
    column->addLayout(buttons);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    connect(m_new, &QPushButton::clicked, this, [this] { begin(models::newDefinition()); });
    connect(m_copy, &QPushButton::clicked, this, &ProblemsPage::copyOpen);
    connect(m_refresh, &QPushButton::clicked, this, &ProblemsPage::reload);
    connect(m_search, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ProblemsPage::onChosen);
    return pane;
}

void ProblemsPage::connectDesk()
{
    connect(m_desk, &ProblemDesk::listCame, this, &ProblemsPage::onList);
    connect(m_desk, &ProblemDesk::opened, this, &ProblemsPage::onOpened);
    connect(m_desk, &ProblemDesk::failed, this, &ProblemsPage::onFailed);
    connect(m_files, &session::DraftFiles::came, this, [this](const QList<KeptDraft> &drafts) {
        for (const KeptDraft &each : drafts) {
            if (!m_local.contains(each.id))
                m_local.insert(each.id, each);
        }
        fillList();
    });
    connect(m_files, &session::DraftFiles::failed, this, [this](const QString &words) {
        m_notice->setNotice(NoticeKind::Danger, tr("What you type is not kept on this computer."),
                            tr("%1 Save it to the server.").arg(words));
        m_notice->show();
    });
    connect(m_editor, &ProblemEditor::kept, this, [this](const KeptDraft &draft) {
        if (m_editor->openId() == draft.id && !m_editor->isUnsaved()) {
            m_local.remove(draft.id);
            m_files->remove(draft.id);
            return;
        }
        m_local.insert(draft.id, draft);
        m_files->keep(draft);
    });
    connect(m_editor, &ProblemEditor::savedToServer, this, [this](const QString &id) {
        m_local.remove(id);
        m_files->remove(id);
    });
    connect(m_editor, &ProblemEditor::entryChanged, this, [this](const EditedProblem &entry) {
        m_copy->setEnabled(true);
        if (m_model->rowOf(entry.id) >= 0)
            m_model->put(entry);
    });
    connect(m_editor, &ProblemEditor::reverted, this, &ProblemsPage::onReverted);
}

void ProblemsPage::activate()
{
    if (!m_loaded)
        reload();
    m_list->setFocus();
}

void ProblemsPage::setLinkState(const session::LinkState &state)
{
    using Kind = session::LinkState::Kind;
    const QString account = state.instructor ? state.accountId : QString();
    m_editor->setOnline(!account.isEmpty() && (state.kind == Kind::Synced || state.kind == Kind::Syncing));
    if (account == m_account)
        return;
    m_editor->flush();
    m_desk->forget();
    m_editor->close();
    m_account = account;
    m_loaded = false;
    m_local.clear();
    m_onServer.clear();
    m_opening.clear();
    m_model->setProblems({});
    m_files->read(account);
    for (QWidget *each :
         {static_cast<QWidget *>(m_new), static_cast<QWidget *>(m_refresh), static_cast<QWidget *>(m_search)})
        each->setEnabled(!account.isEmpty());
    m_copy->setEnabled(false);
    if (account.isEmpty())
        m_empty->setWords(tr("Only instructors write problems."));
    else if (isVisible())
        reload();
}

void ProblemsPage::reload()
{
    if (m_account.isEmpty())
        return;
    m_loaded = true;
    m_notice->hide();
    m_empty->setWords(tr("Reading the problems\u2026"));
    m_desk->askList();
}

void ProblemsPage::onList(const std::vector<client::EditableProblem> &problems,
                          const std::vector<client::TopicEntry> &topics)
{
    m_onServer = problems;
    QStringList names;
    for (const client::TopicEntry &topic : topics)
        names << QString::fromStdString(topic.name);
    m_editor->setTopics(names);
    m_empty->setWords(tr("There is no problem yet. Begin with New."));
    fillList();
}

void ProblemsPage::fillList()
{
    QList<EditedProblem> all;
    QSet<QString> there;
    for (const client::EditableProblem &each : m_onServer) {
        const QString id = QString::fromStdString(each.id);
        there << id;
        const bool unsaved = m_local.contains(id);
        all << EditedProblem{id,
                             unsaved ? m_local[id].definition.value(QStringLiteral("title")).toString()
                                     : QString::fromStdString(each.title),
                             QString::fromStdString(each.author),
                             each.draft,
                             each.published,
                             unsaved};
    }
    for (const KeptDraft &each : std::as_const(m_local)) {
        if (!there.contains(each.id))
            all.prepend({each.id, each.definition.value(QStringLiteral("title")).toString(), {}, false, false, true});
    }
    m_selecting = true;
    m_model->setProblems(all);
    m_selecting = false;
    if (!m_editor->openId().isEmpty())
        select(m_editor->openId());
}

void ProblemsPage::select(const QString &id)
{
    m_selecting = true;
    const QModelIndex index = m_filtered->mapFromSource(m_model->index(m_model->rowOf(id)));
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
    m_selecting = false;
}

void ProblemsPage::onChosen()
{
    const QString id = m_list->currentIndex().data(ProblemListModel::IdRole).toString();
    if (!m_selecting && !id.isEmpty() && id != m_editor->openId())
        openProblem(id);
}

/// What this computer has goes before what the server has; how it stands there is asked for either way.
void ProblemsPage::openProblem(const QString &id)
{
    m_editor->flush();
    m_opening = id;
    if (m_local.contains(id))
        m_editor->open(m_local.value(id), nullptr);
    m_desk->open(id);
}

void ProblemsPage::onOpened(const QString &id, const client::ServerProblem &problem)
{
    if (id != m_opening)
        return;
    if (m_local.contains(id)) {
        m_editor->setServerState(problem);
        return;
    }
    const QJsonObject definition = models::definitionFrom(QByteArray::fromStdString(problem.definition));
    m_editor->open({id, definition, definition, {}}, &problem);
}

void ProblemsPage::begin(const QJsonObject &definition)
{
    m_editor->flush();
    const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_opening = id;
    const KeptDraft draft{id, definition, {}, {}};
    m_local.insert(id, draft);
    m_files->keep(draft);
    m_search->clear();
    m_editor->open(draft, nullptr);
    m_model->put(m_editor->entry());
    select(id);
    m_editor->setFocus();
}

void ProblemsPage::copyOpen()
{
    if (m_editor->openId().isEmpty())
        return;
    QJsonObject definition = m_editor->shown();
    const auto text = [&definition](const char *member) { return definition.value(QLatin1String(member)).toString(); };
    definition.insert(QStringLiteral("title"), tr("Copy of %1").arg(text("title")));
    definition.insert(QStringLiteral("slug"), text("slug").left(70) + QStringLiteral("-copy"));
    definition.remove(QStringLiteral("expected_hash"));
    begin(definition);
}

void ProblemsPage::onReverted(const QString &reverted)
{
    const QString id = reverted; // the editor's own goes with close()
    const bool known = std::ranges::any_of(m_onServer, [&id](const auto &each) { return each.id == id.toStdString(); });
    const bool saved = !m_local.value(id).saved.isEmpty();
    m_local.remove(id);
    m_files->remove(id);
    m_editor->close();
    if (known || saved)
        openProblem(id);
    else
        fillList();
}

void ProblemsPage::onFailed(ProblemDesk::Question question, const AskTrouble &trouble)
{
    using Kind = AskTrouble::Kind;
    if (trouble.kind == Kind::SignedOut) {
        m_empty->setWords(trouble.words);
        m_loaded = false;
    }
    if (question != ProblemDesk::List && question != ProblemDesk::Open)
        return;
    if (question == ProblemDesk::Open && m_local.contains(m_opening))
        return; // it is a new one, or is gone on with offline
    m_loaded = m_loaded && question != ProblemDesk::List;
    m_empty->setWords(trouble.words);
    m_notice->setNotice(NoticeKind::Warning,
                        question == ProblemDesk::List ? tr("The problems could not be read.")
                                                      : tr("The problem could not be opened."),
                        trouble.words);
    m_notice->addButton(tr("Try again"), this, [this, question] {
        m_notice->hide();
        if (question == ProblemDesk::List)
            reload();
        else
            openProblem(m_opening);
    });
    m_notice->show();
}

} // namespace sqlgym::screens
