#pragma once
#include <mutex>

#include "certs/sealed_database.hpp"

namespace huxin::store {

/// The two connections that the rooms of the embedded store share: writes queue for the one, reads
/// for the other, so that a long list never holds up ingest (WAL lets both run). Take `writing` for
/// the writer, `reading` for the reader, never both. Private to collector/store.
/// A lock is held for the whole call, callbacks into the caller's code included.
struct Connections {
  std::mutex writing, reading;
  certs::SealedDatabase writer, reader;

  Connections(certs::SealedDatabase one, certs::SealedDatabase other)
      : writer(std::move(one)), reader(std::move(other)) {}
};

}  // namespace huxin::store
