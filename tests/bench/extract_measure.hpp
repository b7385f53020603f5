#pragma once
// What bench_extract measures of one file.
#include <filesystem>
#include <string>
#include <vector>

#include "agent/guard/pool.hpp"

namespace huxin::bench {

/// A large document that make_documents made.
struct LargeDocument {
  std::string format;
  std::filesystem::path path;
  std::string written_by;
  std::size_t inner = 0;  ///< bytes of XML or text in it; its own where nothing is packed
  std::string plain;      ///< how a shell gets the same text of "$1"; empty: no program here does
};

/// Reads OUT/documents.tsv; exits with 2 when it is not there or not whole.
std::vector<LargeDocument> large_documents(const std::filesystem::path& folder);

/// Processor time of this process and of the programs it ran: a busy machine does not count.
struct Extraction {
  double seconds = 0;    ///< the best of three, or of as many as fit into two seconds
  std::size_t text = 0;  ///< bytes of text that it gave
  extract::Outcome outcome;
};
Extraction measure_extraction(const std::filesystem::path& path);

/// Processor time of the plainest way; 0: there is none, or it fails.
double measure_plain(const LargeDocument& document);

/// One file in a scan worker of its own, in its cage.
struct Scan {
  double seconds = 0;            ///< from handing it over to the answer, by the clock on the wall
  double peak_megabytes = 0;     ///< most memory at a time, pages of the file included (VmHWM)
  double private_megabytes = 0;  ///< without pages of files; pdftotext's counted; by 1 ms
  inspect::ScanResult result;
};

/// Where workers come from: the program and the folder with its compiled patterns.
struct WorkerSource {
  std::string agent;
  std::filesystem::path cache;
};

/// Starts a worker, gives it the file with `scan`'s limits, and watches its memory meanwhile.
Scan measure_scan(const WorkerSource& source, const std::filesystem::path& path,
                  const detect::Enough& enough = {});

/// How many times a second one warm worker inspects a small file, by the clock on the wall.
double files_per_second(guard::WorkerPool& pool, const std::filesystem::path& path);

/// One worker, ready; exits with 2 when it does not come up.
std::unique_ptr<guard::WorkerPool> start_worker(const WorkerSource& source);

}  // namespace huxin::bench
