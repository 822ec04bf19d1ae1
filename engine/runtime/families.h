// The families of functions, one a file; registry.cpp lists them all.
#pragma once

#include "runtime/function.h"

namespace sqlgym::runtime {

Family integerFamily();
Family floatFamily();
Family floatMathFamily();
Family floatDegreesFamily();
Family numericFamily();
Family booleanFamily();
Family textFamily();
Family textCompareFamily();
Family datetimeArithmeticFamily();
Family datetimeFieldsFamily();
Family datetimeTruncateFamily();
Family datetimeMakeFamily();
Family datetimeFormatFamily();
Family datetimeParseFamily();
Family datetimeZoneFamily();
Family timetzFamily();
Family jsonFamily();
Family jsonBuildFamily();
Family jsonEditFamily();
Family jsonObjectFamily();
Family jsonRecordsFamily();
Family numberFormatFamily();
Family numberParseFamily();
Family intervalFamily();
Family textFormatFamily();
Family textSearchFamily();
Family likeFamily();
Family byteaFamily();
Family bitFamily();
Family rangeFamily();
Family multirangeFamily();
Family geometryFamily();
Family arrayFamily();
Family arraySplitFamily();
Family setFamily();
Family regexFamily();
Family regexMatchesFamily();
Family enumFamily();
Family recordFamily();
Family regtypeFamily();
Family sequenceFamily();
Family conversionFamily();
Family generalAggregates();
Family numberAggregates();
Family floatAggregates();

} // namespace sqlgym::runtime
