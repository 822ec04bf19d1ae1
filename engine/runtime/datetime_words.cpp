#include "runtime/datetime_words.h"

#include <algorithm>
#include <iterator>

namespace sqlgym::runtime {

namespace {

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kMonthNames[] = {"january", "february", "march",     "april",   "may",      "june",
                                            "july",    "august",   "september", "october", "november", "december"};
constexpr std::string_view kDays[] = {"sun",    "mon",     "tue",       "tues",     "wed",    "weds",
                                      "thu",    "thur",    "thurs",     "fri",      "sat",    "sunday",
                                      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

} // namespace

int monthOf(std::string_view word)
{
    for (int i = 0; i < 12; ++i) {
        if (word == kMonths[i] || word == kMonthNames[i])
            return i + 1;
    }
    return word == "sept" ? 9 : 0;
}

bool isDayName(std::string_view word) { return std::ranges::find(kDays, word) != std::end(kDays); }

} // namespace sqlgym::runtime
