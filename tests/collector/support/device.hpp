#pragma once
#include <string>

#include "certs/authority.hpp"
#include "certs/certificate.hpp"
#include "collector/store/store.hpp"
#include "policy/record/chain.hpp"

namespace huxin::test {

/// A terminal as the collector meets it: a key, a certificate, and a chain of records it signs.
class Device {
 public:
  Device();

  /// Enrols straight at a store, with a fresh token.
  void enrol(store::Store& store, certs::Authority& authority, Time now,
             const std::string& branch = "南京路支行");
  /// Takes what an enrolment answered.
  void adopt(std::string id, Bytes certificate, Bytes chain);

  /// Adds links to the chain and returns them.
  record::Record append(const record::Payload& payload);
  record::Record append_incident();
  /// Signs a batch of the given links with the device's key.
  record::Batch batch(std::vector<record::Record> links) const;
  record::Batch batch_of_incidents(int count);

  const Bytes& request() const { return request_; }
  const std::string& id() const { return id_; }
  const std::string& sha256() const { return sha256_; }
  certs::Identity identity() const;
  std::uint64_t sequence() const { return sequence_; }
  /// Forgets the newest links, as a terminal does whose disk was put back.
  void rewind(std::uint64_t sequence, std::string hash);
  const std::string& head() const { return head_; }

 private:
  Secret key_;
  Bytes request_, certificate_, chain_;
  std::string id_, sha256_;
  std::uint64_t sequence_ = 0;
  std::string head_;
};

/// An incident with something in every field; `number` varies it.
record::Incident sample_incident(int number);

}  // namespace huxin::test
