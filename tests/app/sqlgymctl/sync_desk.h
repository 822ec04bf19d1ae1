// A learner's profile that `sqlgymctl sync` brings up to date, and what became of it.
#pragma once

#include "../../engine/server/server_with_pack.h"
#include "../../engine/sync/copy_of.h"

#include <QProcess>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>

namespace sqlgym::tests {

struct Outcome {
    int code = -1;
    QString words; ///< of both streams
};

/// A profile whose learner has signed up at the server and handed in a lot, and wrote a draft.
class Desk {
public:
    /// `dsn`: the way to the server; empty = straight.
    Desk(ServerFixture &server, const QString &name, const std::string &dsn = {})
        : m_dsn(QString::fromStdString(dsn.empty() ? server.dsn("sqlgym_client") : dsn))
    {
        chmod(m_folder.path().toUtf8().constData(), 0711);
        QProcess signUp;
        signUp.start(SQLGYMCTL, arguments({"sign-up", name, name + "@example.org"}));
        signUp.write("correct horse\n");
        signUp.closeWriteChannel();
        if (!signUp.waitForFinished(60'000) || signUp.exitCode() != 0)
            throw std::runtime_error(signUp.readAllStandardError().toStdString());
        auto admin = server.admin();
        user = asked(admin, "SELECT id FROM users WHERE username = $1", {name.toStdString()});
        asked(admin,
              "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT gen_random_uuid(), $1, "
              "min(p.id), 'x', "
              "false FROM generate_series(1, 30000), problems p GROUP BY generate_series",
              {user});
        asked(admin, "CHECKPOINT"); // the tests' cluster answers before its log is on the disk
        auto cache = cache::Cache::open(path());
        cache::Draft draft;
        draft.document = "a";
        draft.text = "SELECT 'kept'";
        if (!cache || !(*cache)->drafts().save(draft))
            throw std::runtime_error("no draft");
    }

    std::string path() const { return m_folder.filePath("sqlgym.sqlite").toStdString(); }
    QStringList files(const QStringList &patterns) const { return QDir(m_folder.path()).entryList(patterns); }
    void start(QProcess &process) const
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(SQLGYMCTL, arguments({"sync"}));
        process.waitForStarted();
    }
    Outcome sync() const
    {
        QProcess process;
        start(process);
        process.waitForFinished(120'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
    }
    /// In a shell that does `before` first.
    Outcome syncAfter(const QString &before) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start("/bin/bash", QStringList{"-c", before + "; exec \"$0\" \"$@\"", SQLGYMCTL} + arguments({"sync"}));
        process.waitForFinished(120'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
    }
    /// Bound by the permissions of files, root too.
    Outcome syncUnprivileged() const
    {
        QProcess process;
        if (::geteuid() == 0)
            process.setChildProcessModifier([] {
                for (const int capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER})
                    ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
            });
        start(process);
        process.waitForFinished(120'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
    }
    void setWritable(bool writable) const
    {
        for (const QString &file : files({"sqlgym.sqlite*"}))
            chmod(m_folder.filePath(file).toUtf8().constData(), writable ? 0600 : 0400);
        chmod(m_folder.path().toUtf8().constData(), writable ? 0711 : 0511);
    }
    /// From now on the copy has to be made anew.
    void demandNewCopy(ServerFixture &server) const
    {
        auto admin = server.admin();
        asked(admin, "UPDATE users SET premium = NOT premium WHERE id = $1", {user});
    }
    /// Empty, or in what the copy is not whole, or not what the server has.
    std::string differences(ServerFixture &server) const
    {
        if (const std::string wrong = trouble(); !wrong.empty())
            return wrong;
        auto copy = sqlite::Database::open(path());
        if (const auto check = copy->integrityCheck(); *check != "ok")
            return *check;
        if (*copy->integer("SELECT count(*) FROM pragma_foreign_key_check()") != 0)
            return "references lead nowhere";
        auto admin = server.admin();
        for (const std::string figures :
             {" count(*) || ' ' || coalesce(sum(execution_time), 0) FROM submissions WHERE user_id = ",
              " count(*) || ' ' || coalesce(min(title), '') FROM helpful_links WHERE user_id = ",
              " count(*) || ' ' || coalesce(min(content), '') FROM community_posts WHERE user_id = "}) {
            auto here = copy->prepare("SELECT" + figures + "?");
            if (!here || !*here->with(user).step())
                return "no answer";
            const std::string there = asked(admin, "SELECT" + figures + "$1", {user});
            if (here->string(0) != there)
                return "here " + here->string(0) + ", there " + there;
        }
        const QStringList left = files({"*pulling", "*replaced*", "*damaged*", "*recovering*"});
        return left.isEmpty() ? std::string() : "left behind: " + left.join(' ').toStdString();
    }

    /// Empty, or what is wrong: a damaged file, a lost draft.
    std::string trouble() const
    {
        auto cache = cache::Cache::open(path(), {.alwaysCheck = true});
        if (!cache)
            return cache.error().message;
        if ((*cache)->report().recovered)
            return "the file was damaged";
        const auto draft = (*cache)->drafts().draft("a");
        return draft && *draft && (*draft)->text == "SELECT 'kept'" ? std::string() : "the draft is lost";
    }

    std::string user;

private:
    QStringList arguments(const QStringList &command) const
    {
        return QStringList{"--profile", m_folder.path(), "--dsn", m_dsn} + command +
               QStringList{"--token-file", m_folder.filePath("token")};
    }

    QTemporaryDir m_folder;
    QString m_dsn;
};

} // namespace sqlgym::tests
