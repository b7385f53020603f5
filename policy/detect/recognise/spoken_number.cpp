#include "policy/detect/recognise/spoken_number.hpp"

#include "policy/detect/recognise/numbers.hpp"
#include "policy/detect/validators/spoken_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLeastNumerals = 7;

}  // namespace

void recognise_spoken(std::string_view text, std::size_t at, std::size_t stop, Date today,
                      NumberRun& run, std::vector<Candidate>& candidates) {
  const Spoken spoken = read_spoken(text.substr(at, stop - at));
  const std::size_t size = spoken.digits.size();
  if (size < kLeastNumerals || size > kMostNumerals) return;
  run.goes_on = false;
  run.groups.assign(1, {0, size, spoken.digits.back() != 'X'});
  std::vector<Candidate> found;
  recognise_numbers(spoken.digits, run, today, found);
  for (Candidate& candidate : found) {
    if (candidate.span != Span{0, size}) continue;
    candidate.span = {at, at + spoken.end};
    candidates.push_back(candidate);
  }
}

}  // namespace huxin::detect
