// The real program on an X server of its own, with real keys; and what it leaves in its profile.
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <memory>
#include <string>

namespace sqlgym::tests {

inline const QString kProgram = QStringLiteral(SQLGYM_BIN_DIR "/sqlgym");
inline constexpr int kPatienceMs = 30'000;

/// Ends its X server when it goes.
class Screen {
public:
    ~Screen();

    /// Whether Xvfb and xdotool are installed.
    static bool isPossible();
    bool start();
    /// Of a person at this screen.
    QProcessEnvironment environment() const;
    /// The program on this profile; `unprivileged`: bound by the permissions of files, root too.
    std::unique_ptr<QProcess> run(const QString &profile, const QStringList &more = {},
                                  bool unprivileged = false) const;
    /// False when the command failed. `out`: what it printed.
    bool xdotool(const QStringList &words, QByteArray *out = nullptr) const;
    /// False when it has no window in view yet.
    bool focusWindowOf(qint64 pid) const;

private:
    QTemporaryDir m_runtime;
    QProcess m_server;
    QString m_display;
};

/// The problem that the profile has open; empty before the first.
std::string openSlug(const QString &profile);
/// What the profile keeps as the text of this problem.
std::string draftText(const QString &profile, const std::string &slug);

} // namespace sqlgym::tests
