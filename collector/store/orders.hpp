#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/store/audience.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/order/refusal.hpp"

namespace huxin::store {

enum class OrderKind : std::uint8_t {
  kRelease,  ///< 解除隔离: a file goes back from the vault
  kDestroy   ///< 销毁: files are destroyed and looked for again
};

/// Where an order stands. Later ones are never followed by earlier ones, but an order that expired
/// may still be answered: a terminal that carried it out in time can be late to say so.
enum class OrderState : std::uint8_t {
  kDrafted,    ///< 待批准: one person wrote it
  kApproved,   ///< 待送达: signed, waits for the terminal's next heartbeat
  kDelivered,  ///< 已送达: sent at least once, not answered
  kDone,       ///< 已完成
  kPartial,    ///< 部分完成
  kRefused,    ///< 终端拒绝: a hold, a retention term, a replay…
  kFailed,     ///< 失败
  kExpired,    ///< 已过期
  kCancelled   ///< 已取消, before it was delivered, or by the terminal before it was begun
};
inline constexpr std::array kAllOrderStates{
    OrderState::kDrafted, OrderState::kApproved, OrderState::kDelivered,
    OrderState::kDone,    OrderState::kPartial,  OrderState::kRefused,
    OrderState::kFailed,  OrderState::kExpired,  OrderState::kCancelled};

/// "release", "destroy"; "drafted", "approved", …, "cancelled".
std::string_view to_string(OrderKind kind);
std::string_view to_string(OrderState state);
Result<OrderKind> order_kind_from(std::string_view text);
Result<OrderState> order_state_from(std::string_view text);
/// What a terminal's answer ("done", "partial: …", "refused: …", anything else: failed) makes of
/// it. By its first word alone.
OrderState state_after(std::string_view outcome);

/// One thing to destroy: the file at a path, or, with an incident (hex), what the quarantine holds
/// of it and lay at the path. Paths are the terminal's, as it told them: numbers in names may be
/// hidden.
struct OrderTarget {
  std::string path, incident;
  bool operator==(const OrderTarget&) const = default;
};

/// What one person asks for. Checked by the caller, but for the number of targets.
struct OrderDraft {
  OrderKind kind = OrderKind::kRelease;
  std::string terminal;
  std::string incident;  ///< hex: what it is about; of a release, whose file; else may be empty
  std::string reason, executor;
  std::string method;                ///< of a destruction: "overwrite" or "unlink"
  std::string copies;                ///< found afterwards: "report" or "destroy"
  std::string destination;           ///< of a release; empty: the file's old place
  std::vector<OrderTarget> targets;  ///< of a destruction
  Time expires{};
  bool confidential = false;  ///< as the incidents it is about; see Audience
};

/// What the collector found in a certificate of destruction, once it looked.
enum class CertificateVerdict : std::uint8_t {
  kNone,       ///< there is none, and none is needed
  kUnchecked,  ///< arrived, not looked at yet
  kRefused,    ///< does not hold, or is missing; see Order::certificate_fault
  kVerified
};
std::string_view to_string(CertificateVerdict verdict);

/// How somebody tried to stop an order that was delivered already.
struct Cancellation {
  std::string id;  ///< hex, 16 bytes: of the order that says so to the terminal
  std::string who, reason;
  Time asked{};
  std::optional<Time> answered;
  std::string outcome;  ///< in the terminal's words: "done", "refused: …"
};

struct Order : OrderDraft {
  std::string id;  ///< hex, 16 bytes
  std::string hostname, branch;
  std::string supervisor;  ///< who approved it; empty until then
  OrderState state = OrderState::kDrafted;
  Time drafted{};
  std::optional<Time> approved, delivered, answered;
  std::optional<Time> carried_out;                 ///< by the terminal's clock
  std::string outcome;                             ///< in the terminal's words
  order::Refusal refusal = order::Refusal::kNone;  ///< of the answer
  CertificateVerdict certificate = CertificateVerdict::kNone;
  std::string certificate_fault;
  Bytes signed_bytes;  ///< exactly what was signed and is sent; empty until approved
  std::optional<Cancellation> cancellation{};
};

/// A line of an order's history; lines are only ever added.
struct OrderEvent {
  Time at{};
  std::string actor;  ///< an account, a terminal, or "collector"
  std::string what;   ///< a state's name, or "certificate_verified", "certificate_refused",
                      ///< "answered_again", "cancel_asked", "cancel_late"
  std::string note;
};

/// Empty or unset means any, but for the audience.
struct OrderFilter {
  Audience audience;  ///< whom the list is for; unset: nobody
  std::optional<OrderState> state;
  std::optional<OrderKind> kind;
  std::string terminal, branch, incident;
  std::string text;  ///< part of reason, executor, supervisor, hostname or a target's path
  std::size_t offset = 0;
  std::size_t limit = 50;  ///< at most 500
};

struct OrderPage {
  std::vector<Order> orders;  ///< newest first, without targets and signed bytes
  std::uint64_t total = 0;
};

/// What a heartbeat takes along.
struct OrderDelivery {
  std::vector<Bytes> orders;
  /// An order to this terminal is being written or waits for its answer: it should ask again soon.
  bool expected = false;
};

/// A terminal's answer whose certificate waits to be looked at. Everything but `signed_order` is
/// the terminal's word.
struct UncheckedResult {
  std::string terminal;
  std::uint64_t sequence = 0;
  std::string order;  ///< hex
  std::string outcome;
  Bytes certificate;   ///< as it came; may be empty
  Bytes signed_order;  ///< what was signed here
};

/// Orders to terminals: who asked, who agreed, what was sent, what came of it. The signed bytes,
/// the content of a draft and every line of history are fixed by the database itself once written;
/// a destruction that its executor approved cannot be stored. Thread-safe; every call is one
/// transaction.
///
/// An order's content and who approved it are signed; what was answered is the terminal's record.
class Orders {
 public:
  static constexpr std::size_t kMostDelivered = 20;
  static constexpr std::size_t kMostTargets = 100;

