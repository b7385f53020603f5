#pragma once
#include <span>
#include <vector>

#include "policy/detect/customers.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/finding.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Draws from the findings of an inspection the elements that follow from them.
///
///   D84, a child's data: an identity number whose holder is under age gives a second finding over
///     the same span, with the same value and customer. One span carries both: a rule may ask for
///     either, and masking takes the stricter.
///   D85, what authorises a payment: a card number with an expiry, a security code, a PIN or a
///     one-time code within so many characters, in no other row or object; one finding a card, over
///     all of them. Or the name, identity number, telephone and card of one customer, wherever they
///     stand; one a customer, over the last of the four.
///   D86, a bulk list: at least so many customers in one item, where it is no list of bare names or
///     e-mail addresses that nothing says to be customers'; one finding with an empty span where
///     the first customer stands, whose value is the highest threshold that was reached.
///
/// Where no more findings are kept, D86 takes the place of the last one and the others are left
/// out. Thresholds are the catalogue's (Element::derivation). One thread, one inspection; findings
/// are taken in the order of the text.
class Derived {
 public:
  Derived(const Engine& engine, Date today);

  /// Begins a document: nothing is near what stands in another one. `text` is Document::text, and
  /// outlives the calls of see().
  void begin(std::string_view text);

  /// Begins a record: a card and a code are of one.
  void begin_record() { card_ = factor_ = std::nullopt; }

  /// Takes the finding that stands last in `findings`, and appends what follows from it, or widens
  /// what followed before. `place`: its bytes in the document's text. Returns how many findings
  /// were added.
  std::size_t see(Kind kind, const Span& place, std::vector<Finding>& findings);

  /// Appends what follows from all of them. Customers are numbered by now; `customers`: how many
  /// there are that make a list of them, those of findings that were not kept included.
  void finish(std::uint32_t customers, std::vector<Finding>& findings) const;

 private:
  struct Near {
    Span place;
    std::size_t finding = 0;  ///< its index
  };

  bool add_minor(std::vector<Finding>& findings) const;
  bool see_card(const Near& card, std::vector<Finding>& findings);
  bool see_factor(const Near& factor, std::vector<Finding>& findings);
  /// No more findings are kept than the detector's options say.
  bool full(const std::vector<Finding>& findings) const;
  bool near(const Span& a, const Span& b) const;
  bool join(const Near& card, const Near& factor, std::vector<Finding>& findings);
  void add_four_factors(std::vector<Finding>& findings) const;
  void add_bulk_list(std::uint32_t customers, std::vector<Finding>& findings) const;

  const Engine& engine_;
  Date today_;
  std::string_view text_;
  std::optional<Near> card_;           ///< the last one
  std::optional<Near> factor_;         ///< the last one that no card was near to yet
  std::optional<std::size_t> joined_;  ///< what followed from card_: its finding's index
};

}  // namespace huxin::detect
