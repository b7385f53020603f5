// Files that are none, or do not stay as they are.
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "agent/watch/open_regular.hpp"
#include "tests/hostile/input.hpp"

namespace huxin::hostile {

namespace {

using std::filesystem::path;

/// As the agent opens what it is told of.
std::vector<Input> opened(const path& file) {
  std::vector<Input> inputs(1);
  inputs[0].name = file.filename();
  auto found = watch::open_regular(file);
  if (found) {
    inputs[0].file = std::move(found->file);
  } else {
    inputs[0].refused = to_string(found.error().code);
  }
  return inputs;
}

std::vector<Input> handed(Fd file, std::function<void(pid_t)> meanwhile = {}) {
  std::vector<Input> inputs;
  inputs.push_back({.name = "handed", .file = std::move(file), .meanwhile = std::move(meanwhile)});
  return inputs;
}

std::vector<Input> fifo(const test::TempDir& dir) {
  ::mkfifo((dir / "fifo").c_str(), 0600);
  return opened(dir / "fifo");
}

std::vector<Input> socket(const test::TempDir& dir) {
  const Fd bound(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{.sun_family = AF_UNIX};
  (dir / "socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  ::bind(bound.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return opened(dir / "socket");
}

std::vector<Input> loop(const test::TempDir& dir) {
  std::filesystem::create_symlink("b", dir / "a");
  std::filesystem::create_symlink("a", dir / "b");
  return opened(dir / "a");
}

std::vector<Input> loop_on_the_way(const test::TempDir& dir) {
  std::filesystem::create_directory_symlink(".", dir / "self");
  std::filesystem::create_symlink("self/on", dir / "on");
  return opened(dir / "self/self/on/a.txt");
}

std::vector<Input> silent_pipe(const test::TempDir&) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  // Held open for as long as the scan goes on, and longer.
  auto writer = std::make_shared<Fd>(ends[1]);
  return handed(Fd(ends[0]), [writer](pid_t) {});
}

std::vector<Input> endless_pipe(const test::TempDir&) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  auto writer = std::make_shared<Fd>(ends[1]);
  return handed(Fd(ends[0]), [writer](pid_t) {
    const std::string much(std::size_t{1} << 20U, 'a');
    for (int i = 0; i < 65 && ::write(writer->get(), much.data(), much.size()) > 0; ++i) {
    }
    writer->reset();
  });
}

Fd sparse(const test::TempDir& dir, off_t size) {
  Fd file(::open((dir / "sparse").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (::ftruncate(file.get(), size) != 0) return {};
  return file;
}

constexpr std::size_t kMuch = std::size_t{48} << 20U;

path text_file(const test::TempDir& dir) {
  std::string text;
  while (text.size() < kMuch) text += "本行业务办理正常，没有需要登记的内容。\n手机 13800138000\n";
  return dir.write("moving.txt", text);
}

/// Waits until the worker has the file mapped, and stops it there while `act` runs.
void once_mapped(pid_t worker, const std::string& name, const std::function<void()>& act) {
  const std::string maps = fmt::format("/proc/{}/maps", worker);
  for (int tries = 0; tries < 20'000; ++tries) {
    const auto mapped = read_file(maps);
    if (!mapped) return;
    if (mapped->contains(name)) break;
  }
  ::kill(worker, SIGSTOP);
  act();
  ::kill(worker, SIGCONT);
}

std::vector<Input> moving(const test::TempDir& dir, std::function<void(const path&)> act) {
  const path file = text_file(dir);
  auto inputs = opened(file);
  inputs[0].meanwhile = [file, act = std::move(act)](pid_t worker) {
    once_mapped(worker, "moving.txt", [&] { act(file); });
  };
  return inputs;
}

std::vector<Input> cut_off(const test::TempDir& dir) {
  return moving(dir, [](const path& file) { std::filesystem::resize_file(file, 10); });
}

std::vector<Input> removed(const test::TempDir& dir) {
  return moving(dir, [](const path& file) { std::filesystem::remove(file); });
}

std::vector<Input> grown(const test::TempDir& dir) {
  return moving(dir, [](const path& file) { std::filesystem::resize_file(file, 2 * kMuch); });
}

std::vector<Input> overwritten(const test::TempDir& dir) {
  return moving(dir, [](const path& file) {
    const Fd out(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
    const std::string other(kMuch, 'x');
    if (::write(out.get(), other.data(), other.size()) < 0) return;
  });
}

}  // namespace

Rows strange_files() {
  const auto device = [](const char* at) {
    return [at](const test::TempDir&) { return opened(at); };
  };
  return {
      {"the agent opens a FIFO", {"refused invalid"}, fifo},
      {"the agent opens a socket", {"refused invalid"}, socket},
      {"the agent opens /dev/zero", {"refused invalid"}, device("/dev/zero")},
      {"the agent opens a folder", {"refused invalid"}, device("/tmp")},
      {"the agent opens a link to a link to itself", {"refused invalid"}, loop},
      {"the agent opens a path through a folder that is in itself",
       {"refused io", "refused not_found"},
       loop_on_the_way},
      {"the agent opens what is not there", {"refused not_found"}, device("/nonexistent")},
      {"a worker is handed a pipe that says nothing", {"not_inspected timeout"}, silent_pipe},
      {"a worker is handed a pipe without end", {"not_inspected too_large"}, endless_pipe},
      {"a worker is handed /dev/zero",
       {"not_inspected too_large"},
       [](const test::TempDir&) { return handed(Fd(::open("/dev/zero", O_RDONLY | O_CLOEXEC))); }},
      {"a worker is handed a folder",
       {"not_inspected unreadable"},
       [](const test::TempDir&) { return handed(Fd(::open("/tmp", O_RDONLY | O_CLOEXEC))); }},
      {"a worker is handed a file open for writing alone",
       {"not_inspected unreadable"},
       [](const test::TempDir& dir) {
         return handed(Fd(::open(dir.write("a", "x").c_str(), O_WRONLY | O_CLOEXEC)));
       }},
      {"a sparse file of 5 GB",
       {"not_inspected unsupported"},
       [](const test::TempDir& dir) { return handed(sparse(dir, 5'000'000'000)); }},
      {"a sparse file of 64 MiB",
       {"not_inspected unsupported"},
       [](const test::TempDir& dir) { return handed(sparse(dir, off_t{64} << 20)); }},
      {"a file cut off while it is read",
       {"partial changed", "not_inspected changed"},  // before its first text was seen
       cut_off},
      {"a file removed while it is read", {"inspected"}, removed},
      {"a file that grows while it is read", {"inspected"}, grown},
      {"a file overwritten while it is read", {"inspected"}, overwritten},
  };
}

}  // namespace huxin::hostile
