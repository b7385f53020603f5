#include "agent/destruction_order.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "agent/valid_text.hpp"
#include "policy/record/hide_numbers.hpp"

namespace huxin::agent {
namespace {

using order::Fate;

/// What a target and a trace are in the draft until something became of them.
constexpr std::string_view kPending = "interrupted";
/// The most of an inspected file in quarantine, which is opened in memory.
constexpr std::uint64_t kMostInMemory = std::uint64_t{256} << 20U;
/// What the residue of a statement takes; the rest is counted.
constexpr std::size_t kResidueBytes = std::size_t{96} << 10U;

/// What leaves the terminal is UTF-8, and names of files in it do not carry numbers of customers.
std::string told(std::string text) {
  make_valid(text);
  return record::hide_numbers(text);
}

/// The one file of a folder whose name, with its numbers hidden, is this.
Result<std::string> unhide(const std::filesystem::path& folder, const std::string& hidden) {
  std::vector<std::string> fitting;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    std::string name = at->path().filename();
    if (told(name) == hidden) fitting.push_back(std::move(name));
  }
  if (fitting.empty())
    return fail(Errc::kNotFound, "没有此文件; there is no {}", (folder / hidden).native());
  if (fitting.size() > 1)
    return fail(
        Errc::kInvalid,
        "{} 个文件的名称隐去数字后相同，请改由隔离区销毁; {} files are called so, but for the "
        "hidden numbers: destroy it from quarantine",
        fitting.size(), fitting.size());
  return fitting.front();
}

Fate fate_of(const Error& error) {
  switch (error.code) {
    case Errc::kNotFound:
      return Fate::kAbsent;
    case Errc::kDenied:
    case Errc::kInvalid:
      return Fate::kRefused;
    default:
      return Fate::kFailed;
  }
}

}  // namespace

DestructionOrder::DestructionOrder(DestructionTools tools, const order::Order& order,
                                   std::optional<order::Statement> draft, order::Statement fresh,
                                   Keep keep)
    : tools_(std::move(tools)),
      order_(order),
      destroy_(std::get<order::Destroy>(order.what)),
      statement_(draft ? *std::move(draft) : std::move(fresh)),
      keep_(std::move(keep)),
      found_(destroy_.targets.size()) {
  for (const order::Target& target : destroy_.targets) places_.emplace_back(target.path);
  if (!statement_.items.empty()) return;
  for (const order::Target& target : destroy_.targets)
    statement_.items.push_back({.path = target.path,
                                .incident = to_hex(target.incident),
                                .digest = {},
                                .method = {},
                                .fate = Fate::kFailed,
                                .note = std::string(kPending)});
}

Result<order::Statement> DestructionOrder::run() {
  for (std::size_t i = 0; i < destroy_.targets.size(); ++i) {
    if (settled(i) || settle_from_logs(i)) continue;
    if (const Status looked = look(i); !looked) return std::unexpected(looked.error());
  }
  if (const Status kept = keep_(statement_); !kept) return std::unexpected(kept.error());
  for (std::size_t i = 0; i < destroy_.targets.size(); ++i) {
    if (found_[i]) carry_out(i);
  }
  if (const Status kept = keep_(statement_); !kept) return std::unexpected(kept.error());
  look_for_residue();
  statement_.ended = tools_.clock.now();
  return statement_;
}

bool DestructionOrder::settled(std::size_t index) const {
  return statement_.items[index].note != kPending;
}

/// Was it destroyed before a crash?
bool DestructionOrder::settle_from_logs(std::size_t index) {
  order::Item& item = statement_.items[index];
  if (target(index).in_quarantine()) {
    for (const enforce::Quarantine::Left& left : tools_.quarantine.left()) {
      if (left.incident != item.incident || !left.to.empty()) continue;
      item.fate = Fate::kDestroyed;
      item.method = to_string(destroy_.method);
      item.note.clear();
      places_[index] = left.from;
      return true;
    }
    return false;
  }
  for (const enforce::Destruction& gone : tools_.destroyer.of_order(to_hex(order_.id))) {
    if (gone.path != item.path && told(gone.path) != item.path) continue;
    places_[index] = gone.path;
    tools_.gone(gone.path);
    item.fate = Fate::kDestroyed;
    item.bytes = gone.version.size;
    item.digest = gone.digest;
    item.method = to_string(gone.method);
    item.note = told(gone.note);
    return true;
  }
  return false;
}

