#include "health.h"

#include "server/session.h"

#include <nlohmann/json.hpp>

namespace sqlgym::judged {

base::Result<Health> health(const std::string &dsn)
{
    auto session = server::Session::open(dsn);
    if (!session)
        return session.error();
    auto text = session->value("SELECT private.queue_health()");
    if (!text)
        return text.error();
    auto json = nlohmann::ordered_json::parse(text->value_or("{}"), nullptr, false);
    Health health;
    health.healthy = json.value("healthy", false);
    health.json = json.dump(2);
    return health;
}

} // namespace sqlgym::judged
