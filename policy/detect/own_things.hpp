#pragma once
#include <optional>

#include "policy/catalog/own_words.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/own_words_seen.hpp"

namespace huxin::detect {

/// Whose a value is, by the words around it.
enum class Ownership : std::uint8_t {
  kUntold,
  kBanks,    ///< a bank's own, unless a customer stands on the record: numbers of blank vouchers
  kNobodys,  ///< an example or a field's definition, unless a number beside it proves itself
};

/// Tells a bank's own things and things that are none by the words around them. Of plain text,
/// those of a value's paragraph count, 200 bytes on either side of it, of a table those of its row;
/// and everywhere those of the document's first bytes, which are its title. Only of kinds that a
/// label alone tells; an address is a bank's by what it names. One thread; borrows the layout.
class OwnThings {
 public:
  explicit OwnThings(const Layout& layout);

  /// Cheap for candidates in the order of the text, and for the last one again.
  Ownership ownership(const Candidate& candidate);
  /// Says whether a landline is a branch's or another office's, by words around it.
  bool is_offices(const Candidate& landline);
  /// Says whether the document lists people who work for the bank, and speaks of no customers.
  bool lists_staff() const { return lists_staff_; }
  /// Says whether its first bytes speak of customers.
  bool speaks_of_customers() const { return speaks_of_customers_; }

 private:
  Ownership judge(const Candidate& candidate);
  catalog::OwnThings around(const Span& value);
  Span line_of(const Span& value) const;

  const Layout& layout_;
  OwnWordsSeen seen_;
  catalog::OwnThings title_ = 0;
  bool speaks_of_customers_ = false;
  bool lists_staff_ = false;
  Span record_;                   ///< the last one looked at
  catalog::OwnThings found_ = 0;  ///< there
  Span asked_;                    ///< the last candidate
  Kind asked_kind_{};
  std::optional<Ownership> told_;  ///< of it
};

}  // namespace huxin::detect