/// Finds the file and asks the clocks; what may go is left pending, with what is known of it.
Status DestructionOrder::look(std::size_t index) {
  order::Item& item = statement_.items[index];
  std::erase_if(statement_.clocks, [&](const auto& clock) { return clock.path == item.path; });
  auto found = target(index).in_quarantine() ? find_in_vault(target(index)) : find(target(index));
  if (!found) {
    item.fate = fate_of(found.error());
    item.note = told(found.error().context);
    return {};
  }
  item.bytes = found->version.size;
  places_[index] = found->place;
  const auto content = enforce::system_file_ops()->digest(found->file.get());
  if (content) item.digest = enforce::content_digest(tools_.digest_key, *content);
  const std::string name = std::filesystem::path(item.path).filename();
  FileClocks::Verdict verdict =
      tools_.clocks.ask(std::move(found->file), found->version, item.path, name);
  if (verdict.passing) return fail(Errc::kUnavailable, "{}: {}", item.path, verdict.why);
  for (order::ClockReading& reading : verdict.readings)
    statement_.clocks.push_back(std::move(reading));
  if (verdict.may_go) {
    found_[index] = *std::move(found);
  } else {
    item.fate = Fate::kRefused;
    item.note = told(verdict.why);
  }
  return {};
}

Result<DestructionOrder::Found> DestructionOrder::find(const order::Target& target) const {
  std::filesystem::path path = target.path;
  const auto ops = enforce::system_file_ops();
  const auto folder = ops->open_folder(path.parent_path());
  if (!folder) return std::unexpected(folder.error());
  // A file that somebody called just so is one of those that may be meant, and no more than that.
  if (path.filename().native().contains('*')) {
    const auto name = unhide(path.parent_path(), path.filename());
    if (!name) return std::unexpected(name.error());
    path.replace_filename(*name);
  }
  auto file = ops->open_file(folder->get(), path.filename());
  if (!file) return std::unexpected(file.error());
  struct stat info{};
  if (::fstat(file->get(), &info) != 0) return fail_errno("stat " + path.native());
  return Found{
      .file = *std::move(file), .version = version_of(info), .vault_id = {}, .place = path};
}

Result<DestructionOrder::Found> DestructionOrder::find_in_vault(const order::Target& target) const {
  const std::string incident = to_hex(target.incident);
  const auto held = tools_.quarantine.list();
  const auto file = std::ranges::find_if(held, [&](const enforce::QuarantinedFile& each) {
    return each.incident == incident && each.step == enforce::Step::kDone;
  });
  if (file == held.end())
    return fail(Errc::kNotFound,
                "隔离区没有该事件的文件; quarantine holds no file of this incident");
  auto plain = tools_.quarantine.read(file->id, kMostInMemory);
  if (!plain) return std::unexpected(plain.error());
  return Found{.file = *std::move(plain),
               .version = file->version,
               .vault_id = file->id,
               .place = file->original};
}

void DestructionOrder::carry_out(std::size_t index) {
  order::Item& item = statement_.items[index];
  const Found& found = *found_[index];
  item.note.clear();
  if (!found.vault_id.empty()) {
    const Status gone = tools_.quarantine.destroy(found.vault_id, destroy_.method);
    item.fate = gone ? Fate::kDestroyed : Fate::kFailed;
    item.method = gone ? to_string(destroy_.method) : "";
    if (!gone) item.note = told(gone.error().context);
    return;
  }
  const auto gone =
      tools_.destroyer.destroy(found.place, found.version, destroy_.method, to_hex(order_.id));
  if (!gone) {
    item.fate = fate_of(gone.error());
    item.note = told(gone.error().context);
    return;
  }
  tools_.gone(found.place);
  item.fate = Fate::kDestroyed;
  item.method = to_string(gone->method);
  item.digest = gone->digest;
  item.note = told(gone->note);
}

