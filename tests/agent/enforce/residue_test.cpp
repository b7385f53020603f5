#include "agent/enforce/residue.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include <catch2/catch_test_macros.hpp>

#include "agent/enforce/destroyer.hpp"
#include "agent/enforce/file_uri.hpp"
#include "agent/enforce/recent_list.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::enforce {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kContent = "姓名,手机\n张三,13800138000\n";

/// Written by GTK 3 (gtk_recent_manager_add_item), but for the paths.
std::string recent_list(std::string_view one, std::string_view other) {
  const auto bookmark = [](std::string_view uri) {
    return fmt::format(
        "  <bookmark href=\"{}\" added=\"2026-03-01T08:30:00.123456Z\" "
        "modified=\"2026-03-01T08:30:00.123460Z\" visited=\"2026-03-01T08:30:00.123457Z\">\n"
        "    <info>\n"
        "      <metadata owner=\"http://freedesktop.org\">\n"
        "        <mime:mime-type type=\"text/csv\"/>\n"
        "        <bookmark:applications>\n"
        "          <bookmark:application name=\"gedit\" exec=\"&apos;gedit %u&apos;\" "
        "modified=\"2026-03-01T08:30:00.123458Z\" count=\"1\"/>\n"
        "        </bookmark:applications>\n"
        "      </metadata>\n"
        "    </info>\n"
        "  </bookmark>\n",
        uri);
  };
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xbel version=\"1.0\"\n"
         "      xmlns:bookmark=\"http://www.freedesktop.org/standards/desktop-bookmarks\"\n"
         "      xmlns:mime=\"http://www.freedesktop.org/standards/shared-mime-info\"\n>\n" +
         bookmark(one) + bookmark(other) + "</xbel>";
}

struct Desk {
  test::TempDir dir;
  Secret key{Bytes(32, 9)};
  fs::path home = dir / "home";
  fs::path mount = dir / "stick";
  fs::path tmp = dir / "tmp";
  fs::path document = home / "桌面/客户 名单&1.csv";
  std::uint32_t uid = ::getuid();
  ResiduePlaces places{
      .homes = {{.path = home, .uid = uid}}, .mounts = {mount}, .temporary = {tmp}};

  Desk() {
    for (const fs::path& folder : {document.parent_path(), mount, tmp})
      fs::create_directories(folder);
  }
  fs::path write(const fs::path& path, std::string_view content) const {
    return dir.write(path.lexically_relative(dir.path()).native(), content);
  }
  Sought sought() const {
    return {.path = document,
            .bytes = kContent.size(),
            .digest = content_digest(key, sha256(as_bytes(kContent)))};
  }
  std::vector<Trace> find() const {
    const Sought one = sought();
    return find_residue(places, {&one, 1}, key);
  }
  /// "kind name content|name" of every trace, sorted.
  std::vector<std::string> found() const {
    std::vector<std::string> lines;
    for (const Trace& trace : find())
      lines.push_back(fmt::format(
          "{} {} {}{}", to_string(trace.kind), trace.path.lexically_relative(dir.path()).native(),
          trace.same_content ? "content" : "name", trace.fault.empty() ? "" : " fault"));
    std::ranges::sort(lines);
    return lines;
  }
};
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a desk without traces has none, and things that only look alike are none") {
  const Desk desk;
  desk.write(desk.home / "桌面/客户 名单&10.csv", "another");
  desk.write(desk.home / "桌面/客户 名单.csv~", "a backup of another");
  desk.write(desk.home / "桌面/.~lock.其他.csv#", "");
  desk.write(desk.home / ".config/libreoffice/4/user/backup/客户 名单&12_0.ods", "another");
  desk.write(desk.home / ".cache/thumbnails/normal/00112233445566778899aabbccddeeff.png", "png");
  desk.write(desk.tmp / "same-size", std::string(kContent.size(), 'x'));
  desk.write(desk.home / ".local/share/Trash/info/a.csv.trashinfo",
             "[Trash Info]\nPath=/home/other/a.csv\nDeletionDate=2026-03-01T08:30:00\n");
  desk.write(desk.home / ".local/share/Trash/files/a.csv", "another");
  CHECK(desk.found() == Lines{});
}

