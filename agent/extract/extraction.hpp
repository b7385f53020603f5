#pragma once
#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "agent/extract/extract.hpp"

namespace huxin::extract {

/// Carries one extraction through every level of nesting: what is left of the budget, where
/// documents go, and the gravest thing that went wrong.
///
/// One thread; borrows budget and sink. Once stopped() is true every reader returns at its next
/// window, member or element; what it had read is already with the sink.
///
/// Reasons, the gravest first: encrypted, bomb, too_deep, too_many_entries, too_large, timeout,
/// no_worker, too_many_pictures, no_pdftotext, no_tesseract, no_text, corrupt, unsupported, stopped.
class Extraction {
 public:
  /// Its deadline begins now.
  Extraction(const Budget& budget, const Sink& sink);

  /// Hands a document to the sink, and counts its text. Empty documents are dropped. Names come
  /// from the file: they are made printable here, for all who show, log or keep them.
  void emit(text::Document&& document);

  /// The same for a window of text that stands in the file as it is: where it was unpacked spend()
  /// has counted it, and else there is no more of it than of the file.
  void emit_window(text::Document&& document);

  /// Hands on what is not read, a picture or a recording, as a document without text: its name may
  /// tell what it is. Not counted: nothing of it was seen.
  void emit_name(const std::string& where);

  /// Counts bytes that unpacking made out of `packed`; stops with "bomb" or "too_large".
  /// `unpacked_here`: all that came of `packed` so far, which the ratio is judged by beyond 1 MiB;
  /// `unpacked_now`: what is new.
  void spend(std::size_t packed, std::size_t unpacked_here, std::size_t unpacked_now);
  /// Counts one archive member; stops with "too_many_entries".
  void enter_member();
  /// Counts a page whose text is to be recognised; false, with "too_many_pictures", for one too
  /// many.
  bool enter_page();
  /// Looks at the clock; stops with "timeout".
  void check_time();

  /// Records that something was not seen. The gravest reason is the one reported, of equals the
  /// first.
  void lose(std::string_view reason);
  /// Records a reason and ends the extraction.
  void stop(std::string_view reason);

  bool stopped() const { return stopped_; }
  /// Says whether "timeout" or "no_worker" was among the reasons.
  bool ran_out() const { return ran_out_; }
  const Budget& budget() const { return budget_; }
  /// Rounded up; 0 once the deadline has passed.
  std::chrono::milliseconds time_left() const;
  /// Bytes.
  std::size_t output_left() const;
  std::size_t documents() const { return documents_; }
  /// Empty: everything was seen so far.
  const std::string& reason() const { return reason_; }

  /// Counts the depth of archives for as long as it lives; allowed() is false beyond the limit
  /// ("too_deep").
  class Descent {
   public:
    /// Beyond the limit the loss is recorded; the caller must go no deeper.
    explicit Descent(Extraction& extraction);
    ~Descent() { --extraction_.depth_; }
    Descent(const Descent&) = delete;
    Descent& operator=(const Descent&) = delete;
    bool allowed() const { return allowed_; }

   private:
    Extraction& extraction_;
    bool allowed_;
  };

  /// Counts what members of archives are held in memory, at all levels together, for as long as it
  /// lives: no more than a file may be long (`max_bytes`).
  class Holding {
   public:
    explicit Holding(Extraction& extraction) : extraction_(extraction) {}
    ~Holding() { set(0); }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;
    void set(std::size_t bytes) {
      extraction_.held_ += bytes - bytes_;
      bytes_ = bytes;
    }
    /// Bytes that may be held here, with what is.
    std::size_t room() const {
      const std::size_t others = extraction_.held_ - bytes_;
      return extraction_.budget_.max_bytes - std::min(others, extraction_.budget_.max_bytes);
    }

   private:
    Extraction& extraction_;
    std::size_t bytes_ = 0;
  };

  /// Times the looking at pictures for codes for as long as it lives: so that a file full of
  /// pictures does not lose the time for its text, allowed() is false ("too_many_pictures") once
  /// they have taken their share of the deadline. Where their text is asked for they may take it
  /// all.
  class Look {
   public:
    explicit Look(Extraction& extraction);
    ~Look() { extraction_.looked_ += std::chrono::steady_clock::now() - begin_; }
    Look(const Look&) = delete;
    Look& operator=(const Look&) = delete;
    bool allowed() const { return allowed_; }
    /// How long a picture may still take: what is left of the share; of a page whose text is asked
    /// for, the page's own time.
    std::chrono::milliseconds left() const;
    /// What is lost by a picture that takes longer: "too_many_pictures" or "timeout".
    std::string_view late() const;
    /// A quarter of the deadline.
    static std::chrono::nanoseconds share(const Budget& budget) { return budget.deadline / 4; }

   private:
    Extraction& extraction_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    bool allowed_ = true;
  };

 private:
  const Budget& budget_;
  const Sink& sink_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t produced_ = 0;
  std::size_t entries_ = 0;
  std::size_t depth_ = 0;
  std::size_t held_ = 0;
  std::size_t documents_ = 0;
  std::size_t pages_ = 0;
  std::chrono::steady_clock::duration looked_{};
  bool stopped_ = false;
  bool ran_out_ = false;
  std::string reason_;
};

}  // namespace huxin::extract
