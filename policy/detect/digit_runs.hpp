#pragma once
#include "policy/detect/address_finder.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/sieve.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Reads the runs of digits that the sieve tells: numbers of every kind, and what is told by the
/// words around its digits (a plate, a house's number, a date of birth). One thread; borrows all.
class DigitRuns {
 public:
  /// `today` bounds birth dates.
  DigitRuns(ScanState& state, const Layout& layout, Date today, AddressFinder& addresses)
      : state_(state),
        layout_(layout),
        text_(layout.text()),
        today_(today),
        addresses_(addresses) {}

  /// Adds to state.candidates, state.shapes and state.listed. In the order of the text; digits that
  /// a number read before holds are not read again.
  void read(const DigitRun& run);

 private:
  void read_number(const DigitRun& run);
  void read_plate(const DigitRun& run);
  void read_born(const DigitRun& run);
  void read_place(const DigitRun& run);
  void read_rounded(const Span& digits);
  bool worth_reading(const DigitRun& run) const;
  void read_runs(std::size_t at);
  void see_shapes();
  /// `word`: where what the number may end in begins.
  void read_house(const DigitRun& run, std::size_t word);

  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  Date today_;
  AddressFinder& addresses_;
  std::size_t run_end_ = 0;   ///< of the numbers read so far
  std::size_t seen_end_ = 0;  ///< of those whose shapes were seen
};

}  // namespace huxin::detect