TEST_CASE("the trash of a home is searched by where a file was and by content") {
  const Desk desk;
  const fs::path trash = desk.home / ".local/share/Trash";
  // As GIO writes it: the path escaped, a number when the name was taken.
  const std::string escaped = to_file_uri(desk.document.native()).substr(7);
  desk.write(trash / "info/客户 名单&1.2.csv.trashinfo",
             "[Trash Info]\nPath=" + escaped + "\nDeletionDate=2026-03-01T08:30:00\n");
  desk.write(trash / "files/客户 名单&1.2.csv", "an older version");
  desk.write(trash / "info/renamed.csv.trashinfo",
             "[Trash Info]\nPath=/elsewhere/renamed.csv\nDeletionDate=2026-03-01T08:30:00\n");
  desk.write(trash / "files/renamed.csv", kContent);
  // A folder was thrown away with a copy in it.
  desk.write(trash / "info/旧资料.trashinfo",
             "[Trash Info]\nPath=/elsewhere/old\nDeletionDate=2026-03-01T08:30:00\n");
  desk.write(trash / "files/旧资料/深/copy.csv", kContent);
  CHECK(desk.found() ==
        Lines{"trash home/.local/share/Trash/files/renamed.csv content",
              "trash home/.local/share/Trash/files/客户 名单&1.2.csv name",
              "trash home/.local/share/Trash/files/旧资料/深/copy.csv content",
              "trash home/.local/share/Trash/info/renamed.csv.trashinfo name",
              "trash home/.local/share/Trash/info/客户 名单&1.2.csv.trashinfo name"});
}

TEST_CASE("a folder thrown away whole is searched for the file that was in it") {
  const Desk desk;
  const fs::path trash = desk.home / ".local/share/Trash";
  desk.write(trash / "info/桌面.trashinfo",
             "[Trash Info]\nPath=" + to_file_uri(desk.document.parent_path().native()).substr(7) +
                 "\nDeletionDate=2026-03-01T08:30:00\n");
  desk.write(trash / "files/桌面/客户 名单&1.csv", "an older version");
  desk.write(trash / "files/桌面/其他.csv", "another");
  CHECK(desk.found() == Lines{"trash home/.local/share/Trash/files/桌面/客户 名单&1.csv name"});
}

TEST_CASE("the trash of a stick is searched, both kinds, with paths relative to its top") {
  Desk desk;
  desk.document = desk.mount / "备份/客户.csv";
  fs::create_directories(desk.document.parent_path());
  const std::string uid = std::to_string(desk.uid);
  for (const fs::path& trash : {desk.mount / (".Trash-" + uid), desk.mount / ".Trash" / uid}) {
    desk.write(trash / "info/客户.csv.trashinfo",
               "[Trash Info]\nPath=%E5%A4%87%E4%BB%BD/%E5%AE%A2%E6%88%B7.csv\n"
               "DeletionDate=2026-03-01T08:30:00\n");
    desk.write(trash / "files/客户.csv", kContent);
  }
  const auto found = desk.found();
  REQUIRE(found.size() == 4);
  CHECK(found[0] == "trash stick/.Trash-" + uid + "/files/客户.csv content");
  CHECK(found[2] == "trash stick/.Trash/" + uid + "/files/客户.csv content");
}

TEST_CASE("what office programs save by themselves is found, and the locks beside the document") {
  const Desk desk;
  desk.write(desk.home / ".config/libreoffice/4/user/backup/客户 名单&1.csv_0.ods", "zip");
  desk.write(desk.home / ".config/libreoffice/4/user/backup/客户 名单&1.bak", "zip");
  desk.write(desk.home / ".config/libreoffice/4/user/registrymodifications.xcu", "<x/>");
  desk.write(desk.home / ".local/share/Kingsoft/office6/data/backup/客户 名单&1.~A1B2.csv", "zip");
  desk.write(desk.home / ".local/share/Kingsoft/office6/data/backup/~tmp0001", kContent);
  desk.write(desk.home / "桌面/.~lock.客户 名单&1.csv#", ",teller,host,01.03.2026 08:30;");
  desk.write(desk.home / "桌面/.~客户 名单&1.csv", "wps");
  CHECK(desk.found() ==
        Lines{"autosave home/.config/libreoffice/4/user/backup/客户 名单&1.bak name",
              "autosave home/.config/libreoffice/4/user/backup/客户 名单&1.csv_0.ods name",
              "autosave home/.local/share/Kingsoft/office6/data/backup/~tmp0001 content",
              "autosave home/.local/share/Kingsoft/office6/data/backup/客户 名单&1.~A1B2.csv name",
              "lock home/桌面/.~lock.客户 名单&1.csv# name",
              "lock home/桌面/.~客户 名单&1.csv name"});
}

