#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::order {

/// Bytes of the whole frame.
inline constexpr std::size_t kLargestOrder = std::size_t{48} << 10U;
inline constexpr std::size_t kMostTargets = 100;
inline constexpr std::chrono::days kLongestValidity{90};
/// How far a terminal's clock may be behind the collector's.
inline constexpr std::chrono::minutes kClockSkew{10};

/// On flash storage neither promises that no cell keeps the content: the statement's note says so.
enum class Method : std::uint8_t {
  kOverwrite,  ///< the content is overwritten in place, then the name removed
  kUnlink,     ///< only the name is removed
};
/// What is done with copies found after a destruction. kReport tells of them and leaves them;
/// kDestroy takes them like targets, retention clocks included.
enum class Copies : std::uint8_t { kReport, kDestroy };

/// "overwrite", "unlink"; "report", "destroy".
std::string_view to_string(Method method);
std::string_view to_string(Copies copies);
/// Read the words of order.proto; kInvalid otherwise.
Result<Method> method_from(std::string_view text);
Result<Copies> copies_from(std::string_view text);

/// Gives a file back from quarantine. `to` is absolute and normal, at most 4,096 bytes.
struct Release {
  Bytes incident;  ///< 16 bytes
  std::string to;  ///< empty: its old place
};

/// `path` is absolute and normal, without "..", and needed in both cases: the statement names it.
struct Target {
  std::string path;
  Bytes incident;  ///< 16 bytes: the file in quarantine of this incident; empty: the file at `path`

  bool in_quarantine() const { return !incident.empty(); }
  bool operator==(const Target&) const = default;
};

struct Destroy {
  std::vector<Target> targets;
  Method method = Method::kOverwrite;
  Copies copies = Copies::kReport;
};

/// Stops another order to the same terminal, as long as it was not begun.
struct Cancel {
  Bytes order;  ///< its id
};

/// An order of the collector's to one terminal. Layout on the wire, and what each field means:
/// order.proto.
/// Texts are UTF-8 without zero bytes.
struct Order {
  /// 16 random bytes; a terminal carries each out once.
  Bytes id;
  std::string terminal;
  Time issued{};
  Time expires{};
  /// 1 to 2,000 bytes; in the words of who drafted it.
  std::string reason;
  /// Accounts at the collector, at most 128 bytes; a release may have no supervisor.
  std::string executor;
  std::string supervisor;
  std::variant<Release, Destroy, Cancel> what;

  std::string_view kind() const;  ///< "release", "destroy", "cancel"
};

/// Says what keeps an order from being one, by the name of the field: kInvalid (an id that is not
/// 16 bytes, a relative path or one with "..", a destruction whose executor and supervisor are not
/// two people), kTooLarge over a limit. sign() and verify() both ask this.
Status check(const Order& order);

/// Signs and frames; what check() says, and kInvalid for a key that is not Ed25519. Also kInvalid
/// for text that is not UTF-8.
Result<Bytes> sign(const Order& order, const Secret& private_key);

/// Verifies before anything inside is parsed: kCorrupt for a wrong signature or malformed contents,
/// kTooLarge over a limit, kInvalid for contents that check() refuses or a key that is not Ed25519.
/// Says nothing about whom the order is for and when: acceptable() does.
Result<Order> verify(ByteView framed, ByteView public_key);

/// kDenied when the order is another terminal's, expired, or not yet valid (beyond kClockSkew).
/// Whether it was carried out before is for the terminal to remember. Half-open: at `expires` it is
/// over.
Status acceptable(const Order& order, std::string_view terminal, Time now);

}  // namespace huxin::order
