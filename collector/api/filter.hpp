#pragma once
#include <map>
#include <string>
#include <string_view>

#include "collector/store/types.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// Sets one field of a filter by its name in openapi.yaml ("severity" = "S2"). kInvalid names an
/// unknown parameter or what is wrong with its value. The command line uses the same names. At most
/// 200 bytes a value. Words are those of openapi.yaml, elements like D40, times RFC 3339, case
/// "none", "any" or a state. The audience is never set from here.
Status set_filter(store::IncidentFilter& filter, std::string_view name, std::string_view value);

/// Reads a query string; each parameter once, at most 32 of them, values as they were given.
/// kInvalid for a broken escape, a control character, a name that comes twice, or too many. Names
/// and values are decoded once, '+' as a blank; whether they are UTF-8 is not checked.
Result<std::map<std::string, std::string>> parse_query(std::string_view query);

/// Reads a query string; each parameter once, empty values ignored, at most 32 parameters. For whom
/// is the caller's to add: as it is returned the filter finds nothing.
Result<store::IncidentFilter> parse_filter(std::string_view query);

/// Undoes percent-encoding; `plus_is_space` as in query strings. kInvalid for a broken escape and
/// for control characters.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace huxin::api