TEST_CASE("editors' backups and copies beside the document are found") {
  const Desk desk;
  desk.write(desk.home / "桌面/客户 名单&1.csv~", "gedit, emacs");
  desk.write(desk.home / "桌面/客户 名单&1.csv.~2~", "emacs, numbered");
  desk.write(desk.home / "桌面/#客户 名单&1.csv#", "emacs, autosaved");
  desk.write(desk.home / "桌面/.客户 名单&1.csv.swp", "b0VIM 9.0");
  desk.write(desk.home / "桌面/客户 名单&1.bak", kContent);
  desk.write(desk.home / "桌面/副本.csv", kContent);
  desk.write(desk.home / "桌面/深/not-looked-at-here.csv", kContent);
  CHECK(
      desk.found() ==
      Lines{"backup home/桌面/#客户 名单&1.csv# name", "backup home/桌面/.客户 名单&1.csv.swp name",
            "backup home/桌面/客户 名单&1.bak content", "backup home/桌面/客户 名单&1.csv.~2~ name",
            "backup home/桌面/客户 名单&1.csv~ name", "copy home/桌面/副本.csv content"});
}

TEST_CASE("thumbnails are found by the MD5 of the address, as the specification's example has it") {
  CHECK(thumbnail_name("file:///home/jens/photos/me.png") == "c6ee772d9e49320e97ec29a7eb5b1697");
  CHECK(to_file_uri("/home/a/客户 &1;#?.csv") ==
        "file:///home/a/%E5%AE%A2%E6%88%B7%20&1%3B%23%3F.csv");
  const Desk desk;
  const std::string name = thumbnail_name(to_file_uri(desk.document.native())) + ".png";
  for (const char* size :
       {"normal", "large", "x-large", "xx-large", "fail/gnome-thumbnail-factory"})
    desk.write(desk.home / ".cache/thumbnails" / size / name, "png");
  CHECK(desk.found().size() == 5);
}

TEST_CASE("temporary folders are searched by name and by content, links are not followed") {
  const Desk desk;
  desk.write(desk.tmp / "mozilla_user0/客户 名单&1.csv", "downloaded, older");
  desk.write(desk.tmp / "lu123.tmp/lu456.tmp", kContent);
  desk.write(desk.dir / "elsewhere/copy", kContent);
  fs::create_directory_symlink(desk.dir / "elsewhere", desk.tmp / "link");
  fs::create_symlink(desk.dir / "elsewhere/copy", desk.tmp / "file-link");
  CHECK(desk.found() == Lines{"temporary tmp/lu123.tmp/lu456.tmp content",
                              "temporary tmp/mozilla_user0/客户 名单&1.csv name"});
}

TEST_CASE("a place that is a link, or too large, is told rather than passed over") {
  const Desk desk;
  fs::create_directories(desk.home / ".local/share");
  desk.write(desk.dir / "elsewhere/files/copy", kContent);
  fs::create_directory_symlink(desk.dir / "elsewhere", desk.home / ".local/share/Trash");
  for (int i = 0; i < 10; ++i) desk.write(desk.tmp / std::to_string(i), "x");
  const Sought one = desk.sought();
  std::vector<std::string> faults;
  for (const Trace& trace : find_residue(desk.places, {&one, 1}, desk.key, {.files = 5}))
    faults.push_back(trace.path.lexically_relative(desk.dir.path()).native() + ": " + trace.fault);
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].contains("Trash/info: "));
  CHECK(faults[0].contains("link"));
  CHECK(faults[2] == "tmp: not searched to its end: too many files, or too deep");
}

