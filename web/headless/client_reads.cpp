// Homes and what is in them. Calls are counted: what is kept is read before a cloud is asked, and says its
// age.
#include <algorithm>

#include "core/app/problems/problems.hpp"
#include "web/headless/choose.hpp"
#include "web/headless/client_impl.hpp"

namespace foyer::headless {
namespace {

Error signed_out(const AccountState& account) {
  const auto notice = session_notice(account.session.because);
  const std::string why = notice ? " (" + std::string(policy::message(*notice).what) + ")" : "";
  return {ErrorKind::signed_out, "",
          account.name + " is signed out" + why + "; use: sign-in --account " + account.id};
}

}  // namespace

Task<void> Client::know(bool fresh) {
  const State& state = controller_.state();
  for (std::size_t i = 0; i < state.accounts.size(); ++i) {
    const std::string id = state.accounts[i].id;
    if (!concerns(id)) continue;
    if (state.accounts[i].session.status != oauth::Status::signed_in) {
      troubles_.push_back({.account = id, .error = signed_out(state.accounts[i])});
      continue;
    }
    const bool kept =
        std::ranges::any_of(state.plant_account, [&](const auto& one) { return one.second == id; });
    if (kept && !fresh) continue;
    wrote_ = true;
    const auto done = co_await controller_.load(id);
    if (done) continue;
    const CallFailure* whole = last_failure(done.error());
    troubles_.push_back(
        {.account = id, .error = done.error(), .failure = whole ? std::optional(*whole) : std::nullopt});
  }
}

Task<Result<PlantId>> Client::home(bool fresh) {
  if (order_.arguments.empty()) co_return usage("which HOME? Its id or name is expected", order_.command);
  if (signed_in().empty()) co_return std::unexpected(nobody());
  const std::string& wanted = order_.arguments.front();
  const Instant began = host_.clock.now();
  const auto look = [&] { return choose_home(controller_.state().plants, wanted); };
  auto found = look();
  if (!found) {
    co_await know(fresh);
    found = look();
  }
  if (found) {
    // Of many homes some are read when somebody looks at them. What this run has just read whole is fresh
    // enough.
    const PlantId id = (*found)->id;
    const Plant& one = plant(id);
    if (fresh ? one.topology_at >= began && one.status_at >= began : one.topology_at.has_value())
      co_return id;
    wrote_ = true;
    if (const auto read = co_await controller_.look(id, fresh); !read)
      co_return std::unexpected(read.error());
    co_return id;
  }
  Error error = found.error();
  for (const Trouble& one : troubles_) {
    if (one.error.kind != ErrorKind::signed_out) co_return std::unexpected(one.error);
    error.kind = ErrorKind::signed_out;
    error.message += "; " + one.error.message;
  }
  if (!fresh && error.kind == ErrorKind::invalid_input) error.message += "; --fresh asks the clouds";
  co_return std::unexpected(std::move(error));
}

Outcome Client::partial(Json json) const {
  put_troubles(json, troubles_);
  const int exit = troubles_.empty() ? 0 : exit_code(troubles_.front().error.kind);
  return {dump_json(json), exit};
}

Task<Result<Outcome>> Client::homes() {
  if (signed_in().empty()) co_return std::unexpected(nobody());
  co_await know(order_.fresh);
  co_return partial(homes_json(controller_.state(), order_.account, host_.clock.now()));
}

Task<Result<Outcome>> Client::topology() {
  const auto id = co_await home(order_.fresh);
  if (!id) co_return std::unexpected(id.error());
  co_return Outcome{home_json(plant(*id), host_.clock.now())};
}

Task<Result<Outcome>> Client::state() {
  const Instant began = host_.clock.now();
  const auto id = co_await home(order_.fresh);
  if (!id) co_return std::unexpected(id.error());
  // A home that had to be read first was read with its values.
  if (plant(*id).status_at < began) {
    wrote_ = true;
    const auto read = co_await controller_.refresh(*id);
    if (!read) co_return std::unexpected(read.error());
  }
  co_return Outcome{home_json(plant(*id), host_.clock.now())};
}

// What the topology tells of plans and scenes.
Task<Result<Outcome>> Client::plan(Result<Json> (*report)(const Plant&)) {
  const auto id = co_await home(order_.fresh);
  if (!id) co_return std::unexpected(id.error());
  auto json = report(plant(*id));
  if (!json) co_return std::unexpected(json.error());
  put_age(*json, plant(*id), host_.clock.now());
  co_return Outcome{dump_json(*json)};
}

Task<Result<Outcome>> Client::measures() {
  if (order_.arguments.size() != 2) co_return usage("expected: measures HOME MODULE|ROOM", order_.command);
  const auto id = co_await home(order_.fresh);
  if (!id) co_return std::unexpected(id.error());
  const Instant now = host_.clock.now();
  HistoryWish wish = order_.history;
  wish.target = order_.arguments[1];
  const auto request = history_request(plant(*id), wish, now);
  if (!request) co_return std::unexpected(request.error());
  wrote_ = true;
  const HistoryRequest* asked = &*request;
  CallResult answer = co_await controller_.call(account_of(*id), asked->call);
  for (const HistoryRequest& other : request->others) {
    const bool refused = !answer && (answer.error().error.kind == ErrorKind::refused ||
                                     answer.error().error.kind == ErrorKind::invalid_input);
    if (!refused && !(answer && brings_nothing(*asked, answer->body))) break;
    CallResult again = co_await controller_.call(account_of(*id), other.call);
    if (!again || (answer && brings_nothing(other, again->body))) continue;
    answer = std::move(again);
    asked = &other;
  }
  if (!answer) co_return failure(answer.error());
  const auto json = history_json(plant(*id), *asked, answer->body, host_.clock.utc_offset(now));
  if (!json) co_return std::unexpected(json.error());
  co_return Outcome{*json};
}

}  // namespace foyer::headless
