#include "core/app/history/historian.hpp"

#include <algorithm>
#include <utility>

#include "core/app/state/words.hpp"
#include "core/cloud/catalog/catalog.hpp"
#include "core/cloud/netatmo/meters.hpp"
#include "core/cloud/netatmo/netatmo.hpp"
#include "core/policy/budget.hpp"

namespace foyer::history {
namespace {

std::optional<double> price_of(const Plant& plant, std::string_view tariff) {
  const Schedule* contract = selected_schedule(plant.schedules, "electricity");
  if (contract == nullptr) return std::nullopt;
  for (const Zone& zone : contract->zones)
    if (zone.price_type == tariff) return zone.price;
  return std::nullopt;
}

// The cloud does not want it asked that way.
bool is_no(ErrorKind kind) { return kind == ErrorKind::refused || kind == ErrorKind::invalid_input; }

bool has_values(const netatmo::MeasureSeries& series) {
  return std::ranges::any_of(series.values, [](const auto& one) { return one.has_value(); });
}

Instant middle(const netatmo::MeasureRow& row) { return row.from + Millis(row.lasting) / 2; }

// One column as a line of its own.
Line column_line(const netatmo::MeasureSeries& series, std::size_t column, Quantity quantity) {
  Line out{.quantity = quantity};
  for (std::size_t row = 0; row < series.rows.size(); ++row)
    if (const auto value = series.value(row, column))
      out.points.push_back({middle(series.rows[row]), *value, {}});
  return out;
}

std::optional<Quantity> room_quantity(std::string_view type) {
  if (type == "temperature") return Quantity::temperature;
  if (type == "sp_temperature") return Quantity::setpoint;
  return std::nullopt;
}

}  // namespace

Result<Question> question(const Plant& plant, const Module& subject, const Stretch& of, bool hours) {
  const std::string scale = hours ? "1hour" : "1day";
  // A step more at both ends: the cloud counts whole steps from the home's own midnight, which may not be
  // ours.
  const Millis more = hours ? Hours(1) : Hours(24);
  const bool room = subject.device == netatmo::room_device;
  const auto types = room ? std::vector<std::string>{std::string(netatmo::room_types)}
                          : netatmo::history_types(subject, scale);
  Question out;
  for (const std::string& type : types) {
    if (out.forms.size() == policy::budget::history) break;
    catalog::Values values =
        room ? catalog::Values{{"home", plant.id.text}, {"room", subject.ambient.text}}
             : catalog::Values{{"bridge", netatmo::bridge_of(plant, subject)}, {"module", subject.id.text}};
    values.emplace_back("scale", scale);
    values.emplace_back("from", std::to_string(to_ms(of.from - more) / 1000));
    values.emplace_back("to", std::to_string(to_ms(of.to + more) / 1000));
    values.emplace_back("type", type);
    auto call = make_call(*catalog::find(room ? "netatmo.getroommeasure" : "netatmo.getmeasure"), values);
    if (!call) return std::unexpected(call.error());
    call->purpose = policy::Purpose::pressed;
    out.forms.push_back(std::move(*call));
    out.queries.push_back(
        {.types = netatmo::split_types(type), .scale = scale, .counted = netatmo::counted_by(subject)});
  }
  return out;
}

std::vector<Line> lines_of(const netatmo::MeasureSeries& series, const Plant& plant, const Module& subject) {
  const auto quantities = quantities_of(subject);
  std::vector<Line> out;
  if (quantities.empty()) return out;
  if (quantities.front() == Quantity::boiler)
    return {column_line(series, 0, Quantity::boiler)};  // the first of on and off
  if (!adds_up(quantities.front())) {
    for (std::size_t column = 0; column < series.columns.size(); ++column)
      if (const auto quantity = room_quantity(series.columns[column].type))
        out.push_back(column_line(series, column, *quantity));
    return out;
  }
  // What the tariffs count is added up; a step of which one price is unknown has no cost.
  const bool contract = quantities.front() == Quantity::electricity &&
                        selected_schedule(plant.schedules, "electricity") != nullptr;
  out.push_back({.quantity = quantities.front()});
  for (std::size_t row = 0; row < series.rows.size(); ++row) {
    Point all{.from = middle(series.rows[row])};
    bool priced = contract;
    double cost = 0;
    for (std::size_t column = 0; column < series.columns.size(); ++column) {
      const auto value = series.value(row, column);
      if (!value || series.columns[column].price) continue;
      all.value = all.value.value_or(0) + *value;
      const auto price = price_of(plant, series.columns[column].tariff);
      if (price)
        cost += *value / 1000 * *price;
      else if (*value != 0)
        priced = false;
    }
    if (!all.value) continue;
    if (priced) all.cost = cost;
    out.front().points.push_back(all);
  }
  std::vector<Line> parts;  // kept also when it is one: another stretch may have more
  for (std::size_t column = 0; column < series.columns.size(); ++column) {
    if (series.columns[column].price) continue;
    Line one = column_line(series, column, quantities.front());
    one.tariff = series.columns[column].tariff;
    if (!one.points.empty() && !one.tariff.empty()) parts.push_back(std::move(one));
  }
  out.insert(out.end(), std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
  return out;
}

void Historian::handle(const intent::ShowHistory& what) {
  Shown& shown = store_.state.history.shown;
  if (shown == what.shown) return;
  shown = what.shown;
  shown.back = std::max(0, shown.back);
  store_.state.history.trouble.clear();
  refused_.reset();
  store_.changed();
}

std::optional<Historian::Job> Historian::wanted() const {
  const State& state = store_.state;
  const Plant* plant = state.plant();
  const Shown& shown = state.history.shown;
  const bool of_module = state.route.view == Route::View::module && shown.subject == state.route.module;
  if (plant == nullptr || (state.route.view != Route::View::energy && !of_module)) return std::nullopt;
  const Module* subject = subject_of(*plant, shown);
  if (subject == nullptr || quantities_of(*subject).empty()) return std::nullopt;
  const UtcOffset utc_offset = [this](Instant at) { return host_.clock.utc_offset(at); };
  const Instant now = store_.now();
  const Key key = key_of(subject->id, shown.period);
  const auto at = state.history.kept.find(key);
  const Kept* kept = at == state.history.kept.end() ? nullptr : &at->second;
  const Stretch of = stretch_of(shown, now, utc_offset);
  const Stretch before = shifted(of, shown.period, -1, utc_offset);
  const auto missing = missing_from(kept, of, key.hours, now),
             missing_before = missing_from(kept, before, key.hours, now);
  if (!missing && !missing_before) return std::nullopt;
  return Job{.plant = plant->id,
             .subject = subject->id,
             .of = {missing_before ? *missing_before : *missing, missing ? of.to : before.to},
             .hours = key.hours};
}

void Historian::look() {
  HistoryState& state = store_.state.history;
  if (!store_.state.online) refused_.reset();  // back in the network everything may be different
  if (state.busy || !store_.state.online || !store_.state.visible) return;
  auto job = wanted();
  if (!job || job == refused_) return;
  state.busy = true;
  state.trouble.clear();
  store_.changed();
  scope_.spawn(run(std::move(*job)));
}

void Historian::forget() {
  HistoryState& state = store_.state.history;
  const auto left = [this](const ModuleId& subject) { return store_.plant_of(subject) == nullptr; };
  std::erase_if(state.kept, [&](const auto& one) { return left(one.first.subject); });
  if (left(state.shown.subject)) state.shown = {};
  state.trouble.clear();
  refused_.reset();
  std::erase_if(form_, [&](const auto& one) { return left(one.first); });
}

Task<void> Historian::run(Job job) {
  const Plant* plant = store_.plant(job.plant);
  Account* account = reader_.account_of(job.plant);
  const Module* subject = plant == nullptr ? nullptr : plant->module(job.subject);
  if (subject == nullptr || account == nullptr) co_return settle(job, phrase(Phrase::home_gone));
  auto asked = question(*plant, *subject, job.of, job.hours);
  if (!asked) co_return settle(job, asked.error().message);
  const std::size_t count = asked->forms.size();
  const std::size_t first = std::min(form_[job.subject], count - 1);
  std::optional<CallFailure>
      failure;  // of the last form, unless the cloud answered another one without values
  bool answered = false;
  for (std::size_t tried = 0; tried < count; ++tried) {
    const std::size_t form = (first + tried) % count;
    const CallResult answer = co_await account->gateway.send(std::move(asked->forms[form]));
    Result<netatmo::MeasureSeries> series = netatmo::MeasureSeries{};
    if (answer) series = netatmo::read_measures(answer->body, asked->queries[form]);
    if (!answer || !series) {
      failure = answer ? malformed_answer(series.error()) : answer.error();
      if (answer || !is_no(failure->error.kind)) break;
      continue;
    }
    answered = true;
    failure.reset();
    const bool some = has_values(*series);
    if (!some && tried + 1 < count) continue;
    plant = store_.plant(job.plant);
    subject = plant == nullptr ? nullptr : plant->module(job.subject);
    if (subject == nullptr) break;
    if (some) form_[job.subject] = form;
    keep(job, lines_of(*series, *plant, *subject));
    break;
  }
  if (store_.plant(job.plant) == nullptr) co_return settle(job, {});  // nobody waits for it
  // The cloud knew nothing of it in one form; that it does not know the other form is no news.
  if (failure && answered && is_no(failure->error.kind)) {
    keep(job, {});
    failure.reset();
  }
  if (failure && failure->again_at) scope_.spawn(again(job, *failure->again_at));
  settle(job, failure ? sentence(store_, *failure) : std::string());
}

void Historian::keep(const Job& job, std::vector<Line> lines) {
  put(store_.state.history.kept[{job.subject, job.hours}], std::move(lines), job.of, store_.now());
}

// What was promised for that time is done then, when it is still wanted.
Task<void> Historian::again(Job job, Instant at) {
  co_await host_.timers.sleep(std::max<Millis>(at - store_.now(), Millis(0)));
  if (refused_ != job) co_return;
  refused_.reset();
  look();
}

void Historian::settle(const Job& job, std::string trouble) {
  HistoryState& state = store_.state.history;
  state.busy = false;
  if (!trouble.empty()) refused_ = job;
  state.trouble = std::move(trouble);
  store_.changed();
}

}  // namespace foyer::history
