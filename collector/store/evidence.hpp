#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/store/audience.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::store {

/// The key of an officer or second reviewer: the public half as a certificate, and the private half
/// as its owner's browser locked it under a passphrase, which the collector cannot open.
struct ReviewerKey {
  std::string sha256;  ///< of the certificate, hex
  std::string user;
  Bytes certificate;   ///< X.509, DER
  std::string locked;  ///< opaque
  Time added{};
  std::optional<Time> retired;  ///< a newer one took its place; older evidence still needs it
};

/// Keeps reviewers' keys. A user has one that is not retired; retired ones stay. Thread-safe.
class ReviewerKeys {
 public:
  virtual ~ReviewerKeys() = default;

  /// Keeps a key and retires its user's earlier one. kExists when the certificate is kept already;
  /// kTooLarge when the user has 32 keys.
  virtual Status add(const ReviewerKey& key) = 0;
  /// A user's keys, the newest first.
  virtual Result<std::vector<ReviewerKey>> of(std::string_view user) = 0;
  /// Those that are not retired, by user.
  virtual Result<std::vector<ReviewerKey>> current() = 0;
  virtual Result<std::optional<ReviewerKey>> find(std::string_view sha256) = 0;
};

/// Where a request to reveal evidence stands. The numbers are kept on disk.
enum class RevealState : std::uint8_t {
  kRequested = 1,
  kApproved = 2,
  kRefused = 3,
  kWithdrawn = 4,
  kExpired = 5
};
/// "requested", "approved", "refused", "withdrawn", "expired".
std::string_view to_string(RevealState state);
Result<RevealState> reveal_state_from(std::string_view text);

/// One officer's request to read one incident's evidence, with what became of it. It stays for
/// good; what the second reviewer handed over (the package) goes when it expires.
struct Reveal {
  std::string id;  ///< 32 hexadecimal digits
  std::string incident;
  bool confidential = false;  ///< as its incident is
  RevealState state = RevealState::kRequested;
  std::string requester, requester_key, reason;
  Time requested{}, expires{};
  std::string reviewer, answer;
  std::optional<Time> answered;
  std::optional<Time> package_expires;
  std::optional<Time> taken;  ///< when the officer first fetched the package
};

struct RevealFilter {
  Audience audience;  ///< whom the list is for; unset: nobody
  std::optional<RevealState> state;
  std::string incident, requester;
  std::size_t offset = 0;
  std::size_t limit = 50;  ///< at most 500
};

struct RevealPage {
  std::vector<Reveal> reveals;
  std::uint64_t total = 0;
};

/// Keeps requests to reveal evidence, and for a short while what was handed over. Whoever asked
/// never answers. Everything is seen as of `now`: a request or package whose time is over is
/// expired, also before expire() swept it. Thread-safe; every call is one transaction.
class Reveals {
 public:
  virtual ~Reveals() = default;

  /// kExists when the requester has a request for the incident that is neither answered nor
  /// expired, or one approved whose package is there still; kTooLarge when 20 of theirs wait.
  virtual Status request(const Reveal& fresh) = 0;
  virtual Result<std::optional<Reveal>> find(std::string_view id, Audience audience, Time now) = 0;
  /// Newest first.
  virtual Result<RevealPage> list(const RevealFilter& filter, Time now) = 0;
  /// Approves with a package for the requester alone. kDenied: the reviewer asked it themselves;
  /// kExists: it does not wait for an answer (any more); kNotFound.
  virtual Status approve(std::string_view id, std::string_view reviewer, ByteView package, Time now,
                         Time package_expires) = 0;
  /// Refuses with an answer; failures as with approve().
  virtual Status refuse(std::string_view id, std::string_view reviewer, std::string_view answer,
                        Time now) = 0;
  /// Takes a request back, and its package with it. kDenied: not the requester; kExists: over.
  virtual Status withdraw(std::string_view id, std::string_view requester, Time now) = 0;
  /// The package, to the requester alone, while it lasts; nullopt otherwise.
  virtual Result<std::optional<Bytes>> take(std::string_view id, std::string_view requester,
                                            Time now) = 0;
  /// Deletes the packages whose time is over and marks what expired; returns how many.
  virtual Result<std::uint64_t> expire(Time now) = 0;
};

}  // namespace huxin::store
