#include "gateway/endpoint.h"

#include "client/trouble.h"
#include "postgres/exact_connect.h"

#include <array>
#include <sstream>

#include <arpa/inet.h>
#include <unistd.h>

namespace sqlgym::gateway {

namespace {

using client::makeError;
using client::Trouble;

constexpr int kKnowsSystem = 160000; // from libpq 16 on sslrootcert may be "system"

std::string systemCertificates()
{
    if (postgres::libraryVersion() >= kKnowsSystem)
        return "system";
    for (const char *file : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                             "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
        if (access(file, R_OK) == 0)
            return file;
    }
    return "/etc/ssl/certs/ca-certificates.crt"; // and libpq says that it is not there
}

bool isLocalHost(const std::string &host)
{
    if (host.empty() || host[0] == '/' || host[0] == '@' || host == "localhost")
        return true;
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET, host.c_str(), bytes.data()) == 1)
        return bytes[0] == 127;
    if (inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1)
        return bytes == std::array<unsigned char, 16>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return false;
}

std::string valueOf(const postgres::Parameters &parameters, const char *keyword, const char *otherwise = "")
{
    const auto found = parameters.find(keyword);
    return found != parameters.end() && !found->second.empty() ? found->second : otherwise;
}

} // namespace

bool isLocal(const std::string &hosts)
{
    std::istringstream each(hosts + ",");
    for (std::string host; std::getline(each, host, ',');) {
        if (!isLocalHost(host))
            return false;
    }
    return true;
}

base::Result<Endpoint> endpoint(const std::string &dsn)
{
    auto parsed = postgres::parseDsn(dsn);
    if (!parsed)
        return makeError(Trouble::BadAddress, client::plainText(parsed.error().message));
    postgres::Parameters &parameters = *parsed;
    if (parameters.contains("service"))
        return makeError(Trouble::BadAddress, "Service files are not read. Write host, port and dbname instead.");
    // Where one is given, the numeric address is what is connected to, and the host's name only what is checked.
    const std::string hosts = valueOf(parameters, "hostaddr", valueOf(parameters, "host").c_str());
    const bool checked = !isLocal(hosts) || parameters.contains("sslrootcert");
    parameters.try_emplace("user", "sqlgym_client");
    parameters.try_emplace("dbname", "sqlgym");
    parameters.try_emplace("port", "5432");
    parameters.try_emplace("sslmode", checked ? "verify-full" : "prefer");
    if (parameters["sslmode"].rfind("verify", 0) == 0)
        parameters.try_emplace("sslrootcert", systemCertificates());
    // A password is proved to the server that holds the certificate, or to nobody.
    if (parameters["sslmode"].rfind("verify", 0) == 0 && parameters.contains("password"))
        parameters.try_emplace("channel_binding", "require");
    parameters.try_emplace("target_session_attrs", "read-write");
    parameters["application_name"] = "sqlgym";
    parameters.erase("replication");
    parameters.erase("client_encoding");
    const std::string address = parameters["user"] + "@" + (hosts.empty() ? "socket" : hosts) + ":" +
                                parameters["port"] + "/" + parameters["dbname"];
    return Endpoint{std::move(parameters), client::plainText(address)};
}

} // namespace sqlgym::gateway
