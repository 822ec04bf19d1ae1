// A server with the bundled catalogue, learners, and judges for it.
#pragma once

#include "../server/server_fixture.h"
#include "base/uuid.h"
#include "content/pack.h"
#include "content/resources.h"
#include "judge/worker.h"
#include "server/pack_import.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

namespace sqlgym::tests {

class JudgeFixture : public ServerFixture {
public:
    JudgeFixture()
    {
        deploy();
        auto read = content::readPack(content::bundledPack());
        if (!read)
            throw std::runtime_error(read.error().message);
        pack = std::move(*read);
        auto session = admin();
        auto imported = server::importPack(session, pack);
        if (!imported)
            throw std::runtime_error(imported.error().message);
    }

    /// A new learner's session.
    server::Session learner(const std::string &name)
    {
        auto session = as("sqlgym_client");
        // Not what is tested here: sign-ups in a minute are few.
        auto owner = admin();
        for (int slot = 0; slot < 256; ++slot)
            asked(owner, "SELECT setval('private.auth_slot_" + std::to_string(slot) + "', 1)");
        const std::string token =
            asked(session, "SELECT api.sign_up($1, $1 || '@example.org', 'correct horse')", {name});
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return session;
    }

    /// Its id. The rate limit is not what is tested here.
    std::string submit(server::Session &learner, const content::Problem &problem, const std::string &query)
    {
        const std::string id = base::randomUuid();
        const std::string answer = asked(learner, "SELECT api.submit($1, $2, $3, now())", {id, problem.id, query});
        if (answer != id)
            throw std::runtime_error("submit: " + answer);
        auto owner = admin();
        asked(owner, "UPDATE public.problem_submissions SET created_at = created_at - interval '1 hour' WHERE id = $1",
              {id});
        return id;
    }

    judge::WorkerOptions worker(const std::string &name)
    {
        judge::WorkerOptions options;
        options.dsn = dsn("sqlgym_judge");
        options.name = name;
        options.examiner = {m_judges.path("judges"), {SANDBOX_PROGRAM}};
        options.once = true;
        return options;
    }
    std::string judgesFolder() const { return m_judges.path("judges"); }

    judge::Log log()
    {
        return [this](const char *event, const judge::Facts &facts) {
            std::string line = event;
            for (const auto &[name, value] : facts)
                line += " " + name + "=" + value;
            const std::scoped_lock lock(m_mutex);
            events.push_back(line);
        };
    }
    long count(const std::string &event)
    {
        const std::scoped_lock lock(m_mutex);
        return std::ranges::count_if(events, [&](const auto &line) { return line.starts_with(event); });
    }
    std::string text()
    {
        const std::scoped_lock lock(m_mutex);
        std::string all;
        for (const auto &line : events)
            all += line + "\n";
        return all;
    }

    content::Pack pack;
    std::vector<std::string> events;

private:
    Scratch m_judges;
    std::mutex m_mutex;
};

} // namespace sqlgym::tests
