#include "agent/order_desk.hpp"

#include <algorithm>
#include <exception>

#include <spdlog/spdlog.h>

#include "agent/valid_text.hpp"
#include "certs/destruction/certificate.hpp"
#include "policy/record/hide_numbers.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::agent {
namespace {

constexpr std::size_t kMostRefusedRemembered = 1000;
constexpr std::size_t kLongestOutcome = 2000;  // bytes

constexpr std::string_view kNote =
    "覆写的是文件原有的位置。固态硬盘、写时复制文件系统、快照和备份可能另存旧内容，本证明不涉及。; "
    "What is overwritten is where the file lay. Solid-state disks, copy-on-write file systems, "
    "snapshots "
    "and backups may keep old content elsewhere; this statement does not cover them.";

Time time_of(std::int64_t ms) { return Time(std::chrono::milliseconds(ms)); }

}  // namespace

OrderDesk::OrderDesk(Parts parts) : parts_(std::move(parts)), memory_(parts_.journal) {
  resume();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

OrderDesk::~OrderDesk() {
  thread_.request_stop();
  thread_ = {};
}

void OrderDesk::resume() {
  if (const Status pruned = memory_.prune(); !pruned)
    spdlog::warn("orders: {}", pruned.error().context);
  const auto open = memory_.open();
  if (!open) {
    spdlog::error("orders: {}", open.error().context);
    return;
  }
  std::set<std::string> begun;
  for (const auto& [id, order] : *open) {
    begun.insert(to_hex(id));
    waiting_.push_back(id);
  }
  // What only came to its end at this start, after its order was answered.
  std::set<std::string> late;
  for (const enforce::Destruction& gone : parts_.tools.destroyer.untold()) {
    if (begun.contains(gone.order)) continue;
    parts_.recorder.status(
        "destruction_finished",
        fmt::format("order {}: {}", gone.order, record::hide_numbers(gone.path.native())));
    late.insert(gone.order);
  }
  for (const std::string& order : late) (void)parts_.tools.destroyer.told(order);
  forget_answered(*open);
}

/// The vault's log waits to be told of orders; a crash right after an answer leaves that undone.
void OrderDesk::forget_answered(const std::vector<std::pair<Bytes, RememberedOrder>>& open) {
  std::set<std::string> awaited;
  for (const auto& [id, remembered] : open) {
    const auto order = order::verify(as_bytes(remembered.framed()), parts_.policy_key);
    if (!order) continue;
    if (const auto* const what = std::get_if<order::Release>(&order->what)) {
      awaited.insert(to_hex(what->incident));
      continue;
    }
    for (const order::Target& target : std::get<order::Destroy>(order->what).targets)
      awaited.insert(to_hex(target.incident));
  }
  for (const enforce::Quarantine::Left& left : parts_.tools.quarantine.left()) {
    const auto incident = from_hex(left.incident);
    if (incident && !awaited.contains(left.incident))
      (void)parts_.tools.quarantine.told(as_text(*incident));
  }
}

void OrderDesk::take(const Bytes& framed) {
  const auto order = order::verify(framed, parts_.policy_key);
  if (!order) return refuse_unsigned(framed, order.error());
  auto known = memory_.find(order->id);
  if (!known) return spdlog::error("orders: {}", known.error().context);  // it comes again
  if (*known) return notice_again(*order, **std::move(known));
  const Time now = parts_.tools.clock.now();
  if (const Status fits = order::acceptable(*order, parts_.terminal, now); !fits) {
    answer(*order,
           {.outcome = "refused: " + fits.error().context,
            .certificate = {},
            .refusal = order::Refusal::kOrder},
           now);
    return;
  }
  if (std::holds_alternative<order::Cancel>(order->what)) return cancel(*order);
  RememberedOrder begun;
  begun.set_framed(std::string(as_text(framed)));
  begun.set_begun_ms(now.time_since_epoch().count());
  if (const Status kept = memory_.keep(order->id, begun); !kept)
    return spdlog::error("orders: not begun, it comes again: {}", kept.error().context);
  enqueue(order->id);
}

/// Recorded once for the same bytes: the collector sends them with every heartbeat.
void OrderDesk::refuse_unsigned(ByteView framed, const Error& why) {
  if (refused_.size() >= kMostRefusedRemembered) refused_.clear();
  if (!refused_.insert(sha256(framed)).second) return;
  parts_.recorder.status("order_refused", why.context);
}

void OrderDesk::notice_again(const order::Order& order, RememberedOrder known) {
  if (!known.answered() || known.replay_told()) return;
  const auto unsent = parts_.journal.outbox_size();
  if (!unsent || *unsent > 0) return;  // the answer may not have arrived yet
  record::OrderResult result;
  result.set_order(std::string(as_text(order.id)));
  result.set_time_ms(parts_.tools.clock.now().time_since_epoch().count());
  result.set_kind(std::string(order.kind()));
  result.set_outcome("refused: replayed; this order was answered before");
  result.set_refusal(std::string(to_string(order::Refusal::kReplayed)));
  known.set_replay_told(true);
  parts_.recorder.order_result(std::move(result), OrderMemory::name_of(order.id),
                               known.SerializeAsString());
}

/// Carried out at once, whatever waits: what waits is what it stops.
void OrderDesk::cancel(const order::Order& order) {
  const Time now = parts_.tools.clock.now();
  const auto& what = std::get<order::Cancel>(order.what);
  answer(order, stop(what.order), now);
}

/// Remembers the other order as answered, unless it was begun.
OrderDesk::Answer OrderDesk::stop(ByteView id) {
  // Held all the while, so that the order is not begun meanwhile.
  const std::lock_guard lock(mutex_);
  const auto known = memory_.find(id);
  if (!known) return {.outcome = "failed: " + known.error().context, .certificate = {}};
  if (*known && (*known)->cancelled()) return {.outcome = "done", .certificate = {}};
  if (*known && (*known)->answered())
    return {.outcome = "refused: 太迟，指令已有答复; too late, the order was answered",
            .certificate = {}};
  if (std::ranges::equal(current_, id) || (*known && has_begun(**known)))
    return {.outcome = "refused: 太迟，指令已开始执行; too late, the order was begun",
            .certificate = {}};
  // On disk before it is answered; one that has not come yet is answered before it comes.
  RememberedOrder over;
  over.set_begun_ms(parts_.tools.clock.now().time_since_epoch().count());
  over.set_answered(true);
  over.set_cancelled(true);
  if (const Status kept = memory_.keep(id, over); !kept)
    return {.outcome = "failed: " + kept.error().context, .certificate = {}};
  std::erase_if(waiting_, [&](const Bytes& each) { return std::ranges::equal(each, id); });
  return {.outcome = "done", .certificate = {}};
}

/// Was anything done for an order that is not being carried out just now?
bool OrderDesk::has_begun(const RememberedOrder& known) const {
  if (!known.draft().empty()) return true;
  const auto order = order::verify(as_bytes(known.framed()), parts_.policy_key);
  if (!order) return false;
  std::set<std::string> incidents;
  if (const auto* const release = std::get_if<order::Release>(&order->what)) {
    incidents.insert(to_hex(release->incident));
  } else if (const auto* const destroy = std::get_if<order::Destroy>(&order->what)) {
    for (const order::Target& target : destroy->targets) incidents.insert(to_hex(target.incident));
  }
  return !parts_.tools.destroyer.of_order(to_hex(order->id)).empty() ||
         std::ranges::any_of(parts_.tools.quarantine.left(),
                             [&](const auto& left) { return incidents.contains(left.incident); });
}

void OrderDesk::enqueue(Bytes id) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(id));
  }
  changed_.notify_all();
}

