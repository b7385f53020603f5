#pragma once
#include <string>

#include "agent/extract/mail/header.hpp"
#include "agent/extract/mail/parameters.hpp"
#include "agent/extract/mail/transfer_encoding.hpp"

namespace huxin::extract {

/// What the header of a message or of a part says of its body (RFC 2045; RFC 2183).
struct Entity {
  ParameterField type;         ///< Content-Type
  ParameterField disposition;  ///< Content-Disposition
  TransferEncoding encoding = TransferEncoding::kNone;

  /// Takes a field, if it is one of these; false for a second of a kind, which is not taken.
  bool take(const Field& field);
  /// The attachment's name in UTF-8, at most 512 bytes, without control characters; "" when it has
  /// none.
  std::string name() const;
  bool multipart() const { return type.value().starts_with("multipart/"); }

 private:
  bool typed_ = false, placed_ = false, encoded_ = false;
};

}  // namespace huxin::extract
