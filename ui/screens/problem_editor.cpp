#include "screens/problem_editor.h"

#include "models/definition_text.h"
#include "screens/problem_form.h"
#include "widgets/elided_label.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"
#include "widgets/theme_label.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using namespace widgets;
using client::Proof;
using session::AskTrouble;
using session::ProblemDesk;

namespace {

constexpr int kCollectMs = 600; ///< after the first key: what is typed is on disk a moment later

} // namespace

ProblemEditor::ProblemEditor(session::ProblemDesk &desk, session::ProblemBench &bench, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_bench(bench), m_title(new ElidedLabel),
      m_state(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted)),
      m_why(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted)), m_progress(new QLabel),
      m_stop(new QPushButton(tr("Stop"))), m_revert(new QPushButton(tr("Revert"))),
      m_save(new QPushButton(tr("&Save"))), m_check(new QPushButton(tr("&Check here"))),
      m_verify(new QPushButton(tr("&Verify on the server"))), m_publish(new QPushButton(tr("&Publish"))),
      m_notice(new NoticeBar), m_form(new ProblemForm)
{
    m_title->setFont(textFont(TypeSize::Heading, true));
    m_title->setObjectName(QStringLiteral("editedProblem"));
    m_state->setAccessibleName(tr("How the problem stands"));
    m_state->setWordWrap(false);
    m_why->setAccessibleName(tr("Why it cannot be published"));
    m_progress->setAccessibleName(tr("What is being done"));
    m_stop->setAccessibleName(tr("Stop what is being done"));
    m_stop->setIcon(icon("stop"));
    m_revert->setToolTip(tr("As the server has it"));
    m_save->setIcon(icon("save"));
    m_check->setIcon(icon("run"));
    m_check->setToolTip(tr("Runs the solution and all other queries on every test, on this computer"));
    m_verify->setIcon(icon("sync"));
    m_verify->setToolTip(tr("Saves it; a judge then proves it on both engines"));
    m_publish->setIcon(icon("submit"));
    m_notice->setAccessibleName(tr("Problem notice"));
    m_notice->setClosable(true);
    m_notice->hide();
    auto *names = new QHBoxLayout;
    names->setSpacing(space::s);
    names->addWidget(m_title, 1);
    names->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    for (QPushButton *each : {m_save, m_check, m_verify, m_publish})
        buttons->addWidget(each);
    buttons->addStretch();
    buttons->addWidget(m_revert);
    auto *below = new QHBoxLayout;
    below->setSpacing(space::s);
    below->addWidget(m_progress);
    below->addWidget(m_stop);
    below->addWidget(m_why, 1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, space::s);
    head->setSpacing(space::xs);
    head->addLayout(names);
    head->addLayout(buttons);
    head->addLayout(below);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_notice);
    column->addWidget(m_form, 1);
    setFocusProxy(m_form);
    m_collect.setSingleShot(true);
    m_collect.setInterval(kCollectMs);
    connect(&m_collect, &QTimer::timeout, this, &ProblemEditor::takeEdits);
    connect(m_form, &ProblemForm::edited, this, [this] {
        m_edited = true;
        if (!m_collect.isActive())
            m_collect.start();
        refresh();
    });
    connect(m_form, &ProblemForm::expectedWanted, this, &ProblemEditor::fillExpected);
    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_check, &QPushButton::clicked, this, &ProblemEditor::checkHere);
    connect(m_verify, &QPushButton::clicked, this, &ProblemEditor::saveAndVerify);
    connect(m_publish, &QPushButton::clicked, this, &ProblemEditor::publish);
    connect(m_stop, &QPushButton::clicked, this, &ProblemEditor::stop);
    connect(m_revert, &QPushButton::clicked, this, &ProblemEditor::askToRevert);
    connect(&Theme::instance(), &Theme::changed, this, [this] { m_title->setFont(textFont(TypeSize::Heading, true)); });
    connectDesk();
    connectBench();
    close();
}

