#include "arguments/pools.h"

#include <map>

namespace sqlgym::tests {

namespace {

// One pool a text, its members between '|'.
constexpr char kDates[] =
    R"~(2000-01-01|1999-12-31|2024-02-29|2023-02-29|1900-02-28|0001-01-01|0001-12-31 BC|4714-11-24 BC|)~"
    R"~(4714-11-23 BC|5874897-12-31|5874898-01-01|infinity|-infinity|epoch|2020-12-31|2021-01-03|2021-01-04|)~"
    R"~(2015-06-30|0044-03-15 BC|0100-01-01 BC|0101-06-01 BC|1000-12-31|1001-01-01|0005-07-04 BC|)~"
    R"~(294276-12-31|294277-01-01|1/8/1999|1/18/1999|13/1/1999|Jan 8, 1999|8 January 1999|1999-Jan-08|)~"
    R"~(08-Jan-99|19990108|990108|1999.008|J2451187|January 8, 99 BC|1999-00-10|1999-13-10|1999-10-32|)~"
    R"~(0000-01-01|99-1-8|1999-1|2001-02-30|abc||2001-01-01 garbage|2001/2/3|1.2.2003|2001-01-01 12:30:00|)~"
    R"~(Mon 2001-01-01|2001-01-01 BC|2001-W01|2001-001)~";
constexpr char kTimes[] =
    R"~(00:00|23:59:59.999999|24:00|24:00:01|12:30|12:30:45.5|04:05:06.789|040506|0405|4:05 PM|12:00 AM|)~"
    R"~(12:00 PM|13:00 PM|00:30 AM|23:59:60|23:59:60.5|23:60:00|25:00|04:05:06.1234567|04:05:06.0000005|)~"
    R"~(allballs|1:2:3||x|2001-01-01 10:00|04:05:06+02|04:05:06 z|00:00:00.000001|11:59:59.5)~";
constexpr char kTimetz[] =
    R"~(00:00+00|12:30:45.5-08|23:59:59.999999+15:59|24:00-12|04:05:06+05:30|04:05:06 UTC|04:05:06Z|)~"
    R"~(04:05-0800|04:05 PM+01|12:00+16|12:00|00:30+01:00:30|07:00-05|06:00-06|x|12:00:00+01)~";
constexpr char kTimestamps[] =
    R"~(2000-01-01 00:00:00|1999-12-31 23:59:59.999999|2024-02-29 12:34:56.789|2001-02-03T04:05:06|)~"
    R"~(0044-03-15 13:14:15 BC|4714-11-24 00:00:00 BC|4714-11-23 23:59:59 BC|294276-12-31 23:59:59.999999|)~"
    R"~(2011-03-27 02:30 Europe/Moscow|2024-03-10 02:30 America/New_York|2024-11-03 01:30 US/Eastern|)~"
    R"~(4/16/17 2100 US/Eastern|2011-03-27 01:00:00 MSK|2014-10-26 01:30 msk|2001-01-01 EST|Jan 8 1999 10:00 PST|)~"
    R"~(2100-07-01 12:00 Europe/Berlin|3000-07-01 12:00 Europe/Berlin|1850-07-01 12:00 Europe/Berlin|2001-06-01 CEST|)~"
    R"~(2001-01-01 10:00 foo|20010203 040506 IRKT|2001-02-03 0405|0044-03-15 BC America/Chicago|10:00 EST|)~"
    R"~(2040-03-11 02:30 America/New_York|2040-11-04 01:30 America/New_York|2001-02-03 04:05:06PST|foo/bar|)~"
    R"~(294277-01-01 00:00:00|infinity|-infinity|epoch|1970-01-01 00:00:00.000001|1969-12-31 23:59:59.5|)~"
    R"~(2020-12-31 11:00:00|2021-01-03 00:00:01|2011-11-11 11:11:11.11|1582-10-15 12:00|0001-01-01 00:00:00|)~"
    R"~(0001-12-31 23:59:59 BC|0100-12-31 BC|1000-06-15 01:02:03|2001-01-01 24:00:00|2001-01-01 23:59:60|)~"
    R"~(2001-01-01 25:00:00|2001-13-01|2001-02-30 10:00|2013-04-30 12:12:12 PM|2013-04-30 00:12 AM|)~"
    R"~(2013-04-30 9:12 pm|Jan 8 1999 04:05:06|Mon Jan 8 04:05:06 1999|1999-01-08 04:05:06 -8:00|)~"
    R"~(1999-01-08 04:05:06Z|20010203T040506|20010203 040506|2001-01-01 00:00:00.0000005|x||2001-01-01 xyz|)~"
    R"~(10000-01-01 10:00|2030-01-31 01:00|2031-03-31 02:00|2012-02-29|2019-05-05 05:05:05.000005)~";
constexpr char kIntervals[] =
    R"~(0|1 day|-1 day|1 month|-1 month|1 year|-1 year 2 mons -3 days 04:05:06.789|1 year 2 months|)~"
    R"~(12 months|30 days|24:00:00|-00:00:01|00:00:00.000001|23:59:59.999999|100:00:00|1.5 days|1.5 hours|)~"
    R"~(-1.5 months|0.5 year|1.25 weeks|2 weeks ago|@ 1 day 2 hours ago|1-2|-1-2|1-2 3 4:05:06|3 4:05:06|)~"
    R"~(P1Y2M3DT4H5M6S|P1W|PT0.5S|P-1Y|P0001-02-03T04:05:06|1 decade|1 century|1 millennium|1.5 centuries|)~"
    R"~(178000000 years|178956970 years 7 months|2147483647 days|-2147483648 days|2562047788:00:54.775807|)~"
    R"~(-2562047788:00:54.775808|2562047789 hours|1 hour 90 minutes|90 seconds|1.5|1500 ms|1.5 ms|)~"
    R"~(1500000 us|1 foo||x|1|-1|1 day 1 day|10:20|10:61|1:2:3|5 days -3 hours|-5 days 3 hours|1 mon -1 day|)~"
    R"~(-1 mon 1 day|35 days 25:00|-35 days -25:00|1 mon 40 days -50:00|365 days|)~"
    R"~(4 mons 17 days 01:02:03.000004|0.1 s|1e2 days|1 day 12:30|+1 day|1y|2h30m|1 d 2 h 3 m 4 s|1.1 years|)~"
    R"~(0.7 months|11.99 months|00:00:59.9999999|1 year ago)~";
constexpr char kDateTemplate[] =
    R"~(YYYY-MM-DD HH24:MI:SS|YYYY-MM-DD|DD Mon YYYY|FMMonth DD, YYYY|Month|MONTH|month|FMMONTH|Mon|MON|mon|)~"
    R"~(Day|DAY|day|FMDay, FMDD|Dy|DY|dy|D|ID|DDD|FMDDD|IDDD|Q|WW|W|IW|IYYY-IW-ID|IYY|IY|I|CC|J|Y,YYY|YYY|)~"
    R"~(YY|Y|FMYYYY|FMYY|HH12:MI:SS AM|HH:MI PM|HH24:MI a.m.|hh24:mi p.m.|am|MS|US|FF1|FF2|FF3|FF4|FF5|FF6|)~"
    R"~(SSSS|SSSSS|TZ|tz|OF|TZH:TZM|of|tzh|tzm|FMOF|BC|bc|B.C.|a.d.|RM|rm|FMRM|DDth|DDTH|FMDDth|YYYYth|)~"
    R"~(HH24th|MSth|FMHH24:FMMI:FMSS|"Year" YYYY|"a\"b" DD|\"DD\"|\DD|DD"unclosed|TMMonth TMDay TMMon TMDy|)~"
    R"~(TMMONTH|tmmonth|FXYYYY MM DD|YYYYMMDD|YYYYMMDDHH24MISS|YYMMDD|MMDD|DD.MM.YYYY|DD/MM/YY|)~"
    R"~(MM/DD/YYYY HH12:MI|YYYY DDD|IYYY IDDD|YYYY-WW|YYYY-MM-W|CC YY|YYYY BC|YYYY-MM-DD HH24:MI:SS.MS|)~"
    R"~(YYYY-MM-DD HH24:MI:SS.US|YYYY-MM-DD"T"HH24:MI:SSOF|SP|DDSP|FMFM|FM|TMTM|text only|| |日本 YYYY 年|Dth|)~"
    R"~(IDth|Wth|Qth|Jth|CCth|FMCC|Y,YYYth|SSSSth|TZMth|FX|HH|DD MON YYYY|DD Month YYYY|Day DD Mon|YYYY MM|)~"
    R"~(YYYY IW|YYYY-MM-DD TZH:TZM|HH24:MI TZ|RM YYYY|MM-DD|HH12:MI AM BC|FF|FFF1|ff3|FF7|DDD YYYY|)~"
    R"~(W MM YYYY|J HH24|MI|SS.MS|SS.FF2)~";
constexpr char kDateSource[] =
    R"~(2000-01-01 10:20:30|2024-02-29|29 Feb 2024|February 29, 2024|2023-02-29|20240229|240229|)~"
    R"~(20240229102030|05 Dec 2000|December 5, 2000|1/2/03|12/31/1999 11:59|11:59:59 PM|13:00 AM|12:30 am|)~"
    R"~(12:30 p.m.|2005 007|2005-52|2005-12-3|2006 366|0044-03-15 BC|44 BC|20 01|XII 2000|iv 1999|)~"
    R"~(Monday 05 Jan|2000-01-01 10:20:30.123|2000-01-01 10:20:30.123456|2000-01-01T10:20:30+02|2451545|)~"
    R"~(2,024|Year 2024|  2024   02   03 |2024/02/03|2024--02--03|-2024-02-03|2024|24|4|abc|| |99999-01-01|)~"
    R"~(2024-13-01|2024-00-10|2024-04-31|1 2 3|10:70|25:00|86399|86400|2024-02-03 +05:30|2024-02-03 -08|)~"
    R"~(15:30 UTC|2024-MAR-05|mar 2024|Marz 2024|9999999999|1st|3rd|2011 12  18|2011y 12m|日本 2024 年|12.5|)~"
    R"~(12.05|12.005|-1|+5)~";
constexpr char kNumberTemplate[] =
    R"~(9|0|99|99.99|999,999.99|FM999,999.99|FM990.00|0000.00|999D99|999G999D99|FM9.9|FM0.9|FM.99|.99|9.|)~"
    R"~(FM9.|99.990|FM99.990|S999|999S|S999.99|999.99S|FMS999|MI999|999MI|FM999MI|PL999|999PL|FMPL999|SG999|)~"
    R"~(999SG|999PR|FM999PR|999.99PR|RN|rn|FMRN|FMrn|999th|999TH|FM999th|99.9th|9.99EEEE|9EEEE|99.999eeee|)~"
    R"~(999V99|9V9|99V999|FM99V9|L999|FML999.99|L 999|999L|C999|B999|B9.99|999 text|"n="999|9,9,9,9|0,000|)~"
    R"~(FM0,000|9G9|FM9999999999|9999999999999999999|FM99999999999999999999.99999999999999999999|| |x|FM|)~"
    R"~(9.9.9|9D9.9|9V9.9|9.9V9|SS9|S9PR|S9MI|MI9S|9PR9|0PR0|PRS9|9EEEE9|FM9EEEE|EEEE|9EEEEEEEE|SP999|999SP|)~"
    R"~(MI|S|PL|SG9PL|0999|0999.9|9990|9099|FM9099|FM0999.90|00|0.0|0.99|FM0.99|9999.000|999 999|FM999 999|)~"
    R"~(-999|%9|999%|FM999.009|99,99|fm9.99|g9|9d9|mi9|pl9|sg9|9pr|RN9|9RN|FM00|FM000.000|999999|99999.9|)~"
    R"~(9.999999)~";
constexpr char kNumberSource[] =
    R"~(1|12|-1|+1|1-|<1>| 1|1.5|-1.5|1,234.5|12,34|1234567|0|0.0|.5|-.5|5.|$12.5|12%|abc|1a2|| |1st|1e5|)~"
    R"~(1 234|- 1|1 -|123.456-|--1|99999999|0001|1.234.5|n=5|12.345|1,2,3|XII)~";
constexpr char kUnits[] =
    R"~(year|month|day|hour|minute|second|YEAR|Years|mons|millennium|century|decade|quarter|week|dow|isodow|)~"
    R"~(doy|isoyear|epoch|julian|timezone|timezone_hour|timezone_minute|microseconds|milliseconds|ms|us|s|m|)~"
    R"~(h|d|w|y|c|foo||qtr|hrs|jd|infinity|now|today|epochs|yrs|dec|mil|cent)~";
constexpr char kZones[] =
    R"~(utc|UCT|ut|GMT|z|ZULU|est|EDT|cst|CDT|mst|MDT|pst|PDT|akst|AKDT|hst|AST|adt|NST|ndt|BRT|wet|BST|cet|)~"
    R"~(CEST|mez|MESZ|met|MEST|eet|EEST|idt|IST|msd|EAT|sast|JST|kst|HKT|pht|PKT|npt|BDT|ict|MYT|awst|ACST|)~"
    R"~(acdt|AEST|aedt|NZST|nzdt|WAT|etc/utc|ETC/GMT|America/New_York|Europe/London|+02|-08:00|foo||<+03>-3|US/Eastern|europe/BERLIN|)~"
    R"~(Europe/Moscow|MSK|msd|IRKT|Asia/Kolkata|Pacific/Apia|Africa/Casablanca|Australia/Lord_Howe|Asia/Tehran|)~"
    R"~(America/Caracas|EST5EDT|PST8PDT|UTC+3|+05:30|FOO|XYZ4ABC|EST5EDT4,M4.1.0,M10.5.0/3|AAA-10BBB,J60/0,300/1:30|)~"
    R"~(Europe/Nowhere|Europe|Europe/Dublin|America/Sao_Paulo|-3:30:15|Antarctica/Troll|5|ABC24:59|A1B2,M1.1.0,x|)~"
    R"~(NOVT|AMST|ulat|VET|pyt|tmt|ANAT|Factory|Etc/GMT+5|GMT+5|Asia/Gaza|Europe/Berlin )~";
constexpr char kJsonPaths[] =
    R"~({a}|{b}|{a,b}|{0}|{-1}|{1,a}|{b,0}|{b,-1}|{b,9}|{b,-9}|{a,0,b}|{a,b,c}|{}|{x,y}|{2}|{5}|{-7}|{NULL}|{a,NULL}|)~"
    R"~({b,2,c}|{k}|{"",x}|{1.5}|{0x1}|{{a,b},{c,d}}|{99999999999}|{4,x}|{1,0}|{b,x})~";
constexpr char kNullTreatments[] = R"~(delete_key|return_target|use_json_null|raise_exception|other|)~";

constexpr char kDocuments[] =
    R"~({}|[]|null|true|"a"|1|1.10|-0|1e5|-1.5e-3|0.50|{"a":1}|{"a": 1, "b": [1, 2, {"c": null}]}|)~"
    R"~([1, "a", null, true, {"x": 1.0}]|{"b":1,"aa":2,"a":3}|{"a":1,"a":2}|  [ 1 ,2 ]  |)~"
    R"~("é\u00e9\n\"q\""|"\ud83d\ude00"|[[1,2],[3]]|{"a":{"b":{"c":"d"}}}|["a","b"]|[1,1.0,"1"]|)~"
    R"~({"x":"","":0}|{"a":1,}|[1,]|[1 2]|{a:1}|{"a" 1}|{"a":}|tru|01|1.|.5|+1|1x|"abc|"\x"|"\ud83d"|)~"
    R"~("\ude00x"|"\u12g4"|[1]]|{} x||[|{|nul|[true,false,null]|123456789012345678901234567890.5|)~"
    R"~({"a":[{"b":1},{"b":2}]}|"a	b"|{"1":"one"}|[{"a":1,"b":2}]|[]x|'a'|1e400|-|{"a":null}|)~"
    R"~({"k":"v","a":1})~";

