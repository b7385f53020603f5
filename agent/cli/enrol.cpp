#include <unistd.h>

#include <charconv>
#include <filesystem>

#include "agent/cli/verb.hpp"
#include "agent/enrolment.hpp"
#include "agent/trust_pins.hpp"
#include "agent/uplink/enrol.hpp"
#include "policy/base/clock.hpp"

namespace huxin::agent::cli {
namespace {

struct Options {
  std::string collector, token;
  bool again = false;
};

/// Splits "host:port" or "[address]:port".
Result<std::pair<std::string, std::uint16_t>> parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const std::string_view digits =
      std::string_view(text).substr(colon == std::string::npos ? text.size() : colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || colon == 0) {
    return fail(Errc::kInvalid, "'{}' is not HOST:PORT", text);
  }
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  return std::pair(host, port);
}

Status make_state(const State& state) {
  std::error_code error;
  std::filesystem::create_directories(state.root, error);
  if (!error) std::filesystem::permissions(state.root, std::filesystem::perms::owner_all, error);
  if (error) return fail(Errc::kIo, "{}: {}", state.root.string(), error.message());
  return {};
}

/// Before the enrolment is saved: a crash in between leaves a terminal that is not enrolled, or one
/// that must enrol again, and none that trusts what was not pinned.
Status pin(const State& state, certs::KeyStore& keys, const Enrolment& enrolment) {
  const auto key = keys.load_or_create("journal.key", 32);
  if (!key) return std::unexpected(key.error());
  const auto journal = journal::Journal::open(state.journal(), *key);
  if (!journal) return std::unexpected(journal.error());
  return pin_trust(**journal, enrolment);
}

Status enrol(const Options& options, const State& state) {
  const auto address = parse_address(options.collector);
  if (!address) return std::unexpected(address.error());
  if (Status made = make_state(state); !made) return made;
  auto keys = certs::open_file_key_store(state.keys());
  if (!keys) return std::unexpected(keys.error());
  const auto known = load_enrolment(state, **keys);
  if (known && *known && !options.again) {
    return fail(Errc::kExists, "this terminal is enrolled as {}; use --again to enrol it anew",
                (*known)->terminal);
  }
  std::array<char, 256> hostname{};
  ::gethostname(hostname.data(), hostname.size() - 1);
  const SystemClock clock;
  auto given = uplink::enrol({.host = address->first,
                              .port = address->second,
                              .token = options.token,
                              .hostname = hostname.data()},
                             clock);
  if (!given) return std::unexpected(given.error());
  Enrolment enrolment{address->first,
                      address->second,
                      std::move(given->terminal),
                      std::move(given->identity),
                      std::move(given->root),
                      std::move(given->policy_key),
                      std::move(given->digest_key)};
  if (Status pinned = pin(state, **keys, enrolment); !pinned) return pinned;
  if (Status saved = save_enrolment(state, **keys, enrolment); !saved) return saved;
  fmt::print("本终端已注册 enrolled as {}\n", enrolment.terminal);
  return {};
}

}  // namespace

void add_enrol(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "enrol", "用一次性令牌向采集中心注册 Enrol with the collector by a one-time token");
  verb->add_option("--collector", options->collector, "采集中心 HOST:PORT of the collector")
      ->required();
  verb->add_option("--token", options->token, "一次性令牌 One-time token")
      ->envname("HUXIN_TOKEN")
      ->required();
  verb->add_flag("--again", options->again, "重新注册，替换原有身份 Replace the present enrolment");
  verb->callback([options, &context] {
    State state;
    state.root = context.state;
    if (const Status done = enrol(*options, state); !done) context.fail(done.error());
  });
}

}  // namespace huxin::agent::cli
