#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "agent/destruction_order.hpp"
#include "agent/journal/journal.hpp"
#include "agent/order_memory.hpp"
#include "agent/recorder.hpp"
#include "certs/certificate.hpp"
#include "policy/order/order.hpp"
#include "policy/order/refusal.hpp"

namespace huxin::agent {

/// Takes the collector's orders, refuses what is no order for this terminal now, carries the others
/// out one after the other, and answers each once.
///
/// An order is remembered in the journal's database before anything is done for it, and its answer
/// is one transaction with the mark that it is answered. What a crash left half done goes on at the
/// next start. An order that was not begun yet, or has not come yet, may be cancelled by another
/// one, whose answer says whether it was in time. Orders that come again are not carried out again:
/// silently while the answer may still be on its way, recorded once when the collector has had it.
class OrderDesk {
 public:
  /// References are borrowed and outlive the desk.
  struct Parts {
    std::string terminal;
    std::string hostname;
    Bytes policy_key;  ///< SPKI, DER: signs orders as it signs bundles
    /// The present one: it signs certificates of destruction.
    std::function<certs::Identity()> identity;
    journal::Journal& journal;
    Recorder& recorder;
    DestructionTools tools;
    /// A released file is at this place now, and not to be taken for a new one.
    std::function<void(const std::filesystem::path&)> released;
    std::chrono::milliseconds retry_pause = std::chrono::seconds(30);
  };

  /// Goes on with what the last run left.
  explicit OrderDesk(Parts parts);
  /// Finishes the step under way; the rest goes on at the next start.
  ~OrderDesk();
  OrderDesk(const OrderDesk&) = delete;
  OrderDesk& operator=(const OrderDesk&) = delete;

  /// Takes an order as it came. From one thread (the uplink's); returns before it is carried out.
  /// Nothing of it was checked: a signature that does not hold is told once for the same bytes
  /// ("order_refused"); another terminal's order, or one out of its time, is answered "refused: …".
  void take(const Bytes& framed);

 private:
  struct Answer {
    std::string outcome;
    std::string certificate;
    order::Refusal refusal = order::Refusal::kNone;
  };
  /// Takes up what was begun, and tells of destructions that only came to their end at this start.
  void resume();
  void forget_answered(const std::vector<std::pair<Bytes, RememberedOrder>>& open);
  void refuse_unsigned(ByteView framed, const Error& why);
  /// Told once, when the collector has all that was recorded and the order still comes.
  void notice_again(const order::Order& order, RememberedOrder known);
  void cancel(const order::Order& order);
  Answer stop(ByteView id);
  bool has_begun(const RememberedOrder& known) const;
  void enqueue(Bytes id);
  /// One order after the other; one that cannot be carried out now goes to the end of the line.
  void run(const std::stop_token& stop);
  bool carry_out(ByteView id);
  Result<Answer> do_what(const order::Order& order, const RememberedOrder& known);
  Result<Answer> release(const order::Order& order);
  Result<Answer> destroy(const order::Order& order, const RememberedOrder& known);
  order::Statement fresh_statement(const order::Order& order, Time begun) const;
  Result<std::string> certify(order::Statement statement, ByteView framed) const;
  /// False: the answer is in memory alone; the next start goes on from the kept order.
  bool answer(const order::Order& order, const Answer& answer, Time begun);
  /// Lets the logs of vault and destroyer forget what the journal has now.
  void tell(const order::Order& order);

  Parts parts_;
  OrderMemory memory_;
  std::set<Digest> refused_;  ///< what was told of as unsigned, since the start
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Bytes> waiting_;
  Bytes current_;  ///< being carried out; empty: none
  std::jthread thread_;
};

}  // namespace huxin::agent