void OrderDesk::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    Bytes id = std::move(waiting_.front());
    waiting_.pop_front();
    current_ = id;
    lock.unlock();
    bool done = false;
    try {
      done = carry_out(id);
    } catch (const std::exception& exception) {
      spdlog::error("orders: {}", exception.what());
    }
    lock.lock();
    current_.clear();
    if (done) continue;
    waiting_.push_back(std::move(id));
    changed_.wait_for(lock, stop, parts_.retry_pause, [] { return false; });
    if (stop.stop_requested()) return;
  }
}

/// False when it is to be tried again later.
bool OrderDesk::carry_out(ByteView id) {
  const auto known = memory_.find(id);
  if (!known) {
    spdlog::error("orders: {}", known.error().context);
    return false;
  }
  if (!*known || (*known)->answered()) return true;
  const auto order = order::verify(as_bytes((*known)->framed()), parts_.policy_key);
  if (!order) {
    parts_.recorder.status("order_refused", order.error().context);
    return true;
  }
  const auto done = do_what(*order, **known);
  if (!done) {
    spdlog::warn("order {}: tried again later: {}", to_hex(id), done.error().context);
    return false;
  }
  if (answer(*order, *done, time_of((*known)->begun_ms()))) tell(*order);
  return true;  // not on disk: the answer waits in memory, and the next start would go on
}

Result<OrderDesk::Answer> OrderDesk::do_what(const order::Order& order,
                                             const RememberedOrder& known) {
  return std::holds_alternative<order::Release>(order.what) ? release(order)
                                                            : destroy(order, known);
}