void ProblemEditor::connectDesk()
{
    connect(&m_desk, &ProblemDesk::saved, this, [this](const QString &id, const QByteArray &definition, bool kept) {
        if (id != m_draft.id)
            return;
        setWork(Work::None);
        if (!kept) {
            m_verifyNext = false;
            m_notice->setNotice(NoticeKind::Warning, tr("Somebody has saved another draft of it meanwhile."),
                                tr("Nothing was saved."));
            m_notice->addButton(tr("Save mine over it"), this, [this] { save(true); });
            m_notice->addButton(tr("Take theirs"), this, [this] { emit reverted(m_draft.id); });
            m_notice->show();
            return;
        }
        m_draft.saved = models::definitionFrom(definition);
        m_onServer = true;
        m_published = false;
        m_proof = {};
        if (isUnsaved())
            emit this->kept(m_draft);
        else
            emit savedToServer(id);
        if (m_verifyNext && !isUnsaved()) {
            setWork(Work::Verifying, tr("Waiting for a judge\u2026"));
            m_desk.verify(id);
        } else {
            m_desk.watch(id); // it may be what was proven before
        }
        m_verifyNext = false;
        refresh();
    });
    connect(&m_desk, &ProblemDesk::proofCame, this, [this](const QString &id, const Proof &proof) {
        if (id == m_draft.id)
            showProof(proof);
    });
    connect(&m_desk, &ProblemDesk::published, this, [this](const QString &id, const QByteArray &definition) {
        if (id != m_draft.id)
            return;
        setWork(Work::None);
        m_published = m_everPublished = models::definitionFrom(definition) == m_draft.saved;
        m_tells = false;
        m_notice->setNotice(NoticeKind::Success, tr("Published."),
                            tr("Learners get it with their next exchange with the server."));
        m_notice->show();
        refresh();
    });
    connect(&m_desk, &ProblemDesk::failed, this, &ProblemEditor::onFailed);
}

void ProblemEditor::connectBench()
{
    connect(&m_bench, &session::ProblemBench::progressed, this, [this](int runs) {
        if (m_work == Work::Checking || m_work == Work::Filling)
            m_progress->setText(tr("Running here: %1 queries so far").arg(QLocale().toString(runs)));
    });
    connect(&m_bench, &session::ProblemBench::checked, this, [this](const QString &id, const QByteArray &report) {
        if (id != m_draft.id)
            return;
        setWork(Work::None);
        showReport(report,
                   m_bench.onBothEngines() ? tr("here, on both engines") : tr("here, on the embedded engine alone"));
    });
    connect(&m_bench, &session::ProblemBench::filled, this,
            [this](const QString &id, const session::ExpectedRows &rows) {
                if (id != m_draft.id)
                    return;
                setWork(Work::None);
                if (rows.tests.isEmpty()) {
                    showReport(rows.report, tr("here"));
                    return;
                }
                m_form->setTests(QJsonDocument::fromJson(rows.tests).array());
                takeEdits();
                m_form->showFindings({});
                m_tells = false;
                m_notice->setNotice(NoticeKind::Success, tr("What the tests expect is what the solution gives."),
                                    tr("Read it: nothing else says that the solution is right."));
                m_notice->show();
            });
}

void ProblemEditor::setTopics(const QStringList &names) { m_form->setTopics(names); }

void ProblemEditor::open(const session::KeptDraft &draft, const client::ServerProblem *server)
{
    flush();
    if (!m_draft.isEmpty())
        stop();
    m_collect.stop();
    m_edited = false;
    m_draft = draft;
    m_proof = {};
    m_onServer = m_published = m_everPublished = false;
    m_notice->hide();
    m_tells = false;
    m_form->setEnabled(true);
    m_form->setDraft(draft);
    setWork(Work::None);
    if (server != nullptr)
        setServerState(*server);
    refresh();
}

void ProblemEditor::setServerState(const client::ServerProblem &server)
{
    m_onServer = true;
    const bool same = models::definitionFrom(QByteArray::fromStdString(server.definition)) == m_draft.saved;
    m_published = server.published && same;
    m_everPublished = server.published;
    if (same && server.proof.state != Proof::State::None && server.proof.current)
        showProof(server.proof);
    refresh();
}