void DestructionOrder::look_for_residue() {
  // What the last run was about to destroy when it ended.
  const auto gone = tools_.destroyer.of_order(to_hex(order_.id));
  for (order::Residue& residue : statement_.residue) {
    if (residue.result != kPending) continue;
    const bool destroyed = std::ranges::any_of(
        gone, [&](const auto& each) { return told(each.path.native()) == residue.path; });
    residue.result = destroyed ? "destroyed" : "";
  }
  std::erase_if(statement_.residue, [](const auto& residue) { return residue.result.empty(); });

  std::vector<enforce::Sought> sought;
  for (std::size_t i = 0; i < statement_.items.size(); ++i) {
    const order::Item& item = statement_.items[i];
    if (item.fate == Fate::kDestroyed || item.fate == Fate::kAbsent)
      sought.push_back({.path = places_[i], .bytes = item.bytes, .digest = item.digest});
  }
  if (sought.empty()) return;
  const auto traces = enforce::find_residue(tools_.places(), sought, tools_.digest_key);
  const std::size_t before = statement_.residue.size();
  for (const enforce::Trace& trace : traces)
    state({.path = told(trace.path.native()),
           .kind = std::string(to_string(trace.kind)),
           .result = std::string(kPending)});
  if (destroy_.copies == order::Copies::kDestroy && !keep_(statement_)) {
    for (auto at = statement_.residue.begin() + static_cast<std::ptrdiff_t>(before);
         at != statement_.residue.end(); ++at)
      at->result = "failed: the intent could not be recorded";
    return;
  }
  order::Residue beyond;
  for (std::size_t i = 0; i < traces.size(); ++i) {
    const bool listed = before + i < statement_.residue.size();
    deal_with(traces[i], sought[traces[i].sought].path,
              listed ? statement_.residue[before + i] : beyond);
  }
}

void DestructionOrder::deal_with(const enforce::Trace& trace,
                                 const std::filesystem::path& sought_path,
                                 order::Residue& residue) {
  if (!trace.fault.empty()) {
    residue.result = told("failed: " + trace.fault);
  } else if (destroy_.copies == order::Copies::kReport) {
    residue.result = "reported";
  } else {
    residue.result = told(destroy_trace(trace, sought_path));
  }
}

/// Destroys a trace. What is not the same content is a file of its own: the clocks are asked.
std::string DestructionOrder::destroy_trace(const enforce::Trace& trace,
                                            const std::filesystem::path& sought_path) {
  using enforce::TraceKind;
  if (trace.kind == TraceKind::kRecent && trace.path.extension() != ".desktop") {
    const auto forgotten = enforce::forget_recent(trace.path, sought_path);
    return forgotten ? "destroyed" : "failed: " + forgotten.error().context;
  }
  auto found = find({.path = trace.path.native(), .incident = {}});
  if (!found) return "failed: " + found.error().context;
  const bool holds_no_content =
      trace.kind == TraceKind::kLock || trace.kind == TraceKind::kThumbnail ||
      trace.kind == TraceKind::kRecent || trace.path.extension() == ".trashinfo";
  if (!trace.same_content && !holds_no_content) {
    const FileClocks::Verdict verdict =
        tools_.clocks.ask(std::move(found->file), found->version, trace.path.native(),
                          trace.path.filename().native());
    if (!verdict.may_go) return "reported: " + verdict.why;
  }
  const auto gone =
      tools_.destroyer.destroy(trace.path, found->version, destroy_.method, to_hex(order_.id));
  if (!gone) return "failed: " + gone.error().context;
  tools_.gone(trace.path);
  return "destroyed";
}

void DestructionOrder::state(order::Residue residue) {
  std::size_t used = residue.path.size() + 256;
  for (const order::Residue& each : statement_.residue) used += each.path.size() + 256;
  if (used > kResidueBytes) {
    ++statement_.residue_unlisted;
  } else {
    statement_.residue.push_back(std::move(residue));
  }
}

std::string outcome_of(const order::Statement& statement) {
  const auto count = [&](Fate fate) {
    return std::ranges::count(statement.items, fate, &order::Item::fate);
  };
  const auto all = static_cast<std::ptrdiff_t>(statement.items.size());
  const auto gone = count(Fate::kDestroyed) + count(Fate::kAbsent);
  if (gone == all) return "done";
  const auto first = std::ranges::find_if(statement.items, [](const order::Item& item) {
    return item.fate == Fate::kRefused || item.fate == Fate::kFailed;
  });
  const std::string why = fmt::format("{}: {}", first->path, first->note);
  if (gone > 0) return fmt::format("partial: {}/{}; {}", gone, all, why);
  return (count(Fate::kRefused) == all ? "refused: " : "failed: ") + why;
}

}  // namespace huxin::agent
