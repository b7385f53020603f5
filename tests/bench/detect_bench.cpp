// Prints how fast text is inspected, text in memory to findings, in one run: beside the memory's
// own speed, the same patterns in Hyperscan alone, and a set written the straightforward way.
// usage: bench_detect [hostile|whole] [MiB [part of a corpus' name]]
//        bench_detect words [part of a text, or ^ and all of it]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <ranges>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "policy/catalog/catalog.hpp"
#include "policy/detect/detector.hpp"
#include "policy/detect/pattern_set.hpp"
#include "policy/detect/vocabulary.hpp"
#include "policy/text/decode.hpp"
#include "policy/text/printable.hpp"
#include "policy/text/windows.hpp"
#include "tests/bench/corpora.hpp"

namespace {

using namespace huxin;
using namespace huxin::detect;

// This thread's own time: a busy machine does not count.
double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// The best of five; `prepare` is not timed.
template <class Prepare, class Work>
double megabytes_per_second(std::size_t bytes, const Prepare& prepare, const Work& work) {
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    auto prepared = prepare();
    const double begin = thread_seconds();
    work(std::move(prepared));
    best = std::max(best, static_cast<double>(bytes) / (thread_seconds() - begin) / 1e6);
  }
  return best;
}

double memory_speed(const std::string& text) {
  std::uint64_t sum = 0;
  const double speed = megabytes_per_second(
      text.size(), [] { return 0; },
      [&](int) {
        for (std::size_t at = 0; at + 8 <= text.size(); at += 8) {
          std::uint64_t word = 0;
          __builtin_memcpy(&word, text.data() + at, 8);
          sum += word;
        }
      });
  if (sum == 42) fmt::print("");
  return speed;
}

double raw_speed(const PatternSet& set, const std::string& text) {
  auto scratch = *set.scratch();
  std::vector<Hit> hits;
  return megabytes_per_second(
      text.size(), [] { return 0; },
      [&](int) {
        hits.clear();
        if (!set.scan(text, scratch, hits)) std::abort();
      });
}

struct Whole {
  double speed = 0;
  std::uint64_t findings = 0;
  std::uint32_t customers = 0;
};

void inspect(InspectionBuilder& builder, text::Decoded decoded, std::size_t line = 0) {
  text::Document document;
  document.where = "corpus.txt";
  document.text = std::move(decoded.text);
  document.origin = std::move(decoded.origin);
  document.first_line = line;
  if (!builder.add(document)) std::abort();
}

/// `add` hands the builder what `prepare` made.
template <class Prepare, class Add>
Whole inspection_speed(const Detector& detector, std::size_t bytes, const Enough& enough,
                       const Prepare& prepare, const Add& add) {
  const auto context = detector.context();
  Whole whole;
  whole.speed = megabytes_per_second(bytes, prepare, [&](auto prepared) {
    InspectionBuilder builder(detector, *context, SystemClock().now(), enough);
    add(builder, std::move(prepared));
    const Inspection inspection = builder.finish();
    whole.findings = inspection.findings_total;
    whole.customers = inspection.customers;
  });
  return whole;
}

/// From bytes to findings: decoded, normalised, matched, validated, judged and linked.
Whole whole_speed(const Detector& detector, const std::string& text, const Enough& enough) {
  return inspection_speed(
      detector, text.size(), enough, [&] { return text; },
      [](InspectionBuilder& builder, std::string bytes) {
        inspect(builder, text::decode(std::move(bytes), text::Encoding::kUtf8));
      });
}

/// The same in windows, as a file is inspected: texts that are made to be slow take memory too, and
/// a window bounds it.
Whole windowed_speed(const Detector& detector, const std::string& text) {
  return inspection_speed(
      detector, text.size(), {}, [&] { return as_bytes(text); },
      [](InspectionBuilder& builder, ByteView bytes) {
        text::WindowReader reader(text::Encoding::kUtf8);
        while (auto window = reader.last(bytes.subspan(reader.begin())))
          inspect(builder, std::move(window->decoded), window->line);
      });
}

