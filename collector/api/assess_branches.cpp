#include "collector/api/assess_branches.hpp"

#include <algorithm>
#include <map>

#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"
#include "collector/api/json.hpp"
#include "collector/api/table_faults.hpp"
#include "collector/assess/import.hpp"
#include "collector/store/assessment.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kStaffPage = 200;
constexpr std::size_t kAllStaff = 1'000'000;

struct Heads {
  std::uint64_t staff = 0, terminals = 0;
};

json::object to_json(const assess::Branch& branch, const Heads& heads) {
  return {{"code", branch.code},     {"name", branch.name},
          {"parent", branch.parent}, {"accountable", branch.accountable},
          {"staff", heads.staff},    {"terminals", heads.terminals}};
}

json::object to_json(const assess::Staff& person) {
  json::object object{{"number", person.number}, {"name", assess::masked_name(person.name)},
                      {"branch", person.branch}, {"role", person.role},
                      {"aml", person.aml},       {"credit", person.credit},
                      {"left_on", nullptr}};
  if (person.left_on) object["left_on"] = assess::day_text(*person.left_on);
  return object;
}

/// The answer to a body that is no table.
std::optional<http::Response> body_fault(const Call& call) {
  const std::string_view type = call.request.header("content-type").value_or("");
  if (type.substr(0, type.find(';')) != "text/csv")
    return error("unsupported_media_type", "text/csv");
  return std::nullopt;
}

/// An import takes a table as large as the readers of tables do.
Route import_route(std::string_view path, Access access,
                   std::function<http::Response(const Call&)> answer) {
  Route route{"POST", path, std::move(access), std::move(answer)};
  route.body_bytes = kLargestBody;
  return route;
}

http::Response imported(std::size_t rows, const Status& done) {
  if (done) return json_response(200, {{"imported", rows}});
  if (done.error().code == Errc::kInvalid) return error("in_use", done.error().context);
  return store_trouble(done.error());
}

}  // namespace

std::vector<Route> BranchRoutes::routes() {
  using enum store::Role;
  const Access compliance = Access::only({kCompliance});
  return {
      {"GET", "/branches",
       Access::only({kSystemAdmin, kOfficer, kReviewer, kAmlReviewer, kCompliance}),
       [this](const Call& call) { return list_branches(call); }},
      import_route("/branches/import", compliance,
                   [this](const Call& call) { return import_branches(call); }),
      {"GET", "/staff", compliance, [this](const Call& call) { return list_staff(call); }},
      import_route("/staff/import", compliance,
                   [this](const Call& call) { return import_staff(call); }),
  };
}

http::Response BranchRoutes::list_branches(const Call&) {
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  const auto staff = desk_.store.assessment().staff({}, 0, kAllStaff);
  if (!staff) return store_trouble(staff.error());
  const auto terminals = desk_.store.terminals();
  if (!terminals) return store_trouble(terminals.error());
  std::map<std::string, Heads> heads;
  const std::int64_t today = assess::bank_day(desk_.clock.now());
  for (const assess::Staff& person : staff->staff) {
    if (person.employed_on(today)) ++heads[person.branch].staff;
  }
  json::array unmapped;
  for (const store::Terminal& terminal : *terminals) {
    if (terminal.revoked) continue;
    const auto* const branch = assess::branch_named(*branches, terminal.branch);
    if (branch != nullptr) ++heads[branch->code].terminals;
    if (branch == nullptr)
      unmapped.push_back(
          {{"id", terminal.id}, {"hostname", terminal.hostname}, {"branch", terminal.branch}});
  }
  json::array list;
  for (const assess::Branch& branch : *branches)
    list.push_back(to_json(branch, heads[branch.code]));
  return json_response(200, {{"branches", std::move(list)}, {"unmapped", std::move(unmapped)}});
}

http::Response BranchRoutes::import_branches(const Call& call) {
  if (auto fault = body_fault(call)) return std::move(*fault);
  const assess::BranchImport read = assess::read_branches(as_bytes(call.request.body));
  if (!read.table.ok()) return table_faults(read.table);
  return imported(read.branches.size(), desk_.store.assessment().replace_branches(read.branches));
}

http::Response BranchRoutes::list_staff(const Call& call) {
  auto parameters = parse_query(call.request.query);
  if (!parameters) return error("bad_parameter", parameters.error().context);
  store::IncidentFilter page;  // for its offset and limit
  page.limit = kStaffPage;
  std::string branch;
  for (const auto& [name, value] : *parameters) {
    if (name == "branch") {
      branch = value;
    } else if (name != "offset" && name != "limit") {
      return error("bad_parameter", name.substr(0, 40));
    } else if (const Status set = set_filter(page, name, value); !set) {
      return error("bad_parameter", set.error().context);
    }
  }
  const auto found = desk_.store.assessment().staff(branch, page.offset, page.limit);
  if (!found) return store_trouble(found.error());
  json::array list;
  for (const assess::Staff& person : found->staff) list.push_back(to_json(person));
  return json_response(200, {{"total", found->total}, {"staff", std::move(list)}});
}

http::Response BranchRoutes::import_staff(const Call& call) {
  if (auto fault = body_fault(call)) return std::move(*fault);
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  const assess::StaffImport read = assess::read_staff(as_bytes(call.request.body), *branches);
  if (!read.table.ok()) return table_faults(read.table);
  return imported(read.staff.size(), desk_.store.assessment().replace_staff(read.staff));
}

}  // namespace huxin::api
