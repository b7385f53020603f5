// How fast and how large what the bank knows is: filters of customers, prints of documents.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

#include <fmt/format.h>
#include <sys/resource.h>

#include "policy/known/exact_builder.hpp"
#include "policy/known/key.hpp"
#include "policy/known/print_matcher.hpp"
#include "policy/known/prints_builder.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::known {
namespace {

const Bytes kBankKey(32, 1);

/// Seconds of processor time: one thread works here, whatever else the machine does.
double now() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}
double seconds_since(double begun) { return now() - begun; }

double peak_megabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Value mobile(std::size_t number) {
  return {catalog::ElementId{27}, fmt::format("1{:010}", number)};
}

void bench_exact(std::size_t count) {
  const auto begun = now();
  ExactBuilder builder(kBankKey);
  for (std::size_t i = 0; i < count; ++i) {
    if (!builder.add(mobile(i))) std::abort();
  }
  const double digested = seconds_since(begun);
  const Bytes file = builder.build().value();
  const double built = seconds_since(begun);
  const auto filter =
      ExactFilter::open(file, derive_key(kBankKey, kExactPurpose, read_exact_header(file)->salt))
          .value();
  constexpr std::size_t kAsked = 4'000'000;
  std::vector<Value> values;
  for (std::size_t i = 0; i < 1 << 16; ++i) values.push_back(mobile(count + i * 977));
  const auto asking = now();
  std::size_t hits = 0;
  for (std::size_t i = 0; i < kAsked; ++i) hits += filter.contains(values[i & 0xFFFF]) ? 1 : 0;
  const double asked = seconds_since(asking);
  fmt::print(
      "exact   {:>10} values: digest {:5.2f} s, whole build {:5.2f} s, {:>10} bytes, {:.3f} bits a "
      "value, peak {:.0f} MB; ask {:.0f} ns, {:.2f} in 256 wrongly yes\n",
      count, digested, built, file.size(),
      8.0 * static_cast<double>(file.size()) / static_cast<double>(count), peak_megabytes(),
      asked / kAsked * 1e9, 256.0 * static_cast<double>(hits) / kAsked);
}

std::string text_of(std::size_t bytes, bool chinese, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text;
  while (text.size() < bytes) {
    for (int i = 0; i < 12; ++i) {
      if (chinese) {
        text::append_utf8(text, static_cast<char32_t>(0x4E00 + random() % 3000));
      } else {
        text += static_cast<char>('a' + random() % 26);
      }
    }
    text += chinese ? "，" : " ";
  }
  return text;
}

void bench_match(std::string_view what, const std::shared_ptr<const DocumentPrints>& prints,
                 const std::string& text) {
  PrintMatcher matcher(prints,
                       prints ? derive_key(kBankKey, kPrintsPurpose, prints->salt()) : SipKey{});
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto begun = now();
    matcher.add(text, "a");
    matcher.finish();
    best = std::min(best, seconds_since(begun));
  }
  fmt::print("match   {:<28} {:>12.0f} MB/s\n", what,
             static_cast<double>(text.size()) / 1e6 / best);
}

void bench_prints() {
  PrintsBuilder builder(kBankKey);
  const auto begun = now();
  constexpr std::size_t kDocuments = 1000, kBytes = 30'000;
  for (std::size_t i = 0; i < kDocuments; ++i) {
    if (!builder.add(fmt::format("{}.docx", i), text_of(kBytes, i % 2 == 0, i))) std::abort();
  }
  PrintsReport report;
  const Bytes file = builder.build(report).value();
  fmt::print("prints  {} documents of {} bytes: {:.2f} s, {} prints, {} bytes\n", kDocuments,
             kBytes, seconds_since(begun), report.prints, file.size());
  const auto prints = std::make_shared<const DocumentPrints>(DocumentPrints::open(file).value());
  const std::string chinese = text_of(32'000'000, true, 77),
                    english = text_of(32'000'000, false, 78);
  bench_match("nothing loaded", nullptr, chinese);
  bench_match("Chinese, nothing of ours", prints, chinese);
  bench_match("English, nothing of ours", prints, english);
  std::string ours;
  while (ours.size() < 32'000'000) ours += text_of(kBytes, true, ours.size() / kBytes % 500 * 2);
  bench_match("Chinese, all of it ours", prints, ours);
  bench_match("one letter", prints, std::string(32'000'000, 'a'));
}

}  // namespace
}  // namespace huxin::known

int main(int argc, char** argv) {
  using namespace huxin::known;
  const bool quick = argc > 1 && std::string_view(argv[1]) == "--quick";
  bench_prints();
  bench_exact(1'000'000);
  if (!quick) bench_exact(10'000'000);
}