// What one writes first: each element as its form says, and every keyword.
std::vector<Pattern> straightforward(const Vocabulary& vocabulary) {
  std::vector<Pattern> patterns = vocabulary.words();
  auto id = static_cast<std::uint32_t>(patterns.size());
  const auto add = [&](std::string expression, std::string specimen) {
    patterns.push_back({id++, std::move(expression), false, std::move(specimen)});
  };
  add(R"(\d{17}[\dXx])", "11010519491231002X");
  add(R"(\d{15})", "110105491231002");
  add(R"((?:\+?86)?1[3-9]\d{9})", "13800138000");
  add(R"((?:62|4|5[1-5]|2[2-7]|35)\d{14,17})", "6222021234567890");
  add(R"(0\d{2,3}-?\d{7,8})", "010-12345678");
  add(R"([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,})", "a@b.cn");
  add(R"([A-Z]{2}\d{2}[A-Z0-9]{11,30})", "GB82WEST12345698765432");
  add(R"([EG]\d{8})", "E12345678");
  return patterns;
}

/// What ripgrep takes for the same forms and the Chinese keywords; 0 when it is not installed.
double ripgrep_speed(const bench::Corpus& corpus) {
  if (std::system("command -v rg > /dev/null 2>&1") != 0) return 0;
  char name[] = "/tmp/huxin-bench-XXXXXX";
  const int file = mkstemp(name);
  if (file < 0) return 0;
  std::ofstream(name) << corpus.text;
  const std::string command = fmt::format(
      "rg -c -j1 '[0-9]{{17}}[0-9Xx]|1[3-9][0-9]{{9}}|(62|4|5[1-5])[0-9]{{14,17}}|"
      "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{{2,}}|0[0-9]{{2,3}}-?[0-9]{{7,8}}|姓名|身份证|"
      "手机号|卡号|"
      "地址|邮箱|密码' {} > /dev/null 2>&1",
      name);
  double best = 0;
  for (int round = 0; round < 3; ++round) {
    timespec begin{};
    timespec end{};
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (std::system(command.c_str()) > 1 << 8) break;
    clock_gettime(CLOCK_MONOTONIC, &end);
    const double seconds = static_cast<double>(end.tv_sec - begin.tv_sec) +
                           static_cast<double>(end.tv_nsec - begin.tv_nsec) / 1e9;
    best = std::max(best, static_cast<double>(corpus.text.size()) / seconds / 1e6);
  }
  std::remove(name);
  return best;
}

struct Sets {
  PatternSet words;
  PatternSet natural;
};

void measure(const Detector& detector, const Sets& sets, const bench::Corpus& corpus) {
  const double memory = memory_speed(corpus.text);
  const double words = raw_speed(sets.words, corpus.text);
  const double natural = raw_speed(sets.natural, corpus.text);
  const double ripgrep = ripgrep_speed(corpus);
  const Whole whole = whole_speed(detector, corpus.text, {});
  const Whole verdict =
      whole_speed(detector, corpus.text, {.any_of = {{.customers = 10}, {.findings = 100}}});
  fmt::print("{:<15}{:>9.0f}{:>9.0f}{:>9.0f}{:>9.0f}{:>9.0f}{:>9.0f}{:>9.2f}{:>9.1f}{:>10}{:>10}\n",
             corpus.name, memory, words, natural, ripgrep, whole.speed, verdict.speed,
             whole.speed / words, whole.speed / natural, whole.findings, whole.customers);
}

// For a profiler: nothing but the detector runs.
int measure_whole(const Detector& detector, std::size_t size, std::string_view part) {
  for (const bench::Corpus& corpus : bench::corpora(size, part)) {
    fmt::print("{:<15}{:>9.0f}\n", corpus.name, whole_speed(detector, corpus.text, {}).speed);
  }
  return 0;
}

int measure_hostile(const Detector& detector, std::size_t size, std::string_view part) {
  fmt::print("{:<24}{:>10}{:>12}\n", "text", "MB/s", "findings");
  constexpr double kNone = 1e9;
  double slowest = kNone;
  for (const bench::Corpus& corpus : bench::hostile(size, part)) {
    const Whole whole = windowed_speed(detector, corpus.text);
    slowest = std::min(slowest, whole.speed);
    fmt::print("{:<24}{:>10.0f}{:>12}\n", corpus.name, whole.speed, whole.findings);
  }
  if (slowest == kNone) return fmt::print(stderr, "no text is called like '{}'\n", part), 2;
  fmt::print("slowest: {:.0f} MB/s\n", slowest);
  return slowest >= 20 ? 0 : 1;
}

