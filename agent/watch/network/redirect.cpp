#include "agent/watch/network/redirect.hpp"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <thread>

namespace huxin::watch {
namespace {

enum class Family : std::uint8_t { kV4, kV6 };

std::optional<Family> family_of(const std::string& address) {
  in6_addr ignored{};
  if (::inet_pton(AF_INET, address.c_str(), &ignored) == 1) return Family::kV4;
  if (::inet_pton(AF_INET6, address.c_str(), &ignored) == 1) return Family::kV6;
  return std::nullopt;
}

std::optional<Family> family_of_network(const std::string& cidr) {
  const std::size_t slash = cidr.find('/');
  const auto family = family_of(cidr.substr(0, slash));
  if (!family || slash == std::string::npos) return family;
  unsigned bits = 0;
  const auto [end, error] =
      std::from_chars(cidr.data() + slash + 1, cidr.data() + cidr.size(), bits);
  if (error != std::errc{} || end != cidr.data() + cidr.size()) return std::nullopt;
  return bits <= (*family == Family::kV4 ? 32U : 128U) ? family : std::nullopt;
}

/// The networks of one family as nft's "ip daddr { … }", or what makes the family's rule vanish.
struct Scope {
  bool v4 = true;
  bool v6 = true;
  std::string v4_match = "meta nfproto ipv4";
  std::string v6_match = "meta nfproto ipv6";
};

Result<Scope> scope_of(const std::vector<std::string>& networks) {
  if (networks.empty()) return Scope{};
  std::vector<std::string> v4, v6;
  for (const std::string& cidr : networks) {
    const auto family = family_of_network(cidr);
    if (!family)
      return fail(Errc::kInvalid, "networks: \"{}\" is no CIDR such as 10.0.0.0/8", cidr);
    (*family == Family::kV4 ? v4 : v6).push_back(cidr);
  }
  return Scope{!v4.empty(), !v6.empty(), fmt::format("ip daddr {{ {} }}", fmt::join(v4, ", ")),
               fmt::format("ip6 daddr {{ {} }}", fmt::join(v6, ", "))};
}

Result<std::string> exemptions(const RedirectSettings& settings) {
  std::string rules =
      fmt::format("meta skuid {} return; meta mark {} return; ", settings.worker_uid, kExemptMark);
  if (!settings.loopback) rules += "oifname \"lo\" return; ";
  for (const Endpoint& endpoint : settings.exempt) {
    const auto family = family_of(endpoint.address);
    if (!family) return fail(Errc::kInvalid, "exempt: \"{}\" is no address", endpoint.address);
    rules += fmt::format("{} daddr {} tcp dport {} return; ", *family == Family::kV4 ? "ip" : "ip6",
                         endpoint.address, endpoint.port);
  }
  return rules;
}

std::string table_name(const RedirectSettings& settings, bool other) {
  return fmt::format("huxin_{}{}", settings.instance,
                     other ? ".next" : "");  // which no instance ends in
}
std::string table_name(const RedirectSettings& settings) {
  return table_name(settings, settings.other_table);
}

Status check_names(const RedirectSettings& settings) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (settings.instance.empty() || settings.instance.size() > 32 ||
      !std::ranges::all_of(settings.instance, plain)) {
    return fail(Errc::kInvalid, "instance \"{}\" is not [a-z0-9_]{{1,32}}", settings.instance);
  }
  if (settings.ports.empty()) return fail(Errc::kInvalid, "no port to redirect");
  if (settings.local_port == 0) return fail(Errc::kInvalid, "no local port to redirect to");
  return {};
}

Status run_nft(std::string_view rules, std::vector<std::string> options = {}) {
  std::vector<std::string> command{"nft"};
  command.insert(command.end(), options.begin(), options.end());
  command.insert(command.end(), {"-f", "-"});
  const auto ran = run_program(command, rules);
  if (!ran) return std::unexpected(ran.error());
  if (ran->status == 0) return {};
  return fail(Errc::kUnavailable, "nft refused the rules: {}", ran->output.substr(0, 500));
}

bool table_exists(const std::string& table) {
  const auto listed = run_program({"nft", "list", "table", "inet", table}, {});
  return listed && listed->status == 0;
}

std::string removal(const std::string& table) {
  return fmt::format("add table inet {0}\ndelete table inet {0}\n", table);
}

/// Hands the rules to a long-lived nft, whose end is the table's end.
Result<KeptProgram> own_table(const std::string& rules, const std::string& table) {
  using namespace std::chrono_literals;
  auto owner = KeptProgram::start({"nft", "-i"});
  if (!owner) return owner;
  if (Status written = owner->write(rules); !written) return std::unexpected(written.error());
  const auto until = std::chrono::steady_clock::now() + 5s;
  while (!table_exists(table)) {
    if (!owner->running() || std::chrono::steady_clock::now() > until) {
      return fail(Errc::kUnavailable, "nft did not take the rules");
    }
    std::this_thread::sleep_for(10ms);
  }
  return owner;
}

}  // namespace

