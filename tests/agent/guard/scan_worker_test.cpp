// The real worker in its real cage, on the golden documents.
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "agent/extract/image/recognise.hpp"
#include "agent/guard/pool.hpp"
#include "tests/support/pattern_cache.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::guard {
namespace {

using namespace std::chrono_literals;

const SystemClock kClock;

std::unique_ptr<WorkerPool> real_pool(const extract::PictureBudget& pictures = {}) {
  PoolOptions options;
  options.workers = 1;
  options.command = {HUXIN_BINARY_DIR "/tests/agent/scan_worker"};
  options.start_patience = 110s;
  auto pool = WorkerPool::start(
      options, {.cache = test::pattern_cache(), .budget = {.pictures = pictures}}, kClock);
  if (!pool) FAIL(pool.error().context);
  return std::move(*pool);
}

/// A PDF of one page whose pictures of pictures would take pdftotext days.
std::string endless_pdf() {
  constexpr int kLevels = 12;
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "/X Do ";
  const auto stream = [](const std::string& dictionary, const std::string& content) {
    return fmt::format("<< {} /Length {} >> stream\n{}\nendstream", dictionary, content.size(),
                       content);
  };
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                                   "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 "
                                   "0 R /Resources << /XObject << /X 5 0 R >> >> >>",
                                   stream("", ten)};
  for (int level = 0; level < kLevels; ++level) {
    objects.push_back(stream(fmt::format("/Type /XObject /Subtype /Form /BBox [0 0 99 99] "
                                         "/Resources << /XObject << /X {} 0 R >> >>",
                                         level + 6),
                             ten));
  }
  objects.push_back(stream("/Type /XObject /Subtype /Form /BBox [0 0 99 99]", "0 0 m"));
  std::string pdf = "%PDF-1.4\n";
  for (std::size_t i = 0; i < objects.size(); ++i)
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  return pdf + "trailer << /Root 1 0 R >>\n";
}

inspect::ScanResult scan(WorkerPool& pool, const std::filesystem::path& path) {
  return pool.scan({Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), path.filename().string(), 60s});
}

const detect::Finding* find(const inspect::ScanResult& result, std::string_view value) {
  const auto& findings = result.inspection.findings;
  const auto found = std::ranges::find(findings, value, &detect::Finding::value);
  return found == findings.end() ? nullptr : &*found;
}

struct Golden {
  std::string file, where;
};

const Golden kGolden[] = {
    {"customers.csv", "customers.csv!B2"},
    {"customers.gb18030.csv", "customers.gb18030.csv!B2"},
    {"customers.utf16.csv", "customers.utf16.csv!B2"},
    {"customers.xlsx", "customers.xlsx!customers!B2"},
    {"letter.html", "letter.html!L2"},
    {"letter.docx", "letter.docx!L1"},
    {"letter.pdf", "letter.pdf!p1"},
    {"nested.zip", "nested.zip!客户.zip!customers.xlsx!customers!B2"},
    {"mail.eml", "mail.eml!headers"},
    {"box.mbox", "box.mbox!message2!body!L3"},
    {"customers.db", "customers.db!客户!C3"},
    {"wide.db", "wide.db!客户!B2"},
    {"gbk-names.zip", "gbk-names.zip!客户/名单.csv!B2"},
};

}  // namespace

TEST_CASE("a caged worker finds what was planted in every format, and says where") {
  const auto pool = real_pool();
  for (const Golden& golden : kGolden) {
    const auto result = scan(*pool, std::string(HUXIN_SOURCE_DIR "/tests/golden/") + golden.file);
    INFO(golden.file << " " << result.outcome.format << " " << result.outcome.reason);
    CHECK(result.outcome.coverage == extract::Coverage::kInspected);
    const detect::Finding* const id = find(result, "11010519491231002X");
    REQUIRE(id != nullptr);
    CHECK(id->element == catalog::ElementId{1});
    CHECK(id->where == golden.where);
    CHECK(result.inspection.customers >= 1);
    const auto index = static_cast<std::size_t>(id - result.inspection.findings.data());
    CHECK(result.snippets.at(index).contains("11010519491231002X"));
  }
  const auto encrypted = scan(*pool, HUXIN_SOURCE_DIR "/tests/golden/encrypted.pdf");
  CHECK(encrypted.outcome.reason == "encrypted");
}

