#pragma once
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "collector/assess/inspection.hpp"

namespace huxin::assess {

/// Evidence as the books and the API write it: [{"kind","id","note","confidential"}].
boost::json::array to_json(const std::vector<Evidence>& evidence);
/// kInvalid names what is missing, too long or of an unknown kind. null is an empty list. How many
/// there are is the caller's to hold against kMostEvidence.
Result<std::vector<Evidence>> evidence_from(const boost::json::value& value);
inline constexpr std::size_t kMostEvidence = 50;  ///< of one entry made by a person
inline constexpr std::size_t kLongestId = 128;
inline constexpr std::size_t kLongestNote = 2000;

/// The text forms.
std::string evidence_text(const std::vector<Evidence>& evidence);
std::vector<Evidence> evidence_of(std::string_view text);  ///< of our own tables; none when damaged

}  // namespace huxin::assess
