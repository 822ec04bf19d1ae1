#include "session/assistant.h"

namespace sqlgym::session {

namespace {

constexpr unsigned kBinderStack = 64u << 20; ///< as the engine's own threads: the binder recurses over the tree

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

} // namespace

Assistant::Assistant(QObject *parent)
    : QObject(parent), m_tables(std::make_shared<Tables>()), m_thread(QStringLiteral("assistant"), kBinderStack)
{
    m_tables->finder = std::make_unique<assist::ScopeFinder>(assist::Tables());
}

void Assistant::setProblem(const ProblemPtr &problem)
{
    m_thread.post([tables = m_tables, problem] {
        content::Problem bare = *problem;
        for (auto &table : bare.tables)
            table.rows.clear();
        assist::Tables made;
        made.addScript(content::setupSql(bare));
        tables->finder = std::make_unique<assist::ScopeFinder>(std::move(made));
    });
}

void Assistant::diagnose(const QByteArray &text, quint64 revision)
{
    m_diagnosis.text = text;
    m_diagnosis.revision = revision;
    if (m_diagnosis.asked)
        m_diagnosis.again = true;
    else
        askDiagnosis();
}

void Assistant::askDiagnosis()
{
    m_diagnosis.asked = true;
    m_diagnosis.again = false;
    m_thread.ask([tables = m_tables,
                  text = m_diagnosis.text] { return assist::diagnose(viewOf(text), tables->finder->tables()); },
                 this,
                 [this, revision = m_diagnosis.revision](const std::vector<assist::Finding> &findings) {
                     m_diagnosis.asked = false;
                     if (m_diagnosis.again)
                         askDiagnosis();
                     else
                         emit diagnosed(revision, findings);
                 });
}

void Assistant::complete(const QByteArray &text, int cursorByte, quint64 revision)
{
    m_completion.text = text;
    m_completion.cursorByte = cursorByte;
    m_completion.revision = revision;
    if (m_completion.asked)
        m_completion.again = true;
    else
        askCompletion();
}

void Assistant::askCompletion()
{
    m_completion.asked = true;
    m_completion.again = false;
    m_thread.ask(
        [tables = m_tables, text = m_completion.text, cursor = m_completion.cursorByte] {
            return assist::complete(viewOf(text), static_cast<std::size_t>(cursor), *tables->finder);
        },
        this,
        [this, revision = m_completion.revision](const assist::Completion &completion) {
            m_completion.asked = false;
            if (m_completion.again)
                askCompletion();
            else
                emit completed(revision, completion);
        });
}

void Assistant::describe(const QByteArray &text, int cursorByte, quint64 revision)
{
    m_thread.ask(
        [text, cursorByte] {
            return QString::fromStdString(
                assist::describe(assist::functionAt(viewOf(text), static_cast<std::size_t>(cursorByte))));
        },
        this, [this, revision](const QString &words) { emit described(revision, words); });
}

void Assistant::locate(const QByteArray &text, int cursorByte, quint64 revision)
{
    m_thread.ask(
        [text, cursorByte]() -> std::pair<int, int> {
            const assist::Scan scan = assist::scanSql(viewOf(text));
            const auto *statement = assist::statementAt(scan, static_cast<std::size_t>(cursorByte));
            return statement ? std::pair(static_cast<int>(statement->byteBegin), static_cast<int>(statement->byteEnd))
                             : std::pair(0, 0);
        },
        this, [this, revision](const std::pair<int, int> &span) { emit located(revision, span.first, span.second); });
}

void Assistant::format(const QByteArray &text, quint64 revision)
{
    m_thread.ask([text] { return assist::format(viewOf(text)); }, this,
                 [this, revision](const assist::Formatted &result) { emit formatted(revision, result); });
}

} // namespace sqlgym::session