TEST_CASE(
    "a PDF that keeps its program busy is ended at the job's deadline, and the worker lives on") {
  const test::TempDir dir;
  const auto pool = real_pool();
  const auto path = dir.write("endless.pdf", endless_pdf());
  const auto workers = pool->pids();
  for (int i = 0; i < 3; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto result =
        pool->scan({Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), "endless.pdf", 1s});
    CHECK(result.outcome.format == "pdf");
    CHECK(result.outcome.reason == "timeout");
    CHECK(std::chrono::steady_clock::now() - start < 1s);
  }
  CHECK(pool->figures().timeouts == 0);  // the worker answered, it was not killed
  CHECK(pool->pids() == workers);
}

TEST_CASE("a caged worker reads codes and the text of pictures, and finds nothing in clean ones") {
  if (!extract::missing_for_recognition().empty())
    SKIP("not installed: " << extract::missing_for_recognition().front());
  struct Picture {
    std::string file, value, where;
  };
  const Picture pictures[] = {
      {"contact.png", "13800138000", "contact.png!qr1"},
      {"bars.png", "11010519491231002X", "bars.png!barcode1"},
      {"card.jpg", "11010519491231002X", "card.jpg!L6"},
      {"scan.pdf", "440524188001010014", "scan.pdf!p1"},
      {"scan.pdf", "6205500000000000004", "scan.pdf!p2"},
      {"poster.png", "", ""},
      {"notice.png", "", ""},
  };
  const auto pool = real_pool({.text = true});
  for (const Picture& picture : pictures) {
    const auto result =
        scan(*pool, std::string(HUXIN_SOURCE_DIR "/tests/golden/pictures/") + picture.file);
    INFO(picture.file << " " << result.outcome.format << " " << result.outcome.reason);
    CHECK(result.outcome.coverage == extract::Coverage::kInspected);
    if (picture.value.empty()) {
      CHECK(result.inspection.findings.empty());
      continue;
    }
    const detect::Finding* const found = find(result, picture.value);
    REQUIRE(found != nullptr);
    CHECK(found->where == picture.where);
  }
}

TEST_CASE("nobody who waits for an open waits for the text of a picture") {
  const auto pool = real_pool({.text = true});
  const std::string path = HUXIN_SOURCE_DIR "/tests/golden/pictures/card.jpg";
  const auto result = pool->scan({Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), "card.jpg", 1s});
  CHECK(result.outcome.format == "jpeg");
#ifdef HUXIN_SANITIZED  // looking for codes alone may take too long
  const std::string& reason = result.outcome.reason;
  CHECK((reason == "unsupported" || reason == "too_many_pictures"));
#else
  CHECK(result.outcome.reason == "unsupported");
#endif
  CHECK(pool->figures().timeouts == 0);
}

TEST_CASE("text that takes too long to recognise is given up, and the worker lives on") {
  if (!extract::missing_for_recognition().empty())
    SKIP("not installed: " << extract::missing_for_recognition().front());
  const auto pool = real_pool({.text = true, .page_deadline = 50ms});
  const auto workers = pool->pids();
  const auto result = scan(*pool, HUXIN_SOURCE_DIR "/tests/golden/pictures/card.jpg");
  CHECK(result.outcome.reason == "timeout");
  const auto next = scan(*pool, HUXIN_SOURCE_DIR "/tests/golden/customers.csv");
  CHECK(next.outcome.coverage == extract::Coverage::kInspected);
  CHECK(find(next, "11010519491231002X") != nullptr);
  CHECK(pool->figures().timeouts == 0);  // the worker answered, it was not killed
  CHECK(pool->pids() == workers);
}

TEST_CASE("thousands of findings come home in many packets") {
  const test::TempDir dir;
  std::string list = "姓名,手机号\n";
  for (int i = 0; i < 4000; ++i) list += fmt::format("张三,1380013{:04}\n", i);
  const auto pool = real_pool();
  const auto result = scan(*pool, dir.write("list.csv", list));
  CHECK(result.outcome.reason.empty());
  CHECK(result.inspection.findings.size() >= 4000);
}

TEST_CASE(
    "a file that shrinks while it is read is reported as changed, or as what was left of it") {
  const test::TempDir dir;
  const auto path = dir.write("list.txt", std::string(std::size_t{40} << 20U, 'a'));
  const auto pool = real_pool();
  std::jthread cutter([&] { std::filesystem::resize_file(path, 10); });
  const auto result = scan(*pool, path);
  INFO(result.outcome.reason);
  CHECK((result.outcome.reason == "changed" || result.outcome.reason.empty()));
  CHECK(pool->figures().crashes == 0);
}

}  // namespace huxin::guard
