#include "agent/control_commands.hpp"

#include <boost/json.hpp>

#include "agent/watch/path_filter.hpp"

namespace huxin::agent {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::size_t kMostFolders = 64;
constexpr std::size_t kPage =
    500;  ///< entries read at one time, so that a slow reader holds none up

std::string time_text(std::int64_t milliseconds) {
  return to_rfc3339(Time(std::chrono::milliseconds(milliseconds)));
}

/// A path as text, and as bytes where the text is not all of it.
void put_path(json::object& object, const std::filesystem::path& path) {
  std::string text = watch::to_utf8(path.native());
  if (text != path.native()) object["path_hex"] = to_hex(as_bytes(path.native()));
  object["path"] = std::move(text);
}

Status run_discovery(Discovery& discovery, const control::Request& request,
                     control::Conversation& peer) {
  control::Arguments given(request);
  const auto folders = given.paths("folders", kMostFolders);
  const bool resume = given.flag("resume");
  if (!given.status()) return given.status();
  const auto run = discovery.begin(folders, resume);
  if (!run) return std::unexpected(run.error());
  for (;;) {
    Discovery::View view = discovery.view(*run, 200ms);
    if (view.ended) {
      if (!*view.ended) return std::unexpected(view.ended->error());
      peer.say({{"done", to_json(**view.ended)}});
      return {};
    }
    json::object line{
        {"run", *run}, {"files", view.files}, {"read", view.read}, {"total", view.total}};
    put_path(line, view.at);
    if (!peer.say(line) || peer.ended()) discovery.stop(*run);
  }
}

Result<discover::EntryFilter> filter_of(const control::Request& request, Time now) {
  discover::EntryFilter filter;
  filter.now = now;
  control::Arguments given(request);
  const std::string level = given.text("level", 2);
  const std::string element = given.text("element", 16);
  filter.below = given.path("below");
  filter.overdue = given.flag("overdue");
  filter.not_inspected = given.flag("not_inspected");
  filter.with_findings = !given.flag("all") && !filter.not_inspected;
  if (!given.status()) return std::unexpected(given.status().error());
  if (!level.empty()) {
    if (level != "C1" && level != "C2" && level != "C3")
      return fail(Errc::kInvalid, "level: C1, C2 or C3 is wanted");
    filter.level = static_cast<unsigned>(level.back() - '0');
  }
  if (!element.empty()) {
    const auto id = catalog::element_id_from(element);
    if (!id) return std::unexpected(id.error());
    filter.element = *id;
  }
  return filter;
}

json::object to_json(const discover::Entry& entry) {
  json::object object;
  put_path(object, entry.path);
  json::object elements;
  for (const auto& [element, findings] : entry.holding.elements)
    elements[catalog::to_string(element)] = findings;
  object["bytes"] = entry.version.size;
  object["format"] = entry.holding.format;
  object["level"] = entry.holding.level == 0 ? json::value(nullptr)
                                             : json::value(fmt::format("C{}", entry.holding.level));
  object["customers"] = entry.holding.customers;
  object["findings"] = entry.holding.findings;
  object["elements"] = std::move(elements);
  object["status"] = json::string(discover::status_of(entry.holding));
  object["reason"] =
      entry.holding.reason.empty() ? json::value(nullptr) : json::value(entry.holding.reason);
  object["profile"] = entry.profile.empty() ? json::value(nullptr) : json::value(entry.profile);
  object["modified"] = time_text(entry.version.mtime_ns / 1'000'000);
  object["first_seen"] = to_rfc3339(entry.first_seen);
  object["last_seen"] = to_rfc3339(entry.last_seen);
  object["due"] = entry.due ? json::value(to_rfc3339(*entry.due)) : json::value(nullptr);
  return object;
}

Status list_inventory(discover::Inventory& inventory, const Clock& clock,
                      const control::Request& request, control::Conversation& peer) {
  auto filter = filter_of(request, clock.now());
  if (!filter) return std::unexpected(filter.error());
  std::uint64_t told = 0;
  for (;;) {
    std::vector<discover::Entry> page;
    const Status read = inventory.each(*filter, [&](discover::Entry&& entry) {
      page.push_back(std::move(entry));
      return page.size() < kPage;
    });
    if (!read) return read;
    for (const discover::Entry& entry : page) {
      if (!peer.say({{"file", to_json(entry)}})) return {};
      ++told;
    }
    if (page.size() < kPage) break;
    filter->after = page.back().path;
  }
  peer.say({{"done", {{"files", told}}}});
  return {};
}

Status list_quarantine(const enforce::Quarantine& quarantine, control::Conversation& peer) {
  std::uint64_t told = 0;
  for (const enforce::QuarantinedFile& file : quarantine.list()) {
    json::object line{{"id", file.id},
                      {"incident", file.incident},
                      {"bytes", file.version.size},
                      {"modified", time_text(file.version.mtime_ns / 1'000'000)},
                      {"uid", file.uid},
                      {"state", json::string(enforce::to_string(file.step))}};
    put_path(line, file.original);
    if (!peer.say({{"file", std::move(line)}})) return {};
    ++told;
  }
  peer.say({{"done", {{"files", told}}}});
  return {};
}

}  // namespace

json::object to_json(const record::Inventory& inventory) {
  json::object elements, levels, reasons;
  for (const record::ElementCount& count : inventory.counts()) {
    elements[catalog::to_string(static_cast<catalog::ElementId>(count.element()))] =
        count.findings();
  }
  for (const auto& [level, files] : std::map(inventory.levels().begin(), inventory.levels().end()))
    levels[level] = files;
  for (const auto& [reason, files] :
       std::map(inventory.not_inspected().begin(), inventory.not_inspected().end()))
    reasons[reason] = files;
  return {{"run", to_hex(as_bytes(inventory.run()))},
          {"started", time_text(inventory.started_ms())},
          {"ended", time_text(inventory.ended_ms())},
          {"complete", inventory.complete()},
          {"files", inventory.files()},
          {"unchanged", inventory.unchanged()},
          {"with_findings", inventory.with_findings()},
          {"customers", inventory.customers()},
          {"overdue", inventory.overdue()},
          {"elements", std::move(elements)},
          {"levels", std::move(levels)},
          {"not_inspected", std::move(reasons)}};
}

std::map<std::string, control::Handler> control_commands(Discovery& discovery,
                                                         discover::Inventory& inventory,
                                                         enforce::Quarantine& quarantine,
                                                         std::shared_ptr<const Clock> clock) {
  return {{"discover",
           [&discovery](const control::Request& request, control::Conversation& peer) {
             return run_discovery(discovery, request, peer);
           }},
          {"inventory",
           [&inventory, clock](const control::Request& request, control::Conversation& peer) {
             return list_inventory(inventory, *clock, request, peer);
           }},
          {"quarantine_list", [&quarantine](const control::Request&, control::Conversation& peer) {
             return list_quarantine(quarantine, peer);
           }}};
}

}  // namespace huxin::agent
