#pragma once
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "collector/store/types.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::api {

inline boost::json::string_view json_text(std::string_view text) {
  return {text.data(), text.size()};
}

/// RFC 3339; times outside 1970 to 9999 are brought to its ends.
std::string time_text(Time time);

/// An answer with a JSON body that nobody keeps.
http::Response json_response(unsigned status, const boost::json::value& body);

/// The schemas Incident, IncidentDetail, Terminal, Element and Summary of openapi.yaml. Numbers
/// that name no severity, stage, channel or action become "none" or "unknown"; times outside 1970
/// to 9999 are brought to its ends.
boost::json::object to_json(const store::StoredIncident& stored);
boost::json::object to_json_in_detail(const store::StoredIncident& stored);
boost::json::object to_json(const store::Terminal& terminal);
boost::json::object to_json(const catalog::Element& element);
/// `now` ends the 30 days that are listed.
boost::json::object to_json(const store::Summary& summary,
                            const std::vector<store::Terminal>& terminals, Time now);

}  // namespace huxin::api