constexpr char kBits[] =
    R"~(0|1|10|01|101|110|0101|1010|11111111|00000000|10000000|1010101010101|0000000000001|b101|B0|x1F|X0f|xABCDEF|)~"
    R"~(|b|x|2|xg|b12|1 0| 1|11111111111111111111111111111111|10000000000000000000000000000000|)~"
    R"~(111111111111111111111111111111111|1111111111111111111111111111111111111111111111111111111111111111|é)~";

constexpr char kPoints[] =
    R"~((0,0)|(1,2)|1,2|( 3 , -4 )|(5.1,34.5)|(1e300,1e300)|(-1e300,2)|(NaN,1)|(inf,-inf)|(1e-200,1e-200)|(1.0000001,2)|)~"
    R"~((3,4)|(-3,4)|(0.5,0.25)|(1,2|1 2|(1,2))|(1,2) x|asdf|(1,)|()|(0,1)|(10,10)|(-5,-12)|(1e-300,-1)|((1,2)))~";
constexpr char kBoxes[] =
    R"~((0,0),(1,1)|(1,2),(3,0)|((2,2),(0,0))|1,2,3,4|(1,1)|(0,0),(0,0)|(-1,-1),(4,3)|(1e300,1e300),(0,0)|(NaN,0),(1,1)|)~"
    R"~([(0,0),(1,1)]|(inf,1),(0,0)|(1,2),(3,4) x|((1,2),(3,4)|(0.5,0.5),(0.6,0.6)|( (1,1) , (2,3) )|(5,5),(6,6)|x)~";
