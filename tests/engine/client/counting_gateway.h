// A gateway that tells how often it was asked.
#pragma once

#include "client/gateway.h"

namespace sqlgym::tests {

class CountingGateway final : public client::Gateway {
public:
    /// `gateway` outlives it.
    explicit CountingGateway(client::Gateway &gateway) : m_gateway(gateway) {}

    base::Result<client::Rows> call(const std::string &sql, const client::Values &values) override
    {
        ++calls;
        return m_gateway.call(sql, values);
    }
    base::Result<std::unique_ptr<client::Snapshot>> snapshot() override { return m_gateway.snapshot(); }
    base::Result<void> useToken(base::Secret token) override { return m_gateway.useToken(std::move(token)); }
    bool pooled() const override { return m_gateway.pooled(); }
    int schemaVersion() const override { return m_gateway.schemaVersion(); }
    const std::string &address() const override { return m_gateway.address(); }

    int calls = 0;

private:
    client::Gateway &m_gateway;
};

} // namespace sqlgym::tests
