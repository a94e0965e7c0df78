// Entry of the headless client: the order comes as one JSON argument from cli.js, answers go back through it.
#include <emscripten/emscripten.h>

#include "web/headless/client.hpp"
#include "web/headless/report.hpp"
#include "web/ports/browser_crypto.hpp"
#include "web/ports/pending.hpp"
#include "web/ports/ports.hpp"

// web/headless/console.js
extern "C" {
void foyer_console_print(const char* json);
void foyer_console_event(const char* json);
// Answers 0 with the URL, or 1 when nobody came in time.
void foyer_console_redirect(int number);
// Answers 0 with the text.
void foyer_console_file(int number);
// Answers 0 for yes.
void foyer_console_spend(int number, int calls);
void foyer_console_end(const char* json, int exit);
}

namespace foyer::headless {
namespace {

class NodeConsole final : public Console {
 public:
  void print(const std::string& json) override { foyer_console_print(json.c_str()); }
  void event(const std::string& json) override { foyer_console_event(json.c_str()); }
  Task<bool> may_spend(int calls) override {
    const web::PortAnswer answer =
        co_await web::ask([calls](int number) { foyer_console_spend(number, calls); });
    co_return answer.status == 0;
  }
  Task<Result<std::string>> file() override {
    web::PortAnswer answer = co_await web::ask([](int number) { foyer_console_file(number); });
    if (answer.status != 0) co_return fail(ErrorKind::invalid_input, "", "the file can't be read");
    co_return std::move(answer.bytes);
  }
  Task<Result<std::string>> redirect() override {
    web::PortAnswer answer = co_await web::ask([](int number) { foyer_console_redirect(number); });
    if (answer.status != 0)
      co_return fail(ErrorKind::timeout, "", "nobody came back from the sign-in in time");
    co_return std::move(answer.bytes);
  }
};

Task<void> start(std::string json) {
  static web::Ports ports;
  static web::Signer signer;
  static NodeConsole console;
  auto order = read_order(json);
  Outcome outcome =
      order ? co_await run(ports.host(), signer, std::move(*order), console) : refusal(order.error());
  foyer_console_end(outcome.json.c_str(), outcome.exit);
}

}  // namespace
}  // namespace foyer::headless

int main(int argc, char** argv) {
  static foyer::TaskScope scope;
  if (argc == 2) scope.spawn(foyer::headless::start(argv[1]));
  emscripten_exit_with_live_runtime();
}
