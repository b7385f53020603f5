#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/watch/network/program.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// One address and port.
struct Endpoint {
  std::string address;  ///< numeric
  std::uint16_t port = 0;
  bool operator==(const Endpoint&) const = default;
};

/// Which connections are led to the network worker. QUIC (UDP 443) to the same networks is refused,
/// so that browsers come back to TCP.
struct RedirectSettings {
  std::string instance = "agent";     ///< [a-z0-9_]; the table is inet huxin_<instance>…
  bool other_table = false;           ///< ….next: of two, so that one stands before the other goes
  bool beside = false;                ///< the other of them stays; else it is a leftover, and goes
  std::vector<std::uint16_t> ports;   ///< TCP destination ports
  std::vector<std::string> networks;  ///< CIDRs; empty: every destination
  std::vector<Endpoint> exempt;       ///< never redirected: the collector
  std::uint32_t worker_uid = 0;       ///< the worker's own connections pass
  std::uint16_t local_port = 0;       ///< where the worker listens on 127.0.0.1
  std::uint16_t local_port6 = 0;      ///< and on ::1; 0: IPv6 is refused, not let past
  bool loopback = false;              ///< connections of the machine to itself too
  bool fail_closed = false;           ///< see Redirection
};

/// Sockets that carry this mark (SO_MARK, needs CAP_NET_ADMIN) are the agent's own and pass.
inline constexpr std::uint32_t kExemptMark = 0x68787378;

/// Writes the rules as one nftables table on one line. kInvalid names the setting that is wrong:
/// nothing that is not an address, a network or a number reaches the program.
Result<std::string> render_rules(const RedirectSettings& settings);

/// Rules in force, for as long as this object lives.
///
/// libnftables is GPL and is therefore not linked: the `nft` program is run with the rules on its
/// standard input. The table appears and goes in one transaction, and replaces what a crashed run
/// left behind, and another of the same name.
///
/// Open on failure: the table has an owner, an `nft -i` that lives on a socket to this process, so
/// the kernel withdraws the rules when this process dies in whatever way. Closed on failure: the
/// table outlives this process, and redirected connections are refused until it is back.
class Redirection {
 public:
  /// Needs root and `nft`. kInvalid: see render_rules; kUnavailable: nft refuses them, with its
  /// words. Blocks while nft works.
  static Result<Redirection> install(const RedirectSettings& settings);
  Redirection(Redirection&& other) noexcept;
  Redirection& operator=(Redirection&&) = delete;
  /// Takes the rules out, also those that would outlive the process.
  ~Redirection();

  /// Leaves the rules to another that replaced them.
  void leave();

  /// Are the rules still in the kernel? (Somebody with root may have taken them out.)
  bool in_force() const;

 private:
  explicit Redirection(std::string table) : table_(std::move(table)) {}

  std::string table_;
  std::optional<KeptProgram> owner_;
};

}  // namespace huxin::watch
