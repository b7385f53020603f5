#pragma once
#include <bitset>
#include <cstddef>
#include <string_view>

#include "policy/detect/recognise/address_parts.hpp"

namespace huxin::detect {

/// Reads the parts of an address from the start of a text for as long as they come in order. One
/// address; borrows the text.
class AddressReader {
 public:
  explicit AddressReader(std::string_view text) : text_(text) {}

  /// Once. Looks at no more than 160 bytes.
  void read();

  std::size_t end() const { return end_; }
  int parts() const { return parts_; }
  /// Divisions that the gazetteer knows.
  int known() const { return known_; }
  bool has(AddressLevel level) const { return levels_.test(static_cast<std::size_t>(level)); }
  /// A street, a town or a village.
  bool has_street() const;
  /// Numbers of houses, buildings and rooms: how many.
  int numbers() const { return numbers_; }

 private:
  void read_divisions();
  bool read_part();
  bool read_tail();
  bool take_number(std::size_t stem, std::size_t at);
  bool take_suffix(std::size_t stem, std::size_t at);
  void take(AddressLevel level, std::size_t end, bool number);
  bool fits(AddressLevel level) const;
  AddressLevel level_of(const AddressSuffix& suffix) const;
  /// Where the next part begins, behind blanks and what brackets hold.
  std::size_t next_part() const;
  std::size_t skip_bracket(std::size_t at) const;

  std::string_view text_;
  std::size_t end_ = 0;
  AddressLevel last_ = AddressLevel::kNone;
  std::bitset<16> levels_;
  int parts_ = 0;
  int known_ = 0;
  int numbers_ = 0;
};

}  // namespace huxin::detect
