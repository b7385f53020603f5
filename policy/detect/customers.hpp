#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/identity_table.hpp"

namespace huxin::detect {

/// A finding as linking sees it. Borrowed for one call.
struct Observation {
  Kind kind{};
  std::string_view value;   ///< as value_of gives it
  bool identifies = false;  ///< equal values mean the same customer
  bool labelled = false;    ///< a label beside it names it: a form rather than a list
};

/// What lies between a finding and the one before it.
enum class Gap : std::uint8_t {
  kWithin,  ///< a new line of the same vCard: the same person, unless another number says otherwise
  kNone,    ///< the same line, cell row or record
  kField,   ///< a new line with a label on it: a form goes on
  kLine,    ///< a new line of the same block: it may go on with the same person
  kBlank,   ///< a blank line: somebody else, until a value proves otherwise
  kRecord,  ///< a new row or object, the end of a card: so too, and nothing belongs to both
};

/// Links findings to customers: those of one record belong together; records that share an
/// identifying value are one customer; the same customer twice counts once.
///
/// Takes findings in the order of the text. Memory is bounded: from kMaxNodes records or
/// IdentityTable::kMaxEntries values on, customers are still counted but no longer merged, and
/// full() says so.
class Customers {
 public:
  static constexpr std::size_t kMaxNodes = std::size_t{1} << 20U;

  /// Returns the record's node, for number() to turn into a customer later. `table`: rows are
  /// records, but for a second identity number, which is somebody else's; the name before it is
  /// then that person's. 0 for what describes no person (a company, a key, a document's
  /// kind), and beyond kMaxNodes. Identity numbers of fifteen digits count as their modern form,
  /// and beside another of the same date of birth as that person's, whose area was renamed; a track
  /// 2 as its card number. A second value of what a person has one of (number, passport, name)
  /// begins another record, as does a fourth of anything else. Another value of what a form begins
  /// with, behind its own label, goes with what follows it where that is somebody else's.
  std::uint32_t observe(const Observation& seen, Gap gap, bool table);
  /// Ends the record and what it proves; call before number() and count().
  void finish();

  /// Number of the customer behind a node, from 1 in order of first appeal to it; 0: nobody. Nodes
  /// of which only things that identify nobody are known have no customer.
  std::uint32_t number(std::uint32_t node);
  /// Distinct customers, those included that were counted beyond the limits.
  std::uint32_t count() const;
  /// Of them, those of whom nothing but a name or an e-mail address is said.
  std::uint32_t count_bare() const;
  /// Stands for the customer behind a node, if an identity number of theirs is known: with another
  /// number in it, it is another person for good, whatever follows. 0: nothing is certain yet.
  std::uint32_t certain(std::uint32_t node);
  bool full() const { return overflow_ > 0 || identities_.full(); }

 private:
  // 0 as a hash means: none yet.
  struct Node {
    std::uint32_t parent = 0;
    std::uint32_t number = 0;
    std::uint32_t id = 0;    ///< of the identity number
    std::uint32_t name = 0;  ///< of the name
    bool person = false;     ///< something identifies somebody
    bool only_name = false;  ///< …and it is a name alone
    bool bare = false;       ///< nothing but a name or an e-mail address is said of them
  };

  struct Record {
    bool begun = false;
    std::uint32_t node = 0;  ///< 0 beyond kMaxNodes: it is counted, and that is all
    struct Aside {
      std::uint32_t node = 0;
      Observation seen;  ///< without its value
      std::uint64_t key = 0;
    };
    Aside aside;   ///< another name in a table's row, or what may begin the next form
    Kind first{};  ///< that the record begins with
    std::array<std::uint32_t, kKinds> last{};   ///< hash of the last value of each kind
    std::array<std::uint8_t, kKinds> values{};  ///< how many different ones
    std::uint32_t kinds = 0;                    ///< how many kinds have values
    std::uint64_t name_key = 0;
    struct Born {
      std::array<char, 6> date{};  ///< YYMMDD as the last identity number says; zeros: none did
      bool old_form = false;
    };
    Born born;
    struct Key {
      std::uint64_t key;
      bool id;
    };
    std::vector<Key> keys;  ///< of identifying values, to be looked up when the record is complete
  };

  bool splits(const Observation& seen, std::uint32_t hash, Gap gap, bool table,
              const Record::Born& born) const;
  static Record::Born born(Kind kind, std::string_view value);
  /// Are they an old number and the one that took its place?
  static bool are_of_one(const Record::Born& before, const Record::Born& now);
  /// Is it the account of the name set aside, since the row's customer has another?
  bool is_account_of_aside(Kind kind, std::uint32_t hash) const;
  /// 0 beyond kMaxNodes.
  std::uint32_t new_node();
  void begin_record();
  /// Takes a second name in a row as that of nobody in particular; what a form begins with, found
  /// again, as what may begin the next.
  std::uint32_t set_aside(const Observation& seen, std::uint64_t key);
  bool may_begin_form(const Observation& seen, Gap gap, bool table) const;
  /// …whose finding is then the row's customer's.
  void give_back_aside();
  /// …or makes somebody of it, who begins a record.
  void begin_with_aside();
  void end_record();
  static bool is_bare(const Record& record);
  /// Held back until the record is complete: its name may forbid a merger.
  void look_up();
  void note(const Observation& seen, std::uint64_t key);
  /// The node that stands for all that were merged; shortens the way there.
  std::uint32_t root(std::uint32_t node);
  /// Two identity numbers, or two names unless an identity number joined them: not one person.
  bool conflict(const Node& a, const Node& b, bool by_id) const;
  void merge(std::uint32_t a, std::uint32_t b, bool by_id);
  template <class Is>
  std::uint32_t count_people(const Is& is) const;

  std::vector<Node> nodes_{Node{}};  ///< 0 is nobody
  IdentityTable identities_;
  std::string room_;  ///< for what the value at hand is compared as
  Record record_;
  std::uint32_t numbers_ = 0;
  std::uint32_t overflow_ = 0;  ///< records beyond kMaxNodes
};

}  // namespace huxin::detect
