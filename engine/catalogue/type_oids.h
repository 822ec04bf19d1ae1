// OIDs of the built-in types that code names. All others: by name, from the catalogue.
#pragma once

#include "value/datum.h"

namespace sqlgym::catalogue::type {

using value::Oid;

inline constexpr Oid kBool = 16, kBytea = 17, kChar = 18, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kRegproc = 24,
                     kText = 25, kOid = 26, kTid = 27, kJson = 114, kXml = 142, kPoint = 600, kLseg = 601, kBox = 603,
                     kCircle = 718, kFloat4 = 700, kFloat8 = 701, kUnknown = 705, kMoney = 790, kBpchar = 1042,
                     kVarchar = 1043, kDate = 1082, kTime = 1083, kTimestamp = 1114, kTimestamptz = 1184,
                     kInterval = 1186, kTimetz = 1266, kBit = 1560, kVarbit = 1562, kNumeric = 1700, kRefcursor = 1790,
                     kUuid = 2950, kJsonb = 3802, kJsonpath = 4072, kRegclass = 2205, kRegtype = 2206;
inline constexpr Oid kRecord = 2249, kCstring = 2275, kAny = 2276, kAnyarray = 2277, kVoid = 2278, kTrigger = 2279,
                     kInternal = 2281, kAnyelement = 2283, kAnynonarray = 2776, kAnyenum = 3500, kAnyrange = 3831,
                     kAnymultirange = 4537, kAnycompatible = 5077, kAnycompatiblearray = 5078,
                     kAnycompatiblenonarray = 5079, kAnycompatiblerange = 5080, kAnycompatiblemultirange = 4538,
                     kRecordArray = 2287;
inline constexpr Oid kBoolArray = 1000, kInt2Array = 1005, kInt4Array = 1007, kTextArray = 1009, kInt8Array = 1016,
                     kFloat8Array = 1022, kNumericArray = 1231, kDateArray = 1182, kTimestampArray = 1115,
                     kVarcharArray = 1015, kBpcharArray = 1014, kInt2vector = 22, kOidvector = 30;

} // namespace sqlgym::catalogue::type