  virtual ~Orders() = default;

  /// Keeps a draft and returns its id. kNotFound when there is no such terminal. kTooLarge over
  /// kMostTargets.
  virtual Result<std::string> draft(const OrderDraft& draft, Time now) = 0;
  /// Whole, for any audience: whether the caller may see it is the caller's to ask.
  virtual Result<std::optional<Order>> order(std::string_view id) = 0;
  /// Oldest first; empty for an order that is not there.
  virtual Result<std::vector<OrderEvent>> history(std::string_view id) = 0;
  virtual Result<OrderPage> list(const OrderFilter& filter) = 0;

  /// Keeps the signed bytes and who approved. kDenied when it is no draft any more or has expired,
  /// or when its executor approves a destruction.
  virtual Status approve(std::string_view id, std::string_view supervisor, ByteView signed_bytes,
                         Time now) = 0;
  /// Ends an order that was not delivered yet; kDenied when it was. From drafted and approved;
  /// kNotFound.
  virtual Status cancel(std::string_view id, std::string_view who, std::string_view reason,
                        Time now) = 0;
  /// Keeps the signed bytes of `cancellation.id`, which tell the terminal to stop a delivered
  /// order. The order itself is not sent again. kDenied when it is not waiting for its answer, or
  /// was told to stop already.
  virtual Status ask_to_cancel(std::string_view id, const Cancellation& cancellation,
                               ByteView signed_bytes, Time now) = 0;
  /// Ends what was not answered by its expiry; returns how many. Its event bears the order's
  /// expiry, not the moment it was noticed.
  virtual Result<std::uint64_t> expire(Time now) = 0;

  /// Takes what is approved, not answered and not expired for a terminal, oldest first, at most
  /// kMostDelivered and `room` bytes with 8 for each, and marks it delivered before it returns.
  /// Taken again with each heartbeat until it is answered: a terminal carries it out once.
  virtual Result<OrderDelivery> take(std::string_view terminal, std::size_t room, Time now) = 0;

  /// Answers whose certificates nobody has looked at, oldest first, at most 50.
  virtual Result<std::vector<UncheckedResult>> unchecked() = 0;
  /// Keeps what was found: verified, or why not. Does nothing if it was judged meanwhile.
  virtual Status judge(const UncheckedResult& result, CertificateVerdict verdict,
                       std::string_view fault, Time now) = 0;
  /// The certificate of an order as the terminal sent it; nullopt: none.
  virtual Result<std::optional<Bytes>> certificate(std::string_view id) = 0;
};

}  // namespace huxin::store
