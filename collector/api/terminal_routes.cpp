#include "collector/api/terminal_routes.hpp"

#include "collector/api/error.hpp"
#include "collector/api/json.hpp"
#include "collector/api/terminal_json.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kHistory = 30;
constexpr std::size_t kLongestId = 64;

/// The version of the policy that terminals should run; empty before one was published.
Result<std::string> current_policy(store::Store& store) {
  auto bundle = store.current_bundle();
  if (!bundle) return std::unexpected(bundle.error());
  return *bundle ? std::move((*bundle)->version) : std::string();
}

}  // namespace

std::vector<Route> TerminalRoutes::routes() {
  using enum store::Role;
  const Access readers =
      Access::only({kSystemAdmin, kSecurityAdmin, kOfficer, kReviewer, kAmlReviewer, kCompliance});
  return {
      {"GET", "/terminals", readers, [this](const Call& call) { return list(call); }},
      {"GET", "/terminals/{id}", readers, [this](const Call& call) { return show(call); }},
      {"GET", "/coverage", readers, [this](const Call& call) { return coverage(call); }},
  };
}

http::Response TerminalRoutes::list(const Call&) {
  const auto all = desk_.store.terminals();
  if (!all) return store_trouble(all.error());
  boost::json::array terminals;
  for (const store::Terminal& terminal : *all) terminals.push_back(to_json(terminal));
  return json_response(200, {{"terminals", std::move(terminals)}});
}

http::Response TerminalRoutes::show(const Call& call) {
  if (call.parameter().size() > kLongestId) return error("bad_parameter", "id");
  const auto terminal = desk_.store.terminal(call.parameter());
  if (!terminal) return store_trouble(terminal.error());
  if (!*terminal) return error("not_found");
  const auto current = current_policy(desk_.store);
  if (!current) return store_trouble(current.error());
  const auto inventories = desk_.store.inventories().of(call.parameter(), kHistory);
  if (!inventories) return store_trouble(inventories.error());
  const auto losses = desk_.store.inventories().losses(call.parameter());
  if (!losses) return store_trouble(losses.error());

  const bool sees_aml = store::Audience::of(call.user.roles).confidential;
  boost::json::object object = to_json(**terminal);
  put_policy(object, **terminal, *current);
  boost::json::array lost;
  for (const auto& [kind, count] : *losses) lost.push_back({{"kind", kind}, {"count", count}});
  object["losses"] = std::move(lost);
  boost::json::array told;
  for (const store::StoredInventory& each : *inventories) told.push_back(to_json(each, sees_aml));
  object["inventories"] = std::move(told);
  return json_response(200, object);
}

http::Response TerminalRoutes::coverage(const Call& call) {
  const auto terminals = desk_.store.terminals();
  if (!terminals) return store_trouble(terminals.error());
  const auto inventories = desk_.store.inventories().newest();
  if (!inventories) return store_trouble(inventories.error());
  const auto current = current_policy(desk_.store);
  if (!current) return store_trouble(current.error());
  return json_response(200, coverage_json(*terminals, *inventories, *current, desk_.clock.now(),
                                          store::Audience::of(call.user.roles).confidential));
}

}  // namespace huxin::api