Result<std::string> render_rules(const RedirectSettings& settings) {
  if (Status named = check_names(settings); !named) return std::unexpected(named.error());
  const auto scope = scope_of(settings.networks);
  if (!scope) return std::unexpected(scope.error());
  const auto exempt = exemptions(settings);
  if (!exempt) return exempt;
  const std::string ports = fmt::format("tcp dport {{ {} }}", fmt::join(settings.ports, ", "));
  std::string nat, filter;
  if (scope->v4) {
    nat += fmt::format("{} {} redirect to :{}; ", ports, scope->v4_match, settings.local_port);
    filter += fmt::format("udp dport 443 {} reject; ", scope->v4_match);
  }
  if (scope->v6) {
    if (settings.local_port6 != 0) {
      nat += fmt::format("{} {} redirect to :{}; ", ports, scope->v6_match, settings.local_port6);
    } else {
      filter += fmt::format("{} {} reject with tcp reset; ", ports, scope->v6_match);
    }
    filter += fmt::format("udp dport 443 {} reject; ", scope->v6_match);
  }
  // QUIC is refused within the same scope, so that browsers fall back to TCP.
  return fmt::format(
      "table inet {} {{ {}chain redirect_out {{ type nat hook output priority -100; policy accept; "
      "{}{}}}; "
      "chain refuse_out {{ type filter hook output priority 0; policy accept; {}{}}}; }}\n",
      table_name(settings), settings.fail_closed ? "" : "flags owner; ", *exempt, nat, *exempt,
      filter);
}

Result<Redirection> Redirection::install(const RedirectSettings& settings) {
  const auto rules = render_rules(settings);
  if (!rules) return std::unexpected(rules.error());
  const std::string table = table_name(settings);
  std::string gone = removal(table);
  if (!settings.beside) gone += removal(table_name(settings, !settings.other_table));
  // One transaction when closed on failure: there is no moment without rules.
  if (Status ran = run_nft(gone + (settings.fail_closed ? *rules : "")); !ran) {
    return std::unexpected(ran.error());
  }
  Redirection redirection(table);
  if (!settings.fail_closed) {
    if (Status checked = run_nft(*rules, {"-c"}); !checked) return std::unexpected(checked.error());
    auto owner = own_table(*rules, table);
    if (!owner) return std::unexpected(owner.error());
    redirection.owner_ = std::move(*owner);
  }
  return redirection;
}

Redirection::Redirection(Redirection&& other) noexcept
    : table_(std::exchange(other.table_, {})), owner_(std::exchange(other.owner_, std::nullopt)) {}

Redirection::~Redirection() {
  if (table_.empty()) return;
  if (owner_) {
    owner_.reset();
  } else {
    static_cast<void>(run_nft(removal(table_)));
  }
}

void Redirection::leave() {
  owner_.reset();
  table_.clear();
}

bool Redirection::in_force() const { return table_exists(table_); }

}  // namespace huxin::watch
