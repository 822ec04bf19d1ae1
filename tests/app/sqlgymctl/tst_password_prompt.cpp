// A password typed at a terminal: asked for, not shown, and the terminal left as it was.
#include "../../engine/gateway/real_server.h"

#include <QtTest>

#include <csignal>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>

using namespace sqlgym;

namespace {

/// sqlgymctl with a terminal of its own.
class Terminal {
public:
    Terminal(const std::string &dsn, const std::string &tokenFile, const std::vector<std::string> &arguments)
    {
        m_child = forkpty(&m_master, nullptr, nullptr, nullptr);
        if (m_child != 0)
            return;
        setenv("SQLGYM_DSN", dsn.c_str(), 1);
        setenv("SQLGYM_TOKEN_FILE", tokenFile.c_str(), 1);
        std::vector<char *> pointers{const_cast<char *>(SQLGYMCTL)};
        for (const std::string &argument : arguments)
            pointers.push_back(const_cast<char *>(argument.c_str()));
        pointers.push_back(nullptr);
        execv(SQLGYMCTL, pointers.data());
        _exit(127);
    }
    ~Terminal()
    {
        if (m_child > 0) {
            kill(m_child, SIGKILL);
            waitpid(m_child, nullptr, 0);
        }
        close(m_master);
    }

    void type(const std::string &text)
    {
        QVERIFY(write(m_master, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    /// Reads until `text` was shown as often as asked for, or nothing more comes.
    bool shows(const QByteArray &text, int times = 1)
    {
        while (m_shown.count(text) < times && more()) {
        }
        return m_shown.count(text) >= times;
    }
    bool echoes() const
    {
        termios state = {};
        tcgetattr(m_master, &state);
        return (state.c_lflag & ECHO) != 0;
    }
    int finish()
    {
        while (more()) {
        }
        int status = 0;
        waitpid(m_child, &status, 0);
        m_child = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    const QByteArray &shown() const { return m_shown; }

private:
    bool more()
    {
        pollfd waiting{m_master, POLLIN, 0};
        char bytes[4096];
        if (poll(&waiting, 1, 30'000) <= 0)
            return false;
        const ssize_t got = read(m_master, bytes, sizeof bytes);
        if (got > 0)
            m_shown.append(bytes, got);
        return got > 0;
    }

    int m_master = -1;
    pid_t m_child = -1;
    QByteArray m_shown;
};

} // namespace

class TestPasswordPrompt : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_server = std::make_unique<tests::RealServer>();
        m_server->start();
        m_server->deploy();
    }
    void cleanupTestCase() { m_server.reset(); }
    void aNewPasswordIsAskedTwiceAndNotShown();
    void twoThatDifferMakeNoAccount();
    void interruptingLeavesTheTerminalAsItWas();

private:
    std::string token() const { return m_folder.filePath("token").toStdString(); }
    std::unique_ptr<tests::RealServer> m_server;
    QTemporaryDir m_folder;
};

void TestPasswordPrompt::aNewPasswordIsAskedTwiceAndNotShown()
{
    Terminal up(m_server->socketDsn(), token(), {"sign-up", "ann", "ann@example.org"});
    QVERIFY2(up.shows("Password: "), up.shown());
    QVERIFY(!up.echoes());
    up.type("correct horse\n");
    QVERIFY(up.shows("Once more: "));
    up.type("correct horse\n");
    QVERIFY2(up.shows("Signed in as ann"), up.shown());
    QCOMPARE(up.finish(), 0);
    QVERIFY(!up.shown().contains("horse"));

    Terminal in(m_server->socketDsn(), token(), {"sign-in", "ann"});
    QVERIFY(in.shows("Password: "));
    in.type("correct horse\n");
    QCOMPARE(in.finish(), 0);
    QVERIFY(!in.shown().contains("horse") && !in.shown().contains("Once more"));
}

void TestPasswordPrompt::twoThatDifferMakeNoAccount()
{
    Terminal up(m_server->socketDsn(), token(), {"sign-up", "bob", "bob@example.org"});
    QVERIFY(up.shows("Password: "));
    up.type("correct horse\n");
    QVERIFY(up.shows("Once more: "));
    up.type("another horse\n");

    QCOMPARE(up.finish(), 3);
    auto admin = m_server->admin();
    QCOMPARE(tests::asked(admin, "SELECT count(*) FROM users WHERE username = 'bob'"), std::string("0"));
}

void TestPasswordPrompt::interruptingLeavesTheTerminalAsItWas()
{
    Terminal in(m_server->socketDsn(), token(), {"sign-in", "ann"});
    QVERIFY(in.shows("Password: "));
    QVERIFY(!in.echoes());
    in.type("half\x03");

    QVERIFY(in.shows("Cancelled."));
    QTRY_VERIFY(in.echoes());
    QCOMPARE(in.finish(), 130);
    QVERIFY(!in.shown().contains("half"));
}

QTEST_GUILESS_MAIN(TestPasswordPrompt)
#include "tst_password_prompt.moc"
