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
  /// Lower case; of the DER bytes below. It names the key in requests and in bundles.
  std::string sha256;  ///< of the certificate, hex
  std::string user;
  Bytes certificate;  ///< X.509, DER
  /// JSON as console/src/evidence writes it, at most 4 KiB; handed to its owner alone.
  std::string locked;  ///< opaque
  Time added{};
  std::optional<Time> retired;  ///< a newer one took its place; older evidence still needs it
};

/// Keeps reviewers' keys. A user has one that is not retired; retired ones stay. Thread-safe. Every
/// call is one transaction. What is on a certificate is checked by the caller (api/evidence).
class ReviewerKeys {
 public:
  virtual ~ReviewerKeys() = default;

  /// Keeps a key and retires its user's earlier one. kExists when the certificate is kept already;
  /// kTooLarge when the user has 32 keys. `key.added` is also when the earlier one was retired.
  /// Retired keys count too.
  virtual Status add(const ReviewerKey& key) = 0;
  /// A user's keys, the newest first. The one in use at the top. Empty for a user without keys, or
  /// none of that name.
  virtual Result<std::vector<ReviewerKey>> of(std::string_view user) = 0;
  /// Those that are not retired, by user. Of disabled accounts too: whom a bundle is sealed to is
  /// the publisher's to choose.
  virtual Result<std::vector<ReviewerKey>> current() = 0;
  /// Retired or not; nullopt: none.
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
/// kInvalid for any other text.
Result<RevealState> reveal_state_from(std::string_view text);

/// One officer's request to read one incident's evidence, with what became of it. It stays for
/// good; what the second reviewer handed over (the package) goes when it expires.
/// Times are the collector's. An incident's evidence may be asked for again once a request is over.
struct Reveal {
  std::string id;  ///< 32 hexadecimal digits
  /// Its id, hex.
  std::string incident;
  bool confidential = false;  ///< as its incident is
  RevealState state = RevealState::kRequested;
  /// An account; the SHA-256 of the certificate its package is to be sealed to; why, in its words.
  std::string requester, requester_key, reason;
  Time requested{}, expires{};
  /// Empty until somebody answers; answer: why it was refused.
  std::string reviewer, answer;
  std::optional<Time> answered;
  /// Set by approval, and stays set after the package is gone.
  std::optional<Time> package_expires;
  std::optional<Time> taken;  ///< when the officer first fetched the package
};

/// Empty or unset means any, but for the audience; the state is that of the moment asked for.
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
/// The package is sealed to one key and opaque here; that the requester's browser opens it is not
/// something the collector can check.
class Reveals {
 public:
  virtual ~Reveals() = default;

  /// kExists when the requester has a request for the incident that is neither answered nor
  /// expired, or one approved whose package is there still; kTooLarge when 20 of theirs wait.
  /// `fresh.requested` is now. Its state, reviewer, answer and times of answering are not looked
  /// at. kExists also for an id that is taken.
  virtual Status request(const Reveal& fresh) = 0;
  /// nullopt also for a request that the audience does not see. Never with its package.
  virtual Result<std::optional<Reveal>> find(std::string_view id, Audience audience, Time now) = 0;
  /// Newest first.
  virtual Result<RevealPage> list(const RevealFilter& filter, Time now) = 0;
  /// Approves with a package for the requester alone. kDenied: the reviewer asked it themselves;
  /// kExists: it does not wait for an answer (any more); kNotFound. What of these holds is decided
  /// in the transaction: of two reviewers at once one gets kExists.
  virtual Status approve(std::string_view id, std::string_view reviewer, ByteView package, Time now,
                         Time package_expires) = 0;
  /// Refuses with an answer; failures as with approve().
  virtual Status refuse(std::string_view id, std::string_view reviewer, std::string_view answer,
                        Time now) = 0;
  /// Takes a request back, and its package with it. kDenied: not the requester; kExists: over. An
  /// approved request can be taken back while its package lasts.
  virtual Status withdraw(std::string_view id, std::string_view requester, Time now) = 0;
  /// The package, to the requester alone, while it lasts; nullopt otherwise. May be repeated; the
  /// first time is noted as `taken`.
  virtual Result<std::optional<Bytes>> take(std::string_view id, std::string_view requester,
                                            Time now) = 0;
  /// Deletes the packages whose time is over and marks what expired; returns how many. Called about
  /// once a minute; between two calls bytes may lie longer, but no call hands them out.
  virtual Result<std::uint64_t> expire(Time now) = 0;
};

}  // namespace huxin::store
