#include "agent/guard/pool.hpp"

#include "agent/guard/channel.hpp"
#include "agent/guard/mapped_file.hpp"
#include "agent/guard/reply_reader.hpp"
#include "agent/guard/scan_job.hpp"
#include "policy/text/printable.hpp"

namespace huxin::guard {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{100};
constexpr milliseconds kLongestPause{30'000};
constexpr milliseconds kLeastMargin{20};  // for the answer to come home before the worker is killed

/// Nobody looked, or not long enough.
inspect::ScanResult not_inspected(std::string_view reason, std::uint64_t bytes) {
  inspect::ScanResult result;
  result.outcome = {"unknown", extract::Coverage::kNotInspected, std::string(reason), bytes, true};
  return result;
}

milliseconds pause_after(unsigned failures) {
  if (failures <= 1) return milliseconds(0);  // one crash is one bad file
  return std::min(kLongestPause, kFirstPause * (1U << std::min(failures - 2, 10U)));
}

}  // namespace

WorkerPool::WorkerPool(const PoolOptions& options, const WorkerSetup& setup, const Clock& clock)
    : options_(options),
      clock_(clock),
      setup_(setup),
      slots_(std::max<std::size_t>(1, options.workers)) {}

Result<std::unique_ptr<WorkerPool>> WorkerPool::start(const PoolOptions& options,
                                                      const WorkerSetup& setup,
                                                      const Clock& clock) {
  std::unique_ptr<WorkerPool> pool(new WorkerPool(options, setup, clock));
  auto first = pool->make_worker(pool->birth());
  if (!first) return std::unexpected(first.error());
  pool->walls_ = first->hello();
  Slot& slot = pool->slots_.front();
  slot.worker = std::move(*first);
  slot.state = State::kFree;
  slot.generation = pool->generation_;
  ++pool->figures_.starts;
  // The others find the compiled patterns in the cache, and need not be waited for.
  pool->keeper_ =
      std::jthread([raw = pool.get()](const std::stop_token& stop) { raw->keep(stop); });
  return pool;
}

WorkerPool::~WorkerPool() {
  keeper_.request_stop();
  changed_.notify_all();
}

WorkerBirth WorkerPool::birth() const {
  WorkerBirth birth{{}, setup_.known.file};
  WorkerConfig& config = birth.config;
  config.set_catalog_yaml(setup_.catalog_yaml);
  config.set_min_confidence(setup_.min_confidence);
  config.set_cache(setup_.cache.string());
  config.set_address_space(setup_.max_memory + setup_.budget.max_bytes);
  config.set_max_findings(setup_.max_findings);
  config.set_max_bytes(setup_.budget.max_bytes);
  config.set_user(options_.user);
  config.set_exact_bytes(setup_.known.exact_bytes);
  config.set_exact_key(std::string(as_text(setup_.known.exact_key)));
  config.set_prints_bytes(setup_.known.prints_bytes);
  config.set_prints_key(std::string(as_text(setup_.known.prints_key)));
  return birth;
}

Result<WorkerProcess> WorkerPool::make_worker(const WorkerBirth& birth) const {
  return WorkerProcess::start(options_.command, birth, options_.start_patience);
}

inspect::ScanResult WorkerPool::scan(inspect::ScanJob job) {
  const Deadline deadline = SteadyClock::now() + job.deadline;
  const std::uint64_t bytes = file_size(job.file);
  Slot* const slot = acquire(job, deadline);
  if (slot == nullptr && job.part.number != 0) return not_inspected("stream_lost", bytes);
  if (slot == nullptr) {
    const std::scoped_lock lock(mutex_);
    const bool busy =
        std::ranges::any_of(slots_, [](const Slot& s) { return s.state == State::kBusy; });
    ++(busy ? figures_.timeouts : figures_.no_worker);
    return not_inspected(busy ? "timeout" : "no_worker", bytes);
  }
  inspect::ScanResult result;
  const pid_t worker = slot->worker->pid();
  const Fate fate = drive(*slot->worker, job, deadline, result);
  if (job.part.stream != 0) note_stream(job, worker, fate == Fate::kAnswered && result.streaming);
  release(*slot, fate);
  switch (fate) {
    case Fate::kAnswered:
      return result;
    case Fate::kTimedOut:
      return not_inspected("timeout", bytes);
    case Fate::kCrashed:
    case Fate::kBroken:
      break;
  }
  return not_inspected("worker_crashed", bytes);
}

WorkerPool::Slot* WorkerPool::find_free(bool urgent) {
  const std::size_t reserved = options_.keep_one_for_urgent && !urgent && slots_.size() > 1 ? 1 : 0;
  for (std::size_t i = slots_.size(); i > reserved; --i) {
    if (slots_[i - 1].state == State::kFree) return &slots_[i - 1];
  }
  return nullptr;
}

WorkerPool::Slot* WorkerPool::find_begun(std::uint64_t stream) {
  const auto begun = streams_.find(stream);
  if (begun == streams_.end()) return nullptr;
  const auto slot = std::ranges::find_if(slots_, [&](const Slot& each) {
    return each.worker && each.state != State::kStarting && each.worker->pid() == begun->second;
  });
  return slot == slots_.end() ? nullptr : &*slot;
}

void WorkerPool::note_stream(const inspect::ScanJob& job, pid_t worker, bool goes_on) {
  const std::scoped_lock lock(mutex_);
  if (!goes_on) {
    streams_.erase(job.part.stream);
    return;
  }
  streams_[job.part.stream] = worker;
  if (streams_.size() > slots_.size() * StreamTable::kMost) streams_.erase(streams_.begin());
}

WorkerPool::Slot* WorkerPool::acquire(const inspect::ScanJob& job, Deadline deadline) {
  std::unique_lock lock(mutex_);
  ++figures_.jobs;
  Slot* found = nullptr;
  bool gone = false;
  changed_.wait_until(lock, deadline, [&] {
    if (job.part.number == 0) return (found = find_free(job.urgent)) != nullptr;
    found = find_begun(job.part.stream);
    gone = found == nullptr;
    if (!gone && found->state != State::kFree) found = nullptr;
    return gone || found != nullptr;
  });
  if (found != nullptr) found->state = State::kBusy;
  return found;
}

std::optional<WorkerProcess> WorkerPool::settle(Slot& slot, Fate fate) {
  const std::scoped_lock lock(mutex_);
  if (fate == Fate::kTimedOut) ++figures_.timeouts;
  if (fate == Fate::kCrashed || fate == Fate::kBroken) ++figures_.crashes;
  slot.retry_at = SteadyClock::now();
  if (fate == Fate::kAnswered) slot.failures = 0;
  if (fate == Fate::kCrashed || fate == Fate::kBroken)
    slot.retry_at += pause_after(++slot.failures);
  std::optional<WorkerProcess> retired;
  if (fate != Fate::kAnswered || slot.generation != generation_)
    retired = std::exchange(slot.worker, std::nullopt);
  slot.state = slot.worker ? State::kFree : State::kDead;
  return retired;
}

void WorkerPool::release(Slot& slot, Fate fate) {
  auto retired = settle(slot, fate);
  changed_.notify_all();
  if (!retired) return;
  const std::string story = retired->end();
  if (fate != Fate::kAnswered) options_.log(fmt::format("a scan worker ended: {}", story));
}

ScanRequest WorkerPool::request_for(const inspect::ScanJob& job, Deadline deadline) {
  const auto left = std::chrono::floor<milliseconds>(deadline - SteadyClock::now());
  const auto margin = std::max(kLeastMargin, left / 10);
  ScanRequest request;
  request.set_name(text::printable(job.name));
  request.set_today_ms(clock_.now().time_since_epoch().count());
  request.set_deadline_ms(
      static_cast<std::uint32_t>(std::max(milliseconds(1), left - margin).count()));
  const std::scoped_lock lock(mutex_);
  const extract::Budget& budget = setup_.budget;
  request.set_max_bytes(budget.max_bytes);
  request.set_max_output(budget.max_output);
  request.set_max_ratio(budget.max_ratio);
  request.set_max_entries(budget.max_entries);
  request.set_max_depth(static_cast<std::uint32_t>(budget.max_depth));
  ScanPictures& pictures = *request.mutable_pictures();
  pictures.set_codes(budget.pictures.codes);
  pictures.set_text(budget.pictures.text);
  pictures.set_max_pixels(budget.pictures.max_pixels);
  pictures.set_max_pages(budget.pictures.max_pages);
  pictures.set_page_deadline_ms(static_cast<std::uint64_t>(budget.pictures.page_deadline.count()));
  request.set_id(next_id_++);
  request.set_min_confidence(setup_.min_confidence);
  request.set_max_traces(static_cast<std::uint32_t>(job.max_traces));
  add_enough(job.enough, request);
  request.set_stream(job.part.stream);
  request.set_part(job.part.number);
  request.set_more_parts(job.part.more);
  return request;
}

WorkerPool::Fate WorkerPool::drive(WorkerProcess& worker, const inspect::ScanJob& job,
                                   Deadline deadline, inspect::ScanResult& result) {
  const ScanRequest request = request_for(job, deadline);
  const std::size_t max_findings = [this] {
    const std::scoped_lock lock(mutex_);
    return setup_.max_findings;
  }();
  const auto sent =
      send_packet(worker.socket(), request.SerializeAsString(), job.file.get(), deadline);
  if (!sent) return sent.error().code == Errc::kTimeout ? Fate::kTimedOut : Fate::kCrashed;
  ReplyReader reader(request.id(), max_findings, job.max_traces);
  while (!reader.complete()) {
    const auto packet = receive_packet(worker.socket(), deadline);
    if (!packet) return packet.error().code == Errc::kTimeout ? Fate::kTimedOut : Fate::kBroken;
    if (!packet->has_value()) return Fate::kCrashed;
    if (!reader.take((*packet)->bytes)) return Fate::kBroken;
  }
  result = std::move(reader).result();
  if (result.inspection.stopped && job.enough.any_of.empty()) return Fate::kBroken;
  if (result.streaming && !job.part.more) return Fate::kBroken;
  return Fate::kAnswered;
}

Status WorkerPool::reload(const WorkerSetup& setup) {
  WorkerBirth next;
  {
    const std::scoped_lock lock(mutex_);
    const WorkerSetup before = std::exchange(setup_, setup);
    next = birth();
    setup_ = before;
  }
  auto proof = make_worker(next);
  if (!proof) return std::unexpected(proof.error());
  std::vector<WorkerProcess> retired;
  {
    const std::scoped_lock lock(mutex_);
    setup_ = setup;
    ++generation_;
    walls_ = proof->hello();
    for (Slot& slot : slots_) {
      slot.failures = 0;
      slot.retry_at = {};
      if (slot.state != State::kFree) continue;
      retired.push_back(std::move(*slot.worker));
      slot.worker.reset();
      slot.state = State::kDead;
    }
    const auto dead = std::ranges::find(slots_, State::kDead, &Slot::state);
    if (dead != slots_.end()) {
      dead->worker = std::move(*proof);
      dead->state = State::kFree;
      dead->generation = generation_;
      ++figures_.starts;
    }
  }
  changed_.notify_all();
  return {};
}

PoolFigures WorkerPool::figures() const {
  const std::scoped_lock lock(mutex_);
  PoolFigures figures = figures_;
  figures.alive = static_cast<std::size_t>(
      std::ranges::count_if(slots_, [](const Slot& s) { return s.worker.has_value(); }));
  return figures;
}

std::vector<std::string> WorkerPool::in_force() const {
  const std::scoped_lock lock(mutex_);
  return {walls_.in_force().begin(), walls_.in_force().end()};
}

std::vector<std::string> WorkerPool::missing() const {
  const std::scoped_lock lock(mutex_);
  return {walls_.missing().begin(), walls_.missing().end()};
}

std::vector<pid_t> WorkerPool::pids() const {
  const std::scoped_lock lock(mutex_);
  std::vector<pid_t> pids;
  for (const Slot& slot : slots_) {
    if (slot.worker) pids.push_back(slot.worker->pid());
  }
  return pids;
}

}  // namespace huxin::guard