void ProblemEditor::close()
{
    m_collect.stop();
    m_edited = false;
    m_draft = {};
    m_bench.cancel();
    m_notice->hide();
    m_form->setDraft({});
    m_form->setEnabled(false);
    setWork(Work::None);
    refresh();
}

QString ProblemEditor::title() const { return m_draft.definition.value(QStringLiteral("title")).toString(); }

QJsonObject ProblemEditor::shown() const { return models::tidied(m_form->definition()); }

bool ProblemEditor::isUnsaved() const
{
    return !m_draft.isEmpty() && (m_edited || models::tidied(m_draft.definition) != models::tidied(m_draft.saved) ||
                                  !m_draft.texts.isEmpty());
}

bool ProblemEditor::isBroken() const { return !m_draft.texts.isEmpty(); }

void ProblemEditor::flush()
{
    if (m_edited)
        takeEdits();
}

void ProblemEditor::takeEdits()
{
    m_collect.stop();
    m_edited = false;
    if (m_draft.isEmpty())
        return;
    m_draft.definition = m_form->definition();
    m_draft.texts = m_form->brokenTexts();
    if (m_tells) {
        m_tells = false;
        m_notice->hide();
    }
    emit kept(m_draft);
    refresh();
}

void ProblemEditor::setOnline(bool online)
{
    m_online = online;
    refresh();
}

models::EditedProblem ProblemEditor::entry() const
{
    models::EditedProblem entry;
    entry.id = m_draft.id;
    entry.title = title();
    entry.published = m_everPublished || m_published;
    entry.draft = m_onServer && !m_published;
    entry.unsaved = isUnsaved();
    return entry;
}

QString ProblemEditor::whyNotPublished() const
{
    if (m_draft.isEmpty())
        return tr("No problem is open.");
    if (m_work == Work::Publishing)
        return tr("It is being published.");
    if (isBroken())
        return tr("What is written in Tables or Tests is no JSON.");
    if (!m_online)
        return tr("It can be published when the server is there.");
    if (isUnsaved())
        return tr("To publish it, save it and have it verified: the server has not what is shown.");
    if (m_published)
        return tr("It is published as shown.");
    if (m_proof.open() || m_work == Work::Verifying)
        return tr("It is being verified.");
    if (m_proof.state == Proof::State::None || !m_proof.current)
        return tr("To publish it, have it verified on the server.");
    if (m_proof.state == Proof::State::Bad)
        return tr("The server found faults in it: mend them and verify it again.");
    return {};
}

void ProblemEditor::refresh()
{
    const bool open = !m_draft.isEmpty();
    const bool idle = m_work == Work::None;
    const QString why = whyNotPublished();
    m_title->setText(open ? (title().isEmpty() ? tr("(no title)") : title()) : QString());
    m_state->setText(open ? models::stateWords(entry()) : QString());
    m_publish->setEnabled(open && idle && why.isEmpty());
    m_publish->setToolTip(why);
    m_why->setText(idle && open ? why : QString());
    m_save->setEnabled(open && idle && m_online && isUnsaved() && !isBroken());
    m_check->setEnabled(open && idle && !isBroken());
    m_verify->setEnabled(open && idle && m_online && !isBroken() && !m_published &&
                         (isUnsaved() || !m_proof.current || m_proof.state != Proof::State::Good));
    m_revert->setEnabled(open && idle && isUnsaved());
    m_form->setFilling(!idle || isBroken());
    m_progress->setVisible(!idle);
    m_stop->setVisible(m_work == Work::Checking || m_work == Work::Filling || m_work == Work::Verifying);
    if (open)
        emit entryChanged(entry());
}

void ProblemEditor::setWork(Work work, const QString &words)
{
    m_work = work;
    m_progress->setText(words);
    refresh();
}

void ProblemEditor::save(bool over)
{
    flush();
    const QJsonObject definition = models::tidied(m_draft.definition);
    m_notice->hide();
    setWork(Work::Saving, tr("Saving\u2026"));
    m_desk.save(m_draft.id, models::bytesOf(definition),
                over || m_draft.saved.isEmpty() ? QByteArray() : models::bytesOf(m_draft.saved));
}

