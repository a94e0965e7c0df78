#include "tests/soak/days.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "tests/soak/house.hpp"

namespace foyer::soak {
namespace {

constexpr int limit = 500, oldest = 7200;
constexpr Millis travel{150};  // of an answer
constexpr Millis step = Seconds(30), day = Hours(24);
constexpr int homes_of_an_installer = 200, homes_a_day = 10;

std::string two(long long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// The service: 500 calls per day, reset at local midnight, a 403 beyond.
class Service {
 public:
  explicit Service(House& house, Account& account) : house_(house), account_(account) {
    reset_ = midnight_after(house.memory.time.now());
    house.on_call = [this](HttpRequest request, int device) {
      return answer_call(std::move(request), device);
    };
  }
  int left() const { return limit - used_; }
  void spend_rest() { used_ = limit; }
  void look_at_clock() {
    const Instant now = house_.memory.time.now();
    while (now >= reset_) {
      account_.calls.push_back(ours_);
      used_ = ours_ = 0;
      told_ = {};
      reset_ += day;
    }
  }

 private:
  Instant midnight_after(Instant now) const {
    const Minutes offset = house_.memory.time.offset;
    LocalTime local = to_local(now, offset);
    local.hour = local.minute = local.second = 0;
    return from_local(local, offset) + day;
  }

  Task<HttpOutcome> answer_call(HttpRequest request, int device) {
    std::optional<Instant>& told = told_[static_cast<std::size_t>(device)];
    look_at_clock();
    ++used_, ++ours_;
    // What was on its way when the refusal arrived could not know of it.
    if (told && house_.memory.time.now() > *told) ++account_.while_parked;
    HttpOutcome out = answer(200);
    if (used_ > limit) {
      if (!told) told = house_.memory.time.now() + travel;
      const long long wait = std::chrono::duration_cast<Seconds>(reset_ - house_.memory.time.now()).count();
      out = answer(403,
                   R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in )" +
                       two(wait / 3600) + ":" + two(wait / 60 % 60) + ":" + two(wait % 60) + ".\"}");
    } else {
      out = house_.serve(request);
    }
    co_await house_.memory.time.sleep(travel);
    co_return out;
  }

  House& house_;
  Account& account_;
  Instant reset_{};
  int used_ = 0, ours_ = 0;
  std::array<std::optional<Instant>, 2> told_{};  // when each device read its first refusal
};

// Minutes of the day in which somebody looks.
bool looks(Usage usage, int minute) {
  switch (usage) {
    case Usage::glances:
      for (const int start : {7 * 60, 8 * 60 + 30, 12 * 60 + 30, 18 * 60, 22 * 60})
        if (minute >= start && minute < start + 10) return true;
      return false;
    case Usage::evenings:
      return minute >= 17 * 60 && minute < 23 * 60;
    case Usage::wall:
      return true;
    case Usage::installer:
      return minute >= 8 * 60 && minute < 18 * 60;
  }
  return false;
}

int commands_a_day(Usage usage) { return usage == Usage::glances ? 8 : usage == Usage::evenings ? 30 : 40; }
int presses_a_day(Usage usage) { return usage == Usage::glances ? 3 : 8; }

int visible_minutes(Usage usage) {
  int minutes = 0;
  for (int i = 0; i < 24 * 60; ++i) minutes += looks(usage, i) ? 1 : 0;
  return minutes;
}

class Household {
 public:
  Household(const Days& what, Account& account)
      : what_(what),
        account_(account),
        dice_{what.seed},
        house_(what.seed, limit, what.usage == Usage::installer ? homes_of_an_installer : 1),
        service_(house_, account) {
    for (int i = 0; i < what.tabs; ++i) {
      tabs_.push_back(house_.open());
      tabs_.back()->set_visible(false);
    }
    if (what.second) {
      other_ = house_.open_elsewhere();
      other_->set_visible(false);
    }
    account.ages.resize(oldest + 1);
  }

  void run() {
    const Instant end = house_.memory.time.now() + what_.days * day;
    const int chances = visible_minutes(what_.usage) * 2;  // steps of half a minute
    while (house_.memory.time.now() < end) {
      service_.look_at_clock();
      const LocalTime now = to_local(house_.memory.time.now(), house_.memory.time.offset);
      const int minute = now.hour * 60 + now.minute;
      if (minute == 12 * 60 && now.second == 0 && what_.others_every > 0 && ++noon_ % what_.others_every == 0)
        service_.spend_rest();
      show(looks(what_.usage, minute));
      if (visible_) {
        if (dice_.below(chances) < commands_a_day(what_.usage)) command();
        if (dice_.below(chances) < presses_a_day(what_.usage)) front().dispatch(intent::Refresh{});
        if (what_.usage == Usage::installer && dice_.below(chances) < homes_a_day)
          front().dispatch(intent::Go{
              {.view = Route::View::home, .plant = plant_at(1 + dice_.below(homes_of_an_installer))}});
        look_at_ages();
      }
      if (what_.scripts && minute % 5 == 0 && now.second == 0) run_script();
      house_.wait(step);
      judge();
    }
  }

