// A sandbox that answers what a test told it to, and keeps what it was asked.
#pragma once

#include "sandbox/sandbox.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::tests {

class ScriptedSandbox : public sandbox::Sandbox {
public:
    std::deque<sandbox::Outcome> answers; ///< to run(), in turn; the last one stays
    sandbox::Outcome loadAnswer = ok();
    std::vector<std::pair<std::string, std::string>> loads;
    std::vector<sandbox::Request> requests;

    static sandbox::Outcome ok(sandbox::ResultTable table = {})
    {
        sandbox::Outcome outcome;
        outcome.status = sandbox::Status::Ok;
        outcome.table = std::move(table);
        return outcome;
    }
    static sandbox::Outcome of(sandbox::Status status)
    {
        sandbox::Outcome outcome;
        outcome.status = status;
        return outcome;
    }

    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override
    {
        loads.emplace_back(dataset, setup);
        return loadAnswer;
    }
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &) override
    {
        requests.push_back(request);
        sandbox::Outcome answer = answers.front();
        if (answers.size() > 1)
            answers.pop_front();
        return answer;
    }
};

} // namespace sqlgym::tests
