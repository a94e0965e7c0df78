// A provider turns what we want into one cloud's wire form and that cloud's answers into the model.
//
// Providers are pure: no I/O, no clock, no state. One per API: Smarther v2.0, Home + Control v1.0, Netatmo
// Connect.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/url.hpp"
#include "core/model/command.hpp"
#include "core/model/home.hpp"
#include "core/policy/failure.hpp"
#include "core/policy/quota.hpp"
#include "core/ports/parts.hpp"

namespace foyer {

// One call, ready but for host, key and token. `path` is below the API base of the account
// ("/smarther/v2.0/plants"); `path_template` is the same without ids, for the journal.
struct Call {
  std::string method = "GET";
  std::string path{};
  std::string path_template{};
  Fields query{};
  std::string body{};  // JSON or empty; `form`: application/x-www-form-urlencoded
  bool form = false;
  bool listed = false;  // the list of homes or devices, as last read, has what is asked for (E8 against E9)
  policy::CommandClass operation = policy::CommandClass::read;
  policy::Purpose purpose = policy::Purpose::poll;
  friend bool operator==(const Call&, const Call&) = default;
};

class Provider {
 public:
  // What is known of a provider before anything of it is called.
  struct About {
    std::string_view id;         // prefix of every id of this cloud: "smarther", "hc", "netatmo"
    std::string_view name;       // that people know: "Smarther", "Home + Control", "Netatmo Connect"
    std::optional<Part> part{};  // the part of the program that its functions are in
    // The list of plants holds their topologies too, so that topology() need not be asked for each.
    bool lists_topology = false;
  };
  constexpr explicit Provider(const About& about) : about_(about) {}
  virtual ~Provider() = default;
  std::string_view id() const { return about_.id; }
  std::string_view name() const { return about_.name; }
  std::optional<Part> part() const { return about_.part; }
  bool lists_topology() const { return about_.lists_topology; }

  virtual Call plants() const = 0;
  // 204 or an empty body is an empty list. Only id, name and country are filled, unless the list tells all.
  virtual Result<std::vector<Plant>> read_plants(int status, std::string_view body) const = 0;

  virtual Call topology(const PlantId& plant) const = 0;
  // `summary` is what the plant list said. Broken modules become complaints, the rest stays.
  virtual Result<Plant> read_topology(const Plant& summary, std::string_view body) const = 0;

  // Further reads that complete the topology (scenes, programme lists), and how each answer is put in.
  virtual std::vector<Call> extras(const Plant& plant) const = 0;
  virtual Result<void> read_extra(Plant& plant, std::size_t index, std::string_view body) const = 0;

  // The fewest reads that tell the state of the whole plant (Q3), or of one module.
  virtual std::vector<Call> status(const Plant& plant) const = 0;
  virtual Call module_status(const Plant& plant, const Module& module) const = 0;
  // Works for both; `call` is the one that was sent. `offset` is the plant's assumed UTC offset for zoneless
  // times.
  virtual Result<StatusReport> read_status(const Plant& plant, const Call& call, std::string_view body,
                                           Minutes offset) const = 0;

  // The command's wire form. Commands were checked (model/command.hpp) before. `now` and `offset` for end
  // times.
  virtual Result<Call> command(const Plant& plant, const Module& module, const Command& command, Instant now,
                               Minutes offset) const = 0;
  // The same command as other clients of this cloud send it, for when the first form was refused; nothing
  // when no other is known. docs/apis.md tells the forms and the reasons.
  virtual std::optional<Call> other_form(const Plant&, const Module&, const Command&, Instant,
                                         Minutes) const {
    return std::nullopt;
  }
  // What the answer to a command says beyond its status: an error when the cloud took it but the module did
  // not. ErrorKind::refused with words for people.
  virtual Result<void> read_command(const Module&, std::string_view) const { return {}; }

 private:
  About about_;
};

// The ids of all providers for messages: "\"smarther\", \"hc\" …".
std::string provider_ids();

// The provider of that id, or null. Providers are immutable and live as long as the program.
const Provider* provider(std::string_view id);

}  // namespace foyer
