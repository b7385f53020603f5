// The container of old Office documents: streams by name, whatever state its tables are in.
#include "agent/extract/ole/compound_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/extract/ole/compound_writer.hpp"

namespace huxin::extract::test {
namespace {

const Sink kNowhere = [](text::Document&&) { return true; };

std::string repeated(std::string_view piece, std::size_t size) {
  std::string all;
  while (all.size() < size) all += piece;
  return all.substr(0, size);
}

/// A compound file and what it is read with.
struct Opened {
  explicit Opened(std::string bytes)
      : content(std::move(bytes)),
        extraction(budget, kNowhere),
        file(as_bytes(content), extraction) {}
  std::string read(std::string_view name) {
    if (file.empty()) return "";
    const auto bytes = Storage(file).stream(name);
    return bytes ? std::string(as_text(*bytes)) : "";
  }
  Budget budget;
  std::string content;
  Extraction extraction;
  CompoundFile file;
};

std::string poked(std::string bytes, std::size_t at, std::string_view with) {
  return bytes.replace(at, with.size(), with);
}

}  // namespace

TEST_CASE("streams of every size come back as they were written") {
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 4095U, 4096U, 4097U, 70'000U, 200'000U}) {
    const std::string wanted = repeated("客户资料0123456789", size);
    Opened opened(compound_of({{"first", "1"}, {"Wanted", wanted}, {"last", "2"}}));
    INFO(size);
    CHECK(opened.read("wanted") == wanted);  // names are the same in either case
    CHECK(opened.read("last") == "2");
    CHECK(opened.extraction.reason().empty());
  }
}

TEST_CASE("storages hold streams of their own") {
  Opened opened(
      compound_of({{"a", "of the root"}, {"inner/a", "inside"}, {"inner/deep/a", "low"}}));
  const Storage root(opened.file);
  REQUIRE(root.storage("inner").has_value());
  const Storage inner = *root.storage("inner");
  CHECK(as_text(*root.stream("a")) == "of the root");
  CHECK(as_text(*inner.stream("a")) == "inside");
  CHECK(as_text(*inner.storage("deep")->stream("a")) == "low");
  CHECK(!root.has_stream("inner"));
  CHECK(!root.storage("a").has_value());
}

TEST_CASE("a file without its allocation table is read as if sectors followed each other") {
  const std::string wanted = repeated("13800138000,", 20'000);
  const std::string whole = compound_of({{"big", wanted}});
  Opened opened(whole.substr(0, whole.size() - 512));  // the table is the last sector here
  CHECK(opened.read("big") == wanted);
  CHECK(opened.extraction.reason() == "corrupt");
}

TEST_CASE("a chain that meets itself ends, and says so") {
  const std::string wanted = repeated("x", 20'000);
  std::string whole = compound_of({{"big", wanted}});
  whole.replace(whole.size() - 512, 4, le32(0));  // sector 0 follows itself
  Opened opened(whole);
  CHECK(opened.read("big").size() <= wanted.size());
  CHECK(opened.extraction.reason().empty());  // as long as was told: nothing shows it
  std::string directory = compound_of({{"a", "b"}});
  const std::size_t table = directory.size() - 512;
  directory.replace(table + 4, 4, le32(1));  // the directory's sector follows itself
  Opened circle(directory);
  CHECK(circle.extraction.reason() == "corrupt");
  CHECK(circle.read("a") == "b");
}

TEST_CASE("a tree that meets itself is walked once, and nobody is lost") {
  const std::string whole = compound_of({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  const std::size_t a = whole.find(utf16(u"a") + std::string(62, '\0'));
  REQUIRE(a != std::string::npos);
  for (const std::uint32_t to : {0U, 1U, 3U, 77U, 0xFFFFFFFFU}) {
    for (const std::size_t link : {68U, 72U, 76U}) {
      Opened opened(poked(whole, a + link, le32(to)));
      INFO(to << " at " << link);
      CHECK(opened.read("a") + opened.read("b") + opened.read("c") == "123");
    }
  }
}

TEST_CASE("a header of other numbers is corrupt, not read beyond the file") {
  const std::string whole = compound_of({{"a", "1"}});
  const struct {
    std::size_t at;
    std::string with;
    std::string_view why;
  } rows[] = {
      {30, le16(31), "sectors of 2 GiB"},     {30, le16(0), "sectors of one byte"},
      {28, le16(0xFEFF), "big-endian"},       {48, le32(0xFFFFFFF0), "a directory beyond the file"},
      {48, le32(0xFFFFFFFE), "no directory"},
  };
  for (const auto& row : rows) {
    Opened opened(poked(whole, row.at, row.with));
    INFO(row.why);
    CHECK(opened.file.empty());
    CHECK(opened.extraction.reason() == "corrupt");
  }
}

TEST_CASE("entries that share one stream cost no more than the budget") {
  std::vector<StreamToWrite> streams{{"0", repeated("0", 1 << 20)}};
  for (int i = 1; i < 600; ++i) streams.push_back({std::to_string(i), "x"});
  std::string whole = compound_of(streams);
  const std::string first = whole.substr(whole.find(utf16(u"0") + std::string(60, '\0')) + 116, 8);
  for (int i = 1; i < 600; ++i) {
    const std::string name = std::to_string(i);
    std::string wide;
    for (const char c : name) wide += le16(static_cast<std::uint8_t>(c));
    wide.resize(64, '\0');
    const std::size_t at = whole.find(wide);
    whole.replace(at + 116, 8, first);
  }
  Opened opened(whole);
  const Storage root(opened.file);
  std::size_t read = 0;
  for (const std::string& name : root.stream_names()) read += root.stream(name)->size();
  CHECK(opened.extraction.reason() != "");
  CHECK(read <= (std::size_t{260} << 20U));
}

TEST_CASE("a small stream that meets itself gives no more than the file has") {
  std::string file = compound_of({{"a", std::string(100, 'x')}, {"b", "y"}});
  const std::size_t entry = file.find(utf16(u"a") + std::string(62, '\0'));
  REQUIRE(entry != std::string::npos);
  file.replace(entry + 120, 4, le32(4000));  // as long as it says
  Opened opened(file);
  CHECK(opened.read("a").size() <= 4000);
  CHECK(opened.extraction.reason() == "corrupt");
  Opened large(poked(poked(file, 56, le32(0xFFFFFFFF)), entry + 120, le32(0xFFFFFFF0)));
  CHECK(large.read("a").size() <= file.size());
  CHECK(large.extraction.reason() == "corrupt");
}

}  // namespace huxin::extract::test