 private:
  Controller& front() { return *tabs_[static_cast<std::size_t>(front_)]; }

  // Whoever looks uses one tab; of several, a second window is open beside it.
  void show(bool visible) {
    if (visible == visible_) return;
    visible_ = visible;
    if (visible) front_ = dice_.below(what_.tabs);
    for (int i = 0; i < what_.tabs; ++i)
      tabs_[static_cast<std::size_t>(i)]->set_visible(
          visible && (i == front_ || i == (front_ + 1) % what_.tabs || what_.usage == Usage::wall));
    if (other_) other_->set_visible(visible);
  }

  // As the command line does it: what is kept is restored, the state asked for, and the program ends.
  void run_script() {
    scope_.cancel_all();
    script_ = house_.make();
    script_->set_visible(false);
    scope_.spawn([](Controller& program) -> Task<void> {
      co_await program.restore();
      if (program.state().plants.empty()) (void)co_await program.load("home");
      if (!program.state().plants.empty()) (void)co_await program.refresh(program.state().plants.front().id);
      co_await program.flush();
    }(*script_));
    ++account_.scripts;
  }

  void command() {
    ++account_.commands;
    waiting_ = service_.left() > 2;
    wish_ = !wish_;
    front().dispatch(intent::Send{lamp, {Aspect::on_off, wish_}});
  }

  // Half a minute later.
  void judge() {
    const State& state = front().state();
    const CommandState* last = state.command(lamp, Aspect::on_off);
    if (waiting_ && last && last->picture == CommandState::Picture::failed) ++account_.writes_refused;
    waiting_ = false;
    const policy::Ledger& ledger = state.accounts.front().ledger;
    const bool parked = ledger.blocked_until && *ledger.blocked_until > house_.memory.time.now();
    if (!parked && policy::left_for(ledger, policy::Purpose::poll) > 0 &&
        policy::left_for(ledger, policy::Purpose::write) < 10)
      ++account_.writes_short;
  }

  void look_at_ages() {
    for (const auto& tab : tabs_) {
      if (!tab->state().visible || tab->state().plants.empty()) continue;
      const auto at = tab->state().plants.front().status_at;
      if (!at) continue;
      const auto age = std::chrono::duration_cast<Seconds>(house_.memory.time.now() - *at).count();
      ++account_.ages[static_cast<std::size_t>(std::clamp<long long>(age, 0, oldest))];
    }
  }

  const Days& what_;
  Account& account_;
  Dice dice_;
  House house_;
  Service service_;
  std::vector<std::unique_ptr<Controller>> tabs_{};
  std::unique_ptr<Controller> other_{}, script_{};
  TaskScope scope_{};  // after what its flows use
  bool visible_ = false, waiting_ = false, wish_ = false;
  int front_ = 0, noon_ = 0;
};

}  // namespace

std::string name_of(Usage usage) {
  constexpr std::array names{"glances", "evenings", "wall", "installer"};
  return names[static_cast<std::size_t>(usage)];
}

int Account::most() const { return calls.empty() ? 0 : *std::ranges::max_element(calls); }

double Account::mean() const {
  return calls.empty() ? 0
                       : static_cast<double>(std::accumulate(calls.begin(), calls.end(), 0LL)) /
                             static_cast<double>(calls.size());
}

int Account::median_age() const {
  const long long all = std::accumulate(ages.begin(), ages.end(), 0LL);
  long long seen = 0;
  for (std::size_t age = 0; age < ages.size(); ++age)
    if ((seen += ages[age]) * 2 >= all) return static_cast<int>(age);
  return 0;
}

void Account::add(const Account& other) {
  calls.insert(calls.end(), other.calls.begin(), other.calls.end());
  while_parked += other.while_parked;
  writes_refused += other.writes_refused;
  writes_short += other.writes_short;
  commands += other.commands;
  scripts += other.scripts;
  ages.resize(std::max(ages.size(), other.ages.size()));
  for (std::size_t i = 0; i < other.ages.size(); ++i) ages[i] += other.ages[i];
}

Account live(const Days& what) {
  Account account;
  Household(what, account).run();
  return account;
}

}  // namespace foyer::soak