constexpr char kSegments[] =
    R"~([(0,0),(1,1)]|(1,2),(3,0)|((2,2),(0,0))|1,2,3,4|[(0,0),(0,0)]|[(1e300,1),(-1e300,2)]|[(1,2),(3,4)|[1,2,3,4]|)~"
    R"~((3,4),(0,0)|[(NaN,1),(2,3)]|x|[(1,2),(3,4)) )~";
constexpr char kCircles[] =
    R"~(<(0,0),1>|<(1,2),3>|((1,2),3)|(1,2),3|1,2,3|<(5,1),3>|<(100,1),0>|<(1,2),-1>|<(1,2),NaN>|<(1e300,0),1e300>|)~"
    R"~(<(3,5),2.5>|<(0,0),inf>|<(1,2),3|(1,2,3)|<(-3,4),5> |x|<(1,2),1e-200>|<(2,2),1.0000001>)~";

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> members(1);
    for (const char c : text) {
        if (c == '|')
            members.emplace_back();
        else
            members.back() += c;
    }
    return members;
}

} // namespace

const std::vector<std::string> *momentPool(const std::string &name)
{
    static const std::map<std::string, std::vector<std::string>> kPools{
        {"date", split(kDates)},
        {"time", split(kTimes)},
        {"timetz", split(kTimetz)},
        {"timestamp", split(kTimestamps)},
        {"interval", split(kIntervals)},
        {"date template", split(kDateTemplate)},
        {"date source", split(kDateSource)},
        {"number template", split(kNumberTemplate)},
        {"number source", split(kNumberSource)},
        {"unit", split(kUnits)},
        {"zone", split(kZones)},
        {"point", split(kPoints)},
        {"box", split(kBoxes)},
        {"lseg", split(kSegments)},
        {"circle", split(kCircles)},
        {"bit", split(kBits)},
        {"varbit", split(kBits)},
        {"json path", split(kJsonPaths)},
        {"null treatment", split(kNullTreatments)},
        {"timestamptz", split(kTimestamps)},
        {"json", split(kDocuments)},
        {"jsonb", split(kDocuments)},
    };
    const auto found = kPools.find(name);
    return found == kPools.end() ? nullptr : &found->second;
}

} // namespace sqlgym::tests
