#pragma once
#include <map>
#include <string>
#include <string_view>

#include "collector/store/types.hpp"
#include "policy/base/result.hpp"

namespace huxin::api {

/// Sets one field of a filter by its name in openapi.yaml ("severity" = "S2"). kInvalid names an
/// unknown parameter or what is wrong with its value. The command line uses the same names.
Status set_filter(store::IncidentFilter& filter, std::string_view name, std::string_view value);

/// Reads a query string; each parameter once, at most 32 of them, values as they were given.
Result<std::map<std::string, std::string>> parse_query(std::string_view query);

/// Reads a query string; each parameter once, empty values ignored, at most 32 parameters.
Result<store::IncidentFilter> parse_filter(std::string_view query);

/// Undoes percent-encoding; `plus_is_space` as in query strings. kInvalid for a broken escape and
/// for control characters.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace huxin::api
