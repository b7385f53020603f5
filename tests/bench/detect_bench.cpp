// Prints how fast text is inspected: the pattern scan alone, and the whole detector, on four kinds
// of text. usage: bench_detect [MiB [first letter of a corpus]]
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "policy/catalog/catalog.hpp"
#include "policy/detect/detector.hpp"
#include "policy/detect/pattern_set.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/vocabulary.hpp"

namespace {

using namespace huxin;
using namespace huxin::detect;

class Writer {
 public:
  explicit Writer(std::size_t size) : size_(size) { text_.reserve(size + 1024); }
  bool more() const { return text_.size() < size_; }
  void add(std::string_view part) { text_ += part; }
  void digits(std::size_t count) {
    for (; count > 0; --count) text_ += static_cast<char>('0' + below(10));
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }
  template <std::size_t N>
  void any(const std::string_view (&words)[N]) {
    text_ += words[below(N)];
  }
  std::string take() { return std::move(text_); }

 private:
  std::size_t size_;
  std::string text_;
  std::mt19937 random_{20260301};
};

std::string english(std::size_t size) {
  static constexpr std::string_view kWords[] = {
      "the ",   "market ", "of ",     "customer ", "and ",    "report ", "in ",      "people ",
      "house ", "with ",   "order ",  "a ",        "number ", "bank ",   "account ", "1998 ",
      "phone ", "said, ",  "would. ", "which ",    "there ",  "mail ",   "large\n",  "to "};
  Writer writer(size);
  while (writer.more()) writer.any(kWords);
  return writer.take();
}

std::string chinese(std::size_t size) {
  static constexpr std::string_view kWords[] = {
      "经济",   "发展", "的",   "市场", "，",   "客户", "我们", "银行", "。",   "服务", "研究",
      "社会",   "管理", "是",   "在",   "一个", "和",   "信用", "报告", "电话", "、",   "技术",
      "2024年", "其中", "工作", "对",   "了",   "城市", "区",   "提高", "。\n"};
  Writer writer(size);
  while (writer.more()) writer.any(kWords);
  return writer.take();
}

std::string order_log(std::size_t size) {
  Writer writer(size);
  while (writer.more()) {
    writer.add("2024-03-1");
    writer.digits(1);
    writer.add(" 12:30:4");
    writer.digits(1);
    writer.add(".");
    writer.digits(3);
    writer.add(" INFO [pay-7] order=2024031");
    writer.digits(11);
    writer.add(" amount=");
    writer.digits(3);
    writer.add(".00 trace=");
    writer.digits(16);
    writer.add(" status=OK latency=");
    writer.digits(2);
    writer.add("ms\n");
  }
  return writer.take();
}

std::string resident(Writer& writer) {
  std::string id = fmt::format("110105{}0{}1{}{:03}", 1950 + writer.below(50), 1 + writer.below(9),
                               writer.below(9), writer.below(1000));
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(id + c)) return id + c;
  }
  return id + "0";
}

std::string customer_list(std::size_t size) {
  static constexpr std::string_view kNames[] = {"张伟", "李娜", "王芳", "欧阳静", "陈建国", "刘洋"};
  Writer writer(size);
  writer.add("姓名,身份证号,手机号,卡号,地址,邮箱\n");
  while (writer.more()) {
    writer.any(kNames);
    writer.add("," + resident(writer) + ",138");
    writer.digits(8);
    writer.add(",622202");
    writer.digits(13);
    writer.add(",北京市海淀区中关村大街");
    writer.digits(2);
    writer.add("号,user");
    writer.digits(5);
    writer.add("@example.com\n");
  }
  return writer.take();
}

// This thread's own time: a busy machine does not count.
double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

template <class Work>
double megabytes_per_second(std::size_t bytes, const Work& work) {
  double best = 0;
  for (int round = 0; round < 3; ++round) {
    const double begin = thread_seconds();
    work();
    best = std::max(best, static_cast<double>(bytes) / (thread_seconds() - begin) / 1e6);
  }
  return best;
}

struct Corpus {
  std::string_view name;
  std::string text;
};

void measure(const Detector& detector, const PatternSet& patterns, const Corpus& corpus) {
  auto scratch = *patterns.scratch();
  std::vector<Hit> hits;
  const double raw = megabytes_per_second(corpus.text.size(), [&] {
    hits.clear();
    if (!patterns.scan(corpus.text, scratch, hits)) std::abort();
  });
  const auto context = detector.context();
  text::Document document;
  document.where = "corpus.txt";
  document.text = corpus.text;
  Inspection inspection;
  const double whole = megabytes_per_second(corpus.text.size(), [&] {
    InspectionBuilder builder(detector, *context, SystemClock().now());
    if (!builder.add(document)) std::abort();
    inspection = builder.finish();
  });
  fmt::print("{:<16}{:>12.0f}{:>12.0f}{:>10.2f}{:>12}{:>12}{:>12}\n", corpus.name, raw, whole,
             whole / raw, hits.size(), inspection.findings_total, inspection.customers);
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t mebibytes = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 16;
  const std::size_t size = std::max<std::size_t>(mebibytes, 1) << 20U;
  const auto detector = Detector::build(catalog::Catalog::builtin(), {});
  KindSet kinds;
  for (std::size_t i = 0; i < kKinds; ++i) kinds.add(static_cast<Kind>(i));
  const auto patterns =
      PatternSet::open(Vocabulary(*catalog::Catalog::builtin(), kinds).words(), {});
  if (!detector || !patterns) {
    fmt::print(stderr, "{}\n", !detector ? detector.error().context : patterns.error().context);
    return 2;
  }
  fmt::print("{:<16}{:>12}{:>12}{:>10}{:>12}{:>12}{:>12}\n", "corpus", "scan MB/s", "whole MB/s",
             "ratio", "hits", "findings", "customers");
  for (const Corpus& corpus :
       {Corpus{"english prose", english(size)}, Corpus{"prose in chinese", chinese(size)},
        Corpus{"order log", order_log(size)}, Corpus{"customer list", customer_list(size)}}) {
    if (count > 2 && corpus.name[0] != arguments[2][0]) continue;
    measure(**detector, *patterns, corpus);
  }
  return 0;
}
