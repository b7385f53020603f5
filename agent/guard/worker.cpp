#include "agent/guard/worker.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include "agent/guard/channel.hpp"
#include "agent/guard/known_memory.hpp"
#include "agent/guard/scan_job.hpp"
#include "agent/guard/worker.pb.h"

namespace huxin::guard {

namespace {

constexpr std::size_t kMaxConfig = std::size_t{16} << 20U;
constexpr unsigned kGraceSeconds = 5;  // beyond a job's deadline the guardian has long killed us

Result<WorkerConfig> read_config(int fd) {
  std::string bytes;
  char buffer[std::size_t{64} << 10U];
  for (ssize_t got = 0; (got = ::read(fd, buffer, sizeof buffer)) > 0;) {
    bytes.append(buffer, static_cast<std::size_t>(got));
    if (bytes.size() > kMaxConfig)
      return fail(Errc::kTooLarge, "worker configuration over {} bytes", kMaxConfig);
  }
  WorkerConfig config;
  if (!config.ParseFromString(bytes))
    return fail(Errc::kCorrupt, "worker configuration does not parse");
  return config;
}

Result<std::shared_ptr<const detect::Detector>> build_detector(const WorkerConfig& config,
                                                               const KnownMemory& known) {
  std::shared_ptr<const catalog::Catalog> catalog;
  if (config.catalog_yaml().empty()) {
    catalog = catalog::Catalog::builtin();
  } else {
    auto parsed = catalog::Catalog::parse(config.catalog_yaml(), "catalogue");
    if (!parsed) return std::unexpected(parsed.error());
    catalog = *parsed;
  }
  detect::DetectorOptions options;
  options.cache = config.cache();
  options.known = known.exact();
  if (config.min_confidence() > 0) options.min_confidence = config.min_confidence();
  if (config.max_findings() > 0)
    options.max_findings = static_cast<std::size_t>(config.max_findings());
  return detect::Detector::build(catalog, options);
}

bool send_message(const google::protobuf::MessageLite& message) {
  return send_packet(kWorkerSocket, message.SerializeAsString(), -1, kForever).has_value();
}

int refuse(const Error& error) {
  WorkerHello hello;
  hello.set_error(error.context);
  send_message(hello);
  return 1;
}

bool announce(const Protections& protections) {
  WorkerHello hello;
  for (const std::string& wall : protections.in_force) hello.add_in_force(wall);
  for (const std::string& wall : protections.missing) hello.add_missing(wall);
  return send_message(hello);
}

SandboxOptions cage_of(const WorkerConfig& config) {
  SandboxOptions cage{.address_space = static_cast<std::size_t>(config.address_space()),
                      .keep = {kWorkerSocket}};
  if (!config.user().empty()) cage.user = config.user();
  cage.file_size = std::max(cage.file_size, static_cast<std::size_t>(config.max_bytes()));
  return cage;
}

int serve(const detect::Detector& detector, const KnownMemory& known) {
  const auto context = detector.context();
  known::PrintMatcher documents(known.prints(), known.prints_key());
  ScanJobRunner runner(detector, *context, documents);
  for (;;) {
    auto packet = receive_packet(kWorkerSocket, kForever);
    if (!packet) return 1;
    if (!packet->has_value()) return 0;  // the guardian closed its end: no more work
    ScanRequest request;
    if (!request.ParseFromString((*packet)->bytes) || !(*packet)->file) return 1;
    ::alarm((request.deadline_ms() / 1000) + kGraceSeconds);
    runner.run(request, (*packet)->file,
               [](const ScanReply& reply) { return send_message(reply); });
    ::alarm(0);
  }
}

}  // namespace

int run_worker() {
  const auto config = read_config(kWorkerConfig);
  if (!config) return refuse(config.error());
  const auto known = KnownMemory::map(*config, kWorkerKnown);
  if (!known) return refuse(known.error());
  auto detector = build_detector(*config, *known);
  if (!detector) return refuse(detector.error());
  const auto protections = enter_sandbox(cage_of(*config));
  if (!protections) return refuse(protections.error());
  if (!announce(*protections)) return 1;
  return serve(**detector, *known);
}

}  // namespace huxin::guard