void ProblemEditor::saveAndVerify()
{
    flush();
    if (isUnsaved()) {
        m_verifyNext = true;
        save(false);
        return;
    }
    m_notice->hide();
    setWork(Work::Verifying, tr("Waiting for a judge\u2026"));
    m_desk.verify(m_draft.id);
}

void ProblemEditor::checkHere()
{
    flush();
    m_notice->hide();
    setWork(Work::Checking, tr("Running here\u2026"));
    m_bench.check(m_draft.id, models::bytesOf(models::tidied(m_draft.definition)));
}

void ProblemEditor::fillExpected()
{
    flush();
    m_notice->hide();
    setWork(Work::Filling, tr("Running here\u2026"));
    m_bench.fillExpected(m_draft.id, models::bytesOf(models::tidied(m_draft.definition)));
}

void ProblemEditor::stop()
{
    if (m_work == Work::Verifying)
        m_desk.cancelVerification(m_draft.id);
    m_bench.cancel();
    m_verifyNext = false;
    setWork(Work::None);
}

void ProblemEditor::publish()
{
    flush();
    if (!whyNotPublished().isEmpty())
        return;
    setWork(Work::Publishing, tr("Publishing\u2026"));
    m_desk.publish(m_draft.id, models::bytesOf(m_draft.saved));
}

void ProblemEditor::askToRevert()
{
    m_tells = false;
    m_notice->setNotice(NoticeKind::Warning, tr("Throw away what is not saved?"),
                        m_draft.saved.isEmpty() ? tr("The server has nothing of this problem.") : QString());
    m_notice->addButton(tr("Throw it away"), this, [this] { emit reverted(m_draft.id); });
    m_notice->addButton(tr("Keep it"), this, [this] { m_notice->hide(); });
    m_notice->show();
}

void ProblemEditor::showProof(const Proof &proof)
{
    const bool waited = m_work == Work::Verifying || m_proof.open();
    m_proof = proof;
    if (proof.open()) {
        setWork(Work::Verifying, proof.state == Proof::State::Waiting
                                     ? tr("Waiting for a judge\u2026")
                                     : tr("A judge is at it: %1 queries so far").arg(QLocale().toString(proof.runs)));
        if (!waited)
            m_desk.watch(m_draft.id);
        return;
    }
    if (m_work == Work::Verifying)
        setWork(Work::None);
    if (proof.state != Proof::State::None && proof.current)
        showReport(QByteArray::fromStdString(proof.report), tr("by the server, on both engines"));
    else if (waited && proof.state == Proof::State::None)
        setWork(Work::None);
    refresh();
}

void ProblemEditor::showReport(const QByteArray &bytes, const QString &where)
{
    const models::VerificationReport report = models::readReport(bytes);
    QString words = report.sentence();
    for (const models::FieldFinding &each : m_form->showFindings(report.findings))
        words += u'\n' + each.words();
    m_notice->setNotice(report.good ? NoticeKind::Success : NoticeKind::Danger,
                        report.good ? tr("Verified %1: good.").arg(where) : tr("Verified %1: not good.").arg(where),
                        words);
    m_notice->show();
    m_tells = true;
    if (!report.good)
        m_form->showFirstFault();
    refresh();
}

void ProblemEditor::onFailed(ProblemDesk::Question question, const AskTrouble &trouble)
{
    if (question == ProblemDesk::List || question == ProblemDesk::Open || m_draft.isEmpty())
        return;
    if (question == ProblemDesk::Look && m_work == Work::Verifying) {
        m_progress->setText(tr("The server cannot be asked how it stands: %1").arg(trouble.words));
        m_desk.watch(m_draft.id);
        return;
    }
    const bool worked = m_work != Work::None;
    m_verifyNext = false;
    setWork(Work::None);
    if (!worked)
        return;
    m_tells = false;
    const QString what = question == ProblemDesk::Save      ? tr("It was not saved.")
                         : question == ProblemDesk::Publish ? tr("It was not published.")
                                                            : tr("It was not verified.");
    m_notice->setNotice(NoticeKind::Danger, what,
                        trouble.words + (question == ProblemDesk::Save
                                             ? u' ' + tr("What you typed is kept on this computer.")
                                             : QString()));
    m_notice->show();
}

} // namespace sqlgym::screens