Result<OrderDesk::Answer> OrderDesk::release(const order::Order& order) {
  const auto& what = std::get<order::Release>(order.what);
  const std::string incident = to_hex(what.incident);
  enforce::Quarantine& quarantine = parts_.tools.quarantine;
  for (const enforce::Quarantine::Left& left : quarantine.left()) {
    if (left.incident != incident) continue;
    if (left.to.empty()) return Answer{.outcome = "failed: it was destroyed", .certificate = {}};
    parts_.released(left.to);
    return Answer{.outcome = "done", .certificate = {}};
  }
  const auto held = quarantine.list();
  const auto file = std::ranges::find(held, incident, &enforce::QuarantinedFile::incident);
  if (file == held.end())
    return Answer{
        .outcome = "failed: 隔离区没有该事件的文件; quarantine holds no file of this incident",
        .certificate = {}};
  const auto placed = quarantine.release_by_order(file->id, what.to);
  if (!placed) return Answer{.outcome = "failed: " + placed.error().context, .certificate = {}};
  parts_.released(*placed);
  return Answer{.outcome = "done", .certificate = {}};
}

Result<OrderDesk::Answer> OrderDesk::destroy(const order::Order& order,
                                             const RememberedOrder& known) {
  std::optional<order::Statement> draft;
  if (!known.draft().empty()) {
    auto read = order::statement_from(known.draft());
    if (read) draft = *std::move(read);  // else what the logs say is enough
  }
  const auto keep = [&](const order::Statement& statement) -> Status {
    const auto text = order::to_json(statement);
    if (!text) return std::unexpected(text.error());
    RememberedOrder kept = known;
    kept.set_draft(*text);
    return memory_.keep(order.id, kept);
  };
  DestructionOrder destruction(parts_.tools, order, std::move(draft),
                               fresh_statement(order, time_of(known.begun_ms())), keep);
  const auto statement = destruction.run();
  if (!statement) return std::unexpected(statement.error());
  Answer answer{.outcome = outcome_of(*statement),
                .certificate = {},
                .refusal = order::refusal_of(*statement)};
  if (!answer.outcome.starts_with("done") && !answer.outcome.starts_with("partial")) return answer;
  auto certificate = certify(*statement, as_bytes(known.framed()));
  if (!certificate) return std::unexpected(certificate.error());
  answer.certificate = *std::move(certificate);
  return answer;
}

order::Statement OrderDesk::fresh_statement(const order::Order& order, Time begun) const {
  std::string hostname = parts_.hostname;
  make_valid(hostname);
  return {.id = to_hex(random_bytes(16)),
          .order = to_hex(order.id),
          .terminal = parts_.terminal,
          .hostname = std::move(hostname),
          .executor = order.executor,
          .supervisor = order.supervisor,
          .reason = order.reason,
          .method = std::string(to_string(std::get<order::Destroy>(order.what).method)),
          .started = begun,
          .ended = begun,
          .items = {},
          .residue = {},
          .clocks = {},
          .note = std::string(kNote)};
}

/// Signs the statement; one too large for a certificate is shortened, and says so.
Result<std::string> OrderDesk::certify(order::Statement statement, ByteView framed) const {
  const certs::Identity identity = parts_.identity();
  auto made = destruction::make(statement, framed, identity);
  if (made || made.error().code != Errc::kTooLarge) return made;
  statement.residue_unlisted += statement.residue.size();
  statement.residue.clear();
  statement.clocks.clear();
  statement.note += "; 内容过多，未列残留与期限; shortened: residue and clocks are not listed";
  return destruction::make(statement, framed, identity);
}

bool OrderDesk::answer(const order::Order& order, const Answer& answer, Time begun) {
  record::OrderResult result;
  result.set_order(std::string(as_text(order.id)));
  result.set_time_ms(parts_.tools.clock.now().time_since_epoch().count());
  result.set_kind(std::string(order.kind()));
  result.set_outcome(std::string(text::cut_utf8(answer.outcome, kLongestOutcome)));
  result.set_certificate(answer.certificate);
  result.set_refusal(std::string(to_string(answer.refusal)));
  return parts_.recorder.order_result(std::move(result), OrderMemory::name_of(order.id),
                                      OrderMemory::answered(begun));
}

/// The answer is recorded: the logs of vault and destroyer need not keep it.
void OrderDesk::tell(const order::Order& order) {
  const auto warn = [](const Status& told) {
    if (!told) spdlog::warn("orders: {}", told.error().context);
  };
  if (const auto* const what = std::get_if<order::Release>(&order.what))
    return warn(parts_.tools.quarantine.told(as_text(what->incident)));
  warn(parts_.tools.destroyer.told(to_hex(order.id)));
  for (const order::Target& target : std::get<order::Destroy>(order.what).targets) {
    if (target.in_quarantine()) warn(parts_.tools.quarantine.told(as_text(target.incident)));
  }
}

}  // namespace huxin::agent