/// A text over and over, and the best of its measures so far.
struct Repeated {
  std::string text;
  double speed = 0;
};

void measure_below(const Detector& detector, double limit, std::vector<Repeated>& texts) {
  constexpr std::size_t kSize = std::size_t{32} << 10U;
  for (Repeated& each : texts) {
    if (each.speed >= limit) continue;
    const Whole whole = windowed_speed(detector, bench::repeated(each.text, kSize));
    each.speed = std::max(each.speed, whole.speed);
  }
}

/// Each word of the vocabulary over and over, in ways that make work of it: prints the slowest.
/// Slow ones are measured again, up to ten times: a machine that is busy makes no text slow.
int measure_words(const Detector& detector, const Vocabulary& vocabulary, std::string_view part) {
  constexpr double kLeast = 20;
  constexpr int kTries = 10;
  constexpr std::size_t kShown = 25;
  std::vector<Repeated> texts;
  for (const Pattern& word : vocabulary.words()) {
    for (const std::string_view behind :
         {"：", " 1 ", "\n", ": 12345678\n", "：张伟 ", ",", "？\n", " 2024-01-02 123.45  "}) {
      std::string repeated = fmt::format("{}{}", word.specimen, behind);
      if (part.starts_with("^") ? repeated == part.substr(1) : repeated.contains(part))
        texts.push_back({std::move(repeated)});
    }
  }
  measure_below(detector, std::numeric_limits<double>::max(), texts);
  for (int i = 0; i < kTries; ++i) measure_below(detector, kLeast, texts);
  std::ranges::sort(texts, {}, &Repeated::speed);
  for (const Repeated& each : texts | std::views::take(kShown))
    fmt::print("{:>6.0f} MB/s  {}\n", each.speed, text::printable(each.text));
  const auto slow =
      std::ranges::count_if(texts, [](double speed) { return speed < kLeast; }, &Repeated::speed);
  fmt::print("{} of {} texts below {:.0f} MB/s\n", slow, texts.size(), kLeast);
  return texts.empty() || slow > 0 ? 1 : 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> words(arguments + 1, arguments + count);
  const bool hostile = !words.empty() && words[0] == "hostile";
  const bool whole = !words.empty() && words[0] == "whole";
  const bool each = !words.empty() && words[0] == "words";
  if (hostile || whole) words.erase(words.begin());
  const std::size_t mebibytes = words.empty() ? 16 : std::strtoul(words[0].c_str(), nullptr, 10);
  const std::size_t size = std::max<std::size_t>(mebibytes, 1) << 20U;
  const auto detector = Detector::build(catalog::Catalog::builtin(), {});
  if (!detector) return fmt::print(stderr, "{}\n", detector.error().context), 2;
  if (hostile) return measure_hostile(**detector, size, words.size() > 1 ? words[1] : "");
  if (whole) return measure_whole(**detector, size, words.size() > 1 ? words[1] : "");
  KindSet kinds;
  for (std::size_t i = 0; i < kKinds; ++i) kinds.add(static_cast<Kind>(i));
  const Vocabulary vocabulary(*catalog::Catalog::builtin(), kinds);
  if (each) return measure_words(**detector, vocabulary, words.size() > 1 ? words[1] : "");
  auto same = PatternSet::open(vocabulary.words(), {});
  auto natural = PatternSet::open(straightforward(vocabulary), {});
  if (!same || !natural) return 2;
  const Sets sets{*std::move(same), *std::move(natural)};
  fmt::print(
      "MB/s, one core    memory keywords  natural  ripgrep    whole  verdict   whole/    whole/\n");
  fmt::print("{:<15}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>10}{:>10}\n", "corpus", "read",
             "in hs", "in hs", "", "detector", "", "keywords", "natural", "findings", "customers");
  for (const bench::Corpus& corpus : bench::corpora(size, words.size() > 1 ? words[1] : ""))
    measure(**detector, sets, corpus);
  return 0;
}
