#pragma once
#include "agent/journal/journal.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::journal::test {

inline Secret key(std::uint8_t fill = 7) { return Secret(Bytes(32, fill)); }

inline const Time kStart = Time(std::chrono::milliseconds(1'770'000'000'000));

inline record::Payload incident(std::string_view rule, std::uint32_t severity = 4,
                                std::size_t padding = 0) {
  record::Payload payload;
  payload.mutable_incident()->set_rule(std::string(rule));
  payload.mutable_incident()->set_severity(severity);
  payload.mutable_incident()->set_evidence(std::string(padding, 'e'));
  return payload;
}

inline record::Payload read(const record::Record& record) {
  record::Payload payload;
  if (!payload.ParseFromString(record.payload())) payload.Clear();
  return payload;
}

inline Options options(std::size_t reserve = 0) {
  Options made;
  made.reserve = reserve;
  made.clock = std::make_shared<huxin::test::FakeClock>(kStart);
  return made;
}

/// Opens, or ends the test.
inline std::unique_ptr<Journal> opened(const std::filesystem::path& folder,
                                       Options with = options()) {
  auto journal = Journal::open(folder, key(), std::move(with));
  if (!journal) throw std::runtime_error(journal.error().context);
  return std::move(*journal);
}

}  // namespace huxin::journal::test
