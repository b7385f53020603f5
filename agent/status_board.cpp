#include "agent/status_board.hpp"

#include <signal.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>

#include <spdlog/spdlog.h>

#include "policy/base/file.hpp"

namespace huxin::agent {
namespace {

namespace json = boost::json;

std::filesystem::path board(const State& state) { return state.root / "status.json"; }

std::string describe(const record::Heartbeat& beat) {
  json::object channels;
  for (const auto& [channel, state] : beat.channels()) channels[channel] = state;
  json::object losses;
  for (const auto& [kind, count] : beat.losses()) losses[kind] = count;
  return json::serialize(json::object{{"pid", ::getpid()},
                                      {"version", beat.agent_version()},
                                      {"policy", beat.policy_version()},
                                      {"channels", std::move(channels)},
                                      {"losses", std::move(losses)}});
}

}  // namespace

StatusBoard::StatusBoard(const State& state, Source source, std::chrono::milliseconds period)
    : file_(board(state)),
      source_(std::move(source)),
      thread_([this, period](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        do {
          show(describe(source_()));
        } while (!wake.wait_for(lock, stop, period, [&] { return stop.stop_requested(); }));
      }) {}

void StatusBoard::show(std::string now) {
  if (now == shown_) return;
  const Status written = write_file_atomically(file_, as_bytes(now), 0600);
  if (written) {
    if (trouble_) spdlog::info("status: it can be written again");
    trouble_.reset();
    shown_ = std::move(now);
    return;
  }
  if (trouble_ != written.error().code) spdlog::warn("status: {}", written.error().context);
  trouble_ = written.error().code;
}

StatusBoard::~StatusBoard() {
  thread_.request_stop();
  thread_.join();
  ::unlink(file_.c_str());
}

Result<std::string> read_status(const State& state) {
  const auto none = [&] {
    return fail(Errc::kUnavailable, "no agent is running on {}", state.root.string());
  };
  Result<std::string> text = read_file(board(state), std::size_t{64} << 10U);
  if (!text && text.error().code == Errc::kNotFound) return none();
  if (!text) return text;
  boost::system::error_code broken;
  const json::value value = json::parse(*text, broken);
  const json::value* const pid =
      !broken && value.is_object() ? value.get_object().if_contains("pid") : nullptr;
  if (!pid || !pid->is_int64())
    return fail(Errc::kCorrupt, "{} is no status", board(state).string());
  // A killed agent leaves its board behind; the process it names is gone.
  if (::kill(static_cast<pid_t>(pid->get_int64()), 0) != 0 && errno == ESRCH) return none();
  return text;
}

}  // namespace huxin::agent
