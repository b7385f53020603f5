#include "collector/api/customer_list_routes.hpp"

#include <boost/json/array.hpp>

#include <spdlog/spdlog.h>

#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"
#include "collector/api/json.hpp"
#include "collector/api/table_faults.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kLongestName = 200;

/// How a table is to be imported, as the query says it.
struct Asked {
  bool replace = false;
  std::string file;
};

Result<Asked> asked(std::string_view query) {
  Asked out;
  bool moded = false;
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), part.size() + 1));
    const std::string_view name = part.substr(0, part.find('='));
    const auto value = percent_decode(part.substr(std::min(part.size(), name.size() + 1)), true);
    if (!value) return std::unexpected(value.error());
    if (name == "mode" && (*value == "add" || *value == "replace")) {
      out.replace = *value == "replace";
      moded = true;
    } else if (name == "file" && value->size() <= kLongestName) {
      out.file = *value;
    } else {
      return fail(Errc::kInvalid, "{}", name.substr(0, 40));
    }
  }
  if (!moded) return fail(Errc::kInvalid, "mode");
  return out;
}

boost::json::object to_json(const store::ListSummary& summary) {
  boost::json::array purposes, imports;
  for (const store::PurposeCount& each : summary.purposes) {
    boost::json::object row{
        {"purpose", each.purpose}, {"entries", each.entries}, {"in_force", each.in_force}};
    row["last_end"] = nullptr;
    if (each.last_end != Time::max()) row["last_end"] = to_rfc3339(each.last_end);
    purposes.push_back(std::move(row));
  }
  for (const store::ListImport& each : summary.imports) {
    imports.push_back({{"time", to_rfc3339(each.time)},
                       {"who", each.who},
                       {"file", each.file},
                       {"replaced", each.replaced},
                       {"entries", each.entries}});
  }
  return {{"customers", summary.customers}, {"entries", summary.entries},
          {"in_force", summary.in_force},   {"over", summary.over},
          {"to_come", summary.to_come},     {"purposes", std::move(purposes)},
          {"imports", std::move(imports)}};
}

}  // namespace

std::vector<Route> CustomerListRoutes::routes() {
  const Access compliance = Access::only({store::Role::kCompliance});
  std::vector<Route> routes;
  for (const auto& [path, kind] :
       {std::pair{"/customer-lists/authorisations", store::ListKind::kAuthorisation},
        std::pair{"/customer-lists/holds", store::ListKind::kHold}}) {
    routes.push_back(
        {"GET", path, compliance, [this, kind](const Call& call) { return show(call, kind); }});
    Route import{"POST", path, compliance,
                 [this, kind](const Call& call) { return this->import(call, kind); }};
    import.body_bytes = kLargestBody;
    routes.push_back(std::move(import));
  }
  return routes;
}

http::Response CustomerListRoutes::show(const Call&, store::ListKind kind) {
  const auto summary = desk_.store.customer_lists().summary(kind, desk_.clock.now());
  if (!summary) return store_trouble(summary.error());
  return json_response(200, to_json(*summary));
}

http::Response CustomerListRoutes::import(const Call& call, store::ListKind kind) {
  const std::string_view type = call.request.header("content-type").value_or("");
  if (type.substr(0, type.find(';')) != "text/csv") return error("unsupported_media_type");
  const auto how = asked(call.request.query);
  if (!how) return error("bad_parameter", how.error().context);
  if (!keeper_.read || !keeper_.ship) return error("unavailable");
  auto read = keeper_.read(as_bytes(call.request.body));
  if (!read) return store_trouble(read.error());
  if (!read->table.ok()) return table_faults(read->table);
  std::vector<store::ListedCustomer> rows;
  for (auto& row : read->rows) rows.push_back({std::move(row.entry), std::move(row.reference)});
  call.note(
      fmt::format("{}, {} rows, {}", how->file, rows.size(), how->replace ? "replace" : "add"));
  const Status done = desk_.store.customer_lists().import(kind, rows,
                                                          {.time = desk_.clock.now(),
                                                           .who = call.user.name,
                                                           .file = how->file,
                                                           .replaced = how->replace,
                                                           .entries = rows.size()});
  if (!done && done.error().code == Errc::kTooLarge)
    return error("too_large", done.error().context);
  if (!done) return store_trouble(done.error());
  const auto serial = keeper_.ship();
  if (!serial) {
    spdlog::error("customer lists not shipped: {}", serial.error().context);
    return error("not_shipped");
  }
  boost::json::object body{{"entries", rows.size()}, {"serial", nullptr}};
  if (*serial) body["serial"] = **serial;
  return json_response(200, body);
}

}  // namespace huxin::api
