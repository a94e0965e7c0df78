// A report that reproduces itself: what the clouds answered, disguised (disguise.hpp), in one file of JSON
// that `foyer replay` serves as a cloud. docs/report.md describes it.
//
// Example (compiled by tests/app/report):
//   const std::string file = write_report(found, disguise);   // 1. what was recorded, as nobody's
//   const auto report = read_report(file);                    // 2. a stranger's file: an error names what is
//   wrong report->clouds[0].answers[0].body;                        // 3. the body, as long as it was
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/report/disguise.hpp"
#include "core/base/result.hpp"
#include "core/ports/http.hpp"

namespace foyer::report {

// One exchange with the interface of a cloud. No header of the request is kept; the target begins behind the
// cloud's api_base.
struct Answer {
  std::string method{};
  std::string target{};  // "/smarther/v2.0/plants?a=b"
  int status = 0;        // 0: there was no answer
  std::string body{};
};

struct Cloud {
  std::vector<std::string> providers{};  // "netatmo", "smarther", "hc"
  std::vector<Answer> answers{};
};

// What is told beside the bodies; only words of the program, times moved.
struct Entry {
  Instant at{};
  std::string kind{};  // "call", "problem", "finding"
  std::string text{};  // "GET /plants/{plant} 200 ok 120 ms", "gateway E8"
};

struct Report {
  std::string made_by{};  // "foyer 1.2.0"
  Instant at{};
  std::vector<Cloud> clouds{};
  std::vector<Entry> journal{};
};

// Disguises and writes. Bodies of all clouds are one household.
std::string write_report(const Report& found, Disguise& disguise);

// ErrorKind::malformed with a sentence that names the field: "clouds[0].answers[2].status: expected a whole
// number, 0 to 599". At most 32 MB, 8 clouds, 2,000 answers and 5,000 lines of journal.
Result<Report> read_report(std::string_view json);

// How many there are of what, for who is to agree:
// {"clouds":1,"answers":5,"bytes":…,"journal":…,"replaced":…}.
std::string summary_of(const Report& report, std::size_t replaced);

// Writes down what passes to and from the interfaces of the clouds, and nothing of a sign-in: a request that
// is no account's, or has a secret body, is not heard, wherever its address lies.
class Recorder final : public Http {
 public:
  explicit Recorder(Http& to) : to_(to) {}
  // `cloud` is the place in a Report's list; each account is listened to once. Several may share an address.
  void listen(std::string account, std::string api_base, std::size_t cloud) {
    heeded_.push_back({std::move(account), std::move(api_base), cloud});
  }
  Task<HttpOutcome> send(HttpRequest request) override;
  // What was recorded for that cloud, in order of the answers; of equal requests the last answer.
  std::vector<Answer> answers(std::size_t cloud) const;

 private:
  struct Heeded {
    std::string account{}, api_base{};
    std::size_t cloud = 0;
  };
  Http& to_;
  std::vector<Heeded> heeded_{};
  std::vector<std::pair<std::size_t, Answer>> heard_{};
};

}  // namespace foyer::report
