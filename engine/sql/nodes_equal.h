// Parse trees compared but for locations.
#pragma once

#include <protobuf-c/protobuf-c.h>

namespace sqlgym::sql {

/// Same node types and contents; "location" fields are ignored. Either may be nullptr.
bool nodesEqual(const ProtobufCMessage *a, const ProtobufCMessage *b);

} // namespace sqlgym::sql