TEST_CASE("where a limit ends the search, the place says so, also beside the file itself") {
  const Desk desk;
  for (int i = 0; i < 3; ++i) {
    desk.write(desk.home / "桌面" / std::to_string(i), "x");
    desk.write(desk.tmp / std::to_string(i), kContent);
  }
  const auto faults_under = [&](const SearchLimits& limits) {
    const std::array both{desk.sought(), desk.sought()};
    Lines faults;
    for (const Trace& trace : find_residue(desk.places, both, desk.key, limits)) {
      if (!trace.fault.empty())
        faults.push_back(trace.path.lexically_relative(desk.dir.path()).native() + ": " +
                         trace.fault);
    }
    return faults;
  };
  const std::string cut_off = ": not searched to its end: too many files, or too deep";
  const std::string beyond = ": 2 files of the same size were not compared: too much to read";
  CHECK(faults_under({}) == Lines{});
  CHECK(faults_under({.files = 3}) == Lines{});  // exactly as many as there are
  CHECK(faults_under({.files = 2}) == Lines{"home/桌面" + cut_off, "tmp" + cut_off});
  CHECK(faults_under({.hashed = kContent.size()}) == Lines{"tmp" + beyond});
  // Folders beside the file are not looked into, which is no fault; in /tmp they are.
  desk.write(desk.home / "桌面/深/x", "x");
  desk.write(desk.tmp / "深/x", "x");
  CHECK(faults_under({.depth = 0}) == Lines{"tmp" + cut_off});
  CHECK(faults_under({.depth = 1}) == Lines{});
}

TEST_CASE("an entry leaves the list of recent files, and everything else stays byte for byte") {
  const Desk desk;
  const std::string uri = to_file_uri(desk.document.native());
  std::string escaped = uri;
  escaped.replace(escaped.find('&'), 1, "&amp;");
  const std::string other = "file:///home/teller/other.csv";
  const fs::path list =
      desk.write(desk.home / ".local/share/recently-used.xbel", recent_list(escaped, other));
  ::chmod(list.c_str(), 0600);
  CHECK(desk.found() == Lines{"recent home/.local/share/recently-used.xbel name"});
  CHECK(forget_recent(list, desk.document).value());
  const std::string left = read_file(list).value();
  CHECK(left == without(recent_list(escaped, other), desk.document.native()).text);
  CHECK_FALSE(left.contains(escaped));
  CHECK(left.contains(other));
  CHECK(left.contains("<?xml"));
  CHECK(left.ends_with("</xbel>"));
  struct stat info{};
  REQUIRE(::stat(list.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0600U);
  CHECK(desk.found().empty());
  CHECK_FALSE(forget_recent(list, desk.document).value());
  const fs::directory_iterator all(list.parent_path());
  CHECK(std::distance(begin(all), end(all)) == 1);
}

TEST_CASE("KDE's shortcuts to recent documents are found") {
  const Desk desk;
  desk.write(desk.home / ".local/share/RecentDocuments/客户 名单&1.csv.desktop",
             "[Desktop Entry]\nIcon=text-csv\nName=客户 名单&1.csv\nType=Link\nURL[$e]=" +
                 to_file_uri(desk.document.native()) + "\n");
  desk.write(desk.home / ".local/share/RecentDocuments/other.desktop",
             "[Desktop Entry]\nType=Link\nURL[$e]=file:///home/teller/other.csv\n");
  CHECK(desk.found() ==
        Lines{"recent home/.local/share/RecentDocuments/客户 名单&1.csv.desktop name"});
}

TEST_CASE("a list that is none, or cut short, is left as it is") {
  for (const std::string_view text :
       {"", "<bookmark ", "<bookmark href=\"file:///a", "<bookmark href=\"file:///a\">",
        "<bookmark href=\"file:///a\"><bookmark href='file:///a'",
        "<bookmark href=\"file:///%zz\"/>"}) {
    const RecentList left = without(text, "/a");
    CHECK(left.text == text);
    CHECK(left.removed == 0);
  }
  CHECK(without("<bookmark href='file:///a'/>x", "/a").text == "x");
  CHECK(trashed_path("[Trash Info]\r\nPath=/a%20b\r\n") == "/a b");
  CHECK(trashed_path("Path=%2").empty());
  CHECK(trashed_path("").empty());
}

}  // namespace huxin::enforce
