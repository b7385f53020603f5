#include "tests/collector/support/device.hpp"

#include <stdexcept>

#include "certs/request.hpp"
#include "certs/token.hpp"
#include "policy/base/digest.hpp"

namespace huxin::test {

Device::Device() : head_(as_text(record::kGenesis)) {
  auto made = certs::make_request("unnamed");
  if (!made) throw std::runtime_error(made.error().context);
  key_ = std::move(made->private_key);
  request_ = std::move(made->request);
}

void Device::enrol(store::Store& store, certs::Authority& authority, Time now,
                   const std::string& branch) {
  const certs::Token token = certs::make_token(authority.root());
  if (!store.add_token(token.digest, branch, now + std::chrono::hours(1)))
    throw std::runtime_error("token");
  const auto terminal =
      store.enrol(token.digest, "teller-01", now, [&](std::string_view id) -> Result<Bytes> {
        auto issued = authority.issue_terminal(request_, id, now);
        if (!issued) return std::unexpected(issued.error());
        adopt(std::string(id), issued->certificate, issued->chain);
        return issued->certificate;
      });
  if (!terminal) throw std::runtime_error(terminal.error().context);
}

void Device::adopt(std::string id, Bytes certificate, Bytes chain) {
  id_ = std::move(id);
  certificate_ = std::move(certificate);
  chain_ = std::move(chain);
  sha256_ = to_hex(huxin::sha256(certificate_));
}

record::Record Device::append(const record::Payload& payload) {
  record::Record link =
      record::make_link(++sequence_, as_bytes(head_), payload.SerializeAsString());
  head_ = link.hash();
  return link;
}

record::Record Device::append_incident() {
  record::Payload payload;
  *payload.mutable_incident() = sample_incident(static_cast<int>(sequence_) + 1);
  return append(payload);
}

record::Batch Device::batch(std::vector<record::Record> links) const {
  record::Batch batch;
  for (record::Record& link : links) *batch.add_records() = std::move(link);
  if (batch.records_size() == 0) return batch;
  const record::Record& last = *batch.records().rbegin();
  const auto signature =
      certs::sign(key_, record::head_statement(last.sequence(), as_bytes(last.hash())));
  if (!signature) throw std::runtime_error(signature.error().context);
  batch.set_head_signature(std::string(as_text(*signature)));
  return batch;
}

record::Batch Device::batch_of_incidents(int count) {
  std::vector<record::Record> links;
  for (int i = 0; i < count; ++i) links.push_back(append_incident());
  return batch(std::move(links));
}

certs::Identity Device::identity() const { return {certificate_, chain_, key_.duplicate()}; }

void Device::rewind(std::uint64_t sequence, std::string hash) {
  sequence_ = sequence;
  head_ = std::move(hash);
}

record::Incident sample_incident(int number) {
  record::Incident incident;
  incident.set_id(std::string(as_text(random_bytes(16))));
  incident.set_time_ms(1'772'000'000'000 + number * 1000LL);
  incident.set_stage(2);
  incident.set_channel(number % 2 == 0 ? 4 : 1);
  incident.set_action(4);
  incident.set_would(4);
  incident.set_severity(static_cast<std::uint32_t>(number % 4 + 1));
  incident.set_rule("use-upload-bulk");
  incident.add_domains("payment");
  incident.add_clauses("K22");
  incident.set_user("li.wei");
  incident.set_process("/usr/bin/curl");
  incident.set_path(fmt::format("/home/li.wei/客户_{}%名单.xlsx", number));
  incident.set_destination("upload.example:443/put");
  incident.set_operation("POST");
  incident.set_customers(12);
  incident.set_findings_total(24);
  auto* finding = incident.add_findings();
  finding->set_element(1);
  finding->set_level(2);
  finding->set_confidence(0.97);
  finding->set_where("客户.xlsx!Sheet1!B7");
  finding->set_masked("1****************X");
  auto* count = incident.add_counts();
  count->set_element(number % 2 == 0 ? 1 : 6);
  count->set_findings(24);
  auto* step = incident.add_trace();
  step->set_rule("use-upload-bulk");
  step->set_matched(true);
  step->set_reason("customers 12 ≥ 10");
  incident.set_policy_id("branch-default");
  incident.set_policy_version("2026.03.1");
  incident.set_evidence("sealed");
  incident.set_outcome("denied");
  incident.set_rule_zh("禁止批量外传客户信息");
  return incident;
}

}  // namespace huxin::test
