#include "agent/clipboard_channel.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "agent/enforce/masking.hpp"

namespace huxin::agent {
namespace {

/// The most a session may offer (8 MiB); the guardian re-reads it only to mask what was found in
/// it.
constexpr std::size_t kMostText = std::size_t{8} << 20U;

Result<std::string> read_text(int fd) {
  std::string text(kMostText, '\0');
  std::size_t used = 0;
  while (used < text.size()) {
    const ssize_t got =
        ::pread(fd, text.data() + used, text.size() - used, static_cast<off_t>(used));
    if (got < 0) return fail_errno("read the copied text");
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  text.resize(used);
  return text;
}

/// The copied text with every finding masked. Only plain text and tables keep their own offsets; in
/// markup the findings' places are those of the extracted text.
Result<std::string> masked_text(int fd, const inspect::Judgement& judgement) {
  const std::string& format = judgement.scan.outcome.format;
  if (format != "text" && format != "csv")
    return fail(Errc::kUnsupported, "{} cannot be masked in place", format);
  const Result<std::string> original = read_text(fd);
  if (!original) return original;
  return enforce::mask_text(*original, judgement.scan.inspection, *judgement.in_force->catalog);
}

}  // namespace

Status ClipboardChannel::watch() {
  const bool wanted = desk_.inspector.in_force()->policy->watch.clipboard;
  {
    const std::lock_guard lock(mutex_);
    if (wanted == (server_ != nullptr)) return {};
  }
  if (!wanted) {
    replace(nullptr, "off");
    return {};
  }
  auto server = watch::SessionServer::start(
      socket_, [this](watch::ClipboardCopy&& copy) { return judge(std::move(copy)); },
      [this](const std::string& user, const std::string& reason, std::uint64_t count) {
        lost(user, reason, count);
      },
      desk_.clock, {.clear_when_limited = [this] {
        return desk_.inspector.in_force()->policy->mode == rule::Mode::kEnforce;
      }});
  if (!server) {
    replace(nullptr, server.error().context);
    return std::unexpected(server.error());
  }
  replace(*std::move(server), "ok");
  return {};
}

void ClipboardChannel::replace(std::shared_ptr<watch::SessionServer> server, std::string state) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(server_, server);
    state_ = std::move(state);
  }
  // The old server ends here, outside the lock: its handlers may still be running.
}

std::shared_ptr<watch::SessionServer> ClipboardChannel::current() const {
  const std::lock_guard lock(mutex_);
  return server_;
}

void ClipboardChannel::add_losses(Losses& losses) const {
  const auto server = current();
  if (!server) return;
  const watch::SessionCounters counters = server->counters();
  losses["copies_limited"] = counters.limited;
  losses["sessions_refused"] = counters.refused;
  losses["session_protocol_errors"] = counters.protocol_errors;
}

std::string ClipboardChannel::state() const {
  const auto server = current();
  if (!server) {
    const std::lock_guard lock(mutex_);
    return state_;
  }
  if (const Status alive = server->probe(std::chrono::seconds(2)); !alive)
    return alive.error().context;
  const std::vector<watch::SessionInfo> sessions = server->sessions();
  if (sessions.empty()) return "no session";
  for (const watch::SessionInfo& session : sessions) {
    if (!session.clipboard) return fmt::format("{}: {}", session.user, session.detail);
  }
  return "ok";
}

watch::ClipboardAnswer ClipboardChannel::judge(watch::ClipboardCopy&& copy) {
  const Fd text(::fcntl(copy.content.get(), F_DUPFD_CLOEXEC, 0));
  const auto in_force = desk_.inspector.in_force();
  inspect::Judgement judgement =
      desk_.inspector.judge(copy.event, {.file = std::move(copy.content),
                                         .name = copy.event.destination,
                                         .urgent = true,
                                         .deadline = in_force->policy->inspection.open_deadline,
                                         .coverage_reason = copy.truncated ? "too_large" : ""});
  watch::ClipboardAnswer answer;
  std::string outcome = "none";
  if (judgement.decision.action >= rule::Action::kBlock) {
    answer.act = watch::ClipboardAnswer::Act::kClear;
    outcome = "cleared";
  } else if (judgement.decision.action == rule::Action::kMask) {
    const Result<std::string> masked = masked_text(text.get(), judgement);
    // What cannot be masked is cleared: the stricter answer.
    answer.act = masked ? watch::ClipboardAnswer::Act::kMask : watch::ClipboardAnswer::Act::kClear;
    answer.replacement = masked.value_or("");
    outcome = masked ? "masked" : "cleared";
  }
  if (judgement.in_force && judgement.in_force->policy->watch.notify)
    answer.notice = judgement.decision.zh;
  if (judgement.coverage) desk_.recorder.coverage(*std::move(judgement.coverage));
  if (judgement.incident) {
    judgement.incident->set_outcome(outcome);
    desk_.recorder.incident(*std::move(judgement.incident));
  }
  return answer;
}

void ClipboardChannel::lost(const std::string& user, const std::string& reason,
                            std::uint64_t count) {
  desk_.recorder.blind_spot(rule::Channel::kClipboard, reason, "", user, count);
}

}  // namespace huxin::agent
