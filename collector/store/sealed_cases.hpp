#pragma once
#include "collector/store/cases.hpp"
#include "collector/store/connections.hpp"

namespace huxin::store {

/// Cases in the embedded store. Private to collector/store. The connections are borrowed and
/// outlive it; writes queue for the writer, reads for the reader.
class SealedCases final : public Cases {
 public:
  explicit SealedCases(Connections& db) : db_(db) {}

  Result<std::string> open(const Case& fresh, const CaseEvent& event) override;
  Result<std::optional<Case>> find(std::string_view id, Audience audience) override;
  Result<std::vector<CaseEvent>> history(std::string_view id) override;
  Result<CasePage> list(const CaseFilter& filter) override;
  Status change(const Case& before, const Case& after, std::span<const CaseEvent> events) override;
  Status note(std::string_view id, const CaseEvent& event) override;
  Result<std::string> case_of(std::string_view incident) override;

 private:
  Connections& db_;
};

}  // namespace huxin::store
