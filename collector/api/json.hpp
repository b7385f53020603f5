#pragma once
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

#include "collector/http/message.hpp"
#include "collector/store/types.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::api {

/// Boost.JSON's own string view over the same bytes; neither copies.
inline boost::json::string_view json_text(std::string_view text) {
  return {text.data(), text.size()};
}

/// RFC 3339; times outside 1970 to 9999 are brought to its ends.
std::string time_text(Time time);

/// An answer with a JSON body that nobody keeps. Cache-Control: no-store, UTF-8.
http::Response json_response(unsigned status, const boost::json::value& body);

/// The schemas Incident, IncidentDetail, Terminal, Element and Summary of openapi.yaml. Numbers
/// that name no severity, stage, channel or action become "none" or "unknown"; times outside 1970
/// to 9999 are brought to its ends. Masked values only: originals are in sealed evidence, of which
/// the size is told.
boost::json::object to_json(const store::StoredIncident& stored);
boost::json::object to_json_in_detail(const store::StoredIncident& stored);
boost::json::object to_json(const store::Terminal& terminal);
boost::json::object to_json(const catalog::Element& element);
/// `now` ends the 30 days that are listed. UTC days. A terminal that is not revoked and was not
/// heard for 15 minutes is silent.
boost::json::object to_json(const store::Summary& summary,
                            const std::vector<store::Terminal>& terminals, Time now);

}  // namespace huxin::api
