#pragma once
// One specimen of every element whose value is a number, a code or a form: what every test that
// goes through all of them takes.
#include <span>
#include <string>
#include <string_view>

namespace huxin::detect::test {

/// A value as it is written, alone and with the label that it may need.
struct Specimen {
  const char* element;  ///< "D01"
  const char* label;    ///< what has to stand before it; empty: its form tells it
  const char* value;    ///< as written
  const char* found;    ///< the finding's value
  /// No change of a single digit leaves a value of this element. Not so with the weights of D15,
  /// some of which are even under an even modulus.
  bool checked = false;
};

std::span<const Specimen> specimens();

/// "D01=…", as found() writes it.
inline std::string expected(const Specimen& specimen) {
  return std::string(specimen.element) + "=" + specimen.found;
}

}  // namespace huxin::detect::test
